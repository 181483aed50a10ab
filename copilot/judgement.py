"""Do the passages found hold the answer? One number from all signs, and a threshold.

The signs: the model's own chance of Yes; the cosine between the question and the best passage; how many of the
question's words that passage holds; how many words, and whether a name or number, of the question occur in nothing
that was found. Weights and threshold come from the development questions; docs/answering.md has how weights fitted to
all signs at once compare (no better when judged on questions they were not fitted to).

Decision: the absolute cosine, although its level belongs to one embedder (multilingual-e5-small, centred): it told
answerable from unanswerable questions far better than its distance to the other passages' did. What it may say is
limited, so that an embedder with another level does not decide alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.evidence import Passage, Wording

_CHANCE_WEIGHT = 0.8
_COSINE_WEIGHT = 23.8
_COVERAGE_WEIGHT = 3.5
_MISSING_WEIGHT = 1.5
_MISSING_NAME_WEIGHT = 1.1
_EVEN_CHANCE = 0.79
"""A chance of Yes that speaks neither way: the small model says Yes too readily."""
_EVEN_COSINE = 0.53
_EVEN_COVERAGE = 0.48
_COSINE_LIMIT = 2.5
"""The most that a cosine adds or takes away."""
THRESHOLD = 0.4
"""Set on the development questions (docs/answering.md): anywhere from 0.3 to 0.65 refuses as many without an answer."""
QUOTING_THRESHOLD = 0.7


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against the passages shown. `missing_name`: a name or number of the question is nowhere."""

    yes: float
    similarity: float | None
    coverage: float
    missing_share: float
    missing_name: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """`confidence` is the estimated chance that the passages hold the answer."""

    answerable: bool
    confidence: float
    reason: str


NOTHING_FOUND = Verdict(False, 0.0, "No passage in your files shares a word or a meaning with the question.")


def judge(yes: float, shown: Sequence[Passage], words: Wording) -> Verdict:
    """`yes` is the model's chance of Yes against No over the passages `shown`, best first."""
    confidence = chance(signs(yes, shown, words))
    if confidence >= THRESHOLD:
        return Verdict(True, confidence, f"The passages hold the answer with a confidence of {confidence:.2f}.")
    why = (
        f"The nearest passages do not seem to hold the answer (confidence {confidence:.2f}, {THRESHOLD:.2f} is needed)"
    )
    if words.missing:
        why += "; nothing that was found mentions " + ", ".join((words.missing_names or words.missing)[:3])
    return Verdict(False, confidence, why + ".")


def sureness(verdict: Verdict, log_probability: float | None) -> float:
    """How far an answer in the model's words is to be trusted, 0 to 1: as far as its weaker part, evidence or wording.
    `log_probability` is the mean natural logarithm over the words written, where the engine tells."""
    return verdict.confidence if log_probability is None else min(verdict.confidence, math.exp(log_probability))


def quotable(verdict: Verdict) -> bool:
    """Whether the best passage may stand for an answer in its own words."""
    return verdict.confidence >= QUOTING_THRESHOLD


def signs(yes: float, shown: Sequence[Passage], words: Wording) -> Signs:
    """The signs of the `shown` passages; those of the nearest count for all."""
    best = shown[0]
    return Signs(yes, best.similarity, best.coverage, words.missing_share, bool(words.missing_names))


def chance(of: Signs) -> float:
    """The estimated chance that the passages hold the answer, 0 to 1."""
    nearness = 0.0 if of.similarity is None else _COSINE_WEIGHT * (of.similarity - _EVEN_COSINE)
    total = (
        _CHANCE_WEIGHT * (_log_odds(of.yes) - _log_odds(_EVEN_CHANCE))
        + max(-_COSINE_LIMIT, min(_COSINE_LIMIT, nearness))
        + _COVERAGE_WEIGHT * (of.coverage - _EVEN_COVERAGE)
        - _MISSING_WEIGHT * of.missing_share
        - (_MISSING_NAME_WEIGHT if of.missing_name else 0.0)
    )
    return 1.0 / (1.0 + math.exp(-total))


def _log_odds(chance: float) -> float:
    clipped = min(max(chance, 1e-3), 1.0 - 1e-3)
    return math.log(clipped / (1.0 - clipped))
