"""How good a ranking of files is for one question, and the mean over many.

A question has one right file, or several of which each answers it: only the first right file in the ranking counts.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over `questions`, each 0..1: nDCG@10 with binary gain, share answered in the first 5, reciprocal rank."""

    questions: int
    ndcg10: float
    recall5: float
    mrr: float


def first_right(ranking: Sequence[str], gold: Collection[str]) -> int | None:
    """Rank of the first right file, from 1."""
    return next((rank for rank, path in enumerate(ranking, start=1) if path in gold), None)


def mean(ranks: Sequence[int | None]) -> Measures:
    count = max(1, len(ranks))
    found = [rank for rank in ranks if rank is not None]
    return Measures(
        len(ranks),
        sum(1 / math.log2(rank + 1) for rank in found if rank <= 10) / count,
        sum(rank <= 5 for rank in found) / count,
        sum(1 / rank for rank in found) / count,
    )
