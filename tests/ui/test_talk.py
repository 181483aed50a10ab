"""A conversation: what is asked of the engine, and what becomes of an exchange."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from copilot.calls import Ask, Decide, Done, DropTurns, GetConversation, GetDocument, Offer
from copilot.conversation import Delta
from copilot.errors import EngineUnreachable
from copilot.given import context_of, with_context
from copilot.privacy.consent import Decision
from indexer.reporter import Cancelled
from tests.ui.answers import answer, conversation, request, turn
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.pages.chat import ChatPage
from ui.talk import Exchange, Phase, Talk


@pytest.fixture
def talk(link: FakeLink) -> Talk:
    return Talk(link)


def test_a_question_is_asked_in_a_conversation_that_it_begins(talk: Talk, link: FakeLink) -> None:
    talk.ask("  Why?  ")
    (call,) = link.calls(Ask)
    assert call.question.text == "Why?"
    assert call.conversation_id == talk.id != ""
    assert talk.exchanges[0].phase is Phase.WAITING


def test_nothing_else_is_asked_while_an_answer_is_written(talk: Talk, link: FakeLink) -> None:
    talk.ask("Why?")
    talk.ask("And how?")
    assert len(link.calls(Ask)) == 1


def test_pieces_arrive_in_order_and_then_the_answer(talk: Talk, link: FakeLink) -> None:
    pieces: list[str] = []
    talk.grew.connect(lambda _, piece: pieces.append(piece))
    talk.ask("Why?")
    for piece in ("The ", "margin"):
        link.last(Ask).tell(Delta(piece))
    assert talk.exchanges[0].phase is Phase.WRITING
    link.last(Ask).give(answer())
    assert pieces == ["The ", "margin"]
    assert talk.exchanges[0].phase is Phase.DONE
    assert not talk.busy


def test_stop_ends_at_once_and_keeps_what_was_written(talk: Talk, link: FakeLink) -> None:
    talk.ask("Why?")
    link.last(Ask).tell(Delta("The margin"))
    talk.stop()
    assert talk.exchanges[0].phase is Phase.STOPPED
    assert talk.exchanges[0].text == "The margin"
    with pytest.raises(Cancelled):
        link.last(Ask).ticket.check()
    link.last(Ask).tell(Delta(" fell"))
    assert talk.exchanges[0].text == "The margin"


def test_an_engine_that_is_lost_leaves_the_partial_answer_and_says_so(talk: Talk, link: FakeLink) -> None:
    talk.ask("Why?")
    link.last(Ask).tell(Delta("The margin"))
    link.last(Ask).give(EngineUnreachable("it stopped in the middle of its work"))
    exchange = talk.exchanges[0]
    assert exchange.phase is Phase.FAILED
    assert exchange.text == "The margin"
    assert exchange.failure is not None
    assert exchange.failure.code == "engine_unreachable"


def test_asking_again_forgets_the_turn_and_what_came_after(talk: Talk, link: FakeLink) -> None:
    link.answers = {
        GetConversation: conversation(
            turn(1, "One?", answer()), turn(2, "Two?", answer()), turn(3, "Three?", answer())
        ),
        DropTurns: Done(),
    }
    talk.open("c1")
    link.settle()
    removed: list[Exchange] = []
    talk.removed.connect(removed.append)
    talk.ask_again(talk.exchanges[1], "Two, in other words?")
    link.settle()
    assert [exchange.question for exchange in removed] == ["Two?", "Three?"]
    assert link.calls(DropTurns) == [DropTurns("c1", 2)]
    assert link.calls(Ask)[-1].question.text == "Two, in other words?"
    assert [exchange.question for exchange in talk.exchanges] == ["One?", "Two, in other words?"]


def test_a_question_that_was_never_saved_is_asked_again_without_dropping(talk: Talk, link: FakeLink) -> None:
    link.answers = {GetConversation: EngineUnreachable("x")}
    talk.ask("Why?")
    link.last(Ask).give(EngineUnreachable("x"))
    talk.ask_again(talk.exchanges[0])
    link.settle()
    assert not link.calls(DropTurns)
    assert len(link.calls(Ask)) == 2


def test_stopped_while_turns_are_dropped_nothing_is_asked(talk: Talk, link: FakeLink) -> None:
    talk.ask("Why?")
    link.last(Ask).give(answer())
    talk.ask_again(talk.exchanges[0])
    talk.stop()
    link.last(GetConversation).give(conversation())
    assert len(link.calls(Ask)) == 1


def test_saved_turns_come_back_as_they_ended(talk: Talk, link: FakeLink) -> None:
    link.answers = {
        GetConversation: conversation(
            turn(1, given=answer()),
            turn(2, state="interrupted", partial="half"),
            turn(3, state="running", partial="more"),
            turn(4, state="failed", failure="prompt_too_long"),
            turn(5, given=answer(), offer="o1"),
        )
    }
    talk.open("c1")
    link.settle()
    assert [exchange.phase for exchange in talk.exchanges] == [
        Phase.DONE,
        Phase.INTERRUPTED,
        Phase.INTERRUPTED,
        Phase.FAILED,
        Phase.DONE,
    ]
    assert talk.exchanges[1].text == "half"
    assert talk.exchanges[4].offer == "o1"


def test_another_conversation_silences_the_one_before(talk: Talk, link: FakeLink) -> None:
    talk.ask("Why?")
    asked = link.last(Ask)
    talk.start_new()
    asked.tell(Delta("late"))
    asked.give(answer())
    assert talk.exchanges == []
    assert not talk.busy


def test_an_offer_is_bound_to_its_conversation(talk: Talk, link: FakeLink) -> None:
    talk.ask("Why?")
    link.last(Ask).give(answer())
    talk.prepare_offer(talk.exchanges[0], "deepseek", "question")
    talk.prepare_offer(talk.exchanges[0], "deepseek", "question")
    (call,) = link.calls(Offer)
    assert (call.provider, call.send, call.conversation_id) == ("deepseek", "question", talk.id)


def test_a_yes_adds_an_exchange_and_a_no_adds_none(talk: Talk, link: FakeLink) -> None:
    talk.ask("Why?")
    link.last(Ask).give(answer())
    talk.decide(talk.exchanges[0], request(), Decision.NO)
    assert len(talk.exchanges) == 1
    talk.decide(talk.exchanges[0], request(), Decision.ONCE)
    assert talk.exchanges[1].offer == "r1"
    assert link.calls(Decide)[-1].digest == request().digest


def test_selected_text_travels_above_the_question() -> None:
    whole = with_context("What is it?", "one\ntwo")
    assert whole == "> one\n> two\n\nWhat is it?"
    assert context_of(whole) == ("one\ntwo", "What is it?")
    assert context_of("a\n\nb") == ("", "a\n\nb")


def test_a_long_conversation_arrives_in_pieces_without_holding_the_window(
    desk: Desk, link: FakeLink, qtbot: QtBot
) -> None:
    many = tuple(turn(number, f"Question {number}?", answer("It fell [1].\n\n" * 12)) for number in range(1, 121))
    link.answers = {GetConversation: conversation(*many)}
    page = ChatPage(desk)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    page.talk.open("c1")
    assert page.talk.loading
    page.talk.ask("Too early?")
    qtbot.waitUntil(lambda: not page.talk.loading, timeout=20_000)
    assert [exchange.question for exchange in page.talk.exchanges] == [one.question for one in many]
    assert len(link.calls(GetDocument)) == 1, "a file that all of them cite is looked at once"
    assert not link.calls(Ask)


def test_another_conversation_while_one_arrives(talk: Talk, link: FakeLink, qtbot: QtBot) -> None:
    many = tuple(turn(number, f"Question {number}?", answer()) for number in range(1, 2000))
    link.answers = {GetConversation: conversation(*many)}
    talk.open("c1")
    talk.start_new()
    link.settle()
    assert talk.exchanges == []
