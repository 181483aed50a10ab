"""What a filter lets through, as ranges of chunk ids: a file's chunks have ids in a row, so a set of files is a
few numbers.

Words and vectors are searched elsewhere; they ask `Selection.mask` about what they found.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.query import Filter
from indexer.store.catalog import file_name, real_path
from indexer.store.texts import TextReader
from indexer.words import segment

_FEW, _SMALL = 64, 100_000
_READ_AT_MOST = 2_000
"""Phrases are compared letter by letter in so many chunks; beyond that the words in their order must do."""


@dataclass(frozen=True, slots=True)
class Selection:
    """`starts` and `stops` are half-open ranges of allowed chunk ids, ascending and apart. None allows everything."""

    starts: NDArray[np.int64] | None = field(default=None, repr=False)
    stops: NDArray[np.int64] | None = field(default=None, repr=False)
    refused: str = ""
    """An FTS5 expression: chunks that match it are out."""
    _passages: list[NDArray[np.int64]] = field(default_factory=list, repr=False, compare=False)

    @property
    def limits(self) -> bool:
        """Whether chunks are limited to ranges; `refused` may still take some out when not."""
        return self.starts is not None

    @property
    def size(self) -> int:
        """Chunk ids within the ranges; only where `limits`."""
        assert self.starts is not None
        assert self.stops is not None
        return int((self.stops - self.starts).sum())

    def few_ranges(self) -> list[tuple[int, int]] | None:
        """The ranges where it pays to search each of them by itself; None otherwise."""
        if self.starts is None or self.stops is None or len(self.starts) > _FEW or self.size > _SMALL:
            return None
        return list(zip(self.starts.tolist(), self.stops.tolist(), strict=True))

    def passages(self, connection: apsw.Connection) -> NDArray[np.int64]:
        """The passages of the chunks within the ranges, each once; only where `limits`. Worked out once."""
        assert self.starts is not None
        assert self.stops is not None
        if not self._passages:
            found: set[int] = set()
            for start, stop in zip(self.starts.tolist(), self.stops.tolist(), strict=True):
                rows = connection.execute("SELECT passage FROM chunks WHERE id >= ? AND id < ?", (start, stop))
                found.update(passage for (passage,) in rows)
            self._passages.append(np.fromiter(sorted(found), np.int64, len(found)))
        return self._passages[0]

    def ids(self) -> NDArray[np.int64]:
        """Every chunk id within the ranges; only where `limits`."""
        assert self.starts is not None
        assert self.stops is not None
        if not len(self.starts):
            return np.empty(0, np.int64)
        return np.concatenate([np.arange(a, b) for a, b in zip(self.starts, self.stops, strict=True)])

    def mask(self, connection: apsw.Connection, chunks: NDArray[np.int64]) -> NDArray[np.bool_]:
        """For each of these chunks whether it is let through."""
        allowed = np.ones(len(chunks), np.bool_)
        if self.starts is not None and self.stops is not None:
            at = np.searchsorted(self.starts, chunks, side="right") - 1
            allowed = (at >= 0) & (chunks < self.stops[np.maximum(at, 0)]) if len(self.starts) else ~allowed
        if self.refused:
            for row in np.flatnonzero(allowed):
                found = connection.execute(
                    "SELECT 1 FROM words WHERE words MATCH ? AND rowid = ?", (self.refused, int(chunks[row]))
                ).get
                allowed[row] = found is None
        return allowed


EVERYTHING = Selection()


def select(connection: apsw.Connection, limits: Filter) -> Selection:
    """Work out a filter. Reads the catalogue once; costs nothing for the empty filter."""
    if limits == Filter():
        return EVERYTHING
    refused = " OR ".join(match for match in map(_in_order, limits.excluded) if match)
    starts: NDArray[np.int64] | None = None
    stops: NDArray[np.int64] | None = None
    if limits.formats or limits.folders or limits.names or limits.after_ns is not None or limits.before_ns is not None:
        starts, stops = _file_ranges(connection, limits)
    selection = Selection(starts, stops, refused)
    if limits.phrases:
        chunks = _with_phrases(connection, limits.phrases, selection)
        selection = Selection(chunks, chunks + 1, refused)
    return selection


def _file_ranges(connection: apsw.Connection, limits: Filter) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    rows: Iterable[tuple[Any, ...]] = connection.execute(
        "SELECT path, format_id, first_chunk, first_chunk + chunk_count FROM files WHERE chunk_count > 0"
        " AND modified_ns >= ? AND modified_ns < ? ORDER BY first_chunk",
        (
            -(2**63) if limits.after_ns is None else limits.after_ns,
            2**63 - 1 if limits.before_ns is None else limits.before_ns,
        ),
    )
    formats = {wanted.casefold().lstrip(".") for wanted in limits.formats}
    trees = tuple(folder for folder in limits.folders if os.path.isabs(folder))
    parts = tuple(folder.casefold().strip("/\\") for folder in limits.folders if not os.path.isabs(folder))
    names = tuple(name.casefold() for name in limits.names)
    ranges = [
        (first, stop)
        for path, format_id, first, stop in rows
        if (not formats or format_id in formats or _extension(path) in formats)
        and (not limits.folders or _is_below(real_path(path), trees, parts))
        and (not names or any(name in file_name(path).casefold() for name in names))
    ]
    found = np.array(ranges, np.int64).reshape(-1, 2)
    apart = found[1:, 0] != found[:-1, 1]  # files put one after the other make one range
    first, last = np.append(True, apart), np.append(apart, True)
    return (found[first, 0], found[last, 1]) if len(found) else (found[:, 0], found[:, 1])


def _extension(path: str) -> str:
    return os.path.splitext(path)[1].lstrip(".").casefold()


def _is_below(path: str, trees: Sequence[str], parts: Sequence[str]) -> bool:
    for tree in trees:
        if path == tree or path.startswith((tree.rstrip(os.sep) + os.sep, tree + "!/")):
            return True
    folder = path[: len(path) - len(file_name(path))].casefold().replace("\\", "/")
    return any(part.replace("\\", "/") in folder for part in parts)


def quoted(word: str) -> str:
    """A word as an FTS5 string: nothing in it is syntax."""
    return '"' + word.replace('"', '""') + '"'


def _in_order(phrase: str) -> str:
    """An FTS5 expression for a phrase; words beside each other only where cutting does not depend on context."""
    words = segment(phrase).split()
    if phrase.isascii():
        return quoted(" ".join(words)) if words else ""
    # Cutting may join words one way here and another way in a document: ask for the parts, not for the joined.
    parts = [word for word in words if not any(other != word and other in word for other in words)]
    return "(" + " AND ".join(map(quoted, parts)) + ")" if parts else ""


def _with_phrases(connection: apsw.Connection, phrases: Sequence[str], within: Selection) -> NDArray[np.int64]:
    matches = [match for match in map(_in_order, phrases) if match]
    if matches:
        rows = connection.execute(
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid", (" AND ".join(matches),)
        )
        chunks = np.array([chunk for (chunk,) in rows], np.int64)
    else:
        chunks = np.empty(0, np.int64)
    chunks = chunks[Selection(within.starts, within.stops).mask(connection, chunks)]
    if len(chunks) > _READ_AT_MOST:
        return chunks
    wanted = [plain(phrase) for phrase in phrases]
    reader = TextReader(connection)
    return np.array([c for c in chunks.tolist() if _has_all(connection, reader, c, wanted)], np.int64)


def _has_all(connection: apsw.Connection, reader: TextReader, chunk: int, wanted: Sequence[str]) -> bool:
    file, start, stop, context = connection.execute(
        "SELECT file, start, stop, context FROM chunks WHERE id = ?", (chunk,)
    ).get
    text = plain(f"{context}\n{reader.read(file, start, stop)}")
    path = connection.execute("SELECT path FROM files WHERE id = ?", (file,)).get
    return all(phrase in text or phrase in plain(file_name(path)) for phrase in wanted)


def plain(text: str) -> str:
    """For comparing letter by letter: width and case folded, runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
