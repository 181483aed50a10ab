"""Questions to the catalogue: which files are known, what they hold, where a chunk stands. Reads only.

Writing files is filing.py's; vectors are embeddings.py's. Every function takes the connection it reads from.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import apsw

from indexer.document import MEMBER_SEPARATOR, FileState, Span
from indexer.store.records import Counts, Folder, KnownFile, StoredChunk
from indexer.store.texts import TextReader, opening_of, unpack_chunk, whole_text

FINDABLE = (FileState.INDEXED, FileState.PENDING)
"""The states of files whose chunks a search may find."""

_SHIFT = 0x10F800 - 0xD800
_KNOWN = "SELECT path, size, modified_ns, digest, state, reason, format_id, chunk_count FROM files"


def stored_path(path: str) -> str:
    """A path as SQLite can keep it: bytes of a name that are no UTF-8 (lone surrogates) go to the end of Unicode."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return "".join(chr(ord(c) + _SHIFT) if "\ud800" <= c <= "\udfff" else c for c in path)
    return path


def real_path(stored: str) -> str:
    """The inverse of `stored_path`."""
    if stored.isascii() or max(stored) < "\U0010f800":
        return stored
    return "".join(chr(ord(c) - _SHIFT) if c >= "\U0010f800" else c for c in stored)


def file_name(path: str) -> str:
    """The last part of a path; for a member, the last part of its path inside."""
    inner = path.rsplit(MEMBER_SEPARATOR, 1)[-1]
    return inner.rsplit("/", 1)[-1].rsplit(os.sep, 1)[-1]


def folders(connection: apsw.Connection) -> tuple[Folder, ...]:
    rows: Iterable[tuple[Any, ...]] = connection.execute("SELECT path, excludes, label FROM folders ORDER BY path")
    return tuple(Folder(real_path(path), tuple(excludes.splitlines()), label) for path, excludes, label in rows)


def tree_range(root: str) -> tuple[str, str]:
    """Paths below `root` in stored form: first inclusive, last exclusive."""
    first = stored_path(root.rstrip(os.sep) + os.sep)
    return first, first[:-1] + chr(ord(first[-1]) + 1)


def known_files(connection: apsw.Connection, root: str) -> tuple[KnownFile, ...]:
    """Top-level files below a folder, or the one file that `root` names."""
    rows: Iterable[tuple[Any, ...]] = connection.execute(
        f"{_KNOWN} WHERE parent IS NULL AND (path = ? OR (path >= ? AND path < ?))",
        (stored_path(root), *tree_range(root)),
    )
    return tuple(_known(row) for row in rows)


def members(connection: apsw.Connection, path: str) -> tuple[KnownFile, ...]:
    rows: Iterable[tuple[Any, ...]] = connection.execute(
        f"{_KNOWN} WHERE parent = (SELECT id FROM files WHERE path = ?) ORDER BY id",  # noqa: S608
        (stored_path(path),),
    )
    return tuple(_known(row) for row in rows)


def chunks_below(connection: apsw.Connection, root: str) -> int:
    """Chunks of everything below `root`, or of the one file it names; those of members count too."""
    path = stored_path(root)
    total: int = connection.execute(
        "SELECT ifnull(sum(chunk_count), 0) FROM files WHERE path = ? OR (path >= ? AND path < ?)"
        " OR (path >= ? || '!/' AND path < ? || '!0')",
        (path, *tree_range(root), path, path),
    ).get
    return total


def files_with_digest(connection: apsw.Connection, digest: str) -> tuple[str, ...]:
    rows: Iterable[tuple[Any, ...]] = connection.execute(
        "SELECT path FROM files WHERE digest = ? AND parent IS NULL AND digest <> '' ORDER BY path", (digest,)
    )
    return tuple(real_path(path) for (path,) in rows)


def failures(connection: apsw.Connection) -> tuple[KnownFile, ...]:
    """Files and members that gave no text, with their reasons."""
    rows: Iterable[tuple[Any, ...]] = connection.execute(f"{_KNOWN} WHERE state NOT IN (?, ?) ORDER BY path", FINDABLE)
    return tuple(_known(row) for row in rows)


