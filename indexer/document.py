"""What a file is turned into: SourceFile -> Document -> Chunk -> Vectors.

Only shapes live here. How they are made is told in formats/, chunker.py and indexing.py.
Offsets are counts of Python characters (code points) in `Document.text`, half-open, 0-based.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # extraction workers import this module and start twice as fast without numpy
    import numpy as np
    from numpy.typing import NDArray

MEMBER_SEPARATOR = "!/"
"""Between a container's path and its member's: `/mail/offer.eml!/contract.pdf`."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file, or one member of an archive or mail, as it was when it was read."""

    path: str
    size: int
    modified_ns: int
    digest: str = ""
    """BLAKE2b-256 of the bytes in hex; empty while nobody has read them."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start <= i < end` of `Document.text`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


class SectionKind(enum.StrEnum):
    TEXT = "text"
    TABLE = "table"
    NOTES = "notes"
    FOOTNOTE = "footnote"
    COMMENT = "comment"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document that shares one place: a page, a slide, a heading, a sheet.

    Sections are in order, do not overlap, and leave nothing but white space between them.
    """

    span: Span
    heading: tuple[str, ...] = ()
    """The headings above this text, outermost first."""
    kind: SectionKind = SectionKind.TEXT
    page: int | None = None
    slide: int | None = None
    sheet: str | None = None
    first_row: int | None = None
    """Number of the row (1-based, as the program shows it) on the first line; every line is one row."""
    header: str = ""
    """The header row of a table: repeated in each chunk so that a row makes sense alone."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text. Line breaks are `\\n`; there are no NUL characters and no lone surrogates."""

    source: SourceFile
    title: str
    text: str
    sections: tuple[Section, ...]
    language: str
    """BCP 47 primary tag as far as we can tell from the text: `en`, `zh`, `ja`, ...; `und` if not."""
    format_id: str
    has_lines: bool = False
    """True when line numbers of `text` are those a text editor shows for the file."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is embedded, found and cited: `document.text[span.start:span.end] == text`."""

    ordinal: int
    text: str
    span: Span
    context: str = ""
    """Title, heading path and table header, newline between them: embedded and searched with the text, not part of the
    span."""
    heading: tuple[str, ...] = ()
    kind: SectionKind = SectionKind.TEXT
    page: int | None = None
    slide: int | None = None
    sheet: str | None = None
    rows: tuple[int, int] | None = None
    lines: tuple[int, int] | None = None
    """First and last line or row, 1-based, inclusive."""

    @property
    def embedded_text(self) -> str:
        """Context and text as the embedder sees them."""
        return f"{self.context}\n{self.text}" if self.context else self.text


@dataclass(frozen=True, slots=True)
class Vectors:
    """Embeddings of one model: `array` is float32 [n, dimension], rows of unit length."""

    model_id: str
    array: NDArray[np.float32] = field(repr=False)

    @property
    def dimension(self) -> int:
        return int(self.array.shape[1])


class FileState(enum.StrEnum):
    """What became of a file. Only INDEXED files have chunks that a search can find."""

    INDEXED = "indexed"
    PENDING = "pending"
    """Text stored, some of its vectors still to come."""
    WAITING = "waiting"
    """Its pages are pictures, and no text recognition has read them yet."""
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    UNREADABLE = "unreadable"
    """No permission, vanished, or the disk failed."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one extraction gave for one file or one member: text in chunks, or a state with its reason.

    `words` runs parallel to `chunks`: each chunk's search words (indexer/words.py), separated by spaces.
    `chunks` and `words` are empty unless `state` is INDEXED, and so is `document`, but for WAITING, whose document has
    a title and no text.
    """

    source: SourceFile
    state: FileState
    reason: str = ""
    """One plain sentence for a person; never text from inside the file."""
    document: Document | None = None
    chunks: tuple[Chunk, ...] = ()
    words: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()
    """Pages, 1-based, that are pictures: their text waits for text recognition."""
