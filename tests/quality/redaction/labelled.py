"""The labelled sentences, and how a redactor's findings are counted against them.

Every second sentence was held back while the rules were tuned: `held` tells which.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from copilot.privacy.finding import Finding
from copilot.privacy.memory import Memory
from copilot.privacy.redactor import Redactor, detectors_in_force
from indexer.document import Span

HERE = Path(__file__).parent
LANGUAGES = ("english", "chinese")
_MARK = re.compile(r"\{(?P<kind>[a-z_]+)\|(?P<text>[^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    expected: tuple[Finding, ...]
    language: str
    held: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Of one kind: what there was, what was found of it under its own name, what of it was replaced entirely under
    any name, what was found besides."""

    kind: str
    expected: int
    found: int
    covered: int
    besides: int

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.besides) if self.found + self.besides else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0

    @property
    def protection(self) -> float:
        return self.covered / self.expected if self.expected else 1.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One sentence after its test: what escaped, and what was found that is not private or not of that kind."""

    sentence: Sentence
    hits: tuple[Finding, ...]
    covered: tuple[Finding, ...]
    missed: tuple[Finding, ...]
    besides: tuple[Finding, ...]


def sentences(language: str) -> tuple[Sentence, ...]:
    lines = (HERE / f"{language}.txt").read_text("utf-8").splitlines()
    marked = [line for line in lines if line and not line.startswith("#")]
    return tuple(_read(line, language, number % 2 == 1) for number, line in enumerate(marked))


def _read(line: str, language: str, held: bool) -> Sentence:
    line = line.replace("¶", "\n")
    text, expected, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        expected.append(Finding(mark["kind"], Span(len(text), len(text) + len(mark["text"])), mark["text"]))
        text += mark["text"]
        at = mark.end()
    return Sentence(text + line[at:], tuple(expected), language, held)


def judged(sentence: Sentence) -> Outcome:
    """Each sentence is a conversation of its own. A hit is of the same kind and shares half of its characters."""
    found = Redactor(detectors_in_force(amounts=True, dates=True), Memory()).redact(sentence.text).findings
    hits = tuple(one for one in sentence.expected if any(_same(one, other) for other in found))
    covered = tuple(one for one in sentence.expected if _is_covered(one, found))
    missed = tuple(one for one in sentence.expected if one not in hits or one not in covered)
    besides = tuple(one for one in found if not any(_same(other, one) for other in sentence.expected))
    return Outcome(sentence, hits, covered, missed, besides)


def scores(outcomes: Iterable[Outcome]) -> tuple[Score, ...]:
    outcomes = tuple(outcomes)
    expected = Counter(one.kind for outcome in outcomes for one in outcome.sentence.expected)
    found = Counter(one.kind for outcome in outcomes for one in outcome.hits)
    covered = Counter(one.kind for outcome in outcomes for one in outcome.covered)
    besides = Counter(one.kind for outcome in outcomes for one in outcome.besides)
    kinds = sorted(expected | besides)
    rows = tuple(Score(kind, expected[kind], found[kind], covered[kind], besides[kind]) for kind in kinds)
    totals = (sum(c.values()) for c in (expected, found, covered, besides))
    return (*rows, Score("all", *totals))


def _same(one: Finding, other: Finding) -> bool:
    shared = min(one.span.end, other.span.end) - max(one.span.start, other.span.start)
    return one.kind == other.kind and 2 * shared >= max(len(one.span), len(other.span))


def _is_covered(one: Finding, found: Sequence[Finding]) -> bool:
    replaced = {i for other in found for i in range(other.span.start, other.span.end)}
    shown = range(one.span.start, one.span.end)
    return all(i in replaced for i, character in zip(shown, one.text, strict=True) if character.isalnum())
