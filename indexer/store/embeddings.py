"""Passages (distinct embedded texts), their vectors by model, and which files still wait for theirs.

A vector belongs to a text, not to a chunk: equal texts anywhere share one, and a moved, copied or restored file is
never embedded twice. A passage that no chunk uses any more is an orphan: it keeps its vector until collect_orphans(),
in case the text comes back. Every change to the set of vectors is logged, so that FAISS can catch up
(vector_search.py).

A model is `active` (answers), coming (its vectors are being made while the active one answers) or retired (active =
-1: its vectors are being removed in small steps).
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator, Sequence

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.document import Vectors
from indexer.store.catalog import FINDABLE
from indexer.store.records import PendingText
from indexer.store.texts import TextReader

_RETIRED = -1


def next_generation(connection: apsw.Connection) -> int:
    """Count one change of the library. Every writing transaction does so once."""
    return int(connection.execute("UPDATE facts SET value = value + 1 WHERE name = 'generation' RETURNING value").get)


def generation(connection: apsw.Connection) -> int:
    return int(connection.execute("SELECT value FROM facts WHERE name = 'generation'").get)


def passage_id(connection: apsw.Connection, digest: bytes) -> int:
    found = connection.execute("SELECT id FROM passages WHERE digest = ?", (digest,)).get
    if found is None:
        connection.execute("INSERT INTO passages(digest) VALUES(?)", (digest,))
        return connection.last_insert_rowid()
    return int(found)


def settle(connection: apsw.Connection, passages: Iterable[int]) -> None:
    """After files changed: note which of these passages lost their last chunk and which want a vector."""
    models = [model for (model,) in connection.execute("SELECT id FROM models WHERE active <> ?", (_RETIRED,))]
    for passage in passages:
        if connection.execute("SELECT 1 FROM chunks WHERE passage = ? LIMIT 1", (passage,)).get is None:
            connection.execute("INSERT OR IGNORE INTO orphans VALUES(?)", (passage,))
            # Naming the models lets SQLite use the key; by the passage alone it would read the whole queue.
            connection.execute(
                "DELETE FROM unembedded WHERE model IN (SELECT id FROM models) AND passage = ?", (passage,)
            )
            continue
        connection.execute("DELETE FROM orphans WHERE passage = ?", (passage,))
        for model in models:
            connection.execute(
                "INSERT OR IGNORE INTO unembedded SELECT ?1, ?2"
                " WHERE NOT EXISTS(SELECT 1 FROM vectors WHERE model = ?1 AND passage = ?2)",
                (model, passage),
            )


def count_missing(connection: apsw.Connection, files: Iterable[int]) -> None:
    """Count anew how many chunks of these files lack the active model's vector, and set their states by it."""
    model = active_id(connection)
    for file in files:
        missing = 0
        if model is not None:
            missing = connection.execute(
                "SELECT count(*) FROM files f"
                " JOIN chunks c ON c.id BETWEEN f.first_chunk AND f.first_chunk + f.chunk_count - 1"
                " JOIN unembedded u ON u.model = ? AND u.passage = c.passage WHERE f.id = ?",
                (model, file),
            ).get
        connection.execute("UPDATE files SET missing = ? WHERE id = ?", (missing, file))
        _set_state(connection, file)


def active_id(connection: apsw.Connection) -> int | None:
    """The number of the model that answers; None while none does."""
    found: int | None = connection.execute("SELECT id FROM models WHERE active = 1").get
    return found


def active_model(connection: apsw.Connection) -> str | None:
    name: str | None = connection.execute("SELECT name FROM models WHERE active = 1").get
    return name


def model_id(connection: apsw.Connection, name: str) -> int | None:
    found: int | None = connection.execute("SELECT id FROM models WHERE name = ? AND active <> ?", (name, _RETIRED)).get
    return found


def register(connection: apsw.Connection, name: str) -> int:
    """The model's number; a new model starts with every passage in its queue."""
    model = model_id(connection, name)
    if model is not None:
        return model
    connection.execute("UPDATE models SET name = name || ' retired ' || id WHERE name = ?", (name,))
    connection.execute("INSERT INTO models(name) VALUES(?)", (name,))
    model = connection.last_insert_rowid()
    connection.execute(
        "INSERT INTO unembedded SELECT ?, id FROM passages WHERE id NOT IN (SELECT passage FROM orphans)", (model,)
    )
    return model


def pending_count(connection: apsw.Connection, name: str) -> int:
    model = model_id(connection, name)
    if model is None:
        return int(connection.execute("SELECT (SELECT count(*) FROM passages) - (SELECT count(*) FROM orphans)").get)
    return int(connection.execute("SELECT count(*) FROM unembedded WHERE model = ?", (model,)).get)


def pending(connection: apsw.Connection, name: str, limit: int) -> tuple[PendingText, ...]:
    """Texts without a vector, oldest first. The caller registers the model before."""
    rows = connection.execute(
        "SELECT p.digest, c.file, c.start, c.stop, c.context FROM unembedded u JOIN passages p ON p.id = u.passage"
        " JOIN chunks c ON c.id = (SELECT min(id) FROM chunks WHERE passage = u.passage)"
        " WHERE u.model = ? ORDER BY u.passage LIMIT ?",
        (model_id(connection, name), limit),
    )
    reader = TextReader(connection)
    found = []
    for digest, file, start, stop, context in rows:
        text = reader.read(file, start, stop)
        found.append(PendingText(digest, f"{context}\n{text}" if context else text))
    return tuple(found)


