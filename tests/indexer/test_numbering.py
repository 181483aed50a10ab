from __future__ import annotations

import pytest

from indexer.numbering import Level, Numbering, numeral

CLAUSES = {0: Level(1, "decimal", "%1."), 1: Level(1, "decimal", "%1.%2"), 2: Level(1, "lowerLetter", "(%3)")}


def test_levels_count_on_and_start_again_below_a_new_one() -> None:
    numbering = Numbering()
    numbering.define("1", "a", CLAUSES, anew=False)
    printed = [numbering.next("1", level) for level in (0, 1, 1, 2, 0, 1, 2)]
    assert printed == ["1.", "1.1", "1.2", "(a)", "2.", "2.1", "(a)"]


def test_lists_of_one_kind_count_on_unless_one_starts_anew() -> None:
    numbering = Numbering()
    for name, anew in (("1", False), ("2", False), ("3", True)):
        numbering.define(name, "a", CLAUSES, anew=anew)
    assert [numbering.next(name, 0) for name in "1123"] == ["1.", "2.", "3.", "1."]


def test_bullets_and_unknown_lists_have_no_number() -> None:
    numbering = Numbering()
    numbering.define("1", "a", {0: Level(1, "bullet", "•")}, anew=False)
    assert numbering.next("1", 0) == numbering.next("1", 7) == numbering.next("2", 0) == ""


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (28, "lowerLetter", "bb"),
        (7, "decimalZero", "07"),
        (12, "chineseCounting", "十二"),
        (30, "chineseCountingThousand", "三十"),
        (5, "noSuchStyle", "5"),
    ],
)
def test_numerals(number: int, style: str, text: str) -> None:
    assert numeral(number, style) == text
