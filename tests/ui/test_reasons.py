"""Reasons of the engine in the window's words: every sentence that the engine can say is known here."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from copilot.routing import Route, Way
from tests.ui.answers import answer
from ui import reasons

SENTENCES = [
    "Every statement was found in Q3 report, Board minutes.",
    "1 statement without support left out; the rest was found in Q3 report.",
    "2 statements without support left out; the rest was found in Q3 report.",
    "This was said to Nearside, not asked of your files: nothing was looked up.",
    "1 statement has no support in the passages found; the rest was found in Q3 report.",
    "2 statements have no support in the passages found; the rest was found in Q3 report.",
    "Quoted from the best passage: the model's own wording had no support in it.",
    "The model's answer had no support in the passages found.",
    "No passage in your files shares a word or a meaning with the question.",
    "The nearest passages do not seem to hold the answer (confidence 0.12, 0.40 is needed).",
    "The nearest passages do not seem to hold the answer (confidence 0.12, 0.40 is needed); nothing that was found "
    "mentions Siemens, E12.",
    "deepseek answered; 1,214 bytes were sent after you had seen them.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_reason_of_an_answer_is_known(qapp: QApplication, sentence: str) -> None:
    assert any(re.fullmatch(pattern, sentence, re.DOTALL) for pattern, _ in reasons._answers())
    assert reasons.why(replace(answer(), reason=sentence))


def test_facts_of_a_reason_stay(qapp: QApplication) -> None:
    said = reasons.why(replace(answer(), reason=SENTENCES[10]))
    assert "Siemens, E12" in said


def test_an_unknown_reason_is_shown_as_it_is(qapp: QApplication) -> None:
    assert reasons.why(replace(answer(), reason="Something new.")) == "Something new."


def test_where_it_went(qapp: QApplication) -> None:
    assert reasons.where(Route(Way.HERE, "Your files answer it.")) == "Your files answer it."
    assert "stayed on this computer" in reasons.where(Route(Way.OFFER, "Nothing in your files speaks about it."))
