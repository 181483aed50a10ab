"""Texts of unequal length into batches that waste little: what every encoder (embedder, reranker) does before its
model.

Pure: token ids in, arrays out. Running them is the engines' work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

_STEP = 8
"""Lengths are rounded up to a multiple of this, so that a model meets fewer shapes and prepares itself for fewer."""


def plan(lengths: Sequence[int], token_budget: int, most: int) -> Iterator[tuple[int, ...]]:
    """Indices of `lengths` in batches, longest first: at most `most` texts and, padding counted, `token_budget` tokens
    each.

    A text longer than the budget is a batch of its own. The longest go first so that the last batches, which decide
    how long some cores idle at the end, are the shortest.
    """
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and (len(batch) == most or (len(batch) + 1) * _rounded(lengths[batch[0]]) > token_budget):
            yield tuple(batch)
            batch = []
        batch.append(index)
    if batch:
        yield tuple(batch)


def pad(
    rows: Sequence[Sequence[int]], padding: int, width: int | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token ids and attention mask, int64 [len(rows), width]; `width` is that of the longest row when it is not
    given.
    """
    wide = width or _rounded(max(len(row) for row in rows))
    ids = np.full((len(rows), wide), padding, dtype=np.int64)
    mask = np.zeros((len(rows), wide), dtype=np.int64)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return ids, mask


def _rounded(length: int) -> int:
    return -(-length // _STEP) * _STEP
