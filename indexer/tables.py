"""Rows of cells as lines of text, with the header row told apart.

Reading cells out of files is the formats' work; splitting long tables into chunks is the chunker's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.content import TextBuilder, table_row
from indexer.document import SectionKind

_LONGEST_HEADER_CELL = 60
_LONGEST_HEADER = 400
_VALUE = re.compile(r"[\s\d.,:/%+\-–()年月日¥$€£元]*\d[\s\d.,:/%+\-–()年月日¥$€£元]*")
"""Numbers, amounts, dates and times: what stands in a table, not above it."""


def is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of `rows` names the columns of those below it.

    It does when it fills most columns with short, different words and no numbers, and something stands below it.
    """
    if len(rows) < 2:
        return False
    names = [cell.strip() for cell in rows[0] if cell.strip()]
    below = max(sum(1 for cell in row if cell.strip()) for row in rows[1:6])
    if len(names) < 2 or len(names) < 0.6 * below or len(set(names)) < len(names):
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
