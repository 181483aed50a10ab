"""Does everything in the library agree, and if not, make it agree. Each check yields problems that can be mended.

What can be made again from stored text is (words, queues, states); a file whose own rows do not fit is forgotten, so
that the next run reads it again. FAISS and its snapshot are compared in library.py, which holds them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import apsw

from indexer.store import embeddings, filing, wording
from indexer.store.catalog import real_path

Mend = Callable[[apsw.Connection], None]


@dataclass(frozen=True, slots=True)
class Problem:
    sentence: str
    mend: Mend


def problems(connection: apsw.Connection) -> Iterator[Problem]:
    """Everything that does not agree, in an order in which it can be mended. Reads the whole library."""
    for check in (_file, _members, _ranges, _loose_rows, _words, _names, _passages, _vectors, _queues, _states):
        yield from check(connection)


def _file(connection: apsw.Connection) -> Iterator[Problem]:
    """SQLite's own check, which decrypts every page and looks into FTS5 and every index."""
    # FTS5's part of the check trusts what this connection remembers of an older state; a query makes it look again.
    connection.execute("SELECT rowid FROM words WHERE words MATCH 'a' LIMIT 1").fetchall()
    connection.execute("SELECT rowid FROM names WHERE names MATCH 'a' LIMIT 1").fetchall()
    told = [str(line) for (line,) in connection.execute("PRAGMA integrity_check(5)")]
    if told != ["ok"]:
        words = any("words" in line or "names" in line for line in told)
        yield Problem("SQLite finds the file inconsistent", _rebuild_words if words else _reindex)


def _reindex(connection: apsw.Connection) -> None:
    connection.execute("REINDEX")


def _rebuild_words(connection: apsw.Connection) -> None:
    for table in ("words", "names"):
        connection.execute(f"INSERT INTO {table}({table}) VALUES('delete-all')")
    for (file,) in _rows(connection, "SELECT id FROM files WHERE chunk_count > 0"):
        wording.write_file(connection, file)


def _rows(connection: apsw.Connection, sql: str) -> list[tuple[Any, ...]]:
    return list(connection.execute(sql))


def _each(
    sentence: str, rows: list[tuple[Any, ...]], mend: Callable[[apsw.Connection, list[Any]], None]
) -> Iterator[Problem]:
    """One problem for all rows of a kind, by their first column."""
    if rows:
        values = [row[0] for row in rows]
        yield Problem(f"{sentence}: {len(values)}", lambda connection: mend(connection, values))


def _deleting(sql: str) -> Callable[[apsw.Connection, list[Any]], None]:
    def delete(connection: apsw.Connection, values: list[Any]) -> None:
        connection.executemany(sql, ((value,) for value in values))

    return delete


def _forget_files(connection: apsw.Connection, files: list[Any]) -> None:
    for file in files:
        top = connection.execute(
            "SELECT path FROM files WHERE id = (SELECT ifnull(parent, id) FROM files WHERE id = ?)", (file,)
        ).get
        if top is not None:
            filing.drop_file(connection, real_path(top))


def _members(connection: apsw.Connection) -> Iterator[Problem]:
    rows = _rows(
        connection,
        "SELECT id FROM files WHERE parent IS NOT NULL AND parent NOT IN (SELECT id FROM files WHERE parent IS NULL)",
    )
    yield from _each("members of files that are gone", rows, _deleting("DELETE FROM files WHERE id = ?"))


def _ranges(connection: apsw.Connection) -> Iterator[Problem]:
    """Each file's chunks: all there, in a row, inside its text, of known passages."""
    rows = _rows(
        connection,
        "SELECT f.id FROM files f WHERE f.chunk_count <> (SELECT count(*) FROM chunks c"
        " JOIN passages p ON p.id = c.passage"
        " WHERE c.id BETWEEN f.first_chunk AND f.first_chunk + f.chunk_count - 1 AND c.file = f.id)",
    )
    yield from _each("files whose chunks are not complete; they will be read again", rows, _forget_files)
    rows = _rows(
        connection,
        "SELECT f.id FROM files f WHERE f.chunk_count > 0 AND (SELECT max(stop) FROM chunks c"
        " WHERE c.id BETWEEN f.first_chunk AND f.first_chunk + f.chunk_count - 1)"
        " > (SELECT count(*) * 16384 FROM blocks b WHERE b.file = f.id)",
    )
    yield from _each("files whose text is not complete; they will be read again", rows, _forget_files)


def _loose_rows(connection: apsw.Connection) -> Iterator[Problem]:
    rows = _rows(
        connection,
        "SELECT c.id FROM chunks c LEFT JOIN files f ON f.id = c.file WHERE f.id IS NULL"
        " OR c.id NOT BETWEEN f.first_chunk AND f.first_chunk + f.chunk_count - 1",
    )
    yield from _each("chunks that belong to no file", rows, _deleting("DELETE FROM chunks WHERE id = ?"))
    rows = _rows(connection, "SELECT DISTINCT file FROM unread WHERE file NOT IN (SELECT id FROM files)")
    yield from _each("waiting pages of files that are gone", rows, _deleting("DELETE FROM unread WHERE file = ?"))
    rows = _rows(connection, "SELECT DISTINCT digest FROM page_texts WHERE digest NOT IN (SELECT digest FROM files)")
    yield from _each("recognized pages of no file", rows, _deleting("DELETE FROM page_texts WHERE digest = ?"))
    rows = _rows(connection, "SELECT DISTINCT file FROM blocks WHERE file NOT IN (SELECT id FROM files)")
    yield from _each("texts that belong to no file", rows, _deleting("DELETE FROM blocks WHERE file = ?"))


