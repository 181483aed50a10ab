"""Shapes shared by the detectors' room: what a find is, how its kind is named in a redacted text, what a detector has.

What is found is told in detectors/, what becomes of it in redactor.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from indexer.document import Span

MASK = "\ufffc"
"""Stands where something was found before: no pattern matches it, so that nothing is found twice or across it."""

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Inside a character class: Chinese characters."""

NOT_AFTER_WORD = r"(?<![0-9A-Za-z])"
NOT_BEFORE_WORD = r"(?![0-9A-Za-z])"
"""Word borders that hold beside Chinese characters, too, where `\\b` sees none."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Private data in a text. `span` counts characters of that text; `replacement` is empty until it has one."""

    kind: str
    span: Span
    text: str
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a kind is called in a redacted text: `Person A` and `人员A`, or `Phone 1` and `电话1`."""

    english: str
    chinese: str
    letters: bool = False


class Detector(Protocol):
    """A module of the room, or an object that knows words of its own."""

    KIND: str
    RANK: int
    """Of two finds of the same length the one with the lower rank stays: what has a checksum before what has none."""

    def find(self, text: str) -> tuple[Finding, ...]:
        """What of this kind stands in `text`, in order. Overlaps are settled by the redactor."""
        ...


class KindOfData(Detector, Protocol):
    """What every module of the room offers besides."""

    NAMING: Naming
    OPTIONAL: bool
    """Only looked for when the settings ask for it."""


def finding(kind: str, text: str, start: int, end: int) -> Finding:
    """`text[start:end]` without the white space at its ends."""
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    return Finding(kind, Span(start, max(start, end)), text[start:end])


def findings_of(kind: str, text: str, patterns: Iterable[re.Pattern[str]]) -> tuple[Finding, ...]:
    """Every match of every pattern: its group `it` where the pattern has one, else the whole."""
    return tuple(
        finding(kind, text, *match.span("it" if "it" in pattern.groupindex else 0))
        for pattern in patterns
        for match in pattern.finditer(text)
    )


def before(text: str, start: int, length: int = 40) -> str:
    """What stands before a place, on its own line or the end of the line above: the context words are looked for here.

    A mask counts as one character, whatever stood there.
    """
    return text[max(0, start - length) : start]
