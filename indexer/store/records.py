"""The shapes that go in and out of the store and belong to no other part. No behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from indexer.document import Chunk, FileState, Section
from indexer.pictures import TextLine


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder (or single file) the person added. `excludes` are globs; `label` says what may leave it."""

    path: str
    excludes: tuple[str, ...] = ()
    label: str = "local"


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as the library remembers it. `chunk_count` counts its own chunks, not those of its members."""

    path: str
    size: int
    modified_ns: int
    digest: str
    state: FileState
    reason: str
    format_id: str
    chunk_count: int


@dataclass(frozen=True, slots=True)
class PendingText:
    """Text that waits for its vector. `digest` (32 bytes) names the text itself: equal texts share it."""

    digest: bytes
    text: str


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk with what is known about its file."""

    id: int
    path: str
    title: str
    format_id: str
    modified_ns: int
    chunk: Chunk
    vector_digest: bytes


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file or member as a list shows it."""

    path: str
    state: FileState
    reason: str
    size: int
    modified_ns: int
    chunk_count: int
    format_id: str
    title: str


@dataclass(frozen=True, slots=True)
class FolderSum:
    """What lies below a folder: files and their bytes without members; chunks, and files of which a page waits for text
    recognition, with them."""

    files: int
    indexed: int
    pending: int
    failed: int
    chunks: int
    bytes: int
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document out of the library. Spans of chunks and citations are places in `text`."""

    path: str
    title: str
    format_id: str
    size: int
    modified_ns: int
    digest: str
    state: FileState
    reason: str
    has_lines: bool
    text: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file or member with `pages` (1-based) that are pictures and wait for text recognition."""

    path: str
    digest: str
    modified_ns: int
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageText:
    """What a recognizer, `model_id`, found on a picture of a page, `width` by `height` pixels, in reading order."""

    width: int
    height: int
    lines: tuple[TextLine, ...]
    model_id: str


class Scored(NamedTuple):
    """A higher score is better: BM25 from words, cosine from vectors."""

    chunk_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Counts:
    """`files` are top-level files; the next three and `waiting` count those and the members inside them.

    `waiting` have pages that wait for text recognition; those with other text are in `indexed` or `pending`, too, and
    none is in `failed`.
    """

    files: int
    indexed: int
    pending: int
    failed: int
    chunks: int
    vectors: int
    folders: int
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class CheckReport:
    """One sentence for each problem found; `mended` those that a repair put right. Sound when nothing is left over."""

    problems: tuple[str, ...]
    mended: tuple[str, ...] = ()
    files: int = 0
    chunks: int = 0
    vectors: int = 0
    seconds: float = 0.0

    @property
    def sound(self) -> bool:
        return len(self.problems) == len(self.mended)
