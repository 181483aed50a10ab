"""FAISS and the catalogue together: keeps the index in step with the store and turns passages found into chunks."""

from __future__ import annotations

import threading

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.store import embeddings
from indexer.store.records import Scored
from indexer.store.selection import Selection
from indexer.store.vectors import VectorIndex

_BATCH = 4_096


class VectorSearch:
    """Thread-safe. Built when first asked, then brought up to date from the change log before each search."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._index: VectorIndex | None = None
        self._model: int | None = None
        self._generation = -1

    def search(
        self, connection: apsw.Connection, query: NDArray[np.float32], k: int, selection: Selection
    ) -> tuple[Scored, ...]:
        with self._turn:
            index = self._current(connection)
            if index is None:
                return ()
            allowed = _passages_of(connection, selection) if selection.limits else None
            fetch = k * 2 + 8 if selection.refused else k + 8
            passages, scores = index.search(np.asarray(query, np.float32), fetch, allowed)
        found: list[Scored] = []
        for passage, score in zip(passages.tolist(), scores.tolist(), strict=True):
            rows = connection.execute("SELECT id FROM chunks WHERE passage = ? ORDER BY id", (passage,))
            chunks = np.array([chunk for (chunk,) in rows], np.int64)
            found.extend(Scored(chunk, score) for chunk in chunks[selection.mask(connection, chunks)].tolist())
            if len(found) >= k:
                break
        return tuple(found[:k])

    def refresh(self, connection: apsw.Connection) -> None:
        """Catch up now, so that the next search need not; nothing happens before the first search."""
        with self._turn:
            if self._index is not None:
                self._current(connection)

    def _current(self, connection: apsw.Connection) -> VectorIndex | None:
        model = embeddings.active_id(connection)
        at = embeddings.generation(connection)
        if model is None:
            return None
        if self._index is None or self._model != model:
            self._index, self._model = self._built(connection, model), model
        elif at != self._generation:
            dimension = self._index.dimension
            for _, added, removed in embeddings.changes_since(connection, model, self._generation):
                self._index.remove(removed)
                for start in range(0, len(added), _BATCH):
                    batch = added[start : start + _BATCH]
                    self._index.add(
                        batch, embeddings.halves_of(connection, model, batch.tolist(), dimension).astype(np.float32)
                    )
        self._generation = at
        return self._index

    def _built(self, connection: apsw.Connection, model: int) -> VectorIndex | None:
        dimension = embeddings.dimension_of(connection, model)
        if not dimension:
            return None
        index = VectorIndex(dimension)
        cursor = connection.execute("SELECT passage, halves FROM vectors WHERE model = ? ORDER BY passage", (model,))
        while rows := [row for _, row in zip(range(_BATCH), cursor, strict=False)]:
            vectors = np.frombuffer(b"".join(halves for _, halves in rows), np.float16).reshape(len(rows), dimension)
            index.add(np.array([passage for passage, _ in rows], np.int64), vectors.astype(np.float32))
        return index


def _passages_of(connection: apsw.Connection, selection: Selection) -> NDArray[np.int64]:
    assert selection.starts is not None
    assert selection.stops is not None
    found: set[int] = set()
    for start, stop in zip(selection.starts.tolist(), selection.stops.tolist(), strict=True):
        found.update(
            p for (p,) in connection.execute("SELECT passage FROM chunks WHERE id >= ? AND id < ?", (start, stop))
        )
    return np.fromiter(found, np.int64, len(found))