def put_vectors(connection: apsw.Connection, digests: Sequence[bytes], vectors: Vectors, at: int) -> int:
    """Store vectors for texts, rows in the order of `digests`; those nobody knows any more are passed over.

    The number of texts that had none before. Raises ValueError for shapes that do not fit or numbers that are none.
    """
    if len(digests) != len(vectors.array) or not np.isfinite(vectors.array).all():
        raise ValueError("one finite vector for each text")
    model = register(connection, vectors.model_id)
    _check_dimension(connection, model, vectors.dimension)
    halves = np.ascontiguousarray(vectors.array, dtype=np.float16)
    fresh: list[int] = []
    for digest, row in zip(digests, halves, strict=True):
        passage = connection.execute("SELECT id FROM passages WHERE digest = ?", (digest,)).get
        if passage is None:
            continue
        known = connection.execute("SELECT 1 FROM vectors WHERE model = ? AND passage = ?", (model, passage)).get
        if known is None:
            connection.execute("INSERT INTO vectors VALUES(?, ?, ?)", (model, passage, row.tobytes()))
            fresh.append(passage)
            if connection.execute(
                "DELETE FROM unembedded WHERE model = ? AND passage = ? RETURNING 1", (model, passage)
            ).get:
                _arrived(connection, model, passage)
    _log_change(connection, at, model, added=fresh)
    return len(fresh)


def _arrived(connection: apsw.Connection, model: int, passage: int) -> None:
    """A passage got its vector: its files miss one less, and become findable by meaning when it was the last."""
    if model != active_id(connection):
        return
    rows = connection.execute(
        "SELECT file, count(*) FROM chunks WHERE passage = ? GROUP BY file", (passage,)
    ).fetchall()
    for file, number in rows:
        assert isinstance(file, int)
        connection.execute("UPDATE files SET missing = max(0, missing - ?) WHERE id = ?", (number, file))
        _set_state(connection, file)


def activate(connection: apsw.Connection, name: str) -> None:
    """Answer from this model from now on. What it has no vector for yet becomes PENDING."""
    model = register(connection, name)
    if model == active_id(connection):
        return
    connection.execute("UPDATE models SET active = ? WHERE active = 1", (_RETIRED,))
    connection.execute("UPDATE models SET active = 1 WHERE id = ?", (model,))
    connection.execute("DELETE FROM unembedded WHERE model IN (SELECT id FROM models WHERE active = ?)", (_RETIRED,))
    connection.execute("UPDATE files SET missing = 0 WHERE missing <> 0")
    connection.execute(
        "UPDATE files SET missing = m.number FROM (SELECT c.file, count(*) AS number FROM unembedded u"
        " JOIN chunks c ON c.passage = u.passage WHERE u.model = ? GROUP BY c.file) AS m WHERE files.id = m.file",
        (model,),
    )
    connection.execute(
        "UPDATE files SET state = iif(missing > 0, 'pending', 'indexed') WHERE state IN (?, ?)",
        tuple(map(str, FINDABLE)),
    )


def remove_retired(connection: apsw.Connection, limit: int) -> bool:
    """Delete up to `limit` vectors of retired models; whether some are left."""
    model = connection.execute("SELECT id FROM models WHERE active = ? LIMIT 1", (_RETIRED,)).get
    if model is None:
        return False
    connection.execute(
        "DELETE FROM vectors WHERE model = ?1 AND passage IN (SELECT passage FROM vectors WHERE model = ?1 LIMIT ?2)",
        (model, limit),
    )
    if connection.changes() == 0:
        connection.execute("DELETE FROM models WHERE id = ?", (model,))
    return True


def orphan_count(connection: apsw.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM orphans").get)


def collect_orphans(connection: apsw.Connection, at: int) -> int:
    """Forget every passage that no chunk uses, with its vectors; how many those were."""
    gone = [passage for (passage,) in connection.execute("SELECT passage FROM orphans")]
    model = active_id(connection)
    models = [number for (number,) in connection.execute("SELECT id FROM models")]
    for passage in gone:
        for number in models:
            connection.execute("DELETE FROM vectors WHERE model = ? AND passage = ?", (number, passage))
        connection.execute("DELETE FROM passages WHERE id = ?", (passage,))
    connection.execute("DELETE FROM orphans")
    if model is not None:
        _log_change(connection, at, model, removed=gone)
    return len(gone)


def changes_since(
    connection: apsw.Connection, model: int, at: int
) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.int64]]]:
    """(generation, passages with a new vector, passages that are gone), oldest first."""
    rows = connection.execute(
        "SELECT generation, added, removed FROM changes WHERE generation > ? AND model = ? ORDER BY generation",
        (at, model),
    )
    for number, added, removed in rows:
        yield number, np.frombuffer(added, np.int64), np.frombuffer(removed, np.int64)


