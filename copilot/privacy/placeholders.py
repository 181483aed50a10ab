"""The words that stand in for private data: how they are written, and how they are known again in any text.

`Person A`, `Phone 1`, `人员A`. Beside a letter or digit a placeholder is written in brackets, ⟨Phone 1⟩, so that it is
known again whatever stands around it. A model may write one a little differently: `PERSON A`, `person  A`, `人员 A`.
Which of them were given out, and for what, is memory.py's.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from copilot.privacy.detectors import kinds
from copilot.privacy.finding import CJK, Naming

OWN_WORDS = "term"
"""The kind of what the person listed or added without saying what it is."""

OPEN, CLOSE = "⟨", "⟩"
_LABEL = r"[A-HJ-Z]{1,3}(?:[2-9]|[1-9][0-9])?|[1-9][0-9]{0,3}"
_GAP = "[ \u00a0_-]{0,2}"
LONGEST = 40
"""No placeholder has more characters, however it is varied."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One in a text: where, and which. `kind` and `label` name it in any language and spelling."""

    start: int
    end: int
    kind: str
    label: str


@functools.cache
def namings() -> dict[str, Naming]:
    return {kind.KIND: kind.NAMING for kind in kinds()} | {OWN_WORDS: Naming("Term", "词语")}


@functools.cache
def _kind_by_word() -> dict[str, str]:
    return {word.lower(): kind for kind, names in namings().items() for word in (names.english, names.chinese)}


@functools.cache
def _words() -> tuple[str, ...]:
    """Every spelling of every word, longest first."""
    spellings = {
        spelling
        for names in namings().values()
        for spelling in (names.english, names.english.lower(), names.english.upper(), names.chinese)
    }
    return tuple(sorted(spellings, key=lambda word: (-len(word), word)))


@functools.cache
def _pattern() -> re.Pattern[str]:
    # "I" is no label: "the person I met" would be one. What stands before is looked at outside, for speed.
    return re.compile(rf"({'|'.join(map(re.escape, _words()))}){_GAP}({_LABEL})(?![0-9A-Za-z])")


@functools.cache
def _beginning() -> re.Pattern[str]:
    """The end of a text that may be the beginning of a placeholder."""
    heads = "|".join(sorted({re.escape(word[:n]) for word in _words() for n in range(1, len(word))}))
    words = "|".join(map(re.escape, _words()))
    return re.compile(rf"(?:{OPEN}?(?:(?:{heads})|(?:{words}){_GAP}[A-Z]{{0,3}}[0-9]{{0,4}})|{OPEN})\Z")


def placeholders(text: str, start: int = 0) -> Iterator[Placeholder]:
    """All in `text` from `start` on, given out or not, in order."""
    for match in _pattern().finditer(text, start):
        first, last = match.span()
        if first and _is_wordy(text[first - 1]):
            continue
        if first > start and text[first - 1] == OPEN and text[last : last + 1] == CLOSE:
            first, last = first - 1, last + 1
        yield Placeholder(first, last, _kind_by_word()[match[1].lower()], match[2])


def beginning(text: str, start: int) -> int:
    """Where the end of `text` may be the beginning of a placeholder; its length where it can't."""
    found = _beginning().search(text, max(start, len(text) - LONGEST))
    return found.start() if found else len(text)


def spell(kind: str, label: str, *, chinese: bool) -> str:
    names = namings()[kind]
    return f"{names.chinese}{label}" if chinese else f"{names.english} {label}"


def fit(placeholder: str, left: str, right: str) -> str:
    """As it must be written between two neighbours, so that it is known again and nothing besides is taken for it."""
    crowded = _is_wordy(left[-1:]) or _is_wordy(right[:1]) or left.endswith(OPEN) or right.startswith(CLOSE)
    return f"{OPEN}{placeholder}{CLOSE}" if crowded else placeholder


def label_number(number: int, *, letters: bool) -> str:
    """The label with this number, from 0: A, B, … Z, AA or 1, 2, 3."""
    if not letters:
        return str(number + 1)
    alphabet = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
    label = alphabet[number % 25]
    while number >= 25:
        number = number // 25 - 1
        label = alphabet[number % 25] + label
    return label


def reads_chinese(text: str) -> bool:
    chinese = len(re.findall(f"[{CJK}]", text))
    return chinese > 0 and chinese * 3 >= len(re.findall("[A-Za-z]", text))


def _is_wordy(character: str) -> bool:
    return character.isascii() and character.isalnum()
