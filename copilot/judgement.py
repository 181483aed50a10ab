"""Do the passages found hold the answer? One number from all signs, and a threshold measured beforehand.

The signs: the model's own chance of Yes; how far the best passage stands out in meaning from the run of what was
found; how many of the question's words it holds; how many words, and whether a name or number, of the question occur
in nothing that was found. Their weights were chosen on development questions only (docs/answering.md).

Decision: the best passage's cosine counts against the median of all passages found for the same question, not by
itself: the level of a cosine depends on the model and on the language, the distance hardly does."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.evidence import Passage, Wording

_CHANCE_WEIGHT = 0.5
_LEAD_WEIGHT = 25.0
_COVERAGE_WEIGHT = 2.0
_MISSING_WEIGHT = 1.5
_MISSING_NAME_WEIGHT = 2.5
_TYPICAL_CHANCE = 0.6
_TYPICAL_LEAD = 0.055
_TYPICAL_COVERAGE = 0.45
THRESHOLD = 0.5
QUOTING_THRESHOLD = 0.7


@dataclass(frozen=True, slots=True)
class Verdict:
    """`confidence` is the estimated chance that the passages hold the answer."""

    answerable: bool
    confidence: float
    reason: str


NOTHING_FOUND = Verdict(False, 0.0, "No passage in your files shares a word or a meaning with the question.")


def judge(yes: float, found: Sequence[Passage], shown: Sequence[Passage], words: Wording) -> Verdict:
    """`yes` is the model's chance of Yes against No over the passages `shown`, out of all that were `found`."""
    confidence = 1.0 / (1.0 + math.exp(-_signs(yes, found, shown, words)))
    if confidence >= THRESHOLD:
        return Verdict(True, confidence, f"The passages hold the answer with a confidence of {confidence:.2f}.")
    why = (
        f"The nearest passages do not seem to hold the answer (confidence {confidence:.2f}, {THRESHOLD:.2f} is needed)"
    )
    if words.missing:
        why += "; nothing that was found mentions " + ", ".join((words.missing_names or words.missing)[:3])
    return Verdict(False, confidence, why + ".")


def quotable(verdict: Verdict) -> bool:
    """Whether the best passage may stand for an answer in its own words."""
    return verdict.confidence >= QUOTING_THRESHOLD


def _signs(yes: float, found: Sequence[Passage], shown: Sequence[Passage], words: Wording) -> float:
    return (
        _CHANCE_WEIGHT * (_log_odds(yes) - _log_odds(_TYPICAL_CHANCE))
        + _LEAD_WEIGHT * (lead(found) - _TYPICAL_LEAD)
        + _COVERAGE_WEIGHT * (max(passage.coverage for passage in shown) - _TYPICAL_COVERAGE)
        - _MISSING_WEIGHT * words.missing_share
        - (_MISSING_NAME_WEIGHT if words.missing_names else 0.0)
    )


def lead(found: Sequence[Passage]) -> float:
    """How much nearer the best passage is than the median one; the typical lead where there is no embedder to tell."""
    cosines = [passage.similarity for passage in found if passage.similarity is not None]
    return max(cosines) - statistics.median(cosines) if len(cosines) > 2 else _TYPICAL_LEAD


def _log_odds(chance: float) -> float:
    clipped = min(max(chance, 1e-3), 1.0 - 1e-3)
    return math.log(clipped / (1.0 - clipped))