def _words(connection: apsw.Connection) -> Iterator[Problem]:
    def write(connection: apsw.Connection, chunks: list[Any]) -> None:
        for chunk in chunks:
            for file, path in connection.execute(
                "SELECT f.id, f.path FROM chunks c JOIN files f ON f.id = c.file WHERE c.id = ?", (chunk,)
            ).fetchall():
                wording.rewrite_chunks(connection, int(str(file)), str(path), (chunk,))

    rows = _rows(connection, "SELECT id FROM chunks EXCEPT SELECT rowid FROM words")
    yield from _each("chunks that no word finds", rows, write)
    rows = _rows(connection, "SELECT rowid FROM words EXCEPT SELECT id FROM chunks")
    yield from _each("word entries of chunks that are gone", rows, _deleting("DELETE FROM words WHERE rowid = ?"))


def _names(connection: apsw.Connection) -> Iterator[Problem]:
    def write(connection: apsw.Connection, files: list[Any]) -> None:
        for file in files:
            path = connection.execute("SELECT path FROM files WHERE id = ? AND chunk_count > 0", (file,)).get
            if path is not None:
                wording.write_name(connection, file, path)

    rows = _rows(connection, "SELECT id FROM files WHERE chunk_count > 0 EXCEPT SELECT rowid FROM names")
    yield from _each("files that their name does not find", rows, write)
    rows = _rows(connection, "SELECT rowid FROM names EXCEPT SELECT id FROM files WHERE chunk_count > 0")
    yield from _each("names of files that are gone", rows, _deleting("DELETE FROM names WHERE rowid = ?"))


def _passages(connection: apsw.Connection) -> Iterator[Problem]:
    rows = _rows(
        connection,
        "SELECT id FROM passages p WHERE NOT EXISTS(SELECT 1 FROM chunks WHERE passage = p.id)"
        " EXCEPT SELECT passage FROM orphans",
    )
    yield from _each("texts in use by nobody and not noted as such", rows, embeddings.settle)
    rows = _rows(
        connection,
        "SELECT passage FROM orphans o WHERE EXISTS(SELECT 1 FROM chunks WHERE passage = o.passage)"
        " OR NOT EXISTS(SELECT 1 FROM passages WHERE id = o.passage)",
    )
    yield from _each("texts noted as unused wrongly", rows, _deleting("DELETE FROM orphans WHERE passage = ?"))


def _vectors(connection: apsw.Connection) -> Iterator[Problem]:
    """Vectors that are no vectors, that nobody knows, or that are missing without waiting in the queue."""
    rows = _rows(
        connection,
        "SELECT passage FROM vectors v JOIN models m ON m.id = v.model AND m.active >= 0"
        " WHERE length(v.halves) <> 2 * m.dimension OR passage NOT IN (SELECT id FROM passages)",
    )
    yield from _each("vectors that fit no text", rows, _deleting("DELETE FROM vectors WHERE passage = ?"))
    rows = _rows(
        connection,
        "SELECT p.id FROM passages p CROSS JOIN models m WHERE m.active >= 0"
        " AND NOT EXISTS(SELECT 1 FROM vectors WHERE model = m.id AND passage = p.id)"
        " AND NOT EXISTS(SELECT 1 FROM unembedded WHERE model = m.id AND passage = p.id)"
        " AND NOT EXISTS(SELECT 1 FROM orphans WHERE passage = p.id)",
    )
    yield from _each("texts without a vector that nobody was going to make", rows, embeddings.settle)


def _queues(connection: apsw.Connection) -> Iterator[Problem]:
    rows = _rows(
        connection,
        "SELECT u.passage FROM unembedded u WHERE EXISTS(SELECT 1 FROM vectors v WHERE v.model = u.model"
        " AND v.passage = u.passage) OR NOT EXISTS(SELECT 1 FROM chunks WHERE passage = u.passage)",
    )

    def mend(connection: apsw.Connection, passages: list[Any]) -> None:
        connection.executemany("DELETE FROM unembedded WHERE passage = ?", ((passage,) for passage in passages))
        embeddings.settle(connection, passages)

    yield from _each("texts that wait for a vector without need", rows, mend)


_HAS_TEXT = (
    "f.chunk_count > 0 OR EXISTS(SELECT 1 FROM files i WHERE i.path > f.path || '!/' AND i.path < f.path || '!0'"
    " AND i.chunk_count > 0)"
)
"""Text of its own or, in an archive or mail, in something inside (`!0` comes right after every `!/...`)."""


def _states(connection: apsw.Connection) -> Iterator[Problem]:
    """`missing` counts what waits in the active model's queue, and the state follows from it."""
    rows = _rows(
        connection,
        "SELECT f.id FROM files f LEFT JOIN (SELECT c.file, count(*) AS number FROM unembedded u"  # noqa: S608
        " JOIN models m ON m.id = u.model AND m.active = 1 JOIN chunks c ON c.passage = u.passage GROUP BY c.file) w"
        " ON w.file = f.id WHERE f.missing <> ifnull(w.number, 0)"
        " OR (f.state = 'pending') <> (f.missing > 0)"
        f" OR ({_HAS_TEXT}) <> (f.state IN ('indexed', 'pending'))",
    )

    def mend(connection: apsw.Connection, files: list[Any]) -> None:
        connection.executemany(
            f"UPDATE files AS f SET state = iif({_HAS_TEXT}, 'indexed', 'empty') WHERE id = ?"  # noqa: S608
            f" AND ({_HAS_TEXT}) <> (state IN ('indexed', 'pending'))",
            ((file,) for file in files),
        )
        embeddings.count_missing(connection, files)

    yield from _each("files whose state is not what it says", rows, mend)
