"""A question becomes an answer with citations, a quotation, or an honest refusal."""

from __future__ import annotations

from typing import cast

import pytest

from copilot.assistant import NOT_FOUND, NOT_FOUND_CHINESE, Assistant, is_chinese
from copilot.conversation import Answer, Delta, Message, Question, Role, Support
from copilot.errors import EmptyQuestion, QuestionTooLong
from indexer.document import SectionKind
from indexer.query import Filter
from indexer.reporter import Cancelled, Silent
from indexer.retriever import Retriever
from tests.copilot.answering import ScriptedGenerator, Shelf, hit

SCANNER = hit(
    "Keep the scanner dry.\nThe warranty of the scanner lasts 30 months.\nClean the glass with a soft cloth.",
    "X200 manual\nWarranty and care",
    number=1,
    heading=("Warranty and care",),
    page=4,
    lines=(10, 12),
)
RENT = hit("The rent of the garage in Lyon is 90 euros a month.", "Contracts", number=2)
ASKED = "How long is the warranty of the scanner?"


def ask(text: str, generator: ScriptedGenerator, shelf: Shelf | None = None, **more: object) -> Answer:
    retriever = cast(Retriever, shelf or Shelf(SCANNER, RENT))
    return Assistant(retriever, lambda: generator).ask(Question(text, **more), Silent())  # type: ignore[arg-type]


def test_an_answer_is_cited_by_the_program() -> None:
    answer = ask(ASKED, ScriptedGenerator("The warranty lasts 30 months. [2]"))
    assert answer.found
    assert answer.text == "The warranty lasts 30 months. [1]"
    (citation,) = answer.citations
    assert (citation.path, citation.page, citation.section) == ("/files/1.txt", 4, "Warranty and care")
    assert "30 months" in citation.quote
    assert SCANNER.chunk.text[citation.span.start - 100 : citation.span.end - 100] == citation.quote
    assert answer.origin.device == "CPU"
    assert "File 1" in answer.reason


def test_statements_are_stretches_of_the_text() -> None:
    answer = ask(
        "What about the scanner and the garage?",
        ScriptedGenerator("The warranty lasts 30 months. The rent is 90 euros a month."),
    )
    assert [answer.text[s.span.start : s.span.end] for s in answer.statements] == [
        "The warranty lasts 30 months. [1]",
        "The rent is 90 euros a month. [2]",
    ]
    assert [citation.marker for citation in answer.citations] == [1, 2]


def test_a_statement_without_support_is_marked_and_the_reason_says_so() -> None:
    answer = ask(ASKED, ScriptedGenerator("The warranty lasts 30 months. It covers 5 accidents in Siberia."))
    assert answer.text == "The warranty lasts 30 months. [1] It covers 5 accidents in Siberia."
    held, doubtful = answer.statements
    assert (held.support, doubtful.support) == (Support.SUPPORTED, Support.UNSUPPORTED)
    assert answer.text[doubtful.span.start : doubtful.span.end] == "It covers 5 accidents in Siberia."
    assert (doubtful.markers, doubtful.reason) == ((), "in no passage: 5, Siberia")
    assert "1 statement has no support" in answer.reason


def test_a_number_leads_to_the_sentence_that_carries_the_statement() -> None:
    answer = ask(
        "What about the scanner?",
        ScriptedGenerator("- Keep the scanner dry.\n- The warranty lasts 30 months.\n- The scanner is to be kept dry."),
    )
    assert answer.text.split("\n") == [
        "- Keep the scanner dry. [1]",
        "- The warranty lasts 30 months. [2]",
        "- The scanner is to be kept dry. [1]",
    ]
    assert [one.told for one in answer.citations] == [
        "Keep the scanner dry.",
        "The warranty of the scanner lasts 30 months.",
    ]
    assert [one.lines for one in answer.citations] == [(10, 10), (11, 11)]
    assert all(one.told in one.quote for one in answer.citations)


