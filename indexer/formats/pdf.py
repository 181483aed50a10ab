"""PDF: text page by page, headings from bookmarks or letter sizes, filled form fields, remarks, attached files.

Pages that are only pictures of text give no text here: they are named as unread, for text recognition. How lines become
paragraphs is told in paragraphs.py. Lines that carry the running page number are left out.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from indexer.content import Content, FormatResult, Limits, Member, TextBuilder, clean, damaged, title_from_name
from indexer.document import FileState, SectionKind
from indexer.errors import ExtractionFailed
from indexer.paragraphs import ShownLine, full_width, joined

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

FORMAT_ID = "pdf"
EXTENSIONS: tuple[str, ...] = (".pdf",)
MEDIA_TYPES: tuple[str, ...] = ("application/pdf", "application/x-pdf")

_MOST_BOOKMARKS = 5000
_HEADING_SIZE = 1.15
"""How much larger than the body's letters a heading's are."""
_LONGEST_HEADING = 120
_MOST_ATTACHMENTS = 100
_FEW_LETTERS = 60
_MOST_PICTURES = 500
_SOME, _MUCH = 0.02, 0.5
"""Parts of a page that pictures cover when it is taken for one: with no letters on it, and with few."""


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    # Some programs write a few bytes before the mark; readers look for it in the first kilobyte.
    return b"%PDF-" in head[:1024]


def opened(content: Content) -> PdfDocument:
    """The document, for whoever reads or draws it; to be closed. Raises ExtractionFailed."""
    import pypdfium2 as pdfium

    try:
        return pdfium.PdfDocument(content.path if content.path is not None else content.read())
    except pdfium.PdfiumError as error:
        raise _unopened(str(error)) from error


def extract(content: Content, limits: Limits) -> FormatResult:
    with closing(opened(content)) as document:
        builder = TextBuilder(limits)
        pages = _read_pages(document)
        outline = _bookmarks(document) or _large_lines(pages)
        _write(pages, outline, builder)
        members = tuple(_attachments(document, limits))
        title = _title(document, pages, content.name)
        unread = tuple(page.number for page in pages if page.is_picture)
        return builder.result(title, members=members, empty="The pages hold no text.", unread=unread)


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    lines: tuple[ShownLine, ...]
    fields: tuple[str, ...] = ()
    """Filled form fields, `name: value`."""
    remarks: tuple[str, ...] = ()
    is_picture: bool = False
    """Shows a picture and next to no letters, as scanners make them."""


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str
    page: int


def _unopened(message: str) -> ExtractionFailed:
    if "password" in message.lower() or "security" in message.lower():
        return ExtractionFailed(FileState.ENCRYPTED, "The file is protected by a password.")
    return damaged("it can't be opened as a PDF, the end may be missing")


def _read_pages(document: PdfDocument) -> list[_Page]:
    """All pages. A page that can't be read is passed over as long as another can."""
    import pypdfium2 as pdfium

    pages: list[_Page] = []
    failed = 0
    with_fields = document.get_formtype() != pdfium.raw.FORMTYPE_NONE
    if with_fields:
        document.init_forms()
    count = len(document)
    for index in range(count):
        try:
            with closing(document[index]) as page:
                fields, remarks = _annotations(document, page)
                lines = tuple(_lines(page))
                pages.append(_Page(index + 1, lines, fields, remarks, _is_picture(page, lines)))
        except pdfium.PdfiumError:
            failed += 1
    if failed == count:
        raise damaged("none of its pages can be read")
    return _without_page_numbers(pages)


