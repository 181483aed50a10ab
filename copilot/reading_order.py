"""In which order pieces of recognized text are read: row by row, column by column where a page has columns of text.

The pieces lie as the page does: a page that was laid on the glass a little askew is thought level first.

Decision: columns are told by what is in them. Two blocks side by side are columns when both are running text, many
long lines close below one another; cells of a table are not, and a table is read by its rows.
"""

from __future__ import annotations

import itertools
import math
import statistics
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from copilot.regions import Region

LEAST_LINES = 3
LONG_LINE = 14.0
"""Widths of a line of running text, in heights of a line: some thirty letters, or fourteen of Chinese."""
CLOSE_LINES = 2.2
"""From one line of running text to the next, in heights."""
SPANNING = 0.6
"""Share of the page's width from which a line belongs to no column."""
TOGETHER = 0.5
"""Heights of a gap at which two pieces are still one line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that was read in a region, with its confidence."""

    text: str
    confidence: float
    region: Region


@dataclass(frozen=True, slots=True)
class _Laid:
    """A piece on the levelled page."""

    piece: Piece
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def in_order(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """Lines in reading order, each of its pieces from left to right."""
    if not pieces:
        return ()
    angle = statistics.median(piece.region.angle for piece in pieces)
    return tuple(tuple(laid.piece for laid in line) for line in _read([_levelled(piece, angle) for piece in pieces]))


def joined(line: Sequence[Piece]) -> str:
    """A line's text; no space between letters that are written without."""
    text = ""
    for piece in line:
        tight = not text or (_wide(text[-1]) and _wide(piece.text[0]))
        text += piece.text if tight else f" {piece.text}"
    return text


def _wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def _levelled(piece: Piece, angle: float) -> _Laid:
    region = piece.region
    x = region.x * math.cos(angle) + region.y * math.sin(angle)
    y = region.y * math.cos(angle) - region.x * math.sin(angle)
    return _Laid(piece, x - region.width / 2, y - region.height / 2, x + region.width / 2, y + region.height / 2)


def _read(page: Sequence[_Laid]) -> Iterator[tuple[_Laid, ...]]:
    gutter = _gutter(page)
    if gutter is None:
        yield from _rows(page)
        return
    band: list[_Laid] = []
    for laid in sorted(page, key=lambda laid: laid.middle):
        if laid.left < gutter < laid.right:
            yield from _columns(band, gutter)
            yield from _rows((laid,))
            band = []
        else:
            band.append(laid)
    yield from _columns(band, gutter)


def _columns(band: Sequence[_Laid], gutter: float) -> Iterator[tuple[_Laid, ...]]:
    for side in ([laid for laid in band if laid.right <= gutter], [laid for laid in band if laid.right > gutter]):
        if side:
            yield from _read(side)


def _gutter(page: Sequence[_Laid]) -> float | None:
    """Where the widest corridor between two columns of running text runs; None where there is none."""
    width = max(laid.right for laid in page) - min(laid.left for laid in page)
    narrow = sorted((laid for laid in page if laid.right - laid.left < SPANNING * width), key=lambda laid: laid.left)
    if len(narrow) < 2 * LEAST_LINES:
        return None
    height = statistics.median(laid.height for laid in narrow)
    best, found, reached = height / 2, None, narrow[0].right
    for number, laid in enumerate(narrow[1:], 1):
        if laid.left - reached > best and _running(narrow[:number], height) and _running(narrow[number:], height):
            best, found = laid.left - reached, (laid.left + reached) / 2
        reached = max(reached, laid.right)
    return found


def _running(side: Sequence[_Laid], height: float) -> bool:
    if len(side) < LEAST_LINES:
        return False
    tops = sorted(laid.top for laid in side)
    steps = [after - before for before, after in itertools.pairwise(tops) if after - before > height / 2]
    long = statistics.median(laid.right - laid.left for laid in side) >= LONG_LINE * height
    return long and len(steps) >= LEAST_LINES - 1 and statistics.median(steps) <= CLOSE_LINES * height


def _rows(page: Sequence[_Laid]) -> Iterator[tuple[_Laid, ...]]:
    """Row by row; pieces of a row with wide gaps between them are lines of their own."""
    row: list[_Laid] = []
    for laid in sorted(page, key=lambda laid: laid.middle):
        if row and laid.middle - statistics.mean(one.middle for one in row) > min(laid.height, row[-1].height) / 2:
            yield from _lines(row)
            row = []
        row.append(laid)
    yield from _lines(row)


def _lines(row: Sequence[_Laid]) -> Iterator[tuple[_Laid, ...]]:
    line: list[_Laid] = []
    for laid in sorted(row, key=lambda laid: laid.left):
        if line and laid.left - line[-1].right > TOGETHER * min(laid.height, line[-1].height):
            yield tuple(line)
            line = []
        line.append(laid)
    if line:
        yield tuple(line)
