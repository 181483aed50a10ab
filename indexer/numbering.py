"""The numbers that a word processor prints before headings and list items without storing them.

Where lists and levels stand in a file is the formats' business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """How items of one level are numbered: `text` as in `%1.%2`; `style` is an ST_NumberFormat of Office Open XML."""

    start: int = 1
    style: str = "decimal"
    text: str = ""


class Numbering:
    """The lists of one document while they are being counted."""

    def __init__(self) -> None:
        self._lists: dict[str, tuple[Mapping[int, Level], dict[int, int]]] = {}
        self._shared: dict[str, dict[int, int]] = {}

    def define(self, list_id: str, kind: str, levels: Mapping[int, Level], *, anew: bool) -> None:
        """A list with these levels. Lists of one kind count on from one another, unless one starts `anew`."""
        self._lists[list_id] = (levels, {} if anew else self._shared.setdefault(kind, {}))

    def next(self, list_id: str, level: int) -> str:
        """Count one item and give its number as printed; empty for bullets and unknown lists."""
        levels, counts = self._lists.get(list_id, ({}, {}))
        if level not in levels:
            return ""
        form = levels[level]
        counts[level] = counts.get(level, form.start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if form.style in ("bullet", "none"):
            return ""
        text = form.text
        for place in range(level + 1):
            other = levels.get(place, Level())
            text = text.replace(f"%{place + 1}", numeral(counts.get(place, other.start), other.style))
        return text.strip()


def numeral(number: int, style: str) -> str:
    """`number` in the style that Office Open XML names: decimal, lowerRoman, chineseCounting, ..."""
    if style in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if style == "lowerLetter" else letter.upper()
    if style in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman.lower() if style == "lowerRoman" else roman
    if style.startswith(("chinese", "japaneseCounting", "taiwaneseCounting", "ideograph")) and 0 < number < 100:
        digits = "〇一二三四五六七八九"
        tens, ones = divmod(number, 10)
        return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")
    return f"{number:02}" if style == "decimalZero" else str(number)


def _roman(number: int) -> str:
    signs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
    text = ""
    for value, sign in (*signs, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        text += sign * (number // value)
        number %= value
    return text