def _log_change(
    connection: apsw.Connection, at: int, model: int, *, added: Sequence[int] = (), removed: Sequence[int] = ()
) -> None:
    if added or removed:
        connection.execute(
            "INSERT INTO changes VALUES(?, ?, ?, ?, ?)",
            (at, model, np.array(added, np.int64).tobytes(), np.array(removed, np.int64).tobytes(), os.urandom(8)),
        )


def log_start(connection: apsw.Connection) -> int:
    """An index that stands at an earlier generation can't follow the change log any more."""
    return int(connection.execute("SELECT ifnull((SELECT value FROM facts WHERE name = 'log_start'), 0)").get)


def prune_log(connection: apsw.Connection, before: int) -> None:
    """Forget changes older than generation `before`, for which a snapshot exists."""
    connection.execute("DELETE FROM changes WHERE generation < ?", (before,))
    connection.execute("INSERT OR REPLACE INTO facts VALUES('log_start', ?)", (before,))


def last_change(connection: apsw.Connection, model: int) -> tuple[int, bytes]:
    """Generation and token of the newest change to a model's vectors; (0, b"") when there is none."""
    found: tuple[int, bytes] | None = connection.execute(
        "SELECT generation, token FROM changes WHERE model = ? ORDER BY generation DESC LIMIT 1", (model,)
    ).get
    return found or (0, b"")


def change_token(connection: apsw.Connection, at: int) -> bytes | None:
    """The random token of one change: tells a library from its own restored backup."""
    found: bytes | None = connection.execute("SELECT token FROM changes WHERE generation = ?", (at,)).get
    return found


def halves_of(
    connection: apsw.Connection, model: int, passages: Iterable[int], dimension: int
) -> tuple[NDArray[np.float16], NDArray[np.bool_]]:
    """float16 [n, dimension], and for each row whether there is a vector; rows without are zeros."""
    wanted = list(passages)
    found = np.zeros((len(wanted), dimension), np.float16)
    known = np.zeros(len(wanted), np.bool_)
    for row, passage in enumerate(wanted):
        halves = connection.execute("SELECT halves FROM vectors WHERE model = ? AND passage = ?", (model, passage)).get
        if halves is not None:
            found[row] = np.frombuffer(halves, np.float16)
            known[row] = True
    return found, known


def all_vectors(
    connection: apsw.Connection, model: int, dimension: int, batch: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float16]]]:
    """Every vector of a model with its passage, in batches."""
    cursor = connection.execute("SELECT passage, halves FROM vectors WHERE model = ? ORDER BY passage", (model,))
    while rows := list(itertools.islice(cursor, batch)):
        vectors = np.frombuffer(b"".join(halves for _, halves in rows), np.float16).reshape(len(rows), dimension)
        yield np.array([passage for passage, _ in rows], np.int64), vectors


def sample_vectors(
    connection: apsw.Connection, model: int, dimension: int, count: int, wanted: int
) -> NDArray[np.float32]:
    """About `wanted` of a model's `count` vectors, spread over the library in short runs."""
    last = connection.execute("SELECT ifnull(max(passage), 0) FROM vectors WHERE model = ?", (model,)).get
    run = 16
    step = max(run, last * run // max(1, min(wanted, count)))
    found: list[bytes] = []
    for start in range(0, last + 1, step):
        rows = connection.execute(
            "SELECT halves FROM vectors WHERE model = ? AND passage >= ? ORDER BY passage LIMIT ?", (model, start, run)
        )
        found.extend(halves for (halves,) in rows)
    return np.frombuffer(b"".join(found), np.float16).reshape(len(found), dimension).astype(np.float32)


def passages_with_vector(connection: apsw.Connection, model: int) -> NDArray[np.int64]:
    return np.array(
        [p for (p,) in connection.execute("SELECT passage FROM vectors WHERE model = ?", (model,))], np.int64
    )


def vector_count(connection: apsw.Connection, model: int) -> int:
    """Vectors of a model, those of orphans included."""
    return int(connection.execute("SELECT count(*) FROM vectors WHERE model = ?", (model,)).get)


def passage_count(connection: apsw.Connection) -> int:
    """About how many passages there are; costs nothing."""
    return int(connection.execute("SELECT ifnull(max(id), 0) FROM passages").get)


def dimension_of(connection: apsw.Connection, model: int) -> int:
    return int(connection.execute("SELECT ifnull(dimension, 0) FROM models WHERE id = ?", (model,)).get or 0)


def _check_dimension(connection: apsw.Connection, model: int, dimension: int) -> None:
    known = connection.execute("SELECT dimension FROM models WHERE id = ?", (model,)).get
    if known is None:
        connection.execute("UPDATE models SET dimension = ? WHERE id = ?", (dimension, model))
    elif known != dimension:
        raise ValueError(f"this model's vectors have {known} numbers, not {dimension}")


def _set_state(connection: apsw.Connection, file: int) -> None:
    connection.execute(
        "UPDATE files SET state = iif(missing > 0, 'pending', 'indexed')"
        " WHERE id = ? AND state IN ('indexed', 'pending')",
        (file,),
    )
