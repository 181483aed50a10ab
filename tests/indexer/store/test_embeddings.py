"""Which texts wait for vectors, whose vectors answer, and what comes back."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.document import FileState, Vectors
from indexer.store.library import Store
from tests.indexer.store.material import (
    FOX,
    MODEL,
    embed,
    extracted,
    put,
    vector_of,
    vectors_of,
)


def test_a_file_waits_until_every_chunk_has_its_vector(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/a.txt", FOX)
    waiting = store.pending(MODEL, 10)
    assert store.counts().pending == 1
    store.put_vectors([one.digest for one in waiting[:-1]], vectors_of([one.text for one in waiting[:-1]]))
    assert store.known_files("/a.txt")[0].state is FileState.PENDING
    store.put_vectors([waiting[-1].digest], vectors_of([waiting[-1].text]))
    assert store.known_files("/a.txt")[0].state is FileState.INDEXED
    assert store.counts().vectors == len(waiting)


def test_without_a_model_a_file_is_indexed_at_once(store: Store) -> None:
    put(store, "/a.txt", FOX)
    assert store.known_files("/a.txt")[0].state is FileState.INDEXED
    store.activate(MODEL)
    assert store.known_files("/a.txt")[0].state is FileState.PENDING


def test_equal_texts_are_embedded_once(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/a.txt", FOX)
    first = embed(store)
    put(store, "/b.txt", FOX)
    assert store.pending_count(MODEL) == 0
    assert store.known_files("/b.txt")[0].state is FileState.INDEXED
    assert store.counts().vectors == first
    assert len(store.search_vectors(vector_of("Title\n" + FOX[:120]), 50)) == 2 * first


def test_a_text_that_comes_back_still_has_its_vector(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/a.txt", FOX)
    embed(store)
    store.drop_files(["/a.txt"])
    assert store.search_vectors(vector_of("x"), 5) == ()
    put(store, "/b.txt", FOX)
    assert store.pending_count(MODEL) == 0


def test_old_vectors_answer_until_the_new_model_is_complete(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/a.txt", FOX)
    embed(store)
    assert len(store.pending("new", 100)) == store.pending_count("new") == 3
    assert store.active_model() == MODEL
    assert len(store.search_vectors(vector_of("x"), 5)) == 3
    assert store.known_files("/a.txt")[0].state is FileState.INDEXED
    embed(store, "new")
    store.activate("new")
    assert store.active_model() == "new"
    assert store.known_files("/a.txt")[0].state is FileState.INDEXED
    assert len(store.search_vectors(vector_of("x"), 5)) == 3
    assert store.check().sound


def test_vectors_come_back_in_the_order_asked(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/a.txt", FOX)
    embed(store)
    texts = [chunk.embedded_text for chunk in extracted("/a.txt", FOX).chunks]
    ids = [one.chunk_id for one in sorted(store.search_words(("fox",), 9))]
    assert store.vectors_of([ids[2], ids[0], 999]) == pytest.approx(
        np.stack([vector_of(texts[2]), vector_of(texts[0]), np.zeros(16)]), abs=1e-3
    )


def test_vectors_that_do_not_fit_are_refused(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/a.txt", FOX)
    one = store.pending(MODEL, 1)[0]
    with pytest.raises(ValueError, match="finite"):
        store.put_vectors([one.digest], Vectors(MODEL, np.full((1, 4), np.nan, np.float32)))
    store.put_vectors([one.digest], vectors_of([one.text]))
    with pytest.raises(ValueError, match="16 numbers"):
        store.put_vectors([one.digest], Vectors(MODEL, np.ones((1, 4), np.float32)))
