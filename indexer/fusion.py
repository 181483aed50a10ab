"""Kinds of evidence -> one score. Pure arithmetic: no store, no text, no model.

Decision: a convex combination of scores (Bruch, Gai and Ingber, 2023, "An Analysis of Fusion Functions for Hybrid
Retrieval"), not reciprocal ranks. It keeps how far ahead a hit is, which ranks throw away.

Decision: how many of the query's words a text has counts beside BM25. Vectors answer paraphrases best with a large
share, but with that share alone a query for one rare word is lost among look-alikes: on Chinese queries of that kind
nDCG@10 fell from 1.00 to 0.38; with coverage it is 0.99, and natural questions gain a little as well.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_WORDS = 0.3
_VECTORS = 0.7
_COVERAGE = 0.7
_CLOSENESS = 0.5


def combine(words: NDArray[np.float64], similarities: NDArray[np.float64]) -> NDArray[np.float64]:
    """One score for each candidate, float64 [n], 0 to 1.

    `words` are BM25 scores, 0 for a candidate that the words did not find; `similarities` are cosines, NaN where a
    candidate has no vector. Both are spread over 0..1 within this answer. A candidate without a vector counts as an
    average one: its text is newer than the embedding, which says nothing against it.
    """
    return _WORDS * _from_zero(words) + _VECTORS * _from_least(similarities)


def lift(coverage: float, closeness: float) -> float:
    """What to add for the part of the query's words that a text has and for a title that is the query (likeness.py)."""
    return _COVERAGE * coverage + _CLOSENESS * closeness**2


def _from_zero(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    top = scores.max(initial=0.0)
    return scores / top if top > 0 else np.zeros_like(scores)


def _from_least(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    known = scores[~np.isnan(scores)]
    if not known.size:
        return np.zeros_like(scores)
    spread = known.max() - known.min()
    if not spread > 0:
        return np.ones_like(scores)
    spread_out: NDArray[np.float64] = (np.where(np.isnan(scores), known.mean(), scores) - known.min()) / spread
    return spread_out
