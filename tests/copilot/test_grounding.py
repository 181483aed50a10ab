"""Statements are kept when one passage holds their facts, and only then."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from copilot import evidence, grounding
from copilot.engines.rehearsal import RehearsalEmbedder
from copilot.evidence import Passage
from indexer.document import Span, Vectors
from tests.copilot.answering import hit


def passage(text: str, context: str = "", number: int = 1) -> Passage:
    return Passage(hit(text, context, number=number), Span(0, len(text)), text, 1.0, None, 1.0)


WARRANTY = passage("The warranty of the scanner is 30 months from the date of purchase.", "Scanner X200")
RENT = passage("The rent of 1,250.50 euros is due on 3 March 2026.", number=2)


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        ("The warranty is 30 months.", 0),
        ("The warranty of the X200 is 30 months. [2]", 0),
        ("The rent is 1250.50 euros.", 1),
        ("The rent is due on 3 March 2026 [2].", 1),
    ],
)
def test_a_supported_statement_names_its_passage(answer: str, place: int) -> None:
    (one,) = grounding.ground(answer, "What does it say?", (WARRANTY, RENT), None)
    assert one.passage == place
    assert "[" not in one.text


@pytest.mark.parametrize(
    "answer",
    [
        "The warranty is 36 months.",
        "The rent is 1,250.05 euros.",
        "The warranty of the scanner ends with Siemens.",
        "The rent is due on 4 March 2026.",
        "Elephants live in the savanna.",
    ],
)
def test_an_unsupported_statement_says_why(answer: str) -> None:
    (one,) = grounding.ground(answer, "What does it say?", (WARRANTY, RENT), None)
    assert one.passage is None
    assert one.reason.startswith(("in no passage", "no passage"))


def test_sentences_are_judged_one_by_one() -> None:
    answer = "The warranty is 30 months. The rent is 99 euros."
    first, second = grounding.ground(answer, "?", (WARRANTY, RENT), None)
    assert (first.passage, second.passage) == (0, None)
    assert second.text == "The rent is 99 euros."


@pytest.mark.parametrize(
    ("statement", "text", "absent"),
    [
        ("Press it five times.", "press Shift 5 times", ()),
        ("一共 5 次。", "连续按五次", ()),
        ("It is ５ metres.", "about 5 metres", ()),
        ("The file is /etc/hosts.", "edit /etc/passwd", ("/etc/hosts",)),
        ("Use --force.", "use the --quiet option", ("--force",)),
        ("It costs 12 euros.", "it costs 120 euros", ("12",)),
        ("On 2026-01-05.", "on 2026-01-06", ("05",)),
    ],
)
def test_facts_that_are_missing(statement: str, text: str, absent: tuple[str, ...]) -> None:
    missing = grounding.missing_facts(statement, "", text)
    assert bool(missing) == bool(absent)


def test_what_the_question_names_needs_no_passage() -> None:
    assert (
        grounding.missing_facts("Berlin has 3 offices.", "How many offices does Berlin have?", "there are 3 offices")
        == ()
    )


def test_the_passage_that_the_model_named_wins_a_tie() -> None:
    twins = (passage("The door code is 4711."), passage("The door code is 4711.", number=2))
    (one,) = grounding.ground("The door code is 4711. [2]", "?", twins, None)
    assert one.passage == 1


def test_the_passage_that_is_about_the_question_is_cited() -> None:
    away = passage("Port 587 is closed.", number=2)
    about = Passage(away.hit, away.span, "Mail goes out by port 587.", 1.0, 0.9, 1.5)
    (one,) = grounding.ground("587", "Which port does mail go out by?", (away, about), None)
    assert one.passage == 1


@pytest.mark.parametrize("answer", ["Press Shift five times.", "可以按住 Shift 键五次。"])
def test_a_spelled_number_tells_passages_apart(answer: str) -> None:
    without = passage("Hold Shift down: 按住 Shift 键。可以 Press times.")
    (one,) = grounding.ground(answer, "?", (without, passage("Press Shift 5 times: 按住 Shift 键", number=2)), None)
    assert one.passage == 1


def test_a_citation_shows_the_sentence_that_tells() -> None:
    text = (
        "Keep it dry and clean. " * 20 + "The warranty lasts 30 months. Ask the office. " + "It prints in colour. " * 10
    )
    told = grounding.telling("30 months.", "How long is the warranty?", passage(text))
    assert told.text.startswith("The warranty lasts 30 months.")
    assert len(told.text.encode()) <= evidence.WINDOW_BYTES
    assert told.hit.chunk.text[told.span.start : told.span.end] == told.text


def test_a_citation_shows_all_where_no_sentence_stands_out() -> None:
    whole = passage("Keep it dry and clean. " * 12 + "Call the office.")
    assert grounding.telling("保持干燥。", "扫描仪怎么保养？", whole) == whole


@pytest.mark.parametrize(
    ("said", "question", "text", "exact"),
    [
        (
            "9.8 %",
            "What was the margin in Q3?",
            "The margin in Q2 was 11.3 %. In Q3 it was 9.8 %, lower.",
            "In Q3 it was 9.8 %, lower.",
        ),
        ("截止日期是3月5日。", "什么时候交？", "材料由财务部收取。截止日期为3月5日。逾期不收。", "截止日期为3月5日。"),
        ("To page.", "Where to?", "Anchor a frame to paragraphs.\n- select To page\n- press OK", "- select To page"),
        ("4584 MB", "How big is KDE?", "Task | Size (MB)\nGNOME | 3216\nKDE | 4584", "KDE | 4584"),
        (
            "It fell to 9.8 % because freight rates doubled.",
            "Why?",
            "Sales rose. The margin fell to 9.8 %. Freight rates doubled. The board met.",
            "The margin fell to 9.8 %. Freight rates doubled.",
        ),
        (
            "The lift is repaired on Tuesday.",
            "When?",
            "Dear all,\nplease note that the lift in our building will be\nrepaired on Tuesday, so take the stairs.\n"
            "The canteen stays open.",
            "please note that the lift in our building will be\nrepaired on Tuesday, so take the stairs.",
        ),
    ],
)
def test_the_marked_words_carry_what_was_said(said: str, question: str, text: str, exact: str) -> None:
    whole = passage(text)
    told = grounding.marked(said, question, whole)
    assert told.text == exact
    assert whole.hit.chunk.text[told.span.start : told.span.end] == exact


def test_between_two_languages_the_meaning_decides() -> None:
    class Knowing(RehearsalEmbedder):
        """Knows that 保修 and warranty mean one thing."""

        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            return super().embed_passages([text.replace("保修", "warranty") for text in texts])

    text = "Keep the scanner dry. The warranty is two years long. Clean the glass."
    assert grounding.marked("保修", "保修", passage(text), Knowing()).text == "The warranty is two years long."
    assert grounding.marked("保修", "保修", passage(text)).text == "Keep the scanner dry."


def test_an_empty_answer_has_no_statements() -> None:
    assert grounding.ground(" [1] ", "?", (WARRANTY,), None) == ()


def test_windows_of_real_evidence_can_be_grounded() -> None:
    found = evidence.passages("warranty", (WARRANTY.hit, RENT.hit), None)
    (one,) = grounding.ground("30 months from the date of purchase.", "How long is the warranty?", found, None)
    assert one.passage is not None
    assert "30 months" in found[one.passage].text
