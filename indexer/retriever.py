"""The story of a query: words, vectors and names each give their best, one ranking comes out, copies fall together.

How scores are weighed is told in fusion.py, what a copy is in duplicates.py, how a typed line becomes a Query in
query_parser.py. Neighbouring chunks and quotes are the assistant's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.centering import centered
from indexer.duplicates import collapse
from indexer.fusion import combine, lift
from indexer.likeness import closeness, coverage, share
from indexer.ports import Embedder, Reranker
from indexer.query import FoundBy, Hit, Query
from indexer.store.library import Store
from indexer.store.records import StoredChunk
from indexer.words import query_words

_POOL = 60
"""Candidates asked from words and from vectors each; more when more hits are wanted."""
_SHORTLIST = 40
"""Candidates whose text is read: the best by words and vectors, and those that were found by name."""
_NAMES = 5
"""Files found by name."""
_NAMED = 0.5
"""The part of the query's words that a file's name must have for the name to have found it."""
_RERANKED = 20
"""Candidates that a reranker reads."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Chunk ids found for one query, each once, with what is known before any text is read; arrays run parallel."""

    ids: tuple[int, ...]
    words: NDArray[np.float64]
    similarities: NDArray[np.float64]
    """Cosine to the query as the embedder gave it, NaN where there is no vector."""
    scores: NDArray[np.float64]
    by_vectors: frozenset[int]
    by_name: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Candidate:
    stored: StoredChunk
    score: float
    found_by: tuple[FoundBy, ...]
    similarity: float | None


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
        words = query_words(query.text)
        candidates = self._read(query, words, self._find(query, words))
        if self._reranker is not None and candidates:
            candidates = self._reranked(query.text, candidates)
        return _hits(candidates, query.top_k)

    def _listed(self, query: Query) -> tuple[Hit, ...]:
        when = dict(self._store.newest_files(query.top_k, query.filter))
        chunks = self._store.chunk_hits(tuple(when))
        return tuple(_hit(stored, when[stored.id], rank, ()) for rank, stored in enumerate(chunks, start=1))

    def _find(self, query: Query, words: tuple[str, ...]) -> _Found:
        pool = max(_POOL, 4 * query.top_k)
        vector = self._query_vector(query.text)
        by_words = dict(self._store.search_words(words, pool, query.filter))
        by_name = dict(self._store.search_names(words, _NAMES, query.filter))
        by_vectors: frozenset[int] = frozenset()
        if vector is not None:
            assert self._embedder is not None
            searched = centered(self._embedder, query.text, vector)
            by_vectors = frozenset(dict(self._store.search_vectors(searched, pool, query.filter)))
        ids = tuple(dict.fromkeys((*by_words, *sorted(by_vectors), *by_name)))
        nothing = np.full(len(ids), np.nan)
        similarities, centred = nothing, nothing
        if vector is not None and ids:
            rows = self._store.vectors_of(ids)
            known = rows.any(axis=1)
            similarities = np.where(known, rows @ vector, np.nan)
            centred = np.where(known, rows @ searched, np.nan)
        bm25 = np.array([by_words.get(chunk_id, 0.0) for chunk_id in ids])
        return _Found(ids, bm25, similarities, combine(bm25, centred), by_vectors, frozenset(by_name))

    def _query_vector(self, text: str) -> NDArray[np.float32] | None:
        """None when there is no embedder, or the store's vectors are of another model: those never meet."""
        if self._embedder is None or self._store.active_model() != self._embedder.model_id:
            return None
        return self._embedder.embed_query(text)

    def _read(self, query: Query, words: tuple[str, ...], found: _Found) -> list[_Candidate]:
        """The shortlist with its text, best first."""
        scores = found.scores
        best = sorted(range(len(found.ids)), key=lambda place: (-scores[place], found.ids[place]))
        length = max(_SHORTLIST, 3 * query.top_k)
        places = {
            found.ids[place]: place
            for rank, place in enumerate(best)
            if rank < length or found.ids[place] in found.by_name
        }
        chunks = self._store.chunk_hits(tuple(places))
        names = [_file_name(stored.path) for stored in chunks]
        covered = coverage(
            words, [f"{name}\n{each.chunk.embedded_text}" for name, each in zip(names, chunks, strict=True)]
        )
        candidates = []
        for stored, name, part in zip(chunks, names, covered, strict=True):
            place = places[stored.id]
            close = closeness(words, (stored.title, *stored.chunk.heading, name.rpartition(".")[0]))
            similarity = float(found.similarities[place])
            kinds = (
                (FoundBy.WORDS, found.words[place] > 0),
                (FoundBy.VECTORS, stored.id in found.by_vectors),
                (FoundBy.NAME, share(words, name) >= _NAMED),
            )
            candidates.append(
                _Candidate(
                    stored,
                    score=float(scores[place]) + lift(float(part), close),
                    found_by=tuple(kind for kind, so in kinds if so),
                    similarity=None if np.isnan(similarity) else similarity,
                )
            )
        return _ordered(candidates)

    def _reranked(self, text: str, candidates: Sequence[_Candidate]) -> list[_Candidate]:
        """The head of the list in the reranker's order, above the rest."""
        assert self._reranker is not None
        head, tail = candidates[:_RERANKED], candidates[_RERANKED:]
        judged = self._reranker.score(text, [each.stored.chunk.embedded_text for each in head])
        above = candidates[0].score + 1.0 - float(judged.min())
        return _ordered(
            [*(replace(each, score=float(score) + above) for each, score in zip(head, judged, strict=True)), *tail]
        )


def _ordered(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """From best to worst; equal scores in the order of the library."""
    return sorted(candidates, key=lambda each: (-each.score, each.stored.id))


def _hits(candidates: Sequence[_Candidate], top_k: int) -> tuple[Hit, ...]:
    hits = []
    groups = collapse([each.stored.chunk.text for each in candidates], top_k)
    for rank, group in enumerate(groups, start=1):
        kept = candidates[group.kept]
        copies = (candidates[copy].stored.path for copy in group.copies)
        also_at = tuple(dict.fromkeys(path for path in copies if path != kept.stored.path))
        hits.append(_hit(kept.stored, kept.score, rank, kept.found_by, kept.similarity, also_at))
    return tuple(hits)


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
