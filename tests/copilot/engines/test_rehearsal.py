"""The rehearsal engines do what tests elsewhere rely on."""

from __future__ import annotations

from copilot.conversation import Message, Role
from copilot.engines.rehearsal import NOT_FOUND, RehearsalGenerator
from indexer.reporter import Silent

PASSAGES = (
    "[1] lease.txt\nRent is 3.5 euro. The lease ends on 3 May 2026.\n\n"
    "[2] 预算.xlsx\n预算总额是三百万元。项目很好。\n\n"
)


def _answer(question: str) -> str:
    return RehearsalGenerator().generate((Message(Role.USER, PASSAGES + question),), Silent()).text


def test_copies_the_sentence_that_answers_with_its_marker() -> None:
    assert _answer("When does the lease end?") == "The lease ends on 3 May 2026. [1]"
    assert _answer("预算总额是多少？") == "预算总额是三百万元。 [2]"


def test_says_so_when_no_sentence_shares_words() -> None:
    assert _answer("Who discovered penicillin?") == NOT_FOUND


def test_weighs_yes_by_the_words_shared() -> None:
    generator = RehearsalGenerator()
    held = generator.choose((Message(Role.USER, PASSAGES + "When does the lease end?"),), ("yes", "no"), Silent())
    strange = generator.choose((Message(Role.USER, PASSAGES + "Who discovered penicillin?"),), ("yes", "no"), Silent())

    assert held[0] > 0.5 > strange[0]
