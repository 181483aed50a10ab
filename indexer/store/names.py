"""Files by their names alone, as fast as keys are pressed: every name in one string in memory, newest file first.

Decision: not the words index. It knows whole words and files with text only; what is typed into a small bar is the
beginning or the middle of a name, and the file may be a picture. 100,000 names are 4 MB, and `str.find` runs through
them in a millisecond.
"""

from __future__ import annotations

import time
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import apsw

from indexer.store.catalog import file_name

_LONG = 5_000
"""Names from which on the list is made in the background: making it takes some 3 us a name."""
_FRESH_SECONDS = 5.0
"""So long a long list is good enough while files are being read."""
_LOOKED_AT = 2_000
"""Names of a kind that are compared at most: the newest."""


class NameList:
    """As it was when it was made. Thread-safe; `generation` counts changes of the library."""

    def __init__(self) -> None:
        self._generation = -1
        self._made = 0.0
        self._state: tuple[str, list[int], list[int]] = ("\n", [], [])
        """All names between line breaks; where each begins; the id of its file."""

    @property
    def is_long(self) -> bool:
        return len(self._state[2]) > _LONG

    def is_due(self, generation: int) -> bool:
        """Whether it is older than the library, and, if long, than a moment."""
        if generation == self._generation:
            return False
        return not self.is_long or time.monotonic() - self._made > _FRESH_SECONDS

    def make(self, connection: apsw.Connection, generation: int) -> None:
        rows: Iterable[tuple[Any, ...]] = connection.execute("SELECT id, path FROM files ORDER BY modified_ns DESC, id")
        starts: list[int] = []
        files: list[int] = []
        names: list[str] = []
        at = 1
        for file, path in rows:
            name = folded(file_name(path)).replace("\n", " ")
            starts.append(at)
            files.append(file)
            names.append(name)
            at += len(name) + 1
        self._state = ("\n" + "\n".join(names) + "\n", starts, files)
        self._generation, self._made = generation, time.monotonic()

    def find(self, text: str, k: int) -> tuple[list[int], int]:
        """Ids of up to `k` files whose name has every word of `text`, best first, and how many were found.

        Best is a name that begins with it, then one that has a word that does, then any; newest first in each.
        """
        words = folded(text).split()
        if not words:
            return [], 0
        names, starts, files = self._state
        ranked = dict.fromkeys((bisect_right(starts, at + 1) - 1 for at in _places(names, "\n" + " ".join(words))), 0)
        rarest = min(words, key=names.count) if len(words) > 1 else words[0]
        others = [word for word in words if word != rarest]
        for at in _places(names, rarest):
            number = bisect_right(starts, at) - 1
            if number in ranked or (others and not _has_all(names, starts[number], others)):
                continue
            ranked[number] = 2 if names[at - 1].isalnum() else 1
        best = sorted(ranked, key=lambda number: (ranked[number], number))
        return [files[number] for number in best[:k]], len(best)


def _has_all(names: str, start: int, words: Sequence[str]) -> bool:
    name = names[start : names.index("\n", start)]
    return all(word in name for word in words)


def folded(text: str) -> str:
    """For comparing: width and case don't matter."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _places(names: str, wanted: str) -> Iterator[int]:
    at = -1
    for _ in range(_LOOKED_AT):
        at = names.find(wanted, at + 1)
        if at < 0:
            return
        yield at
