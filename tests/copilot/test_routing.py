"""The cloud is offered for what the files did not settle, and for nothing else."""

from __future__ import annotations

import pytest

from copilot.conversation import Answer, Citation, Origin, Seconds, Statement, Support, Tokens
from copilot.routing import OFFER_BELOW, Way, route, why_offer
from copilot.settings.schema import Settings
from indexer.document import Span

ASKED = "How long is the warranty?"
PASSAGE = Citation(1, "/files/x.txt", "X200 manual", None, None, None, None, None, "", Span(0, 4), "text")


def answer(found: bool = True, confidence: float = 0.95, **more: object) -> Answer:
    fields: dict[str, object] = {
        "question": ASKED,
        "text": "Two years. [1]",
        "found": found,
        "citations": (PASSAGE,),
        "statements": (Statement(Span(0, 14), Support.SUPPORTED, (1,), ""),),
        "origin": Origin("OpenVINO", "model", "CPU"),
        "reason": "",
        "seconds": Seconds(0.1, 0.1, 0.3),
        "tokens": Tokens(10, 3),
        "confidence": confidence,
    }
    return Answer(**(fields | more))  # type: ignore[arg-type]


def test_a_sure_answer_bothers_nobody() -> None:
    assert why_offer(answer()) == ""
    assert route(answer(), Settings()).way is Way.HERE


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (answer(confidence=OFFER_BELOW - 0.01), "weakly"),
        (answer(statements=(Statement(Span(0, 14), Support.UNSUPPORTED, (), ""),)), "no support"),
        (answer(found=False), "X200 manual"),
        (answer(found=False, citations=()), "Nothing"),
        (answer(found=False, question="Write a poem about the warranty"), "written"),
        (answer(found=False, question="请写一首诗"), "written"),
    ],
)
def test_what_the_files_did_not_settle_is_offered_with_its_reason(given: Answer, words: str) -> None:
    assert words in why_offer(given)


@pytest.mark.parametrize("policy", [{"cloud_mode": "local"}, {"cloud_allowed": False}])
def test_who_keeps_everything_here_is_asked_nothing(policy: dict[str, object]) -> None:
    assert route(answer(found=False), Settings(**policy)).way is Way.REFUSE  # type: ignore[arg-type]
