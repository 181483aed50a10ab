"""Known words in a text: the person's own list, names out of their mail, what this conversation replaced before.

A phrase is found as it was given, in capitals, and with capitals where it has none; not inside a longer word.
"""

from __future__ import annotations

from collections.abc import Iterable

from copilot.privacy.finding import Finding
from indexer.document import Span


class Phrases:
    """A Detector of one kind that finds any of many phrases; time grows with the text, hardly with the phrases."""

    RANK = 50

    def __init__(self, kind: str, phrases: Iterable[str]) -> None:
        self.KIND = kind
        self._by_head: dict[str, list[str]] = {}
        for phrase in sorted({p.strip() for p in phrases if len(p.strip()) > 1}, key=lambda p: (-len(p), p)):
            self._by_head.setdefault(_folded(phrase)[:2], []).append(phrase)

    def find(self, text: str) -> tuple[Finding, ...]:
        found: list[Finding] = []
        if not self._by_head:
            return ()
        folded, end = _folded(text), 0
        for start in range(len(text) - 1):
            if start < end or (heads := self._by_head.get(folded[start : start + 2])) is None:
                continue
            for phrase in heads:
                stop = start + len(phrase)
                if folded.startswith(_folded(phrase), start) and stands_alone(text, start, stop):
                    surface = text[start:stop]
                    # Plain words in lower case, such as "hope", are no names.
                    if surface == phrase or surface.isupper() or not surface.islower():
                        found.append(Finding(self.KIND, Span(start, stop), surface))
                        end = stop
                        break
        return tuple(found)


def _folded(text: str) -> str:
    """Lower case, as long as that keeps every character in its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def stands_alone(text: str, start: int, stop: int) -> bool:
    """Whether `text[start:stop]` is no piece of a longer word."""
    return not (
        (start and _joins(text[start - 1], text[start])) or (stop < len(text) and _joins(text[stop - 1], text[stop]))
    )


def _joins(left: str, right: str) -> bool:
    """Whether two neighbours belong to one word: letters and digits do, Chinese characters have no such border."""
    return left.isalnum() and right.isalnum() and not (_is_wide(left) or _is_wide(right))


def _is_wide(character: str) -> bool:
    return "\u2e80" <= character <= "\uffef"
