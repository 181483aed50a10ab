"""FAISS and the catalogue together: keeps the index in step with the store and turns passages found into chunks.

The index is a cache. It comes from the snapshot or is built from the stored vectors, then follows the change log; a
search sees every vector of its own read transaction. When the library has outgrown the index, the next one is built in
a thread while this one answers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.errors import StoreError
from indexer.store import embeddings, snapshot
from indexer.store.records import Scored
from indexer.store.selection import Selection
from indexer.store.vectors import EXACT_UP_TO, Kind, VectorIndex, new_index

_BATCH = 4_096
_SCORED_AGAIN = 300
"""Candidates of a coarse index at least; 12 us each."""
_READ_DIRECTLY = 1_500
"""So many allowed chunks are compared one by one from the store: exact, and faster than asking FAISS."""
_LARGE_PART = 0.25
"""A filter that lets through more than this is applied to what was found, not while searching."""
_GROWTH = 4
"""A coarse index is trained anew when the library is so many times larger than it was trained for."""

Connect = Callable[[], AbstractContextManager[apsw.Connection]]


@dataclass(slots=True)
class _Following:
    """An index, whose vectors it holds, and how far in the change log."""

    index: VectorIndex
    model: int
    generation: int
    trained_for: int


class VectorSearch:
    """Thread-safe. `connect` gives a reading connection inside a transaction."""

    def __init__(self, library: Path, key: bytes, connect: Connect) -> None:
        self._library = library
        self._key = key
        self._connect = connect
        self._turn = threading.Lock()
        self._now: _Following | None = None
        self._successor: threading.Thread | None = None
        self._closing = threading.Event()

    def close(self) -> None:
        """Wait for a thread that builds; nothing is asked afterwards."""
        self._closing.set()
        if self._successor is not None:
            self._successor.join()

    def search(
        self, connection: apsw.Connection, query: NDArray[np.float32], k: int, selection: Selection
    ) -> tuple[Scored, ...]:
        model = embeddings.active_id(connection)
        if model is None or k < 1:
            return ()
        query = np.asarray(query, np.float32)
        if selection.limits and selection.size <= _READ_DIRECTLY:
            return _best_of(connection, model, query, k, selection)
        fetch = k + 8
        while True:
            passages, scores, exhausted = self._nearest(connection, model, query, fetch, selection)
            found = _chunks_of(connection, passages, scores, k, selection)
            if len(found) >= k or exhausted:
                return found
            fetch *= 4

    def _nearest(
        self, connection: apsw.Connection, model: int, query: NDArray[np.float32], fetch: int, selection: Selection
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], bool]:
        allowed = None
        if selection.limits and selection.size < _LARGE_PART * max(1, embeddings.passage_count(connection)):
            allowed = selection.passages(connection)
        with self._turn:
            now = self._current(connection, model)
            if now is None:
                return np.empty(0, np.int64), np.empty(0, np.float32), True
            coarse = now.index.kind is Kind.COARSE
            wanted = max(4 * fetch, _SCORED_AGAIN) if coarse else fetch
            passages, scores = now.index.search(query, wanted, allowed)
        exhausted = len(passages) < wanted or fetch >= len(now.index)
        if coarse:
            passages, scores = _score_again(connection, model, query, passages)
        return passages[:fetch], scores[:fetch], exhausted

    def refresh(self) -> None:
        """Catch up now, so that the next search need not; nothing happens before the first search."""
        if self._now is not None:
            with self._connect() as connection, self._turn:
                model = embeddings.active_id(connection)
                if model is not None:
                    self._current(connection, model)

    def save(self) -> int | None:
        """Write a snapshot of the present state, unless one is there; its generation when written. Raises OSError."""
        with self._connect() as connection, self._turn:
            model = embeddings.active_id(connection)
            now = None if model is None else self._current(connection, model)
            if now is None:
                return None
            stamp = self._stamp(connection, now)
            if not stamp.generation or self._saved() == stamp:
                return None
            snapshot.save(self._library, self._key, stamp, now.index)
            return stamp.generation

    def problems(self, connection: apsw.Connection) -> list[str]:
        """Where FAISS or its snapshot and the store do not agree; `forget` mends all of it."""
        found = []
        try:
            snapshot.verify(self._library, self._key)
        except snapshot.SnapshotUnreadable:
            found.append("the saved index of vectors can't be read")
        model = embeddings.active_id(connection)
        if model is not None:
            stored = embeddings.passages_with_vector(connection, model)
            with self._turn:
                now = self._current(connection, model)
                held = now.index.ids() if now is not None else np.empty(0, np.int64)
            missing, stale = len(np.setdiff1d(stored, held)), len(np.setdiff1d(held, stored))
            if missing:
                found.append(f"{missing} vectors that the index of vectors does not have")
            if stale or len(held) != len(stored) - missing + stale:
                found.append(f"{max(stale, 1)} entries in the index of vectors that the store does not know")
        return found

    def forget(self) -> None:
        """Drop the index and its snapshot: it is built anew when next asked."""
        with self._turn:
            self._now = None
        snapshot.snapshot_path(self._library).unlink(missing_ok=True)

    def _current(self, connection: apsw.Connection, model: int) -> _Following | None:
        """The index as of this transaction; an index that is ahead of it already is as good."""
        now = self._now
        if now is None or now.model != model or now.generation < embeddings.log_start(connection):
            now = self._now = self._loaded(connection, model) or _built(connection, model, self._closing)
        if now is not None:
            _follow(connection, now)
            self._plan_successor(now)
        return now

    def _plan_successor(self, now: _Following) -> None:
        outgrown = len(now.index) > (EXACT_UP_TO if now.index.kind is Kind.EXACT else _GROWTH * now.trained_for)
        if outgrown and self._successor is None and not self._closing.is_set():
            self._successor = threading.Thread(target=self._succeed, name="vector-index", args=(now.model,))
            self._successor.start()

    def _succeed(self, model: int) -> None:
        """In a thread: build the next index, then put it in the place of the one that answers."""
        try:
            with self._connect() as connection:
                built = _built(connection, model, self._closing)
            if built is None:
                return
            with self._connect() as connection, self._turn:
                if (
                    self._now is not None
                    and self._now.model == model
                    and built.generation >= embeddings.log_start(connection)
                ):
                    _follow(connection, built)
                    self._now = built
        except StoreError:
            return  # the same trouble meets the next search, which has someone to tell
        finally:
            self._successor = None

    def _loaded(self, connection: apsw.Connection, model: int) -> _Following | None:
        def wanted(stamp: snapshot.Stamp) -> bool:
            same_model = stamp.model == embeddings.active_model(connection)
            return same_model and stamp.token == embeddings.change_token(connection, stamp.generation)

        try:
            stamp, index = snapshot.load(self._library, self._key, wanted)
        except snapshot.SnapshotUnreadable:
            return None
        return _Following(index, model, stamp.generation, stamp.trained_for)

    def _stamp(self, connection: apsw.Connection, now: _Following) -> snapshot.Stamp:
        at, token = embeddings.last_change(connection, now.model)
        model = embeddings.active_model(connection) or ""
        return snapshot.Stamp(model, at, token, now.index.kind, len(now.index), now.trained_for)

    def _saved(self) -> snapshot.Stamp | None:
        try:
            return snapshot.read_stamp(self._library, self._key)
        except snapshot.SnapshotUnreadable:
            return None


def _built(connection: apsw.Connection, model: int, closing: threading.Event) -> _Following | None:
    """A new index over every stored vector of the model; None when there are none or the store closes."""
    dimension = embeddings.dimension_of(connection, model)
    generation = embeddings.generation(connection)
    count = embeddings.vector_count(connection, model)
    if not dimension or not count:
        return None
    index = new_index(dimension, count, lambda n: embeddings.sample_vectors(connection, model, dimension, count, n))
    for passages, vectors in embeddings.all_vectors(connection, model, dimension, _BATCH):
        index.add(passages, vectors.astype(np.float32))
        if closing.is_set():
            return None
    return _Following(index, model, generation, count)


def _follow(connection: apsw.Connection, now: _Following) -> None:
    """Apply what the change log says since; a vector that came and went again within it is not there to add."""
    at = embeddings.generation(connection)
    if at <= now.generation:
        return
    for _, added, removed in embeddings.changes_since(connection, now.model, now.generation):
        now.index.remove(np.concatenate([removed, added]))
        for start in range(0, len(added), _BATCH):
            batch = added[start : start + _BATCH]
            halves, known = embeddings.halves_of(connection, now.model, batch.tolist(), now.index.dimension)
            now.index.add(batch[known], halves[known].astype(np.float32))
    now.generation = at


def _score_again(
    connection: apsw.Connection, model: int, query: NDArray[np.float32], passages: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    halves, known = embeddings.halves_of(connection, model, passages.tolist(), len(query))
    scores = halves.astype(np.float32) @ query
    order = np.argsort(-scores, kind="stable")
    order = order[known[order]]
    return passages[order], scores[order]


def _best_of(
    connection: apsw.Connection, model: int, query: NDArray[np.float32], k: int, selection: Selection
) -> tuple[Scored, ...]:
    passages, scores = _score_again(connection, model, query, selection.passages(connection))
    return _chunks_of(connection, passages, scores, k, selection)


def _chunks_of(
    connection: apsw.Connection, passages: NDArray[np.int64], scores: NDArray[np.float32], k: int, selection: Selection
) -> tuple[Scored, ...]:
    """The chunks that have these passages, best first; where a text stands many times, the first of them allowed."""
    found: list[Scored] = []
    for passage, score in zip(passages.tolist(), scores.tolist(), strict=True):
        rows = connection.execute("SELECT id FROM chunks WHERE passage = ? ORDER BY id LIMIT 200", (passage,))
        chunks = np.array([chunk for (chunk,) in rows], np.int64)
        allowed = chunks[selection.mask(connection, chunks)] if len(chunks) else chunks
        found.extend(Scored(chunk, score) for chunk in allowed.tolist())
        if len(found) >= k:
            break
    return tuple(found[:k])