def test_an_answer_without_any_support_gives_way_to_a_quotation() -> None:
    answer = ask(ASKED, ScriptedGenerator("It lasts 36 months."))
    assert answer.found
    assert answer.text == "The warranty of the scanner lasts 30 months. [1]"
    assert "Quoted" in answer.reason


@pytest.mark.parametrize(
    ("question", "refusal"),
    [("What is the colour of zeppelins?", NOT_FOUND), ("齐柏林飞艇是什么颜色？", NOT_FOUND_CHINESE)],
)
def test_weak_evidence_is_refused_with_the_nearest_passages(question: str, refusal: str) -> None:
    answer = ask(question, ScriptedGenerator(chance=0.01))
    assert not answer.found
    assert answer.text == refusal
    assert answer.citations
    assert "zeppelin" in answer.reason or "飞艇" in answer.reason


def test_nothing_found_needs_no_model() -> None:
    answer = ask(ASKED, ScriptedGenerator(), Shelf())
    assert not answer.found
    assert answer.citations == ()


def test_rows_are_cited_by_their_numbers() -> None:
    table = hit(
        "Anna | 12\nBert | 15\nCarl | 9", "Sales\nName | Items", kind=SectionKind.TABLE, sheet="Sales", rows=(2, 4)
    )
    answer = ask("How many items did Bert sell?", ScriptedGenerator("Bert sold 15 items."), Shelf(table))
    assert answer.citations[0].rows == (3, 3)
    assert answer.citations[0].told == "Bert | 15"
    assert "Bert | 15" in answer.citations[0].quote


def test_the_same_question_gives_the_same_answer() -> None:
    first, second = (ask(ASKED, ScriptedGenerator("The warranty lasts 30 months.")) for _ in range(2))
    assert (first.text, first.citations, first.reason) == (second.text, second.citations, second.reason)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_question_is_refused(text: str) -> None:
    with pytest.raises(EmptyQuestion):
        ask(text, ScriptedGenerator())


def test_a_question_longer_than_the_window_is_refused() -> None:
    with pytest.raises(QuestionTooLong):
        ask("how long is the warranty " * 2000, ScriptedGenerator())


def test_a_follow_up_is_searched_as_a_question_of_its_own() -> None:
    shelf = Shelf(SCANNER, RENT)
    history = (Message(Role.USER, "Which scanner do we have?"), Message(Role.ASSISTANT, "An X200."))
    generator = ScriptedGenerator("How long is the warranty of the scanner X200?", "The warranty lasts 30 months.")
    answer = ask("How long is its warranty?", generator, shelf, history=history)
    assert shelf.queries[0].text == "How long is the warranty of the scanner X200?"
    assert answer.question == "How long is its warranty?"


def test_the_scope_limits_the_search() -> None:
    shelf = Shelf(SCANNER)
    scope = Filter(formats=("pdf",))
    ask(ASKED, ScriptedGenerator("The warranty lasts 30 months."), shelf, scope=scope)
    assert shelf.queries[0].filter == scope


def test_the_answer_streams_and_stops() -> None:
    class Watching(Silent):
        def __init__(self) -> None:
            self.deltas: list[object] = []

        def report(self, event: object) -> None:
            self.deltas.append(event)

    class Stopping(Silent):
        def check(self) -> None:
            raise Cancelled

    watching = Watching()
    assistant = Assistant(cast(Retriever, Shelf(SCANNER)), lambda: ScriptedGenerator("The warranty lasts 30 months."))
    assistant.ask(Question(ASKED), watching)
    assert watching.deltas == [Delta("The warranty lasts 30 months.")]
    with pytest.raises(Cancelled):
        assistant.ask(Question(ASKED), Stopping())


@pytest.mark.parametrize(
    ("text", "chinese"),
    [("保修期多久？", True), ("What is 保修?", False), ("Debian 是哪一年创建的？", True), ("Why?", False)],
)
def test_the_language_of_a_question(text: str, chinese: bool) -> None:
    assert is_chinese(text) == chinese
