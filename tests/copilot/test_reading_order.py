"""Pieces of text in the places they have on a page, and the order in which they are read."""

from __future__ import annotations

import math
import random

from copilot.reading_order import Piece, in_order, joined
from copilot.regions import Region

LINE = 20.0


def piece(text: str, left: float, top: float, width: float, height: float = LINE) -> Piece:
    return Piece(text, 0.9, Region(left + width / 2, top + height / 2, width, height, 0.0))


def order(*pieces: Piece) -> list[str]:
    mixed = list(pieces)
    random.Random(5).shuffle(mixed)
    return [joined(line) for line in in_order(mixed)]


def column(name: str, left: float, top: float = 100, lines: int = 5, width: float = 360) -> list[Piece]:
    return [piece(f"{name}{number}", left, top + 30 * number, width) for number in range(lines)]


def test_nothing_has_no_order() -> None:
    assert order() == []


def test_rows_are_read_from_the_top_and_each_from_the_left() -> None:
    assert order(piece("a", 0, 0, 100), piece("b", 300, 3, 100), piece("c", 0, 40, 100)) == ["a", "b", "c"]


def test_two_columns_of_running_text_are_read_one_after_the_other() -> None:
    assert order(*column("a", 0), *column("b", 400)) == [f"{side}{n}" for side in "ab" for n in range(5)]


def test_a_heading_across_both_columns_parts_what_is_above_from_what_is_below() -> None:
    above = [*column("a", 0, lines=3), *column("b", 400, lines=3)]
    below = [*column("c", 0, top=300, lines=3), *column("d", 400, top=300, lines=3)]

    read = order(piece("title", 0, 0, 760), *above, piece("heading", 100, 250, 560), *below)

    assert [line[0] for line in read] == ["t", *"aaa", *"bbb", "h", *"ccc", *"ddd"]


def test_a_table_is_read_by_its_rows() -> None:
    cells = [piece(f"{row}{column}", 250 * column, 40 * row, 150) for row in range(5) for column in range(3)]

    assert order(*cells) == [f"{row}{column}" for row in range(5) for column in range(3)]


def test_pieces_of_one_line_are_joined_with_a_space_but_for_chinese() -> None:
    assert order(piece("Rent:", 0, 0, 60), piece("2,400 euros", 70, 1, 120)) == ["Rent: 2,400 euros"]
    assert order(piece("付款期限", 0, 0, 80), piece("三十天", 85, 1, 60)) == ["付款期限三十天"]
    assert order(piece("合同", 0, 0, 40), piece("KWI-014", 45, 1, 90)) == ["合同 KWI-014"]


def test_a_page_that_lay_askew_is_read_like_a_level_one() -> None:
    angle = math.radians(4)

    def tilted(text: str, x: float, y: float) -> Piece:
        at = (x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle))
        return Piece(text, 0.9, Region(*at, 100, LINE, angle))

    cells = [tilted(f"{row}{column}", 250 * column + 500, 40 * row) for row in range(4) for column in range(4)]

    assert order(*cells) == [f"{row}{column}" for row in range(4) for column in range(4)]
