"""What a format is given and what it gives back: Content in, FormatResult out, TextBuilder in between.

Which format reads which file is decided in registry.py; limits on time and memory are enforced in isolation.py.

Decision: `Limits` lives here and not beside the worker pool, because formats read the size limits and the pool imports
the formats: the shape must stand below both.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from indexer.document import FileState, Section, SectionKind, Span
from indexer.errors import ExtractionFailed

HEAD_BYTES = 4096
"""How much of a file `recognizes` gets to see."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost. Seconds are seconds, sizes are bytes, `output_chars` counts characters."""

    cpu_seconds: float = 30.0
    wall_seconds: float = 60.0
    memory_bytes: int = 1 << 30
    """How much the resident memory of a worker may reach while it reads one file."""
    file_bytes: int = 1 << 30
    """A larger file on disk is not opened at all."""
    read_bytes: int = 200 << 20
    """A larger file is not read into memory as a whole; archives and mailboxes are streamed."""
    output_chars: int = 20_000_000
    """Text of one file, its members included."""
    member_depth: int = 3
    """An archive in a mail in an archive is depth 3."""
    member_count: int = 20_000
    member_bytes: int = 100 << 20
    total_member_bytes: int = 1 << 30
    """Unpacked bytes of all members of one file: what stops an archive bomb."""


