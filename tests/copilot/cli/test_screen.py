"""What reaches a terminal: words, never orders."""

from __future__ import annotations

import io
import json

import pytest
from rich.table import Table

from copilot.cli.screen import Screen, plain, print_json, reporting
from indexer.reporter import Progress


def test_control_characters_of_a_file_are_shown_and_not_obeyed() -> None:
    hostile = "\x1b]0;title\x07\x1b[2Jgone\x9b31m\r\x08 line\n\ttab 合同"
    shown = plain(hostile).plain
    assert not any((ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 for c in shown)
    assert shown.endswith(" line\n\ttab 合同")


def test_no_printed_text_gives_orders_to_the_terminal() -> None:
    screen = io.StringIO()
    console = Screen(file=screen, force_terminal=True, color_system=None)
    table = Table("File")
    table.add_row("/a/\x1b[2Jb.txt")
    console.print(table)
    console.print("\x1b]8;;http://x\x07 \x9b31m \u202etxt.exe", markup=False)
    assert not set(screen.getvalue()) & set("\x1b\x07\x9b\u202e")


def test_json_shows_control_characters_as_escapes(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    print_json({"name": "a\x1b\x7f\x9b\u202e中"})
    line = capfdbinary.readouterr().out.strip()
    assert not set(line.decode()) & set("\x1b\x7f\x9b\u202e")
    assert json.loads(line) == {"name": "a\x1b\x7f\x9b\u202e中"}


def test_a_window_that_watches_gets_progress_as_lines(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [10.0]
    monkeypatch.setattr("copilot.cli.screen.time.monotonic", lambda: now[0])
    with reporting(as_json=True, lines=True) as reporter:
        for done in (1, 2, 3, 4):
            reporter.report(Progress("fetch", done, 4, subject="part"))
            now[0] += 0.15
    with reporting(as_json=True) as silent:
        silent.report(Progress("fetch", 1, 4))
    lines = [json.loads(line)["progress"] for line in capfdbinary.readouterr().out.splitlines()]
    assert [line["done"] for line in lines] == [1, 3, 4], "not every step, but the last one"
    assert lines[0] == lines[0] | {"stage": "fetch", "total": 4, "subject": "part"}
