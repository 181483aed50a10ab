"""What a small model says around its result is taken away, in the pieces that stream as in the whole."""

from __future__ import annotations

import pytest

from copilot.conversation import Delta
from copilot.echoes import Clean, cleaned
from tests.copilot.rehearsed import Listening


@pytest.mark.parametrize(
    ("written", "result"),
    [
        ("<text>\nBetter.\n</text>", "Better."),
        ("Here is the translation:\n\n你好。", "你好。"),
        ("Sure! Here is a summary of the text:\nAll is well.", "All is well."),
        ("以下是翻译：\n你好。", "你好。"),
        ("好的，以下是改写后的文字：\n您好。", "您好。"),
        ("```text\nBetter.\n```", "Better."),
        ("Here comes the train: at nine.", "Here comes the train: at nine."),
        ("The report says: nothing.", "The report says: nothing."),
        ("Summary offences rose.", "Summary offences rose."),
        ("a < b and b > c", "a < b and b > c"),
        ("翻译部的会议改期了。", "翻译部的会议改期了。"),
    ],
)
def test_only_the_result_is_left(written: str, result: str) -> None:
    assert cleaned(written, "A source.") == result
    listening = Listening()
    clean = Clean(listening, "A source.")
    for letter in written:
        clean.report(Delta(letter))
    assert clean.finish() == result
    assert "".join(event.text for event in listening.events if isinstance(event, Delta)) == result


def test_what_the_source_has_stays() -> None:
    source = "Summary: sales rose.\n```\ncode\n```"
    assert cleaned("Summary: sales went up.\n```\ncode\n```", source) == "Summary: sales went up.\n```\ncode\n```"


def test_words_are_not_held_back_longer_than_needed() -> None:
    listening = Listening()
    clean = Clean(listening, "A source.")
    clean.report(Delta("The board"))
    assert [event.text for event in listening.events if isinstance(event, Delta)] == ["The board"]
