"""Asking with everything but the models real: turns that are saved, follow-ups, stops, failures, answers from afar."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.calls import Ask, Decide, DropTurns, GetConversation, ListConversations, Offer, SetLabel
from copilot.conversation import Delta, Message, Question, Role
from copilot.conversing import REMEMBERED_TURNS, remembered
from copilot.errors import ConversationUnknown, EmptyQuestion, ModelError
from copilot.far_errors import ConsentMismatch
from copilot.gateway.frames import End
from copilot.gateway.spawner import Spawner
from copilot.paths import find_paths
from copilot.reports import Turn
from copilot.settings.providers import Provider, write_providers
from indexer.reporter import Cancelled, Reporter
from tests.copilot.rehearsed import SILENT, Listening, WatchedGenerator, home, rehearsed

RENT = Question("What is the rent of the harbour office?")


@pytest.fixture
def generator() -> WatchedGenerator:
    return WatchedGenerator()


@pytest.fixture
def copilot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, generator: WatchedGenerator) -> Iterator[Copilot]:
    with rehearsed(tmp_path, monkeypatch, generator=generator) as copilot:
        yield copilot


def turns(copilot: Copilot, conversation: str = "c1") -> tuple[Turn, ...]:
    return copilot.perform(GetConversation(conversation), SILENT).turns


def test_an_answer_is_saved_with_its_sources(copilot: Copilot, tmp_path: Path) -> None:
    answer = copilot.perform(Ask(RENT, "c1"), SILENT)
    (turn,) = turns(copilot)
    assert answer.citations
    assert (turn.question, turn.answer, turn.state, turn.partial) == (RENT.text, answer, "done", "")
    assert turn.sources == (str(tmp_path / "notes" / "lease.txt"),)
    (row,) = copilot.perform(ListConversations("2,400"), SILENT).rows
    assert (row.id, row.title) == ("c1", RENT.text)


def test_without_an_id_nothing_is_saved(copilot: Copilot) -> None:
    copilot.perform(Ask(RENT), SILENT)
    assert copilot.perform(ListConversations(), SILENT).rows == ()
    with pytest.raises(EmptyQuestion):
        copilot.perform(Ask(Question("  "), "c1"), SILENT)
    with pytest.raises(ConversationUnknown):
        turns(copilot)


def test_a_follow_up_leans_on_the_saved_turns(copilot: Copilot, generator: WatchedGenerator) -> None:
    copilot.perform(Ask(RENT, "c1"), SILENT)
    generator.prompts.clear()
    copilot.perform(Ask(Question("And when does it end?"), "c1"), SILENT)
    rewriting = generator.prompts[0][-1].text
    assert f"Q: {RENT.text}" in rewriting
    assert "Last question: And when does it end?" in rewriting
    generator.prompts.clear()
    own = (Message(Role.USER, "What about trains?"), Message(Role.ASSISTANT, "Second class."))
    copilot.perform(Ask(Question("And when does it end?", history=own), "c1"), SILENT)
    assert "trains" in generator.prompts[0][-1].text
    assert RENT.text not in generator.prompts[0][-1].text
    assert [turn.number for turn in turns(copilot)] == [1, 2, 3]


def test_what_was_dropped_is_not_leant_on(copilot: Copilot, generator: WatchedGenerator) -> None:
    copilot.perform(Ask(RENT, "c1"), SILENT)
    copilot.perform(DropTurns("c1", 1), SILENT)
    generator.prompts.clear()
    copilot.perform(Ask(Question("And when does it end?"), "c1"), SILENT)
    assert not any(RENT.text in message.text for prompt in generator.prompts for message in prompt)


def test_a_stopped_answer_keeps_its_text(copilot: Copilot) -> None:
    listening = Listening(stop=lambda event: isinstance(event, Delta))
    with pytest.raises(Cancelled):
        copilot.perform(Ask(RENT, "c1"), listening)
    (turn,) = turns(copilot)
    assert (turn.state, turn.answer) == ("stopped", None)
    assert turn.partial == "".join(event.text for event in listening.events if isinstance(event, Delta))
    assert turn.partial
    assert remembered((turn,)) == ()


def test_a_failure_is_kept_by_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Reporter) -> None:
        raise ModelError("m", "CPU", "it broke")

    with rehearsed(tmp_path, monkeypatch, generator=WatchedGenerator(fail)) as copilot:
        with pytest.raises(ModelError):
            copilot.perform(Ask(RENT, "c1"), SILENT)
        (turn,) = turns(copilot)
        assert (turn.state, turn.failure) == ("failed", ModelError.code)


def test_only_the_last_turns_are_remembered(copilot: Copilot) -> None:
    answer = copilot.perform(Ask(RENT), SILENT)
    many = tuple(Turn(n, f"Question {n}", RENT.scope, answer, "", 0.0, "done") for n in range(1, 12))
    messages = remembered(many)
    assert len(messages) == 2 * REMEMBERED_TURNS
    assert messages[-2] == Message(Role.USER, "Question 11")


def test_a_greeting_names_no_conversation_and_is_nothing_to_lean_on(
    copilot: Copilot, generator: WatchedGenerator
) -> None:
    for asked in ("Hello", "When does the lease end?"):
        copilot.perform(Ask(Question(asked), "c1"), SILENT)
    conversation = copilot.perform(GetConversation("c1"), SILENT)
    assert conversation.title == "When does the lease end?"
    assert [turn.question for turn in conversation.turns] == ["Hello", "When does the lease end?"]
    assert remembered(conversation.turns)[0].text == "When does the lease end?"
    copilot.perform(Ask(Question("thanks"), "c1"), SILENT)
    assert copilot.perform(GetConversation("c1"), SILENT).title == "When does the lease end?"


def test_two_conversations_at_once(copilot: Copilot) -> None:
    threads = [threading.Thread(target=copilot.perform, args=(Ask(RENT, f"c{number}"), SILENT)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert {row.id for row in copilot.perform(ListConversations(), SILENT).rows} == {"c0", "c1", "c2", "c3"}
    assert all(turns(copilot, f"c{number}")[0].state == "done" for number in range(4))


class PlayedGateway(Spawner):
    def __init__(self) -> None:
        self.sent: list[str] = []

    def run(self, request_id: str, take: Callable[[str], None], reporter: Reporter) -> End:
        self.sent.append(request_id)
        take("It is 2,400 euros. [1]")
        return End(7, 10, 5, 0.0, "")

    def close(self) -> None:
        return None


@pytest.fixture
def gateway(copilot: Copilot, tmp_path: Path) -> PlayedGateway:
    gateway = PlayedGateway()
    copilot._crossing._spawner = gateway
    paths = home(tmp_path)
    write_providers(paths.providers, (Provider("acme", "openai", "https://api.openai.com/v1", "gpt-4.1"),))
    copilot.perform(SetLabel(str(tmp_path / "notes"), "ask"), SILENT)
    return gateway


def test_an_answer_from_afar_is_saved_beside_the_local_one(
    copilot: Copilot, gateway: PlayedGateway, generator: WatchedGenerator, tmp_path: Path
) -> None:
    local = copilot.perform(Ask(RENT, "c1"), SILENT)
    generator.prompts.clear()
    request = copilot.perform(Offer(RENT, conversation_id="c1"), SILENT)
    assert generator.prompts == [], "the saved local attempt serves for the offer"
    listening = Listening()
    far = copilot.perform(Decide(request.id, request.digest, "once"), listening)
    here, there = turns(copilot)
    assert here.answer == local
    assert (there.question, there.answer, there.state, there.offer) == (RENT.text, far, "done", request.id)
    assert there.sources == request.files
    assert str(tmp_path / "notes" / "lease.txt") in there.sources
    assert far.origin.provider == "acme"
    assert listening.events


def test_a_no_and_a_refusal_leave_no_answer(copilot: Copilot, gateway: PlayedGateway) -> None:
    copilot.perform(Ask(RENT, "c1"), SILENT)
    request = copilot.perform(Offer(RENT, conversation_id="c1"), SILENT)
    with pytest.raises(ConsentMismatch):
        copilot.perform(Decide(request.id, "0" * 64, "once"), SILENT)
    copilot.perform(Decide(request.id, request.digest, "no"), SILENT)
    states = [(turn.state, turn.failure) for turn in turns(copilot)]
    assert states == [("done", ""), ("failed", ConsentMismatch.code)]
    assert gateway.sent == []


def test_an_offer_outside_of_saved_conversations_saves_nothing(copilot: Copilot, gateway: PlayedGateway) -> None:
    request = copilot.perform(Offer(RENT, conversation_id="a name of the command line"), SILENT)
    copilot.perform(Decide(request.id, request.digest, "once"), SILENT)
    assert copilot.perform(ListConversations(), SILENT).rows == ()
    assert gateway.sent == [request.id]


def test_conversations_outlive_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with rehearsed(tmp_path, monkeypatch) as copilot:
        copilot.perform(Ask(RENT, "c1"), SILENT)
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        (turn,) = turns(copilot)
        assert turn.answer is not None
    assert find_paths(tmp_path / "home").history.exists()