def _lines(page: PdfPage) -> Iterator[ShownLine]:
    import pypdfium2 as pdfium

    with closing(page.get_textpage()) as textpage:
        raw = textpage.raw
        position = 0
        for line in textpage.get_text_range(errors="ignore").split("\r\n"):
            text = clean(line).strip()
            if text:
                middle = pdfium.raw.FPDFText_GetCharIndexFromTextIndex(raw, position + len(line) // 2)
                yield ShownLine(text, round(pdfium.raw.FPDFText_GetFontSize(raw, middle), 1) if middle >= 0 else 0.0)
            position += len(line) + 2


def _is_picture(page: PdfPage, lines: Sequence[ShownLine]) -> bool:
    """Whether pictures cover much of a page with next to no letters: what a scanner stamps on it is not its text."""
    import pypdfium2 as pdfium

    letters = sum(len(line.text) for line in lines)
    if letters > _FEW_LETTERS:
        return False
    wide, high = page.get_size()
    covered = 0.0
    for picture in islice(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), _MOST_PICTURES):
        left, bottom, right, top = picture.get_bounds()
        covered += max(0.0, min(right, wide) - max(left, 0.0)) * max(0.0, min(top, high) - max(bottom, 0.0))
    return bool(covered >= (_MUCH if letters else _SOME) * wide * high > 0)


