"""64 questions, each with a file that answers it, in which every private value is labelled by hand.

Three lines a case: `Q:` the question, `A:` what a right answer holds (any of several, parted by `|`), `T:` the file. A
private value is written `{kind|value}`. They were written apart from the redactor's rules, and the rules were not tuned
on them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("english", "chinese")
OPTIONAL = ("amount", "date")
"""Kinds that are replaced only when a setting or the sketch asks for it."""
_MARK = re.compile(r"\{(?P<kind>[a-z_]+)\|(?P<text>[^{}]*)\}")
_CASE = re.compile(r"^Q: (.+)\nA: (.+)\nT: (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Private:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """`gold`: one of these stands in a right answer. `private`: the values of question and file."""

    language: str
    question: str
    gold: tuple[str, ...]
    text: str
    private: tuple[Private, ...]


def cases() -> tuple[Case, ...]:
    return tuple(case for language in LANGUAGES for case in _read(language))


def _read(language: str) -> list[Case]:
    found = _CASE.findall((HERE / f"{language}.txt").read_text("utf-8"))
    return [
        Case(
            language,
            _MARK.sub(r"\g<text>", question),
            tuple(part.strip() for part in gold.split("|")),
            _MARK.sub(r"\g<text>", text),
            tuple(dict.fromkeys(Private(*match) for match in _MARK.findall(f"{question}\n{text}"))),
        )
        for question, gold, text in found
    ]
