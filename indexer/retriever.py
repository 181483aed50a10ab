"""The story of a query: words, vectors and names each give their best, one ranking comes out, copies fall together.

How scores are weighed is told in fusion.py, what a copy is in duplicates.py, how a typed line becomes a Query in
query_parser.py. Neighbouring chunks and quotes are the assistant's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.duplicates import collapse
from indexer.fusion import Evidence, combine
from indexer.ports import Embedder, Reranker
from indexer.query import FoundBy, Hit, Query
from indexer.store.library import Store
from indexer.store.records import StoredChunk
from indexer.words import query_words, segment

_POOL = 60
"""Candidates asked from words and from vectors each; more when more hits are wanted."""
_NAMES = 10
"""File names looked at."""
_RERANKED = 20
"""Candidates that a reranker reads."""


@dataclass(frozen=True, slots=True)
class _Candidates:
    """What was found for one query; the arrays in `evidence` run parallel to `chunks`."""

    chunks: tuple[StoredChunk, ...]
    evidence: Evidence
    by_vectors: frozenset[int]


class Retriever:
    """Answers queries from one store. Without an embedder, or while its model is not the active one, words decide."""

    def __init__(self, store: Store, embedder: Embedder | None = None, reranker: Reranker | None = None) -> None:
        self._store = store
        self._embedder = embedder
        self._reranker = reranker

    def search(self, query: Query) -> tuple[Hit, ...]:
        """At most `query.top_k` hits, best first; the same query over the same store gives the same hits.

        A query of filters alone lists the matching files, last changed first; those hits say `found_by` nothing.
        Raises what the store and the models raise.
        """
        if not query.text.strip():
            return self._listed(query)
        candidates = self._gather(query)
        scores = combine(candidates.evidence)
        order = _ordered(scores, candidates.chunks)
        if self._reranker is not None and order:
            scores = self._reranked(query.text, candidates.chunks, scores, order[:_RERANKED])
            order = _ordered(scores, candidates.chunks)
        return _hits(candidates, scores, order, query.top_k)

    def _listed(self, query: Query) -> tuple[Hit, ...]:
        when = dict(self._store.newest_files(query.top_k, query.filter))
        chunks = self._store.chunk_hits(tuple(when))
        return tuple(_hit(stored, when[stored.id], rank, ()) for rank, stored in enumerate(chunks, start=1))

    def _gather(self, query: Query) -> _Candidates:
        pool = max(_POOL, 4 * query.top_k)
        words = query_words(query.text)
        vector = self._query_vector(query.text)
        by_words = dict(self._store.search_words(words, pool, query.filter))
        by_vectors = {} if vector is None else dict(self._store.search_vectors(vector, pool, query.filter))
        by_name = dict(self._store.search_names(words, _NAMES, query.filter))
        chunks = self._store.chunk_hits(tuple(dict.fromkeys((*by_words, *by_vectors, *by_name))))
        ids = tuple(chunk.id for chunk in chunks)
        evidence = Evidence(
            words=np.array([by_words.get(chunk_id, 0.0) for chunk_id in ids]),
            similarities=self._similarities(ids, by_vectors, vector),
            names=np.array([_share(words, _file_name(chunk.path)) for chunk in chunks]),
            titles=np.array([_share(words, chunk.chunk.context) for chunk in chunks]),
        )
        return _Candidates(chunks, evidence, frozenset(by_vectors))

    def _query_vector(self, text: str) -> NDArray[np.float32] | None:
        """None when there is no embedder, or the store's vectors are of another model: those never meet."""
        if self._embedder is None or self._store.active_model() != self._embedder.model_id:
            return None
        return self._embedder.embed_query(text)

    def _similarities(
        self, ids: Sequence[int], known: dict[int, float], vector: NDArray[np.float32] | None
    ) -> NDArray[np.float64]:
        """Cosine of each chunk to the query, NaN where one of the two has no vector."""
        found = np.array([known.get(chunk_id, np.nan) for chunk_id in ids], dtype=np.float64)
        missing = np.flatnonzero(np.isnan(found))
        if vector is None or not missing.size:
            return found
        rows = self._store.vectors_of([ids[place] for place in missing.tolist()])
        found[missing] = np.where(rows.any(axis=1), rows @ vector, np.nan)
        return found

    def _reranked(
        self, text: str, chunks: Sequence[StoredChunk], scores: NDArray[np.float64], head: Sequence[int]
    ) -> NDArray[np.float64]:
        """Scores in which the `head` follows the reranker's judgement and stays above the rest."""
        assert self._reranker is not None
        judged = self._reranker.score(text, [chunks[place].chunk.embedded_text for place in head]).astype(np.float64)
        reranked = scores.copy()
        reranked[list(head)] = judged - judged.min() + scores.max() + 1.0
        return reranked


def _ordered(scores: NDArray[np.float64], chunks: Sequence[StoredChunk]) -> list[int]:
    """Places from best to worst; equal scores in the order of the library."""
    return sorted(range(len(chunks)), key=lambda place: (-scores[place], chunks[place].id))


def _share(words: Sequence[str], text: str) -> float:
    """Which part of the query's words stand in `text`."""
    return len(frozenset(words).intersection(segment(text).split())) / len(words) if words else 0.0


def _hits(candidates: _Candidates, scores: NDArray[np.float64], order: Sequence[int], top_k: int) -> tuple[Hit, ...]:
    groups = collapse([candidates.chunks[place].chunk.text for place in order], top_k)
    hits = []
    for rank, group in enumerate(groups, start=1):
        place = order[group.kept]
        stored = candidates.chunks[place]
        similarity = float(candidates.evidence.similarities[place])
        copies = (candidates.chunks[order[copy]].path for copy in group.copies)
        hits.append(
            _hit(
                stored,
                float(scores[place]),
                rank,
                _found_by(candidates, place),
                None if np.isnan(similarity) else similarity,
                tuple(dict.fromkeys(path for path in copies if path != stored.path)),
            )
        )
    return tuple(hits)


def _found_by(candidates: _Candidates, place: int) -> tuple[FoundBy, ...]:
    evidence = candidates.evidence
    by = {
        FoundBy.WORDS: evidence.words[place] > 0,
        FoundBy.VECTORS: candidates.chunks[place].id in candidates.by_vectors,
        FoundBy.NAME: evidence.names[place] > 0,
    }
    return tuple(kind for kind, found in by.items() if found)


def _hit(
    stored: StoredChunk,
    score: float,
    rank: int,
    found_by: tuple[FoundBy, ...],
    similarity: float | None = None,
    also_at: tuple[str, ...] = (),
) -> Hit:
    return Hit(
        chunk_id=stored.id,
        path=stored.path,
        title=stored.title,
        format_id=stored.format_id,
        modified_ns=stored.modified_ns,
        chunk=stored.chunk,
        score=score,
        rank=rank,
        found_by=found_by,
        similarity=similarity,
        also_at=also_at,
    )


def _file_name(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]
