"""Text given along with a question: taken apart, answered from, never cited as a file."""

from __future__ import annotations

from typing import cast

import pytest

from copilot import given, routing
from copilot.assistant import Assistant
from copilot.conversation import Answer, Question, Support
from copilot.given import context_of, with_context
from copilot.settings.schema import Settings
from indexer.reporter import Silent
from indexer.retriever import Retriever
from tests.copilot.answering import ScriptedGenerator, Shelf, hit

RECEIPT = "Harbour Caf\u00e9, 12 Quay Street\n\nTotal of the lunch: 21.40 euros\nPaid by card on 3 May 2026"
BUDGET = hit("A business lunch may cost 30 euros at most.", "Travel rules", number=2)


def ask(text: str, generator: ScriptedGenerator, shelf: Shelf) -> Answer:
    return Assistant(cast(Retriever, shelf), lambda: generator).ask(Question(with_context(text, RECEIPT)), Silent())


@pytest.mark.parametrize("context", [RECEIPT, "one line", "> quoted itself\n\n\nwith gaps"])
def test_what_is_put_together_comes_apart(context: str) -> None:
    assert context_of(with_context("How much?", context)) == (context, "How much?")


def test_a_plain_question_has_no_context() -> None:
    assert context_of("a\n\nb") == ("", "a\n\nb")
    assert given.hits(" \n") == ()


def test_an_answer_may_rest_on_given_text_and_cites_no_file_for_it() -> None:
    shelf = Shelf()
    answer = ask("What is the total of the lunch?", ScriptedGenerator("The total of the lunch is 21.40 euros."), shelf)
    assert answer.found
    assert answer.text == "The total of the lunch is 21.40 euros."
    assert answer.citations == ()
    (statement,) = answer.statements
    assert (statement.support, statement.markers) == (Support.SUPPORTED, ())
    assert answer.reason == "Every statement was found in the text that you gave."
    assert routing.route(answer, Settings()).reason == "The text that you gave answers it."
    assert [query.text for query in shelf.queries] == [
        "What is the total of the lunch?"
    ]  # the quoted text is not searched for


def test_files_are_cited_beside_it() -> None:
    written = "The total of the lunch is 21.40 euros. A business lunch may cost 30 euros at most."
    answer = ask("Is the total of the lunch within the rules?", ScriptedGenerator(written), Shelf(BUDGET))
    assert answer.text == "The total of the lunch is 21.40 euros. A business lunch may cost 30 euros at most. [1]"
    assert [citation.path for citation in answer.citations] == ["/files/2.txt"]
    assert answer.reason == "Every statement was found in File 2, the text that you gave."


def test_a_quotation_of_it_has_no_number() -> None:
    answer = ask("What is the total of the lunch?", ScriptedGenerator("It was 99 dollars."), Shelf())
    assert answer.text.startswith("Total of the lunch: 21.40 euros")
    assert answer.citations == ()


def test_a_refusal_names_files_alone() -> None:
    answer = ask("What is the colour of zeppelins?", ScriptedGenerator(chance=0.01), Shelf(BUDGET))
    assert not answer.found
    assert [citation.path for citation in answer.citations] == ["/files/2.txt"]
