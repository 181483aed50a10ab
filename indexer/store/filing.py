"""Putting files into the catalogue, moving, copying and dropping them. Each function runs in the caller's transaction.

A file's row, its text, its chunks and their words change together; which passages are still in use is settled by
embeddings.settle() before the transaction ends.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import apsw

from indexer.document import MEMBER_SEPARATOR, Extracted, FileState, SourceFile
from indexer.store import embeddings, page_texts, wording
from indexer.store.catalog import stored_path
from indexer.store.texts import pack_place, passage_digest, write_blocks


def put_file(connection: apsw.Connection, source: SourceFile, extracted: Sequence[Extracted], scanned_at: float) -> int:
    """Replace a file and its members; the number of chunks they have now."""
    digests = page_texts.digests(connection, source.path)
    touched = _erase(connection, source.path)
    used: set[int] = set()
    parent: int | None = None
    taken: set[str] = set()
    total = 0
    for one in _with_honest_states(extracted):
        path = stored_path(one.source.path if parent is not None else source.path)
        while path in taken:
            path += " (2)"
        taken.add(path)
        file = _insert_file(connection, path, parent, source if parent is None else one.source, one, scanned_at)
        parent = file if parent is None else parent
        if one.document is not None and one.chunks:
            write_blocks(connection, file, one.document.text)
            used |= _insert_chunks(connection, file, path, one)
            total += len(one.chunks)
        page_texts.note_unread(connection, file, one.unread)
    page_texts.forget(connection, digests)
    embeddings.settle(connection, used | touched)
    if embeddings.active_id(connection) is not None:  # without a model nothing can be missing
        embeddings.count_missing(connection, _family(connection, source.path))
    return total


def _with_honest_states(extracted: Sequence[Extracted]) -> Iterator[Extracted]:
    """INDEXED is what has text of its own or, like an archive, text in a member. The rest is EMPTY."""
    for one in extracted:
        hollow = one.state is FileState.INDEXED and not one.chunks
        inside = one.source.path + MEMBER_SEPARATOR
        if hollow and not any(other.chunks and other.source.path.startswith(inside) for other in extracted):
            yield dataclasses.replace(one, state=FileState.EMPTY, reason=one.reason or "There is no text in it.")
        else:
            yield one


def put_read(connection: apsw.Connection, path: str, one: Extracted) -> None:
    """What a known file or member is now that its pictures were read; its row and its members stay.

    A container that was waiting for it gets the state it deserves.
    """
    file = connection.execute("SELECT id FROM files WHERE path = ?", (stored_path(path),)).get
    touched = _take_text(connection, file)
    document = one.document
    assert document is not None
    connection.execute(
        "UPDATE files SET state = ?, reason = ?, format_id = ?, title = ?, language = ?, first_chunk = 0,"
        " chunk_count = 0, missing = 0 WHERE id = ?",
        (str(one.state), one.reason, document.format_id, document.title, document.language, file),
    )
    used: set[int] = set()
    if one.chunks:
        write_blocks(connection, file, document.text)
        used = _insert_chunks(connection, file, stored_path(path), one)
    page_texts.note_unread(connection, file, one.unread)
    embeddings.settle(connection, used | touched)
    family = _family(connection, path.split(MEMBER_SEPARATOR)[0])
    page_texts.settle_containers(connection, family)
    embeddings.count_missing(connection, family)


def drop_file(connection: apsw.Connection, path: str) -> None:
    digests = page_texts.digests(connection, path)
    embeddings.settle(connection, _erase(connection, path))
    page_texts.forget(connection, digests)


def touch(connection: apsw.Connection, source: SourceFile) -> None:
    """Same bytes, new size or time as the disk tells them."""
    connection.execute(
        "UPDATE files SET size = ?, modified_ns = ? WHERE path = ?",
        (source.size, source.modified_ns, stored_path(source.path)),
    )


def move_file(connection: apsw.Connection, old: str, new: str) -> bool:
    """Give a file and its members their new path. Whatever stood there before is gone. False when `old` is unknown."""
    family = _family(connection, old)
    if not family or old == new:
        return bool(family)
    drop_file(connection, new)
    for file in family:
        path = connection.execute("SELECT path FROM files WHERE id = ?", (file,)).get
        moved = stored_path(new) + path[len(stored_path(old)) :]
        connection.execute("UPDATE files SET path = ? WHERE id = ?", (moved, file))
        wording.rename_file(connection, file, path, moved)
    return True


def copy_file(connection: apsw.Connection, origin: str, source: SourceFile, scanned_at: float) -> bool:
    """File `source` as a copy of `origin`, whose bytes are the same: nothing is read or embedded again."""
    family = _family(connection, origin)
    if not family or origin == source.path:
        return False
    digests = page_texts.digests(connection, source.path)
    touched = _erase(connection, source.path)
    parent: int | None = None
    for file in family:
        path = connection.execute("SELECT path FROM files WHERE id = ?", (file,)).get
        target = stored_path(source.path) + path[len(stored_path(origin)) :]
        copy = _copy_row(connection, file, target, parent, source, scanned_at)
        parent = copy if parent is None else parent
    page_texts.forget(connection, digests)
    embeddings.settle(connection, touched)
    embeddings.count_missing(connection, _family(connection, source.path))
    return True


def _copy_row(
    connection: apsw.Connection, file: int, target: str, parent: int | None, source: SourceFile, scanned_at: float
) -> int:
    connection.execute(
        "INSERT INTO files(path, parent, size, modified_ns, digest, state, reason, format_id, title, language,"
        " has_lines, scanned_at) SELECT ?, ?, size, modified_ns, digest, state, reason, format_id, title, language,"
        " has_lines, ?"
        " FROM files WHERE id = ?",
        (target, parent, scanned_at, file),
    )
    copy = connection.last_insert_rowid()
    if parent is None:
        touch(connection, source)
    connection.execute(
        "INSERT INTO blocks(file, start, packed) SELECT ?, start, packed FROM blocks WHERE file = ? ORDER BY start",
        (copy, file),
    )
    connection.execute("INSERT INTO unread SELECT ?, page FROM unread WHERE file = ?", (copy, file))
    first, count = connection.execute("SELECT first_chunk, chunk_count FROM files WHERE id = ?", (file,)).get
    last_before = connection.execute("SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'chunks'").get
    connection.execute(
        "INSERT INTO chunks(file, passage, ordinal, start, stop, context, place)"
        " SELECT ?, passage, ordinal, start, stop, context, place FROM chunks"
        " WHERE id BETWEEN ? AND ? AND file = ? ORDER BY id",
        (copy, first, first + count - 1, file),
    )
    connection.execute(
        "UPDATE files SET first_chunk = ?, chunk_count = ? WHERE id = ?", (last_before + 1 if count else 0, count, copy)
    )
    wording.write_file(connection, copy)
    return copy


def _insert_file(
    connection: apsw.Connection, path: str, parent: int | None, source: SourceFile, one: Extracted, scanned_at: float
) -> int:
    document = one.document
    connection.execute(
        "INSERT INTO files(path, parent, size, modified_ns, digest, state, reason, format_id, title, language,"
        " has_lines, scanned_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(
                path,
                parent,
                source.size,
                source.modified_ns,
                one.source.digest or source.digest,
                str(one.state),
                one.reason,
            ),
            *(
                (document.format_id, document.title, document.language, document.has_lines)
                if document
                else ("", "", "und", 0)
            ),
            scanned_at,
        ),
    )
    return connection.last_insert_rowid()


def _insert_chunks(connection: apsw.Connection, file: int, path: str, one: Extracted) -> set[int]:
    used: set[int] = set()
    chunk_words = wording.ChunkWords(connection, path)
    first = 0
    for chunk, words in zip(one.chunks, one.words, strict=True):
        passage = embeddings.passage_id(connection, passage_digest(chunk.embedded_text))
        used.add(passage)
        connection.execute(
            "INSERT INTO chunks(file, passage, ordinal, start, stop, context, place) VALUES(?, ?, ?, ?, ?, ?, ?)",
            (file, passage, chunk.ordinal, chunk.span.start, chunk.span.end, chunk.context, pack_place(chunk)),
        )
        chunk_id = connection.last_insert_rowid()
        first = first or chunk_id
        chunk_words.write(chunk_id, words, chunk.context)
    connection.execute("UPDATE files SET first_chunk = ?, chunk_count = ? WHERE id = ?", (first, len(one.chunks), file))
    wording.write_name(connection, file, path)
    return used


def _family(connection: apsw.Connection, path: str) -> tuple[int, ...]:
    """The file's id and its members' ids, the file first; empty when it is not known."""
    file = connection.execute("SELECT id FROM files WHERE path = ?", (stored_path(path),)).get
    if file is None:
        return ()
    rows: Iterable[tuple[Any, ...]] = connection.execute("SELECT id FROM files WHERE parent = ? ORDER BY id", (file,))
    return (file, *(member for (member,) in rows))


def _erase(connection: apsw.Connection, path: str) -> set[int]:
    """Take a file and its members out; the passages they used, whether others use them or not."""
    touched: set[int] = set()
    for file in reversed(_family(connection, path)):
        touched |= _take_text(connection, file)
        connection.execute("DELETE FROM files WHERE id = ?", (file,))
    return touched


def _take_text(connection: apsw.Connection, file: int) -> set[int]:
    """Take out everything that a file's row stands for, members not; the passages that it used."""
    first, count = connection.execute("SELECT first_chunk, chunk_count FROM files WHERE id = ?", (file,)).get
    last = first + count - 1
    rows: Iterable[tuple[Any, ...]] = connection.execute(
        "SELECT passage FROM chunks WHERE id BETWEEN ? AND ? AND file = ?", (first, last, file)
    )
    touched = {passage for (passage,) in rows}
    connection.executemany("DELETE FROM words WHERE rowid = ?", ((chunk,) for chunk in range(first, last + 1)))
    connection.execute("DELETE FROM names WHERE rowid = ?", (file,))
    connection.execute("DELETE FROM chunks WHERE id BETWEEN ? AND ? AND file = ?", (first, last, file))
    connection.execute("DELETE FROM blocks WHERE file = ?", (file,))
    connection.execute("DELETE FROM unread WHERE file = ?", (file,))
    return touched
