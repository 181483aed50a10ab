"""Greetings are answered, questions about files are not taken for greetings."""

from __future__ import annotations

from typing import cast

import pytest

from copilot import courtesy
from copilot.assistant import Assistant
from copilot.conversation import Delta, Question
from copilot.routing import Way, route
from copilot.settings.schema import Settings
from indexer.query import Filter
from indexer.retriever import Retriever
from tests.copilot.answering import ScriptedGenerator, Shelf
from tests.copilot.rehearsed import Listening


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("hello", "Hello."),
        ("Hi there!", "Hello."),
        ("  THANK YOU  ", "You're welcome"),
        ("What can you do?", "Ask me what stands in your files"),
        ("Who are you", "Ask me"),
        ("你好！", "您好。"),
        ("你 能做什么？", "您可以用中文"),
        ("谢谢", "不客气"),
    ],
)
def test_what_is_said_is_answered_in_its_language(said: str, begins: str) -> None:
    assert courtesy.reply(said).startswith(begins)


@pytest.mark.parametrize(
    "asked",
    [
        "Who are you going to send to the fair in May?",
        "What can you do about a late delivery?",
        "Hello World program",
        "help desk number",
        "你好公司的合同什么时候到期？",
        "How are the sensors calibrated?",
        "?",
    ],
)
def test_a_question_about_files_is_none_of_it(asked: str) -> None:
    assert courtesy.reply(asked) == ""


def test_neither_search_nor_model_is_asked_and_the_reason_says_so() -> None:
    shelf, generator, listening = Shelf(), ScriptedGenerator(), Listening()
    answer = Assistant(cast(Retriever, shelf), lambda: generator).ask(Question("Hello"), listening)
    assert shelf.queries == []
    assert answer.found
    assert answer.citations == ()
    assert listening.events == [Delta(answer.text)]
    assert "nothing was looked up" in answer.reason
    told = route(answer, Settings())
    assert (told.way, told.reason) == (Way.HERE, "Nearside answered by itself.")


@pytest.mark.parametrize("asked", ["What is this?", "这是什么？"])
def test_what_is_this_means_the_files_that_were_chosen(asked: str) -> None:
    shelf, generator = Shelf(), ScriptedGenerator()
    assistant = Assistant(cast(Retriever, shelf), lambda: generator)
    assistant.ask(Question(asked, scope=Filter(folders=("/notes/lease.pdf",))), Listening())
    assert len(shelf.queries) == 1
    assert courtesy.reply("Thank you", scoped=True).startswith("You're welcome")