class Content:
    """The bytes of one file or member, wherever they are. Reads nothing until asked."""

    def __init__(
        self,
        name: str,
        *,
        path: str | None = None,
        data: bytes | None = None,
        limits: Limits | None = None,
    ):
        """`name` is the file's own name, without folders. Exactly one of `path` and `data` is given."""
        if (path is None) == (data is None):
            raise ValueError("content comes from a path or from bytes, not both")
        self.name = name
        self.path = path
        self.limits = limits or Limits()
        self._data = data
        self.size = len(data) if data is not None else os.stat(path or "").st_size

    def open(self) -> BinaryIO:
        """A seekable stream over the bytes; the caller closes it. Raises OSError."""
        return io.BytesIO(self._data) if self._data is not None else open(self.path or "", "rb")

    def head(self) -> bytes:
        """The first `HEAD_BYTES` bytes."""
        if self._data is not None:
            return self._data[:HEAD_BYTES]
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def read(self) -> bytes:
        """All bytes, kept for the next call. Raises ExtractionFailed(TOO_LARGE) above `limits.read_bytes`; OSError."""
        if self._data is None:
            if self.size > self.limits.read_bytes:
                raise too_large(self.size, self.limits.read_bytes)
            with self.open() as stream:
                data = stream.read(self.size + 1)  # a number, because read() makes room for as many bytes as it names
                if len(data) > self.size:
                    # It grew since its size was taken: one byte more than allowed must not slip through.
                    data += stream.read(self.limits.read_bytes + 1 - len(data))
            if len(data) > self.limits.read_bytes:
                raise too_large(len(data), self.limits.read_bytes)
            self._data, self.size = data, len(data)
        return self._data


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file. With `problem` set its bytes could not be had, and the reason stands there."""

    name: str
    data: bytes = b""
    problem: ExtractionFailed | None = None


@dataclass(frozen=True, slots=True)
class FormatResult:
    """What a format made of a file: the text, where its parts stand, and the files inside it.

    `members` may be a generator, so that a large archive is unpacked one member at a time; it may raise
    ExtractionFailed while it runs, which then counts for the file itself.
    """

    title: str
    text: str
    sections: tuple[Section, ...]
    has_lines: bool = False
    members: Iterable[Member] = ()
    language: str | None = None
    unread: tuple[int, ...] = ()
    """Pages, 1-based, that are pictures: whatever text they show waits for text recognition."""


class _Place(NamedTuple):
    """Everything about a section but its span and its first row."""

    heading: tuple[str, ...]
    kind: SectionKind
    page: int | None
    slide: int | None
    sheet: str | None
    header: str


class TextBuilder:
    """Collects paragraphs and rows into one text with sections, and stops at `limits.output_chars`.

    Neighbours that share heading, kind, page, slide, sheet and header grow into one section. Paragraphs are separated
    by an empty line; table rows and code by a line break.
    """

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.output_chars
        self._parts: list[str] = []
        self._length = 0
        self._levels: list[int] = []
        self.path: tuple[str, ...] = ()
        """The headings in force, outermost first."""
        self._sections: list[Section] = []
        self._place: _Place | None = None
        self._start = 0
        self._first_row: int | None = None
        self._lines = 0
        """Lines of the open section: only counted where rows are numbered."""

    def heading(
        self,
        level: int,
        text: str,
        *,
        page: int | None = None,
        slide: int | None = None,
        sheet: str | None = None,
    ) -> None:
        """A heading of `level` (1 is outermost): opens a section, and its words stand in the text too."""
        text = " ".join(clean(text).split())
        if not text:
            return
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self.path = (*self.path[: len(self._levels)], text)
        self._levels.append(level)
        self._close()  # two headings with the same words are still two sections
        self.add(text, page=page, slide=slide, sheet=sheet)

    def add(
        self,
        text: str,
        *,
        heading: tuple[str, ...] | None = None,
        kind: SectionKind = SectionKind.TEXT,
        page: int | None = None,
        slide: int | None = None,
        sheet: str | None = None,
        first_row: int | None = None,
        header: str = "",
    ) -> None:
        """One paragraph, or one or more rows (one a line). `heading` None means the headings in force.

        With `first_row` every line of `text` is one row, empty ones included. Raises ExtractionFailed(TOO_LARGE).
        """
        text = clean(text)
        if first_row is not None:
            text = text.rstrip("\n")
        else:
            text = text.strip("\n") if kind is SectionKind.CODE else text.strip()
        if not text or text.isspace():
            return
        place = _Place(self.path if heading is None else heading, kind, page, slide, sheet, header)
        if place != self._place or not self._follows(first_row):
            self._close()
            self._append("\n\n" if self._length else "")
            self._place, self._start = place, self._length
            self._first_row, self._lines = first_row, 0
        else:
            self._append("\n" if kind in (SectionKind.TABLE, SectionKind.CODE) or first_row is not None else "\n\n")
        self._append(text)
        if first_row is not None:
            self._lines += text.count("\n") + 1

    def result(
        self,
        title: str,
        *,
        has_lines: bool = False,
        members: Iterable[Member] = (),
        language: str | None = None,
        empty: str = "There is no text in this file.",
        unread: tuple[int, ...] = (),
    ) -> FormatResult:
        """The finished text. Raises ExtractionFailed(EMPTY) with reason `empty` when there is no text, no member and no
        page that waits to be read."""
        self._close()
        text = "".join(self._parts)
        if not text.strip() and members == () and not unread:
            raise ExtractionFailed(FileState.EMPTY, empty)
        title = " ".join(clean(title).split())[:300]
        return FormatResult(title, text, tuple(self._sections), has_lines, members, language, unread)

    def _follows(self, first_row: int | None) -> bool:
        if first_row is None or self._first_row is None:
            return first_row is self._first_row
        return first_row == self._first_row + self._lines

    def _append(self, text: str) -> None:
        self._length += len(text)
        if self._length > self._limit:
            raise too_much_text(self._limit)
        self._parts.append(text)

    def _close(self) -> None:
        if self._place is not None and self._length > self._start:
            p = self._place
            span = Span(self._start, self._length)
            self._sections.append(
                Section(
                    span,
                    p.heading,
                    p.kind,
                    p.page,
                    p.slide,
                    p.sheet,
                    self._first_row,
                    p.header,
                )
            )
        self._place = None


_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_EDITOR_BREAKS = re.compile("\r\n?")


def clean(text: str, *, editor_lines: bool = False) -> str:
    """`text` with `\\n` as its only line break and without NULs, control characters, byte order marks and surrogates.

    With `editor_lines` only CR, LF and CRLF end a line, as in a text editor; the rarer breaks become spaces.
    """
    if text.isprintable():
        return text
    if editor_lines:
        text = _EDITOR_BREAKS.sub("\n", text)
        text = _BREAKS.sub(" ", text)
    else:
        text = _BREAKS.sub("\n", text)
    return _UNWANTED.sub("", text)


def table_row(cells: Sequence[str]) -> str:
    """The cells of one row on one line, separated by ` | `; empty cells at the end are left out."""
    texts = [" ".join(clean(cell).split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return " | ".join(texts)


def title_from_name(name: str) -> str:
    """A file name as a title: `annual_report-2025.txt` -> `annual report 2025`."""
    stem = name.rpartition(".")[0] or name
    return " ".join(clean(re.sub(r"[_\-]+", " ", stem)).split()) or name


def too_large(size: int, limit: int) -> ExtractionFailed:
    return ExtractionFailed(
        FileState.TOO_LARGE,
        f"The file is {size / 1e6:,.0f} MB; files of this kind are read up to {limit / 1e6:,.0f} MB.",
    )


def too_much_text(limit: int) -> ExtractionFailed:
    return ExtractionFailed(FileState.TOO_LARGE, f"The file holds more than {limit:,} characters of text.")


def damaged(what: str) -> ExtractionFailed:
    """`what` completes the sentence: 'The file is damaged: …' and never quotes the file."""
    return ExtractionFailed(FileState.DAMAGED, f"The file is damaged: {what}.")
