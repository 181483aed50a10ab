"""What was looked for is marked where it stands, in both scripts, and the snippet shows the densest place."""

from __future__ import annotations

import pytest

from ui.highlighting import looked_for, marks, snippet


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("operating margin", "The operating margins fell", ["operating margins"]),
        ("margin", "margin, marginal", ["margin"]),
        ("leases", "The lease ends", ["lease"]),
        ("what is the notice", "is the notice there", ["notice"]),
        ("利润率", "第三季度利润率下降", ["利润率"]),
        ("季度利润", "第三季度的利润", ["季度", "利润"]),
        ("type:pdf margin", "pdf type margin", ["margin"]),
        ('"net revenue"', "Net Revenue rose", ["Net Revenue"]),
        ("a+b (c)", "a+b", ["b"]),
    ],
)
def test_marks_are_where_the_words_stand(query: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, looked_for(query))] == marked


def test_a_line_that_cannot_be_read_marks_nothing() -> None:
    assert looked_for("after:soon") == ()
    assert looked_for("") == ()


def test_a_snippet_begins_near_the_densest_place() -> None:
    text = "margin once. " + "filler words " * 60 + "the operating margin fell as margin shrank" + " tail" * 60
    shown, found = snippet(text, looked_for("operating margin"))
    assert "operating margin fell" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 260
    assert all(shown[start:end].startswith(("operating", "margin")) for start, end in found)


def test_a_short_text_is_shown_whole_on_one_line() -> None:
    assert snippet("two\n lines\there", ()) == ("two lines here", ())
