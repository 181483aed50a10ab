"""Kinds of evidence -> one score. Pure arithmetic: no store, no text, no model.

Decision: a convex combination of scores (Bruch, Gai and Ingber, 2023, "An Analysis of Fusion Functions for Hybrid
Retrieval"), not reciprocal ranks. It keeps how far ahead a hit is, which ranks throw away; figures in docs/quality.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about the candidates of one query: parallel arrays, float64 [n]."""

    words: NDArray[np.float64]
    """BM25 scores, 0 for a candidate that the words did not find."""
    similarities: NDArray[np.float64]
    """Cosines, NaN where a candidate has no vector."""
    names: NDArray[np.float64]
    """Which share of the query's words stand in the file's name, 0 to 1."""
    titles: NDArray[np.float64]
    """The same for title and headings."""


@dataclass(frozen=True, slots=True)
class Weights:
    words: float = 1.0
    similarities: float = 1.0
    names: float = 0.2
    titles: float = 0.2


WEIGHTS = Weights()


def combine(evidence: Evidence, weights: Weights = WEIGHTS) -> NDArray[np.float64]:
    """One score for each candidate, float64 [n], higher is better.

    BM25 and cosines are spread over 0..1 within this answer. A candidate without a vector counts as an average one: its
    text is newer than the embedding, which says nothing against it.
    """
    return (
        weights.words * _from_zero(evidence.words)
        + weights.similarities * _from_least(evidence.similarities)
        + weights.names * evidence.names
        + weights.titles * evidence.titles
    )


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
    filled: NDArray[np.float64] = np.where(np.isnan(scores), known.mean(), scores)
    return (filled - known.min()) / spread
