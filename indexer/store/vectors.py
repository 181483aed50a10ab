"""FAISS: nearest vectors by inner product. The only module that imports it; knows ids and arrays, no files and no SQL.

Vectors are unit length, so the inner product is the cosine. Two kinds of index: ExactIndex compares with every vector,
CoarseIndex finds candidates that vector_search.py scores again from the stored vectors.

Decision: RaBitQ (one bit a dimension) in inverted lists for the large index. By trial on vectors of 384 dimensions it
lost nothing against 4-bit scalar quantization once 50 candidates were scored again, takes 71 bytes a
vector instead of 207, scans in half the time, trains in the same, and unlike the fast-scan variants it removes by id.
Product quantization of the same size needed 20 times the training and found less.
Decision: one FAISS thread for searching. A query takes 2 to 6 ms of one core; with two threads FAISS spins on a busy
machine and the same query took five times as long.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

EXACT_UP_TO = 50_000
"""Vectors; above it the coarse index is as good and faster."""
TRAINING_THREADS = 2
_QUERY_BITS = 4
_SAMPLES_PER_LIST = 40
_WRITE_BYTES = 1 << 20

Found = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Ids and their scores, best first."""


class Kind(enum.StrEnum):
    EXACT = "exact"
    COARSE = "coarse"


class VectorIndex(Protocol):
    """Ids and their vectors. Not thread-safe: vector_search.py takes turns."""

    @property
    def kind(self) -> Kind: ...

    @property
    def dimension(self) -> int: ...

    def __len__(self) -> int: ...

    def ids(self) -> NDArray[np.int64]:
        """The ids in it, in no order."""

    def add(self, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """float32 [n, dimension] under ids that are not in it."""

    def remove(self, ids: NDArray[np.int64]) -> None:
        """Unknown ids are passed over."""

    def search(self, query: NDArray[np.float32], k: int, allowed: NDArray[np.int64] | None = None) -> Found:
        """Up to `k`; `allowed` limits them to these ids. A coarse index gives candidates: score them again."""

    def write(self, sink: Callable[[bytes], object]) -> None:
        """All of it, in pieces."""


def new_index(dimension: int, count: int, sample: Callable[[int], NDArray[np.float32]]) -> VectorIndex:
    """An empty index fit for `count` vectors. `sample(n)` gives about n of them, float32, to train on where needed."""
    if count <= EXACT_UP_TO:
        return ExactIndex.empty(dimension)
    lists = min(2048, max(256, 2 ** round(np.log2(count) / 2)))
    return CoarseIndex.trained(sample(lists * _SAMPLES_PER_LIST), lists)


def read_index(kind: Kind, source: Callable[[int], bytes]) -> VectorIndex:
    """What `write` wrote; `source(n)` gives the next n bytes. RuntimeError when they are no index."""
    faiss = _untyped()
    index = faiss.read_index(faiss.PyCallbackIOReader(source, _WRITE_BYTES))
    return ExactIndex(index) if kind is Kind.EXACT else CoarseIndex(index)


class _Index:
    kind: Kind

    def __init__(self, index: Any) -> None:
        self._index = index

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def add(self, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        _threads(TRAINING_THREADS)
        self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), np.ascontiguousarray(ids, np.int64))

    def remove(self, ids: NDArray[np.int64]) -> None:
        import faiss

        if len(ids):
            self._index.remove_ids(faiss.IDSelectorBatch(np.ascontiguousarray(ids, np.int64)))

    def search(self, query: NDArray[np.float32], k: int, allowed: NDArray[np.int64] | None = None) -> Found:
        k = min(k, len(self))
        if k < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        _threads(1)
        query = np.ascontiguousarray(query[None], np.float32)
        scores, ids = self._index.search(query, k, params=self._parameters(allowed))
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]

    def _parameters(self, allowed: NDArray[np.int64] | None) -> Any:
        raise NotImplementedError

    def write(self, sink: Callable[[bytes], object]) -> None:
        faiss = _untyped()
        writer = faiss.PyCallbackIOWriter(lambda piece: sink(bytes(piece)), _WRITE_BYTES)
        faiss.write_index(self._index, writer)


class ExactIndex(_Index):
    """Every vector in half precision, as the store keeps them."""

    kind = Kind.EXACT

    @classmethod
    def empty(cls, dimension: int) -> ExactIndex:
        import faiss

        halves = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        return cls(faiss.IndexIDMap2(halves))

    def ids(self) -> NDArray[np.int64]:
        import faiss

        found: NDArray[np.int64] = faiss.vector_to_array(self._index.id_map)
        return found

    def _parameters(self, allowed: NDArray[np.int64] | None) -> Any:
        faiss = _untyped()
        return (
            None
            if allowed is None
            else faiss.SearchParameters(sel=faiss.IDSelectorBatch(np.ascontiguousarray(allowed)))
        )


class CoarseIndex(_Index):
    """One bit a dimension, in inverted lists; a search looks into the nearest part of the lists."""

    kind = Kind.COARSE

    @classmethod
    def trained(cls, sample: NDArray[np.float32], lists: int) -> CoarseIndex:
        import faiss

        _threads(TRAINING_THREADS)
        dimension = sample.shape[1]
        index = faiss.IndexIVFRaBitQ(faiss.IndexFlatIP(dimension), dimension, lists, faiss.METRIC_INNER_PRODUCT)
        index.cp.niter = 8
        index.train(np.ascontiguousarray(sample, np.float32))
        return cls(index)

    def ids(self) -> NDArray[np.int64]:
        import faiss

        lists = self._index.invlists
        parts = [faiss.rev_swig_ptr(lists.get_ids(n), lists.list_size(n)).copy() for n in range(self._index.nlist)]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def _parameters(self, allowed: NDArray[np.int64] | None) -> Any:
        faiss = _untyped()
        lists = int(self._index.nlist)
        options: dict[str, Any] = {"nprobe": _probes(lists), "qb": _QUERY_BITS}
        if allowed is not None:
            options |= {"sel": faiss.IDSelectorBatch(np.ascontiguousarray(allowed)), "nprobe": lists}
        return faiss.IVFRaBitQSearchParameters(**options)


def _untyped() -> Any:
    """FAISS where its own type stubs are behind its code."""
    import faiss

    return faiss


def _probes(lists: int) -> int:
    """How many lists a search looks into: a third, and less of many."""
    return min(lists // 3, 256)


def _threads(number: int) -> None:
    """FAISS's threads for calls from this thread (OpenMP keeps the number by thread)."""
    import faiss

    faiss.omp_set_num_threads(number)