def _annotations(document: PdfDocument, page: PdfPage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Filled form fields and remarks of a page: neither is part of its text."""
    from pypdfium2 import raw

    fields: list[str] = []
    remarks: list[str] = []
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind == raw.FPDF_ANNOT_WIDGET and document.formenv is not None:
            value = _wide(raw.FPDFAnnot_GetFormFieldValue, document.formenv.raw, annotation)
            name = _wide(raw.FPDFAnnot_GetFormFieldName, document.formenv.raw, annotation)
            if value and value != "Off":
                fields.append(f"{name}: {value}" if name else value)
        elif kind in (raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_HIGHLIGHT):
            remarks.append(_wide(raw.FPDFAnnot_GetStringValue, annotation, b"Contents"))
        raw.FPDFPage_CloseAnnot(annotation)
    return tuple(fields), tuple(filter(None, remarks))


def _wide(read: Callable[..., int], *arguments: Any) -> str:
    """A string that a function of pdfium writes into a buffer as UTF-16: first asked for its size in bytes."""
    import ctypes

    size = read(*arguments, None, 0)
    if size <= 2 or size > 200_000:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    read(*arguments, buffer, size)
    return clean(bytes(buffer)[:-2].decode("utf-16-le", errors="ignore")).strip()


_DIGITS = re.compile(r"\d+")


def _without_page_numbers(pages: list[_Page]) -> list[_Page]:
    """Leave out first and last lines that count the pages: same words, and a number that grows with the page."""
    seen: Counter[tuple[int, str, int]] = Counter()
    for page in pages:
        seen.update(_page_marks(page))
    running = {mark for mark, times in seen.items() if times >= 3}
    if not running:
        return pages
    kept = []
    for page in pages:
        edges = {mark[0] for mark in _page_marks(page) if mark in running}
        start, end = int(0 in edges), len(page.lines) - int(-1 in edges)
        kept.append(replace(page, lines=page.lines[start:end]))
    return kept


def _page_marks(page: _Page) -> set[tuple[int, str, int]]:
    """For the first (0) and the last (-1) line: its words without numbers, and each number's distance to the page's."""
    marks = set()
    for edge in (0, -1) if len(page.lines) > 1 else ():
        text = page.lines[edge].text
        if len(text) <= _LONGEST_HEADING:
            words = _DIGITS.sub("#", text)
            marks |= {(edge, words, int(n) - page.number) for n in _DIGITS.findall(text) if len(n) <= 5}
    return marks


def _bookmarks(document: PdfDocument) -> list[_Heading]:
    """The table of contents that PDF readers show beside the pages; empty when there is none, or none to rely on."""
    found: list[_Heading] = []
    for bookmark in islice(document.get_toc(max_depth=6), _MOST_BOOKMARKS):
        target = bookmark.get_dest()
        index = target.get_index() if target is not None else None
        text = " ".join(clean(bookmark.get_title()).split())
        if index is not None and text:
            found.append(_Heading(bookmark.level + 1, text, index + 1))
    return sorted(found, key=lambda heading: heading.page) if len(found) > 1 else []


def _large_lines(pages: Sequence[_Page]) -> list[_Heading]:
    """Headings by their looks: short lines in letters larger than most of the text's."""
    weights: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            weights[line.size] += len(line.text)
    body = weights.most_common(1)[0][0] if weights else 0.0
    sizes = sorted((size for size in weights if size > body * _HEADING_SIZE), reverse=True) if body > 0 else []
    # Many sizes are a poster or a slide, not a hierarchy: the smaller ones count as one level.
    levels = {size: min(rank, 3) for rank, size in enumerate(sizes, 1)}
    found = [
        _Heading(levels[line.size], line.text, page.number)
        for page in pages
        for line in page.lines
        if line.size in levels and len(line.text) <= _LONGEST_HEADING and any(map(str.isalpha, line.text))
    ]
    return found if len(found) <= 12 * len(pages) else []


def _write(pages: Sequence[_Page], outline: Sequence[_Heading], builder: TextBuilder) -> None:
    path: list[_Heading] = []
    waiting = deque(outline)
    for page in pages:
        due: list[_Heading] = []
        while waiting and waiting[0].page <= page.number:
            due.append(waiting.popleft())
        full = full_width(page.lines)
        start = 0
        for heading in due:
            at = _find(heading.text, page.lines, start)
            if at is not None:
                builder.add(joined(page.lines[start:at], full), heading=_texts(path), page=page.number)
                start = at
            path = [*(above for above in path if above.level < heading.level), heading]
        builder.add(joined(page.lines[start:], full), heading=_texts(path), page=page.number)
        builder.add("\n".join(page.fields), heading=_texts(path), page=page.number)
        remarks = "\n".join(page.remarks)
        builder.add(remarks, heading=_texts(path), kind=SectionKind.COMMENT, page=page.number)


def _texts(path: Sequence[_Heading]) -> tuple[str, ...]:
    return tuple(heading.text for heading in path)


def _find(title: str, lines: Sequence[ShownLine], start: int) -> int | None:
    """Which line begins the heading: it may carry a number that the bookmark lacks, and may be broken in two."""
    wanted = _letters(title)
    for index in range(start, len(lines)):
        here = _letters(lines[index].text)
        if not here:
            continue
        if here == wanted or (here.endswith(wanted) and len(here) <= len(wanted) + 12):
            return index
        if len(here) >= 8 and wanted.startswith(here):
            both = "".join(line.text for line in lines[index : index + 2])
            if _letters(both).startswith(wanted):
                return index
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _attachments(document: PdfDocument, limits: Limits) -> Iterator[Member]:
    """Files attached to the document: an electronic invoice keeps its figures in one."""
    import pypdfium2 as pdfium

    for index in range(min(document.count_attachments(), _MOST_ATTACHMENTS)):
        try:
            attachment = document.get_attachment(index)
            data = bytes(attachment.get_data())
            if len(data) <= limits.member_bytes:
                yield Member(clean(attachment.get_name()) or f"attachment-{index + 1}", data)
        except pdfium.PdfiumError:
            continue


def _title(document: PdfDocument, pages: Sequence[_Page], name: str) -> str:
    title = clean(document.get_metadata_value("Title")).strip()
    invented = title.lower().endswith((".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".indd", ".dvi", ".tex"))
    if title and not invented and not title.lower().startswith(("untitled", "microsoft word", "powerpoint ", "无标题")):
        return title
    lines = pages[0].lines[:12] if pages else ()
    largest = max((line.size for line in lines), default=0.0)
    usual = Counter(line.size for page in pages[:5] for line in page.lines).most_common(1)
    if usual and largest > usual[0][0] * _HEADING_SIZE:
        return next(line.text for line in lines if line.size == largest)
    return title_from_name(name)
