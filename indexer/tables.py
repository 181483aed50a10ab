"""Rows of cells as lines of text, with the header row told apart.

Reading cells out of files is the formats' work; splitting long tables into chunks is the chunker's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.content import TextBuilder, table_row
from indexer.document import SectionKind

_LONGEST_HEADER_CELL = 60
_LONGEST_HEADER = 400
_ROWS_AT_ONCE = 2000
_VALUE = re.compile(r"[\s\d.,:/%+\-–()年月日¥$€£元]*\d[\s\d.,:/%+\-–()年月日¥$€£元]*")
"""Numbers, amounts, dates and times: what stands in a table, not above it."""


def is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of `rows` names the columns of those below it.

    It does when it fills most columns with short words that differ and no numbers, and something stands below it.
    """
    if len(rows) < 2:
        return False
    names = [cell.strip() for cell in rows[0] if cell.strip()]
    below = max(sum(1 for cell in row if cell.strip()) for row in rows[1:6])
    if len(names) < 2 or len(names) < 0.6 * below or len(set(names)) < 0.75 * len(names):
        return False
    return all(len(name) <= _LONGEST_HEADER_CELL and not _VALUE.fullmatch(name) for name in names)


def header_line(cells: Sequence[str]) -> str:
    """A header row on one line, short enough to be repeated in every chunk."""
    return table_row(cells)[:_LONGEST_HEADER]


def add_table(
    builder: TextBuilder,
    rows: Sequence[Sequence[str]],
    *,
    named: bool = False,
    heading: tuple[str, ...] | None = None,
    slide: int | None = None,
) -> None:
    """One table of a text document or slide, a line for each row. `named`: the first row is known to be the header."""
    header = header_line(rows[0]) if rows and len(rows) > 1 and (named or is_header(rows)) else ""
    lines = [line for row in rows if (line := table_row(row)).strip(" |")]
    builder.add("\n".join(lines), kind=SectionKind.TABLE, heading=heading, slide=slide, header=header)


def add_sheet(builder: TextBuilder, sheet: str, rows: Iterable[Sequence[str]], heading: tuple[str, ...] = ()) -> None:
    """A sheet of a workbook, beginning with row 1: one section for each table in it, tables being parted by empty rows.

    A table's header is repeated in its section; lines above it that fill a single cell are its heading. A table without
    a header of its own goes on under the one before.
    """
    writer = _SheetWriter(builder, sheet, heading)
    block: list[Sequence[str]] = []
    number = 0
    for number, row in enumerate(rows, 1):
        if any(row):
            block.append(row)
            if len(block) == _ROWS_AT_ONCE:
                writer.add(block, number - len(block) + 1)
                block = []
        elif block or writer.inside:
            writer.add(block, number - len(block))
            writer.inside = False
            block = []
    writer.add(block, number - len(block) + 1)


class _SheetWriter:
    """What is in force while a sheet is written from top to bottom."""

    def __init__(self, builder: TextBuilder, sheet: str, heading: tuple[str, ...]) -> None:
        self._builder = builder
        self._sheet = sheet
        self._above = heading
        self._heading = heading
        self._header = ""
        self.inside = False
        """Whether the next rows go on with the table of those before."""

    def add(self, rows: list[Sequence[str]], first: int) -> None:
        """Rows without an empty one between them, `first` being the number of the first."""
        start = 0 if self.inside else self._caption(rows, first)
        if start == len(rows):
            return
        if not self.inside:
            for row in range(start, min(start + 3, len(rows))):
                top = rows[row : row + 6]
                # Under a header in force only names above values are taken for another one.
                if is_header(top) and (not self._header or any(_is_value(cell) for line in top[1:] for cell in line)):
                    self._header = header_line(rows[row])
                    break
        self._write(rows[start:], first + start)
        self.inside = True

    def _caption(self, rows: list[Sequence[str]], first: int) -> int:
        """Write the lines of one cell each above a table, keep them as its heading, and give their number."""
        count = 0
        while count < min(3, len(rows)) and _filled(rows[count]) == 1 and not _is_value("".join(rows[count])):
            count += 1
        if count == 0 or (count < len(rows) and _filled(rows[count]) == 1):
            return 0  # none, or a list of one column
        self._heading = self._above
        self._write(rows[:count], first)
        self._heading = (*self._above, *("".join(row).strip()[:_LONGEST_HEADER] for row in rows[:count]))
        self._header = ""
        return count

    def _write(self, rows: list[Sequence[str]], first: int) -> None:
        text = "\n".join(map(_line, rows))
        self._builder.add(
            text, heading=self._heading, kind=SectionKind.TABLE, sheet=self._sheet, first_row=first, header=self._header
        )


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell)


def _is_value(cell: str) -> bool:
    return _VALUE.fullmatch(cell.strip()) is not None


def _line(row: Sequence[str]) -> str:
    """As `table_row`; the gaps of a row that is nearly empty are not drawn."""
    filled = _filled(row)
    return table_row([cell for cell in row if cell] if len(row) > 12 and filled * 4 < len(row) else row)


def number_text(number: float) -> str:
    """A number as people write it: without `.0`, without the noise of binary fractions."""
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.12g}"
