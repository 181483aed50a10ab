"""Queries over a real store with the rehearsal embedder: what is found, by what, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from copilot.engines.rehearsal import RehearsalEmbedder
from indexer.chunker import chunk
from indexer.document import Document, Extracted, FileState, Section, SourceFile, Span
from indexer.query import FoundBy, Hit, Query
from indexer.query_parser import parse
from indexer.retriever import Retriever
from indexer.store.library import Store
from indexer.words import segment

KEY = bytes(32)
TEXTS = {
    "/docs/contracts/lease.txt": "The notice period of the lease is three months, for either side, without a reason. "
    "Rent is due on the first day of each month. Repairs of the roof are the owner's affair, the rest is not.",
    "/docs/contracts/合同.txt": "本合同的付款条件：签订后三十天内支付百分之四十，验收后支付其余款项。",
    "/docs/travel/expenses.csv": "City, Hotel, Amount\nBerlin, Adler, 240\nParis, Lion, 310",
    "/docs/notes/garden.md": "Tomatoes want sun and water. Plant them in May, after the last frost.",
    "/docs/notes/budget 2026.md": "Figures for the coming year are not decided yet.",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db", KEY) as opened:
        for day, (path, text) in enumerate(TEXTS.items(), start=1):
            put(opened, path, text, day)
        yield opened


def put(store: Store, path: str, text: str, day: int = 1, title: str = "") -> None:
    modified = int(datetime(2026, 3, day).timestamp()) * 1_000_000_000
    source = SourceFile(path, len(text), modified, digest=f"{abs(hash(text)):064x}"[:64])
    sections = (Section(Span(0, len(text))),)
    format_id = {"md": "markdown", "csv": "csv"}.get(path.rsplit(".", 1)[-1], "text")
    document = Document(source, title, text, sections, "und", format_id)
    chunks = chunk(document)
    words = tuple(segment(one.text) for one in chunks)
    store.put_file(source, (Extracted(source, FileState.INDEXED, "", document, chunks, words),))


def embed(store: Store, embedder: RehearsalEmbedder) -> None:
    store.activate(embedder.model_id)
    pending = store.pending(embedder.model_id, 1000)
    store.put_vectors([text.digest for text in pending], embedder.embed_passages([text.text for text in pending]))


def paths(hits: Sequence[Hit]) -> list[str]:
    return [hit.path for hit in hits]


def test_words_alone_find_and_say_so(store: Store) -> None:
    hits = Retriever(store).search(Query("notice period"))
    assert paths(hits)[0] == "/docs/contracts/lease.txt"
    assert hits[0].found_by == (FoundBy.WORDS,)
    assert hits[0].similarity is None
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


def test_vectors_and_words_together(store: Store) -> None:
    embedder = RehearsalEmbedder()
    embed(store, embedder)
    hits = Retriever(store, embedder).search(Query("付款条件"))
    assert paths(hits)[0] == "/docs/contracts/合同.txt"
    assert hits[0].found_by[:2] == (FoundBy.WORDS, FoundBy.VECTORS)
    assert all(hit.similarity is not None and -1.01 <= hit.similarity <= 1.01 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_vectors_alone_when_no_word_is_known(store: Store) -> None:
    embedder = RehearsalEmbedder()
    embed(store, embedder)
    hits = Retriever(store, embedder).search(Query("tomatoish frostbitten"))
    assert paths(hits)[0] == "/docs/notes/garden.md"
    assert hits[0].found_by == (FoundBy.VECTORS,)


def test_vectors_of_another_model_are_left_alone(store: Store) -> None:
    embed(store, RehearsalEmbedder(128))
    hits = Retriever(store, RehearsalEmbedder(256)).search(Query("notice period"))
    assert hits[0].found_by == (FoundBy.WORDS,)
    assert hits[0].similarity is None


def test_a_chunk_without_its_vector_is_found_by_words(store: Store) -> None:
    embedder = RehearsalEmbedder()
    embed(store, embedder)
    put(store, "/docs/late.txt", "The zeppelin landed at noon.")
    hits = Retriever(store, embedder).search(Query("zeppelin"))
    assert paths(hits)[0] == "/docs/late.txt"
    assert hits[0].similarity is None


def test_a_files_name_finds_it(store: Store) -> None:
    hits = Retriever(store).search(Query("budget 2026"))
    assert paths(hits)[0] == "/docs/notes/budget 2026.md"
    assert FoundBy.NAME in hits[0].found_by


def test_filters_limit_every_way_of_finding(store: Store) -> None:
    embedder = RehearsalEmbedder()
    embed(store, embedder)
    retriever = Retriever(store, embedder)
    today = date(2026, 11, 22)
    assert set(paths(retriever.search(parse("month in:contracts", 10, today)))) == {
        "/docs/contracts/lease.txt",
        "/docs/contracts/合同.txt",
    }
    assert paths(retriever.search(parse("type:csv Paris", 10, today))) == ["/docs/travel/expenses.csv"]
    assert "/docs/notes/garden.md" not in paths(retriever.search(parse("plant water -frost", 10, today)))
    assert paths(retriever.search(parse('"first day of each month"', 10, today))) == ["/docs/contracts/lease.txt"]
    assert retriever.search(parse('"each first day"', 10, today)) == ()


def test_filters_alone_list_files_last_changed_first(store: Store) -> None:
    retriever = Retriever(store)
    hits = retriever.search(parse("type:md", 10, date(2026, 11, 22)))
    assert paths(hits) == ["/docs/notes/budget 2026.md", "/docs/notes/garden.md"]
    assert hits[0].found_by == ()
    assert paths(retriever.search(parse("after:2026-03-04", 1, date(2026, 11, 22)))) == ["/docs/notes/budget 2026.md"]


def test_copies_are_one_hit_that_names_them(store: Store) -> None:
    text = TEXTS["/docs/contracts/lease.txt"]
    put(store, "/backup/lease.txt", text, 2)
    put(store, "/backup/lease old.txt", text.replace("first day", "last day"), 3)
    hits = [hit for hit in Retriever(store).search(Query("notice period of the lease")) if "lease" in hit.path]
    assert len(hits) == 1
    assert {hits[0].path, *hits[0].also_at} == {
        "/docs/contracts/lease.txt",
        "/backup/lease.txt",
        "/backup/lease old.txt",
    }


def test_the_same_query_gives_the_same_hits(store: Store) -> None:
    embedder = RehearsalEmbedder()
    embed(store, embedder)
    retriever = Retriever(store, embedder)
    query = Query("month of the coming year", top_k=3)
    first = retriever.search(query)
    assert len(first) == 3
    assert first == retriever.search(query) == Retriever(store, embedder).search(query)
    assert retriever.search(replace(query, top_k=2)) == first[:2]


class _Contrarian:
    """Ranks the shortest text first."""

    model_id = "contrarian"

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([-len(text) for text in texts], np.float32)


def test_a_reranker_decides_the_order(store: Store) -> None:
    query = Query("month year water")
    plain, reranked = Retriever(store).search(query), Retriever(store, None, _Contrarian()).search(query)
    assert set(paths(reranked)) == set(paths(plain)) != set()
    lengths = [len(hit.chunk.embedded_text) for hit in reranked]
    assert lengths == sorted(lengths)
    assert [hit.score for hit in reranked] == sorted((hit.score for hit in reranked), reverse=True)


def test_nothing_found_is_an_empty_answer(store: Store) -> None:
    assert Retriever(store).search(Query("xylophone")) == ()
    assert Retriever(store, None, _Contrarian()).search(Query("xylophone")) == ()
    assert Retriever(store).search(Query("?!")) == ()
