"""Follow-ups are rewritten when they lean on the conversation, and only then."""

from __future__ import annotations

import pytest

from copilot import followup
from copilot.conversation import Message, Role
from indexer.reporter import Cancelled, Silent
from tests.copilot.answering import ScriptedGenerator

HISTORY = (Message(Role.USER, "Who rents the garage in Lyon?"), Message(Role.ASSISTANT, "Anna Berg rents it."))


@pytest.mark.parametrize(
    "question", ["What does she pay?", "And in Paris?", "Why?", "它的租金是多少？", "那巴黎的呢？"]
)
def test_a_leaning_question_is_rewritten(question: str) -> None:
    generator = ScriptedGenerator("How much does Anna Berg pay for the garage in Lyon?")
    assert followup.standalone(question, HISTORY, generator, Silent()).startswith("How much does Anna Berg")


@pytest.mark.parametrize("question", ["When does the Lyon contract end?", "车库的年租金总额是多少？"])
def test_a_question_that_stands_alone_costs_nothing(question: str) -> None:
    assert followup.standalone(question, HISTORY, ScriptedGenerator(), Silent()) == question


def test_nothing_is_rewritten_without_a_conversation() -> None:
    assert followup.standalone("What does she pay?", (), ScriptedGenerator(), Silent()) == "What does she pay?"


@pytest.mark.parametrize(
    "nonsense", ["", "Bananas grow on tropical islands everywhere", "x " * 500, "How much does Anna Berg pay?"]
)
def test_a_rewrite_that_cannot_be_right_is_not_used(nonsense: str) -> None:
    asked = "What does she pay for 3 months?"
    assert followup.standalone(asked, HISTORY, ScriptedGenerator(nonsense), Silent()) == f"{HISTORY[0].text} {asked}"


def test_a_rewrite_is_not_shown_as_an_answer_and_can_be_stopped() -> None:
    class Stopped(Silent):
        def report(self, event: object) -> None:
            raise AssertionError(event)

        def check(self) -> None:
            raise Cancelled

    followup.standalone(
        "What does she pay?", HISTORY, ScriptedGenerator("What does Anna Berg pay?"), followup._Muted(Silent())
    )
    followup.standalone("What does she pay?", HISTORY, ScriptedGenerator("What does Anna Berg pay?"), Stopped())
    with pytest.raises(Cancelled):
        followup._Muted(Stopped()).check()
