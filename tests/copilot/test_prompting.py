"""Prompts fit the window, begin alike, and end with the question."""

from __future__ import annotations

import pytest

from copilot import evidence, prompting
from copilot.conversation import Message, Role
from copilot.errors import QuestionTooLong
from tests.copilot.answering import ScriptedGenerator, hit

HITS = tuple(
    hit(f"The office number {n} has {n} windows and a door to the garden.", "Offices", number=n) for n in range(1, 7)
)
PASSAGES = evidence.passages("How many windows has office 3?", HITS, None)


def test_the_question_comes_after_the_numbered_passages() -> None:
    prompt, shown = prompting.answering("How many windows has office 3?", PASSAGES, ScriptedGenerator(), 100)
    text = prompt.messages[-1].text
    assert shown == len(PASSAGES)
    assert text.endswith("Question: How many windows has office 3?")
    assert [line[:3] for line in text.split("\n") if line.startswith("[")] == [f"[{n}]" for n in range(1, shown + 1)]
    assert prompt.messages[0].role is Role.SYSTEM


def test_the_best_passage_is_read_last() -> None:
    prompt, shown = prompting.answering("How many windows has office 3?", PASSAGES, ScriptedGenerator(), 100)
    text = prompt.messages[-1].text
    places = [text.index(passage.text) for passage in PASSAGES]
    assert places == sorted(places, reverse=True)
    assert prompting.in_reading_order(PASSAGES)[shown - 1] == PASSAGES[0]


def test_every_prompt_begins_with_the_same_messages() -> None:
    one, _ = prompting.answering("Who?", PASSAGES[:2], ScriptedGenerator(), 100)
    two, _ = prompting.answering("Where is it?", PASSAGES[2:], ScriptedGenerator(), 100)
    assert one.messages[:-1] == two.messages[:-1]


def test_passages_are_left_out_until_the_prompt_fits() -> None:
    whole = prompting.answering("How many?", PASSAGES, ScriptedGenerator(), 100)[0].token_count
    prompt, shown = prompting.answering("How many?", PASSAGES, ScriptedGenerator(context_tokens=whole), 100)
    assert 0 < shown < len(PASSAGES)
    assert prompt.token_count < whole


def test_a_question_longer_than_the_window_is_refused() -> None:
    with pytest.raises(QuestionTooLong) as caught:
        prompting.answering("why " * 5000, PASSAGES, ScriptedGenerator(), 100)
    assert caught.value.tokens == 20_000


def test_a_standalone_prompt_tells_the_conversation() -> None:
    history = (Message(Role.USER, "Who rents the garage?"), Message(Role.ASSISTANT, "Anna Berg. [1]"))
    prompt = prompting.standalone("What does she pay?", history, ScriptedGenerator())
    assert prompt is not None
    assert "Q: Who rents the garage?" in prompt.messages[-1].text
    assert prompting.standalone("What?", history, ScriptedGenerator(context_tokens=10)) is None
