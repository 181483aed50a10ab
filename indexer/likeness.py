"""How a text answers the words of a query, seen closely: which of them it has, and whether its title is the query.

Looks at the few candidates whose text is at hand, where BM25 looked at everything. Which words a query has is told in
words.py, how much all this weighs in fusion.py.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.words import segment


def coverage(words: Sequence[str], texts: Sequence[str]) -> NDArray[np.float64]:
    """Which part of the query's words stands in each text, float64 [n] from 0 to 1, rare words counting more.

    How rare a word is, is judged from these texts alone. Words are looked up by their beginning, which finds their
    inflected forms without cutting each text into words.
    """
    if not words or not texts:
        return np.zeros(len(texts))
    folded = [text.casefold() for text in texts]
    has = np.array([[pattern.search(text) is not None for pattern in map(_pattern, words)] for text in folded])
    count = len(texts) + 1
    rarity = np.array([math.log(1 + count / (1 + found)) for found in has.sum(axis=0)])
    return np.asarray(has @ rarity / rarity.sum(), dtype=np.float64)


def closeness(words: Sequence[str], titles: Sequence[str]) -> float:
    """How nearly the query is one of these titles, headings or names: the best Jaccard similarity, 0 to 1."""
    wanted = frozenset(words)
    return max((len(wanted & having) / len(wanted | having) for having in map(_words, titles) if having), default=0.0)


def share(words: Sequence[str], title: str) -> float:
    """Which part of the query's words stands in `title`, 0 to 1."""
    return len(_words(title).intersection(words)) / len(words) if words else 0.0


@functools.lru_cache(maxsize=4096)
def _words(title: str) -> frozenset[str]:
    return frozenset(segment(title).split())


@functools.lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    """The word's beginning at the beginning of a word; in scripts without spaces, anywhere."""
    if not word.isascii():
        return re.compile(re.escape(word))
    stem = word[:-1] if len(word) > 3 and word.endswith("y") else word  # company, companies
    return re.compile(rf"(?<![a-z0-9]){re.escape(stem)}")
