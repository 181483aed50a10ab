"""Which of the texts found say the same: copies, and copies with a word changed. Pure; ranking is the retriever's.

Decision: two texts are near-copies when nearly all their runs of letters are shared AND their numbers are the same.
Forms, invoices and minutes share almost every word and differ in one amount or date, and that one is looked for.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

SHARED = 0.85
"""Jaccard similarity of the sets of runs from which on two texts are near-copies (Broder, 1997)."""
_RUN = 4
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Group:
    """Positions in the ranking: the first of a group stands for its copies."""

    kept: int
    copies: tuple[int, ...]


class _Print:
    """What a text is compared by. The runs are cut only when the cheap comparisons leave a doubt."""

    def __init__(self, text: str) -> None:
        self.letters = "".join(text.casefold().split())
        self.numbers = sorted(_NUMBER.findall(self.letters))

    @functools.cached_property
    def runs(self) -> frozenset[str]:
        letters = self.letters
        return frozenset(letters[start : start + _RUN] for start in range(max(1, len(letters) - _RUN + 1)))


def collapse(texts: Sequence[str], limit: int) -> tuple[Group, ...]:
    """Group a ranking of texts, best first; at most `limit` groups, and nothing after the last is looked at."""
    prints: list[_Print] = []
    groups: list[tuple[int, list[int]]] = []
    for position, text in enumerate(texts):
        candidate = _Print(text)
        same = next((number for number, seen in enumerate(prints) if _alike(seen, candidate)), None)
        if same is not None:
            groups[same][1].append(position)
        elif len(groups) < limit:
            prints.append(candidate)
            groups.append((position, []))
        else:
            break
    return tuple(Group(kept, tuple(copies)) for kept, copies in groups)


def _alike(one: _Print, other: _Print) -> bool:
    if one.letters == other.letters:
        return True
    shorter, longer = sorted((len(one.letters), len(other.letters)))
    if shorter < SHARED * longer or one.numbers != other.numbers:
        return False
    shared = len(one.runs & other.runs)
    return shared >= SHARED * (len(one.runs) + len(other.runs) - shared)
