"""OpenDocument texts, presentations, spreadsheets and drawings (.odt, .odp, .ods, .odg and templates), as LibreOffice
writes them.

Deleted text of tracked changes is left out; notes and comments are sections of their own kind.

Decision: spreadsheets are read from the XML and not through calamine, because OpenDocument keeps the text that each
cell shows (`15 %`, `¥1,200.00`, `1 March 2026`): that is what a person searches for and compares an answer with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from indexer.containers import ZipParts, drop, is_open_document, zip_parts
from indexer.content import Content, FormatResult, Limits, TextBuilder, damaged, title_from_name
from indexer.document import FileState, SectionKind
from indexer.errors import ExtractionFailed
from indexer.tables import add_sheet, add_table

FORMAT_ID = "opendocument"
EXTENSIONS: tuple[str, ...] = (".odt", ".odp", ".ods", ".odg", ".ott", ".otp", ".ots")
_TYPE = "application/vnd.oasis.opendocument."
MEDIA_TYPES: tuple[str, ...] = (
    _TYPE + "text",
    _TYPE + "presentation",
    _TYPE + "spreadsheet",
    _TYPE + "graphics",
    _TYPE + "text-template",
    _TYPE + "presentation-template",
    _TYPE + "spreadsheet-template",
)

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"

_BODIES = tuple(_OFFICE + name for name in ("text", "presentation", "spreadsheet", "drawing"))
_BLOCKS = (_TEXT + "p", _TEXT + "h", _TABLE + "table")
_TOP = (*_BLOCKS, _DRAW + "page")
_ASIDES = (_TEXT + "note", _OFFICE + "annotation")
_SKIPPED = (
    *_ASIDES,
    _TEXT + "tracked-changes",
    _TEXT + "ruby-text",
    _TEXT + "sequence-decls",
    _OFFICE + "forms",
    _OFFICE + "annotation-end",
)
_ROW_GROUPS = (_TABLE + "table-header-rows", _TABLE + "table-row-group", _TABLE + "table-rows")
_FURNITURE = ("header", "footer", "date-time", "page-number", "page")
"""What is the same on every slide."""
_MOST_COLUMNS = 2000
_MOST_ROWS = 4 << 20


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    return is_open_document(head, name, (b"text", b"presentation", b"spreadsheet", b"graphics"), EXTENSIONS)


def extract(content: Content, limits: Limits) -> FormatResult:
    with zip_parts(content, limits) as parts:
        if "META-INF/manifest.xml" in parts and b"encryption-data" in parts.read("META-INF/manifest.xml"):
            raise ExtractionFailed(FileState.ENCRYPTED, "The file is protected by a password.")
        if "content.xml" not in parts:
            raise damaged("its text part is missing")
        builder = TextBuilder(limits)
        reader = _Reader(builder)
        reader.read(parts)
        title = reader.title or _title(parts) or reader.first_heading or title_from_name(content.name)
        return builder.result(title, empty="The document holds no text.")


def _title(parts: ZipParts) -> str:
    if "meta.xml" not in parts:
        return ""
    return (parts.tree("meta.xml").findtext(f".//{_DUBLIN}title") or "").strip()


class _Reader:
    """Reads `content.xml` into a TextBuilder, one top-level block, slide or sheet row at a time."""

    def __init__(self, builder: TextBuilder) -> None:
        self._out = builder
        self.title = ""
        self.first_heading = ""
        self._slide: int | None = None
        self._heading: tuple[str, ...] | None = None
        """On a slide its title; None in texts, where the builder keeps the headings in force."""
        self._boxes: list[etree._Element] = []
        self._asides: list[_Aside] = []
        """Footnotes and comments, to be written once the text that calls for them is complete."""
        self._titles = {"Title"}

    def read(self, parts: ZipParts) -> None:
        tags = (*_BLOCKS, _TABLE + "table-row", _DRAW + "page", _STYLE + "style", *_BODIES, _TEXT + "tracked-changes")
        events = parts.elements("content.xml", tags, ("start", "end"))
        body, depth = "", 0
        for event, element in events:
            tag = element.tag
            if tag in _BODIES:
                body = tag
            elif tag == _STYLE + "style":
                if element.get(_STYLE + "parent-style-name") == "Title":
                    self._titles.add(element.get(_STYLE + "name", ""))
            elif body == _OFFICE + "spreadsheet":
                if event == "start" and tag == _TABLE + "table":
                    self._sheet(element, events)
            elif event == "start":
                depth += 1
            else:
                depth -= 1
                if depth == 0 and tag in _TOP:
                    self._top(element)
                    drop(element)
        self._write_asides()
        if body == _OFFICE + "text":
            self._margins(parts)

    def _top(self, element: etree._Element) -> None:
        if element.tag == _DRAW + "page":
            self._page(element)
        else:
            self._block(element)

    def _block(self, element: etree._Element) -> None:
        if element.tag == _TABLE + "table":
            self._table(element)
        else:
            self._paragraph(element)
        self._write_boxes()

    def _write_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            for block in _blocks(box):
                self._block(block)

    def _paragraph(self, element: etree._Element) -> None:
        text = self._text(element)
        if not text.strip():
            return
        if element.get(_TEXT + "style-name") in self._titles and not self.title:
            self.title = text.strip()
        if element.tag == _TEXT + "h":
            level = element.get(_TEXT + "outline-level", "1")
            self.first_heading = self.first_heading or text
            self._out.heading(int(level) if level.isdigit() else 1, text, slide=self._slide)
        else:
            self._out.add(text, heading=self._heading, slide=self._slide)

    def _text(self, element: etree._Element) -> str:
        """The text of a paragraph; what floats beside it is put aside."""
        pieces = [_flat(element.text)]
        for child in element.iterchildren():
            tag = child.tag
            if tag == _TEXT + "s":
                count = child.get(_TEXT + "c", "1")
                pieces.append(" " * min(int(count) if count.isdigit() else 1, 100))
            elif tag == _TEXT + "tab":
                pieces.append("\t")
            elif tag == _TEXT + "line-break":
                pieces.append("\n")
            elif tag in _ASIDES:
                self._put_aside(child)
            elif tag.startswith(_DRAW) and tag != _DRAW + "a":
                self._boxes.append(child)
            elif tag not in _SKIPPED:
                pieces.append(self._text(child))
            pieces.append(_flat(child.tail))
        return "".join(pieces)

    def _put_aside(self, element: etree._Element) -> None:
        if element.tag == _OFFICE + "annotation":
            kind, author = SectionKind.COMMENT, element.findtext(_DUBLIN + "creator") or ""
        else:
            kind, author = SectionKind.FOOTNOTE, ""
        body = element.find(_TEXT + "note-body")
        text = "\n".join(self._texts(element if body is None else body))
        if text:
            heading = self._out.path if self._heading is None else self._heading
            self._asides.append(_Aside(f"{author}: {text}" if author else text, kind, heading, self._slide))

    def _write_asides(self) -> None:
        for aside in sorted(self._asides, key=lambda aside: aside.kind is SectionKind.COMMENT):
            self._out.add(aside.text, heading=aside.heading, kind=aside.kind, slide=aside.slide)
        self._asides.clear()

    def _texts(self, element: etree._Element) -> Iterator[str]:
        """The texts of all paragraphs in `element`, those in tables and boxes included."""
        for block in _blocks(element):
            if block.tag == _TABLE + "table":
                for row in _rows(block):
                    for cell in _cells(row):
                        yield from self._texts(cell)
            elif text := self._text(block).strip():
                yield text
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                yield from self._texts(box)

    def _table(self, table: etree._Element) -> None:
        rows = list(_rows(table))
        if all(len(list(_cells(row))) <= 1 for row in rows):
            # One column is a frame that somebody drew around text, not a table.
            for row in rows:
                for cell in _cells(row):
                    for block in _blocks(cell):
                        self._block(block)
            return
        named = table.find(_TABLE + "table-header-rows") is not None
        lines = [self._row(row) for row in rows]
        add_table(self._out, lines, named=named, heading=self._heading, slide=self._slide)

    def _row(self, row: etree._Element) -> list[str]:
        """The texts of a row; empty cells at its end are left out, however many they are said to be."""
        texts: list[str] = []
        gap = 0
        for cell in _cells(row):
            repeated = _repeated(cell, "columns")
            text = " ".join(self._texts(cell)) or cell.get(_OFFICE + "value", "")
            if text:
                texts += [""] * gap + [text] * min(repeated, _MOST_COLUMNS)
                gap = 0
            else:
                gap += repeated
            if len(texts) + gap > _MOST_COLUMNS:
                break
        return texts

    def _sheet(self, table: etree._Element, events: Iterator[tuple[str, etree._Element]]) -> None:
        name = table.get(_TABLE + "name", "")
        rows = self._sheet_rows(table, events)
        if name.startswith("'file:"):
            for _ in rows:  # a copy of another file's sheet that formulas refer to
                pass
        else:
            add_sheet(self._out, name, rows)
        for aside in self._asides:
            self._out.add(aside.text, heading=(), kind=aside.kind, sheet=name)
        self._asides.clear()

    def _sheet_rows(self, table: etree._Element, events: Iterator[tuple[str, etree._Element]]) -> Iterator[list[str]]:
        """The rows of a sheet up to its last filled one, taken from the stream of events up to the sheet's end."""
        empty = total = 0
        for event, element in events:
            if element is table:
                drop(table)
                return
            if event == "start" or element.tag != _TABLE + "table-row":
                continue
            repeated = _repeated(element, "rows")
            cells = self._row(element)
            drop(element)
            if not cells:
                empty += repeated
                continue
            total += empty + repeated
            if total > _MOST_ROWS:
                raise damaged("one of its sheets has more rows than a sheet can have")
            yield from ([] for _ in range(empty))
            yield from (cells for _ in range(repeated))
            empty = 0

    def _page(self, page: etree._Element) -> None:
        """One slide: title, everything else in the order of drawing, speaker notes, comments."""
        self._slide = (self._slide or 0) + 1
        self._heading = ()
        shapes = list(page.iterchildren())
        for shape in shapes:
            if shape.get(_PRESENTATION + "class") == "title" and (text := " ".join(self._texts(shape))):
                text = " ".join(text.split())
                self.title = self.title or text
                self._out.heading(1, text, slide=self._slide)
                self._heading = (text,)
                shapes.remove(shape)
                break
        notes: list[str] = []
        for shape in shapes:
            if shape.tag == _PRESENTATION + "notes":
                for frame in shape.iterchildren(_DRAW + "frame"):
                    if frame.get(_PRESENTATION + "class") not in _FURNITURE:
                        notes += self._texts(frame)
            elif shape.tag in _ASIDES:
                self._put_aside(shape)
            elif shape.get(_PRESENTATION + "class") not in _FURNITURE:
                self._shape(shape)
        self._out.add("\n".join(notes), heading=self._heading, kind=SectionKind.NOTES, slide=self._slide)
        self._write_asides()

    def _shape(self, shape: etree._Element) -> None:
        lines: list[str] = []
        for block in _blocks(shape):
            if block.tag == _TABLE + "table":
                self._table(block)
            elif text := self._text(block).strip():
                lines.append(text)
        self._out.add("\n".join(lines), heading=self._heading, slide=self._slide)
        self._write_boxes()

    def _margins(self, parts: ZipParts) -> None:
        """Page headers and footers, each text once: letterheads and reference numbers stand there."""
        seen: set[str] = set()
        margins = parts.tree("styles.xml").iter(_STYLE + "header", _STYLE + "footer") if "styles.xml" in parts else ()
        for margin in margins:
            for text in self._texts(margin):
                if text not in seen and sum(map(str.isalpha, text)) > 3:
                    seen.add(text)
                    self._out.add(text, heading=())


@dataclass(frozen=True, slots=True)
class _Aside:
    text: str
    kind: SectionKind
    heading: tuple[str, ...]
    slide: int | None


def _flat(text: str | None) -> str:
    """Line breaks between the tags are white space; those of the text are elements."""
    return text.replace("\n", " ") if text else ""


def _blocks(element: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs, headings and tables in `element`, but not those in one another."""
    for child in element.iterchildren():
        if child.tag in _BLOCKS:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _blocks(child)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table.iterchildren():
        if child.tag == _TABLE + "table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return row.iterchildren(_TABLE + "table-cell", _TABLE + "covered-table-cell")


def _repeated(element: etree._Element, what: str) -> int:
    times = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(times) if times.isdigit() and len(times) < 10 else 1
