"""Every embedder keeps the promises of indexer.ports.Embedder: the rehearsal one, and the real one where it is."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from copilot.engines.rehearsal import RehearsalEmbedder
from indexer.ports import Embedder
from tests.enginepacks import embedder_pack, on_processor

TEXTS = (
    "The lease ends on 3 May 2026 and is renewed by both parties in writing.",
    "Cats sleep for most of the day.",
    "租约于2026年5月3日结束。",
    "",
    "tax " * 3000,
)


@pytest.fixture(scope="module", params=["rehearsal", "pack"])
def embedder(request: pytest.FixtureRequest) -> Iterator[Embedder]:
    if request.param == "rehearsal":
        yield RehearsalEmbedder()
        return
    pack = embedder_pack()
    from copilot.engines.embedder import open_embedder

    yield open_embedder(pack, on_processor())


def test_gives_one_unit_vector_a_text_in_order(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(TEXTS)

    assert vectors.model_id == embedder.model_id
    assert vectors.array.dtype == np.float32
    assert vectors.array.shape == (len(TEXTS), embedder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors.array, axis=1), 1.0, atol=1e-3)
    alone = embedder.embed_passages(TEXTS[:1]).array[0]
    assert float(alone @ vectors.array[0]) > 0.999


def test_takes_no_texts(embedder: Embedder) -> None:
    assert embedder.embed_passages(()).array.shape == (0, embedder.dimension)


def test_is_deterministic(embedder: Embedder) -> None:
    np.testing.assert_array_equal(
        embedder.embed_query("when does the lease end"), embedder.embed_query("when does the lease end")
    )


@pytest.mark.parametrize(
    ("query", "nearest"), [("when does the lease end", 0), ("how long do cats sleep", 1), ("租约何时结束", 2)]
)
def test_what_is_alike_is_near(embedder: Embedder, query: str, nearest: int) -> None:
    scores = embedder.embed_passages(TEXTS[:3]).array @ embedder.embed_query(query)

    assert int(np.argmax(scores)) == nearest


def test_serves_several_threads(embedder: Embedder) -> None:
    expected, problems = embedder.embed_passages(TEXTS[:3]).array, []

    def embed() -> None:
        for _ in range(3):
            if not np.allclose(embedder.embed_passages(TEXTS[:3]).array, expected, atol=0.02):
                problems.append("passages")
            if embedder.embed_query("cats").shape != (embedder.dimension,):
                problems.append("query")

    threads = [threading.Thread(target=embed) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
