"""The words index: FTS5 over chunks (text, context, file name) and over file names. Ranking is BM25 with
column weights.

FTS5 holds words only, no text (contentless): what is stored once in blocks is not stored again, and a words row can be
made anew from there. Words come ready cut from indexer/words.py; the tokenizer only splits at spaces.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Sequence
from typing import Any

import apsw
import numpy as np

from indexer.store.catalog import file_name
from indexer.store.records import Scored
from indexer.store.selection import Selection, quoted
from indexer.store.texts import TextReader
from indexer.words import segment

_WEIGHTS = "1.0, 2.0, 1.5"
"""Text, context (title, headings, table header), file name."""


class ChunkWords:
    """Writes the words rows of one file's chunks; the file's name is cut once, and so is a context that repeats."""

    def __init__(self, connection: apsw.Connection, path: str) -> None:
        self._connection = connection
        self._name = segment(file_name(path))
        self._context = ("", "")

    def write(self, chunk: int, words: str, context: str) -> None:
        if context != self._context[0]:
            self._context = (context, segment(context))
        self._connection.execute(
            "INSERT INTO words(rowid, text, context, name) VALUES(?, ?, ?, ?)",
            (chunk, words, self._context[1], self._name),
        )


def write_name(connection: apsw.Connection, file: int, path: str) -> None:
    name = file_name(path)
    above = path[: len(path) - len(name)].replace(os.sep, " ")
    connection.execute("INSERT INTO names(rowid, name, folders) VALUES(?, ?, ?)", (file, segment(name), segment(above)))


def write_file(connection: apsw.Connection, file: int) -> None:
    """Cut the stored text of a file again and write its words rows, which must not exist."""
    path, first, count = connection.execute(
        "SELECT path, first_chunk, chunk_count FROM files WHERE id = ?", (file,)
    ).get
    if not count:
        return
    write_name(connection, file, path)
    rewrite_chunks(connection, file, path, range(first, first + count))


def rewrite_chunks(connection: apsw.Connection, file: int, path: str, chunks: Iterable[int]) -> None:
    chunk_words = ChunkWords(connection, path)
    reader = TextReader(connection)
    for chunk in chunks:
        row: Sequence[Any] | None = connection.execute(
            "SELECT start, stop, context FROM chunks WHERE id = ? AND file = ?", (chunk, file)
        ).fetchone()
        if row is not None:
            start, stop, context = row
            chunk_words.write(chunk, segment(reader.read(file, start, stop)), context)


def rename_file(connection: apsw.Connection, file: int, old: str, new: str) -> None:
    """Words of the new name in place of the old. Chunks carry the file's name only, so a moved folder is cheap."""
    first, count = connection.execute("SELECT first_chunk, chunk_count FROM files WHERE id = ?", (file,)).get
    connection.execute("DELETE FROM names WHERE rowid = ?", (file,))
    if not count:
        return
    write_name(connection, file, new)
    if file_name(old) != file_name(new):
        connection.executemany("DELETE FROM words WHERE rowid = ?", ((chunk,) for chunk in range(first, first + count)))
        rewrite_chunks(connection, file, new, range(first, first + count))


def merge(connection: apsw.Connection) -> None:
    """Bring the many small pieces that single files left closer to one: searches look into each."""
    connection.execute("INSERT INTO words(words, rank) VALUES('merge', 2000)")


def search_words(connection: apsw.Connection, words: Sequence[str], k: int, selection: Selection) -> tuple[Scored, ...]:
    if not words:
        return ()
    rows = connection.execute(
        f"SELECT rowid, -bm25(words, {_WEIGHTS}) AS score FROM words"  # noqa: S608 - the weights are ours
        " WHERE words MATCH ? ORDER BY score DESC",
        (" OR ".join(map(quoted, words)),),
    )
    return _first_allowed(connection, rows, k, selection)


def search_names(connection: apsw.Connection, words: Sequence[str], k: int, selection: Selection) -> tuple[Scored, ...]:
    """The first chunk of each file whose name or folders have these words, the best name first."""
    if not words:
        return ()
    rows = connection.execute(
        "SELECT f.first_chunk, -bm25(names, 1.0, 0.2) AS score FROM names"
        " JOIN files f ON f.id = names.rowid"
        " WHERE names MATCH ? AND f.chunk_count > 0 ORDER BY score DESC",
        (" OR ".join(map(quoted, words)),),
    )
    return _first_allowed(connection, rows, k, selection)


def newest_files(connection: apsw.Connection, k: int, selection: Selection) -> tuple[Scored, ...]:
    """The first chunk of each file that is let through, last changed first; the score is the time in seconds since 1970."""
    rows = connection.execute(
        "SELECT first_chunk, modified_ns / 1e9 FROM files WHERE chunk_count > 0 ORDER BY modified_ns DESC, path"
    )
    return _first_allowed(connection, rows, k, selection)


def _first_allowed(
    connection: apsw.Connection, rows: Iterable[tuple[Any, ...]], k: int, selection: Selection
) -> tuple[Scored, ...]:
    found: list[Scored] = []
    ranked = iter(rows)
    while len(found) < k and (some := list(itertools.islice(ranked, k))):
        allowed = selection.mask(connection, np.array([chunk for chunk, _ in some], np.int64))
        found.extend(Scored(*row) for row, good in zip(some, allowed.tolist(), strict=True) if good)
    return tuple(found[:k])
