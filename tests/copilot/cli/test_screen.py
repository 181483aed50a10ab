"""What reaches a terminal: words, never orders."""

from __future__ import annotations

from copilot.cli.screen import plain


def test_control_characters_of_a_file_are_shown_and_not_obeyed() -> None:
    hostile = "\x1b]0;title\x07\x1b[2Jgone\x9b31m\r\x08 line\n\ttab 合同"
    shown = plain(hostile).plain
    assert not any((ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 for c in shown)
    assert shown.endswith(" line\n\ttab 合同")
