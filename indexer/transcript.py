"""What text recognition found on a page, as text, and back: where a quote of that text stands on the picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from indexer.paragraphs import ShownLine, full_width, joined
from indexer.pictures import Box, TextLine
from indexer.quotes import places

_CELL_GAP = "  "
_SAME_ROW = 0.5
"""Lines share a row when they overlap by this part of the lower one's height."""
_PARAGRAPH_GAP = 0.9
"""Of a line's height: more room than this between two lines is an empty line."""
_SIZE_TOLERANCE = 0.35
"""Boxes of lines with and without high letters differ by as much."""


def text_of(lines: Sequence[TextLine]) -> str:
    """The lines of one page in reading order, joined into paragraphs; cells of a table's row on one line."""
    rows = list(_rows(lines))
    blocks: list[list[ShownLine]] = []
    bottom = 0
    for number, row in enumerate(rows):
        shown = ShownLine(_CELL_GAP.join(line.text.strip() for line in row), max(line.box.height for line in row))
        top = min(line.box.y for line in row)
        apart = top - bottom > _PARAGRAPH_GAP * shown.size or top < bottom - 2 * shown.size
        if number == 0 or apart:
            blocks.append([])
        blocks[-1].append(shown)
        bottom = max(line.box.y + line.box.height for line in row)
    full = full_width([line for block in blocks for line in block])
    return "\n\n".join(joined(block, full, tolerance=_SIZE_TOLERANCE) for block in blocks)


def boxes_of(quote: str, lines: Sequence[TextLine], scale: float, around: str = "") -> tuple[Box, ...]:
    """Where a quote stands on the picture of its page, drawn `scale` times as large as it was read: a box for each
    line, as wide as the part of it that is quoted. `around` is the passage it is from."""
    lines = [line for row in _rows(lines) for line in row]
    characters = [character for line in lines for character in line.text]
    owners = [(number, at) for number, line in enumerate(lines) for at in range(len(line.text))]
    found = [owners[index] for index in places(characters, quote, around)]
    return tuple(
        _part(lines[number], min(at for _, at in group), max(at for _, at in group) + 1, scale)
        for number, group in ((number, list(group)) for number, group in groupby(found, lambda pair: pair[0]))
    )


def _rows(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Lines that stand side by side, from the left: on paper that lies askew the right one may come first."""
    row: list[TextLine] = []
    for line in lines:
        if not line.text.strip():
            continue
        if row and not all(_beside(one.box, line.box) for one in row):
            yield sorted(row, key=lambda one: one.box.x)
            row = []
        row.append(line)
    if row:
        yield sorted(row, key=lambda one: one.box.x)


def _beside(one: Box, other: Box) -> bool:
    overlap = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    apart = one.x + one.width <= other.x or other.x + other.width <= one.x
    return apart and overlap > _SAME_ROW * min(one.height, other.height)


def _part(line: TextLine, start: int, end: int, scale: float) -> Box:
    """The part of a line's box that some of its characters take, wide ones as two narrow ones; marks that stand beside
    them are taken along, since only letters are looked for."""
    while end < len(line.text) and not line.text[end].isalnum():
        end += 1
    while start and not line.text[start - 1].isalnum() and not line.text[start - 1].isspace():
        start -= 1
    widths = [1 if character.isascii() else 2 for character in line.text]
    whole = sum(widths)
    box = line.box
    left = box.x + box.width * sum(widths[:start]) / whole
    right = box.x + box.width * sum(widths[:end]) / whole
    return Box(round(left * scale), round(box.y * scale), round((right - left) * scale), round(box.height * scale))
