"""Recognized lines as text, and quotes of that text as places on the picture."""

from __future__ import annotations

from indexer.pictures import Box, TextLine
from indexer.transcript import boxes_of, text_of


def line(text: str, x: int, y: int, width: int = 400, height: int = 20) -> TextLine:
    return TextLine(text, Box(x, y, width, height), 0.9)


def test_a_sentence_broken_by_the_margin_is_joined_and_a_gap_ends_a_paragraph() -> None:
    lines = (
        line("The tenant pays the rent on the first day of each", 10, 10),
        line("month and not later, as was agreed between them.", 10, 36),
        line("Signed in Basel", 10, 120, width=100),
    )
    text = text_of(lines)
    assert "first day of each month and not later" in text
    assert text.endswith("\n\nSigned in Basel")


def test_chinese_lines_are_joined_without_a_space() -> None:
    assert "应于四月三十日前免费补发" in text_of(
        (line("接收全部货物，供方应于四月三十", 0, 0), line("日前免费补发备用主板共十五块", 0, 26))
    )


def test_cells_of_a_row_share_a_line_from_the_left_whichever_was_read_first() -> None:
    lines = (
        line("39.00", 300, 7, 60),
        line("Breakfast", 10, 10, 120),
        line("8.40", 300, 49, 60),
        line("City tax", 10, 52, 90),
    )
    assert text_of(lines) == "Breakfast  39.00\n\nCity tax  8.40"
    first, second = boxes_of("Breakfast  39.00", lines, 2.0)
    assert (first.x, second.x) == (20, 600)


def test_nothing_recognized_is_no_text() -> None:
    assert text_of(()) == ""
    assert text_of((line("  ", 0, 0),)) == ""


def test_a_part_of_a_line_has_a_part_of_its_box() -> None:
    lines = (line("one two three four", 100, 0, width=180), line("five six seven", 100, 30, width=140))
    (box,) = boxes_of("two three", lines, 1.0)
    assert (box.x, box.width) == (140, 100)
    above, below = boxes_of("four\nfive six", lines, 1.0)
    assert above.x + above.width == 280
    assert (below.x, below.y, below.width) == (100, 30, 90)
    assert boxes_of("not on this page", lines, 1.0) == ()
