"""Every sign moves the confidence its own way; what is declined says why."""

from __future__ import annotations

import pytest

from copilot import judgement
from copilot.evidence import Passage, Wording
from indexer.document import Span
from tests.copilot.answering import hit

KNOWN = Wording((("scanner", 1.0), ("warranty", 1.0)), (), ())
UNHEARD = Wording((("scanner", 1.0), ("zeppelin", 1.0)), ("zeppelin",), ())
UNNAMED = Wording((("scanner", 1.0), ("siemens", 1.0)), ("siemens",), ("Siemens",))


def passage(similarity: float | None, coverage: float = 0.6) -> Passage:
    return Passage(hit("Some text."), Span(0, 10), "Some text.", coverage, similarity, similarity or 0.0)


NEAR = (passage(0.58), passage(0.50))
FAR = (passage(0.48), passage(0.47))


def confidence(yes: float = 0.8, found: tuple[Passage, ...] = NEAR, words: Wording = KNOWN) -> float:
    return judgement.judge(yes, found, words).confidence


def test_the_chance_of_yes_counts() -> None:
    assert confidence(0.95) > confidence(0.5) > confidence(0.05)


def test_a_near_passage_counts() -> None:
    assert confidence(found=NEAR) > confidence(found=FAR)


def test_unheard_words_count_and_unheard_names_count_more() -> None:
    assert confidence() > confidence(words=UNHEARD) > confidence(words=UNNAMED)


def test_a_cosine_does_not_decide_alone() -> None:
    assert confidence(0.02, (passage(0.99, 0.2),), UNHEARD) < judgement.THRESHOLD
    assert confidence(0.99, (passage(0.01, 1.0),)) > judgement.THRESHOLD


def test_without_an_embedder_words_and_the_model_decide() -> None:
    bare = (passage(None, 1.0), passage(None, 0.2), passage(None, 0.1))
    assert confidence(0.9, bare) > judgement.THRESHOLD > confidence(0.05, (passage(None, 0.0),) * 3)


def test_what_is_declined_names_what_nothing_mentions() -> None:
    verdict = judgement.judge(0.1, FAR, UNNAMED)
    assert not verdict.answerable
    assert "Siemens" in verdict.reason
    assert not judgement.quotable(verdict)


def test_an_answer_is_as_sure_as_its_weaker_part() -> None:
    verdict = judgement.judge(0.9, NEAR, KNOWN)
    assert judgement.sureness(verdict, None) == verdict.confidence
    assert judgement.sureness(verdict, -0.01) == verdict.confidence
    assert judgement.sureness(verdict, -2.0) == pytest.approx(0.1353, abs=1e-4)
