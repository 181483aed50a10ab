"""FAISS by itself: exact while small, and near enough to exact when large."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.store import vectors
from indexer.store.vectors import Kind, VectorIndex, new_index


def clustered(count: int, dimension: int = 64, clusters: int = 40) -> NDArray[np.float32]:
    rng = np.random.default_rng(1)
    centres = rng.standard_normal((clusters, dimension)).astype(np.float32)
    array = centres[rng.integers(0, clusters, count)] + 0.8 * rng.standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(array / np.linalg.norm(array, axis=1, keepdims=True), np.float32)


@pytest.fixture(params=[Kind.EXACT, Kind.COARSE])
def index(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> VectorIndex:
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 1_000)
    count = 1_000 if request.param is Kind.EXACT else 12_000
    array = clustered(count)
    made = new_index(64, count, lambda n: array[:n])
    made.add(np.arange(count) * 2, array)
    assert made.kind is request.param
    return made


def test_ids_go_in_and_out(index: VectorIndex) -> None:
    count = len(index)
    assert sorted(index.ids()) == list(range(0, 2 * count, 2))
    index.remove(np.array([4, 8, 8, 77]))
    assert len(index) == count - 2
    assert not {4, 8} & set(index.ids().tolist())


def test_the_vector_itself_is_found_first(index: VectorIndex) -> None:
    array = clustered(len(index))
    assert index.search(array[7], 3)[0][0] == 14
    ids, scores = index.search(array[7], 3, np.array([20, 22, 24, 26]))
    assert set(ids.tolist()) <= {20, 22, 24, 26}
    assert list(scores) == sorted(scores, reverse=True)


def test_asking_for_more_than_there_is(index: VectorIndex) -> None:
    ids, _ = index.search(clustered(1)[0], 10**6, np.array([2, 4]))
    assert set(ids.tolist()) == {2, 4}


def test_what_is_written_reads_back(index: VectorIndex) -> None:
    written = bytearray()
    index.write(written.extend)
    at = 0

    def source(size: int) -> bytes:
        nonlocal at
        at += size
        return bytes(written[at - size : at])

    again = vectors.read_index(index.kind, source)
    query = clustered(3)[2]
    assert len(again) == len(index)
    assert again.search(query, 20)[0].tolist() == index.search(query, 20)[0].tolist()


def test_the_coarse_index_misses_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 1_000)
    array = clustered(20_000)
    coarse = new_index(64, len(array), lambda n: array[:n])
    coarse.add(np.arange(len(array)), array)
    queries = clustered(20_050)[20_000:]
    right = 0
    for query in queries:
        truth = set(np.argsort(-(array @ query))[:10].tolist())
        candidates, _ = coarse.search(query, 300)
        best = candidates[np.argsort(-(array[candidates] @ query))[:10]]
        right += len(truth & set(best.tolist()))
    assert right / (10 * len(queries)) >= 0.98
