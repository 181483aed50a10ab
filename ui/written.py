"""A conversation as it is written down for others: questions, answers, where they are from and who answered. No passage
of a file goes along beyond what the answer quotes. What it looks like is paper.py's and word_file.py's.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from copilot.conversation import Citation
from copilot.given import context_of
from copilot.reports import Conversation, Turn
from ui import markdown, wording
from ui.markdown import Block

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Part:
    """A question and its answer. `context` is the text that was asked about, if any; `question` is empty for a further
    answer to the question before. `sources` are lines, `origin` a sentence: who answered.
    """

    context: str
    question: str
    text: str
    """Markdown."""
    blocks: tuple[Block, ...]
    sources: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class Written:
    """`when` is the day of the first question, empty where it is not known."""

    title: str
    when: str
    parts: tuple[Part, ...]


def written(conversation: Conversation) -> Written:
    first = next((turn.asked_at for turn in conversation.turns if turn.asked_at), 0.0)
    return Written(conversation.title, wording.date(first) if first else "", tuple(map(_part, conversation.turns)))


def source_head() -> str:
    return translate("Exporting", "Sources")


def _part(turn: Turn) -> Part:
    context, question = ("", "") if turn.offer else context_of(turn.question)
    text = turn.answer.text if turn.answer is not None else turn.partial
    known = [citation.marker for citation in turn.answer.citations] if turn.answer is not None else []
    return Part(context, question, text, markdown.blocks(text, known), _sources(turn), _origin(turn))


def _sources(turn: Turn) -> tuple[str, ...]:
    if turn.answer is None or not turn.answer.found:
        return ()
    return tuple(map(_source, turn.answer.citations))


def _source(citation: Citation) -> str:
    """[1] Q3 report.pdf, page 12 (Finance / 2026)."""
    name, place = wording.file_name(citation.path), wording.place_words(citation)
    if place:
        name = translate("Exporting", "{file}, {place}").format(file=name, place=place)
    if folder := wording.folder_name(citation.path):
        name = translate("Exporting", "{file} ({folder})").format(file=name, folder=folder)
    return f"[{citation.marker}] {name}"


def _origin(turn: Turn) -> str:
    """Who answered; that an answer is not whole."""
    if turn.answer is None:
        return translate("Exporting", "This answer was not finished.")
    origin = turn.answer.origin
    if origin.provider:
        return translate("Exporting", "Answered by {provider} ({model})").format(
            provider=wording.provider(origin.provider), model=origin.model
        )
    return translate("Exporting", "Answered on this computer by {model}").format(model=origin.model or origin.engine)
