"""FAISS: nearest vectors by inner product. The only module that imports it; knows ids and arrays, no files and no SQL.

Vectors are unit length, so the inner product is the cosine.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


class VectorIndex:
    """Passage ids and their vectors. Not thread-safe: vector_search.py takes turns."""

    def __init__(self, dimension: int) -> None:
        import faiss

        self.dimension = dimension
        self._index: Any = faiss.IndexIDMap2(faiss.IndexFlat(dimension, faiss.METRIC_INNER_PRODUCT))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def ids(self) -> NDArray[np.int64]:
        """The ids in it, in no order."""
        import faiss

        found: NDArray[np.int64] = faiss.vector_to_array(self._index.id_map)
        return found

    def add(self, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), np.ascontiguousarray(ids, np.int64))

    def remove(self, ids: NDArray[np.int64]) -> None:
        import faiss

        self._index.remove_ids(faiss.IDSelectorBatch(np.ascontiguousarray(ids, np.int64)))

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Up to `k` ids with their scores, best first; `allowed` limits them to these ids."""
        import faiss

        if not len(self) or k < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        options: dict[str, Any] = {}
        if allowed is not None:
            options["params"] = _limited_to(allowed)
        scores, ids = self._index.search(np.ascontiguousarray(query[None], np.float32), min(k, len(self)), **options)
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]


def _limited_to(allowed: NDArray[np.int64]) -> Any:
    import faiss

    parameters: Any = faiss.SearchParameters
    return parameters(sel=faiss.IDSelectorBatch(allowed))
