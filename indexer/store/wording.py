"""The words index: FTS5 over chunks (text, context, file name) and over file names. Ranking is BM25 with
column weights.

FTS5 holds words only, no text (contentless): what is stored once in blocks is not stored again, and a words row can be
made anew from there. Words come ready cut from indexer/words.py; the tokenizer only splits at spaces.
"""

from __future__ import annotations

import itertools
import math
import os
from collections.abc import Iterable, Iterator, Sequence
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
_ALL = 10_000
"""Up to so many occurrences BM25 looks at every chunk with any of the words: about 1 us each."""
_ROWS = ((60_000, 30_000), (250_000, 4_000), (2**62, 3_000))
"""(chunks in the library up to, chunks that BM25 looks at then): as many as stay below some 30 ms of processor time."""
_TOGETHER = 2
"""Frequent words that a chunk must have all at once, where every word of the query is frequent."""
_ADDED = 3
"""Frequent words that add to the score of chunks found by rarer ones."""


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
    """Chunks with any of the words. Looks at a bounded number of rows, those with the rarest words first."""
    if not words or k < 1:
        return ()
    ranges = selection.few_ranges()
    if ranges is not None:
        rows = (row for low, high in ranges for row in _ranked(connection, any_of(words), _ALL, low, high))
        return _first_allowed(connection, sorted(rows, key=lambda row: -row[1]), k, selection)
    last = connection.execute("SELECT ifnull(max(id), 0) FROM chunks").get
    budget = max(4 * k, next(rows for size, rows in _ROWS if last <= size))
    while True:
        found, more = _search_in_turns(connection, words, budget, k, selection)
        if len(found) >= k or not more or not (selection.limits or selection.refused):
            return found
        budget *= 8


def _search_in_turns(
    connection: apsw.Connection, words: Sequence[str], budget: int, k: int, selection: Selection
) -> tuple[tuple[Scored, ...], bool]:
    """The rarest words first, then the others while hits are wanting; and whether some rows were not looked at."""
    found: dict[int, Scored] = {}
    limited = False
    while words and len(found) < k:
        leading, rest, more = _bounded(connection, words, budget, k)
        rows = {chunk: float(score) for chunk, score in _ranked(connection, leading, budget)}
        for word in rest[:_ADDED]:
            _add_presence(connection, rows, leading, word, budget)
        for one in _first_allowed(connection, sorted(rows.items(), key=lambda row: -row[1]), k, selection):
            found.setdefault(one.chunk_id, one)
        words, limited = rest, limited or more
    return tuple(sorted(found.values(), key=lambda one: -one.score)[:k]), limited


def _add_presence(connection: apsw.Connection, rows: dict[int, float], leading: str, word: str, budget: int) -> None:
    """Add to each row that has this frequent word what BM25 gives for one occurrence in a chunk of average length."""
    last = connection.execute("SELECT ifnull(max(id), 1) FROM chunks").get
    reached, at = connection.execute(
        "SELECT count(*), max(rowid) FROM (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?)",
        (quoted(word), budget + 1),
    ).get
    frequency = min(last, reached * last / max(1, at or 1)) if reached > budget else reached
    worth = max(1e-6, math.log((last - frequency + 0.5) / (frequency + 0.5)))
    for (chunk,) in connection.execute(
        "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?",
        (f"({leading}) AND {quoted(word)}", budget),
    ):
        if chunk in rows:
            rows[int(str(chunk))] += worth


def _ranked(
    connection: apsw.Connection, expression: str, limit: int, low: int = 0, high: int = 2**62
) -> Iterator[tuple[Any, ...]]:
    """(chunk, score), best first, of the `limit` newest chunks that match."""
    return connection.execute(
        f"SELECT rowid, score FROM (SELECT rowid, -bm25(words, {_WEIGHTS}) AS score FROM words"  # noqa: S608
        " WHERE words MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?) ORDER BY score DESC",
        (expression, low, high, limit),
    )


def _bounded(connection: apsw.Connection, words: Sequence[str], budget: int, k: int) -> tuple[str, Sequence[str], bool]:
    """An expression that some `budget` rows match, the words still to ask for, and whether rows are left out.

    The rarest words lead: a chunk must have one of them. Where even the rarest word is too frequent, a chunk must have
    two of them at once. The rest is not part of the expression because FTS5's bm25() reads the whole list of every
    word in it, 45 ns a chunk, to know how rare it is: with four frequent words in 1,000,000 chunks that was 100 ms.
    """
    at_most = max(_ALL, budget)
    frequency = {word: _rows_with(connection, quoted(word), at_most + 1) for word in words}
    ordered = sorted((word for word in words if frequency[word]), key=lambda word: frequency[word])
    if sum(frequency.values()) <= at_most or not ordered:
        return any_of(words), (), False
    lead, total = [ordered[0]], frequency[ordered[0]]
    for word in ordered[1:]:
        total += frequency[word]
        if total > budget:
            break
        lead.append(word)
    leading = any_of(lead)
    if frequency[ordered[0]] > budget:
        for word in ordered[1:_TOGETHER]:
            narrower = f"({leading}) AND {quoted(word)}"
            if _rows_with(connection, narrower, k) < k:
                break
            leading = narrower
            lead.append(word)
    return leading, [word for word in ordered if word not in lead], True


def _rows_with(connection: apsw.Connection, expression: str, limit: int) -> int:
    """How many chunks match, counted up to `limit`: 45 ns a row."""
    return int(
        connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)", (expression, limit)
        ).get
    )


def any_of(words: Sequence[str]) -> str:
    return " OR ".join(map(quoted, words))


def search_names(connection: apsw.Connection, words: Sequence[str], k: int, selection: Selection) -> tuple[Scored, ...]:
    """The first chunk of each file whose name or folders have these words, the best name first."""
    if not words:
        return ()
    rows = connection.execute(
        "SELECT f.first_chunk, -bm25(names, 1.0, 0.2) AS score FROM names"
        " JOIN files f ON f.id = names.rowid"
        " WHERE names MATCH ? AND f.chunk_count > 0 ORDER BY score DESC",
        (any_of(words),),
    )
    return _first_allowed(connection, rows, k, selection)


def newest_files(connection: apsw.Connection, k: int, selection: Selection) -> tuple[Scored, ...]:
    """The first chunk of each file let through, last changed first; the score is the time in seconds since 1970."""
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
