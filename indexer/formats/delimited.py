"""Tables as text: CSV and TSV with any of the usual separators. Row numbers are those a spreadsheet shows."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator

from indexer.content import Content, FormatResult, Limits, TextBuilder, clean, damaged, table_row, title_from_name
from indexer.document import SectionKind
from indexer.encodings import decode, looks_like_text
from indexer.tables import header_line, is_header

FORMAT_ID = "csv"
EXTENSIONS = (".csv", ".tsv", ".tab", ".psv")
MEDIA_TYPES = ("text/csv", "text/tab-separated-values")

_SEPARATORS = ",;\t|"
_SNIFFED_ROWS = 30


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    return name.lower().endswith(EXTENSIONS) and looks_like_text(head)


def extract(content: Content, limits: Limits) -> FormatResult:
    text = clean(decode(content.read()).text, editor_lines=True)
    builder = TextBuilder(limits)
    # A field may be as long as the file; the builder's limit on characters is the one that counts.
    csv.field_size_limit(2**31 - 1)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=_separator(text), strict=False)
    try:
        _add_rows(builder, rows)
    except csv.Error as error:
        raise damaged("its rows can't be told apart") from error
    return builder.result(title_from_name(content.name), empty="The table has no rows.")


def _add_rows(builder: TextBuilder, rows: Iterator[list[str]]) -> None:
    """Every row one line; a run of rows without a gap is one section, the header with the first."""
    beginning = list(itertools.islice(rows, _SNIFFED_ROWS))
    header = header_line(beginning[0]) if is_header(beginning) else ""
    block: list[str] = []
    first = 1
    for number, row in enumerate(itertools.chain(beginning, rows), start=1):
        line = table_row(row)
        if line:
            if not block:
                first = number
            block.append(line)
        if block and (not line or len(block) >= 500):
            builder.add("\n".join(block), kind=SectionKind.TABLE, first_row=first, header=header)
            block = []
    if block:
        builder.add("\n".join(block), kind=SectionKind.TABLE, first_row=first, header=header)


def _separator(text: str) -> str:
    """The separator that cuts most of the first rows into the same number of fields, two or more.

    csv.Sniffer guesses any frequent character, letters included, on text with few separators.
    """
    lines = [line for line in text[:65536].split("\n", _SNIFFED_ROWS + 1)[:_SNIFFED_ROWS] if line.strip()]

    def evenness(separator: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
        usual = max(set(counts), key=counts.count, default=1)
        return (counts.count(usual) if usual > 1 else 0, usual)

    return max(_SEPARATORS, key=evenness)
