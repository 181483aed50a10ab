"""Excel workbooks (.xlsx, .xlsm, .xlsb, .xls): every sheet row by row, remarks on cells.

Formulas count with the value they had when the file was saved. OpenDocument spreadsheets are read in opendocument.py,
CSV in a format of its own.

Decision: numbers are printed plainly (`1234.5`), dates as `2026-03-01`, shares as `15%`. calamine tells dates from
numbers, but not how a cell is shown. Which cells show a percentage is therefore looked up in the sheet itself, since
nobody asks for 0.15; currency signs and thousands separators are not worth that.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.containers import OLE_MAGIC, ZIP_MAGIC, ZipParts, drop, has_part_of, ole_holds, zip_parts
from indexer.content import Content, FormatResult, Limits, TextBuilder, damaged, title_from_name
from indexer.document import FileState, SectionKind
from indexer.errors import ExtractionFailed
from indexer.tables import add_sheet, number_text

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

FORMAT_ID = "spreadsheet"
EXTENSIONS: tuple[str, ...] = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt")
MEDIA_TYPES: tuple[str, ...] = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
    "application/vnd.ms-excel.sheet.macroenabled.12",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "application/vnd.ms-excel",
)

_MOST_CELLS = 6_000_000
"""calamine keeps a sheet's whole rectangle in memory, empty cells included, 32 bytes each."""


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    if head.startswith(OLE_MAGIC):
        return name.lower().endswith(EXTENSIONS)
    return has_part_of(head, name, b"xl/", EXTENSIONS)


def extract(content: Content, limits: Limits) -> FormatResult:
    title = ""
    remarks: tuple[_Remark, ...] = ()
    shares: _Shares = {}
    head = content.head()
    if head.startswith(ZIP_MAGIC):
        with zip_parts(content, limits) as parts:
            _check_size(parts)
            title = parts.core_title()
            sheets = tuple(_sheet_parts(parts))
            remarks = tuple(_remarks(parts, sheets))
            shares = _shares(parts, sheets)
    elif ole_holds(content, "EncryptedPackage"):
        raise _encrypted()
    builder = TextBuilder(limits)
    _read_sheets(content, builder, shares)
    for remark in remarks:
        builder.add(f"{remark.cell}: {remark.text}", kind=SectionKind.COMMENT, heading=(), sheet=remark.sheet)
    return builder.result(title or title_from_name(content.name), empty="The workbook holds no filled cells.")


def _encrypted() -> ExtractionFailed:
    return ExtractionFailed(FileState.ENCRYPTED, "The file is protected by a password.")


def _read_sheets(content: Content, builder: TextBuilder, shares: _Shares) -> None:
    import python_calamine as calamine

    try:
        with content.open() as stream, closing(calamine.CalamineWorkbook.from_filelike(stream)) as book:
            for entry in book.sheets_metadata:
                if entry.typ == calamine.SheetTypeEnum.WorkSheet:
                    sheet = book.get_sheet_by_name(entry.name)
                    add_sheet(builder, entry.name, _rows(sheet, shares.get(entry.name, frozenset())))
    except calamine.PasswordError as error:
        raise _encrypted() from error
    except calamine.CalamineError as error:
        if "password" in str(error).lower():
            raise _encrypted() from error
        raise damaged("it can't be opened as a workbook") from error
    except BaseException as error:
        # A panic of the Rust code is no Exception; on files cut short or overwritten calamine does panic.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged("it can't be opened as a workbook") from None


def _rows(sheet: CalamineSheet, shares: frozenset[tuple[int, int]]) -> Iterator[list[str]]:
    left = sheet.start[1] if sheet.start else 0
    rows_with_shares = {row for row, _ in shares}
    for row, cells in enumerate(sheet.iter_rows()):
        texts = [_cell_text(cell) for cell in cells]
        if row in rows_with_shares:
            for column, cell in enumerate(cells):
                if (row, left + column) in shares and isinstance(cell, float):
                    texts[column] = number_text(cell * 100) + "%"
        yield texts