def counts(connection: apsw.Connection) -> Counts:
    row = connection.execute(
        "SELECT ifnull(sum(parent IS NULL), 0), ifnull(sum(state = 'indexed'), 0), ifnull(sum(state = 'pending'), 0),"
        " ifnull(sum(state NOT IN ('indexed', 'pending', 'waiting')), 0), ifnull(sum(chunk_count), 0),"
        " (SELECT count(*) FROM passages) - (SELECT count(*) FROM orphans)"
        " - (SELECT count(*) FROM unembedded WHERE model = (SELECT id FROM models WHERE active = 1)),"
        " (SELECT count(*) FROM folders), (SELECT count(*) FROM models WHERE active = 1),"
        " (SELECT count(DISTINCT file) FROM unread) FROM files"
    ).fetchone()
    assert row is not None
    files, indexed, pending, failed, chunks, vectors, folder_count, has_model, waiting = row
    return Counts(files, indexed, pending, failed, chunks, vectors if has_model else 0, folder_count, waiting)


def _known(row: Sequence[Any]) -> KnownFile:
    path, size, modified_ns, digest, state, reason, format_id, chunk_count = row
    return KnownFile(real_path(path), size, modified_ns, digest, FileState(state), reason, format_id, chunk_count)


_CHUNKS = (
    "SELECT c.id, f.path, f.title, f.format_id, f.modified_ns, p.digest, c.file, c.ordinal, c.start, c.stop, c.context,"
    " c.place FROM chunks c JOIN files f ON f.id = c.file JOIN passages p ON p.id = c.passage"
)


def chunk_hits(connection: apsw.Connection, chunk_ids: Sequence[int]) -> tuple[StoredChunk, ...]:
    """In the order asked for; chunks that are gone are left out."""
    reader = TextReader(connection)
    found = []
    for chunk_id in chunk_ids:
        row = connection.execute(f"{_CHUNKS} WHERE c.id = ?", (chunk_id,)).fetchone()
        if row is not None:
            found.append(_stored(row, reader))
    return tuple(found)


def neighbours(connection: apsw.Connection, chunk_id: int, before: int, after: int) -> tuple[StoredChunk, ...]:
    """The chunks around one in its own file, itself included, in reading order. Chunks of a file have ids in a row."""
    rows: Iterable[tuple[Any, ...]] = connection.execute(
        f"{_CHUNKS} WHERE c.id BETWEEN ? AND ?"  # noqa: S608
        " AND c.file = (SELECT file FROM chunks WHERE id = ?) ORDER BY c.id",
        (chunk_id - before, chunk_id + after, chunk_id),
    )
    reader = TextReader(connection)
    return tuple(_stored(row, reader) for row in rows)


def document_text(connection: apsw.Connection, path: str) -> str:
    """The whole text of a file or member; empty when it is not known or gave none."""
    file = connection.execute("SELECT id FROM files WHERE path = ?", (stored_path(path),)).get
    return "" if file is None else whole_text(connection, file)


def openings(connection: apsw.Connection, formats: Sequence[str], since: float) -> Iterator[tuple[float, str]]:
    """When it was read, and its first characters, for each text of these formats that was read at `since` or later."""
    marks = ", ".join("?" * len(formats))
    rows: Iterable[tuple[Any, ...]] = connection.execute(
        "SELECT f.scanned_at, b.packed FROM files f JOIN blocks b ON b.file = f.id AND b.start = 0"  # noqa: S608
        f" WHERE f.scanned_at >= ? AND f.format_id IN ({marks})",
        (since, *formats),
    )
    return ((scanned_at, opening_of(packed)) for scanned_at, packed in rows)


def _stored(row: Sequence[Any], reader: TextReader) -> StoredChunk:
    chunk_id, path, title, format_id, modified_ns, digest, file, ordinal, start, stop, context, place = row
    chunk = unpack_chunk(ordinal, reader.read(file, start, stop), Span(start, stop), context, place)
    return StoredChunk(chunk_id, real_path(path), title, format_id, modified_ns, chunk, digest)
