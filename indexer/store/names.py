"""Files by their names alone, as fast as keys are pressed: every name in one string in memory, newest file first.

Decision: not the words index. It knows whole words and files with text only; what is typed into a small bar is the
beginning or the middle of a name, and the file may be a picture. 100,000 names are 4 MB, and `str.find` runs through
them in a millisecond.
"""

from __future__ import annotations

import threading
import time
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

import apsw

from indexer.store.catalog import file_name

_FRESH_SECONDS = 5.0
"""So long a list is good enough while files are being read; building it takes 3 us a file."""
_LOOKED_AT = 4_000
"""Names of a kind that are compared at most: the newest."""


class NameList:
    """`generation` counts changes of the library; the list is made anew when it has grown, but not all the time."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._generation = -1
        self._made = 0.0
        self._names = "\n"
        self._starts: list[int] = []
        self._files: list[int] = []

    def find(self, connection: apsw.Connection, text: str, k: int, generation: int) -> tuple[list[int], int]:
        """Ids of up to `k` files whose name has every word of `text`, best first, and how many were found.

        Best is a name that begins with it, then one that has a word that does, then any; newest first in each.
        """
        words = sorted(folded(text).split(), key=len, reverse=True)
        if not words:
            return [], 0
        names, starts, files = self._list(connection, generation)
        ranked: dict[int, int] = {}
        first = folded(text).strip()
        for at in _places(names, "\n" + first):
            ranked.setdefault(bisect_right(starts, at + 1) - 1, 0)
        for at in _places(names, words[0]):
            number = bisect_right(starts, at) - 1
            if number in ranked:
                continue
            name = names[starts[number] : names.index("\n", starts[number])]
            if all(word in name for word in words[1:]):
                ranked[number] = 1 if not names[at - 1].isalnum() else 2
        best = sorted(ranked, key=lambda number: (ranked[number], number))
        return [files[number] for number in best[:k]], len(best)

    def _list(self, connection: apsw.Connection, generation: int) -> tuple[str, list[int], list[int]]:
        with self._turn:
            if generation != self._generation and time.monotonic() - self._made > _FRESH_SECONDS:
                self._make(connection)
                self._generation, self._made = generation, time.monotonic()
            return self._names, self._starts, self._files

    def _make(self, connection: apsw.Connection) -> None:
        rows: Iterable[tuple[Any, ...]] = connection.execute("SELECT id, path FROM files ORDER BY modified_ns DESC, id")
        starts, files, names = [], [], []
        at = 1
        for file, path in rows:
            name = folded(file_name(path)).replace("\n", " ")
            starts.append(at)
            files.append(file)
            names.append(name)
            at += len(name) + 1
        self._names = "\n" + "\n".join(names) + "\n"
        self._starts, self._files = starts, files


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