def _cell_text(cell: object) -> str:
    """A cell's value as a person would write it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return number_text(cell)
    if isinstance(cell, datetime.datetime):
        return str(cell.date()) if cell.time() == datetime.time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, datetime.time):
        return cell.isoformat("auto" if cell.second else "minutes")
    if isinstance(cell, datetime.timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(cell)


_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


def _check_size(parts: ZipParts) -> None:
    """Refuse what calamine would blow up on: sheets are counted before it unpacks them."""
    for name in parts.names:
        lower = name.lower()
        if lower.startswith(("xl/worksheets/", "xl/sharedstrings")):
            parts.count(name)
            if (
                lower.startswith("xl/worksheets/")
                and lower.endswith(".xml")
                and _declared_cells(parts, name) > _MOST_CELLS
            ):
                _check_filled(parts, name)


def _declared_cells(parts: ZipParts, name: str) -> int:
    """How many cells the sheet's rectangle has, as the part says near its top; formatted empty cells count, too."""
    with parts.peek(name) as stream:
        match = re.search(rb'<(?:\w+:)?dimension ref="[^":]*:([A-Z$]+\d+)"', stream.read(4096))
    return _cells(match.group(1).decode()) if match else 0


def _cells(reference: str) -> int:
    """How many cells lie between A1 and `reference`."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return 0
    return _column(match.group(1)) * int(match.group(2))


def _column(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _check_filled(parts: ZipParts, name: str) -> None:
    """The same for the cells that hold something: a column that was only coloured to its end is no reason to refuse."""
    width = height = 0
    for _, cell in parts.elements(name, ("{*}c", "{*}row")):
        match = _REFERENCE.fullmatch(cell.get("r", "")) if len(cell) else None
        if match is not None:
            width = max(width, _column(match.group(1)))
            height = max(height, int(match.group(2)))
        if cell.tag.endswith("}row"):
            drop(cell)
    if width * height > _MOST_CELLS:
        reason = f"One of its sheets spreads over {width * height:,} cells; up to {_MOST_CELLS:,} are read."
        raise ExtractionFailed(FileState.TOO_LARGE, reason)


@dataclass(frozen=True, slots=True)
class _Remark:
    sheet: str
    cell: str
    text: str


def _sheet_parts(parts: ZipParts) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the part it stands in; none for the binary kind of workbook."""
    main = parts.main_part()
    if not main.lower().endswith(".xml") or main not in parts:
        return
    targets = {link.id: link.target for link in parts.relations(main)}
    for entry in parts.tree(main).iterfind("{*}sheets/{*}sheet"):
        link = next((str(value) for key, value in entry.attrib.items() if str(key).endswith("}id")), "")
        if targets.get(link, "") in parts:
            yield entry.get("name", ""), targets[link]


def _remarks(parts: ZipParts, sheets: tuple[tuple[str, str], ...]) -> Iterator[_Remark]:
    """Comments on cells, those of a conversation in the order they were written."""
    for sheet, part in sheets:
        links = [link for link in parts.relations(part) if link.target in parts]
        threads = [link.target for link in links if link.kind == "threadedComment"]
        for name in threads or [link.target for link in links if link.kind == "comments"]:
            for comment in parts.tree(name).iter("{*}comment", "{*}threadedComment"):
                text = "".join(node.text or "" for node in comment.iter("{*}t", "{*}text"))
                if text.strip():
                    yield _Remark(sheet, comment.get("ref", ""), " ".join(text.split()))


_Shares = dict[str, frozenset[tuple[int, int]]]
"""Sheet -> its cells (row and column from 0) that show a percentage."""

_STYLED_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})" s="(\d{1,5})"')
_BUILT_IN_PERCENTAGES = ("9", "10")


def _shares(parts: ZipParts, sheets: tuple[tuple[str, str], ...]) -> _Shares:
    styles = _percentage_styles(parts)
    if not styles:
        return {}
    found: _Shares = {}
    for sheet, part in sheets:
        if not part.lower().startswith("xl/worksheets/"):
            continue
        with parts.peek(part) as stream:  # counted before, when the sizes were checked
            cells = _STYLED_CELL.findall(stream.read())
        places = ((int(row) - 1, _column(column.decode()) - 1) for column, row, style in cells if style in styles)
        found[sheet] = frozenset(places)
    return found


def _percentage_styles(parts: ZipParts) -> frozenset[bytes]:
    """The numbers, as cells give them, of the cell styles that show a percentage."""
    if "xl/styles.xml" not in parts:
        return frozenset()
    root = parts.tree("xl/styles.xml")
    formats = {
        str(entry.get("numFmtId"))
        for entry in root.iterfind("{*}numFmts/{*}numFmt")
        if "%" in entry.get("formatCode", "")
    }
    formats.update(_BUILT_IN_PERCENTAGES)
    cells = enumerate(root.iterfind("{*}cellXfs/{*}xf"))
    return frozenset(str(number).encode() for number, entry in cells if entry.get("numFmtId") in formats)
