"""Work on a text that the person gives: summarize, translate, rewrite, explain; with the local model alone.

No file is looked into, and nothing leaves. What the model is told is in tasks.py, what is taken away from around its
words in echoes.py, and what counts as a fault in faithful.py. What is answered from files is assistant.py's.

Decision: a translation and a new wording are made paragraph by paragraph, so that two pages come out as well as two
lines; a summary and an explanation of a long text are made of notes on its parts. Nothing is refused for its length.

Decision: a result with a fault that a rule can see (a number lost, the wrong language, a copy for a summary) is made
once more in another way, and the better of the two stays: sentence by sentence, or from the text as somebody's words,
without its layout. What streamed is then replaced. The same greedy words would come again from the same prompt.

Decision: sentences that give orders to a program are not shown to the model where only the content is wanted. In a
translation they are translated.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from copilot import tasks
from copilot.calls import Compose
from copilot.conversation import Delta, Generated, Message, Origin
from copilot.echoes import Clean, cleaned
from copilot.errors import ActionUnknown, EmptyQuestion, QuestionTooLong
from copilot.faithful import faults
from copilot.lineup import Lineup
from copilot.ports import Generator
from copilot.reports import Composed
from indexer.chunker import sentences
from indexer.reporter import Reporter, Silent

ENGINE = "OpenVINO"
ACTIONS = ("summarize", "translate", "rewrite", "explain")
SUMMARY_TOKENS = 256
NOTES_TOKENS = 160
PART_TOKENS = 320
"""Of a text that is translated or rewritten at once: a mail, or a paragraph of a report."""
ROOM_BESIDE_EXAMPLES = 512
"""In a smaller window the text needs the room more than the examples do."""
LEAST_ROOM = 64
"""Tokens of text that must fit beside the task, or the device's window is too small for any work."""

_HAN = re.compile("[\u3400-\u9fff]")
_LATIN_WORD = re.compile("[A-Za-z]+")
_GAP = re.compile(r"(\n[ \t]*\n\s*)")
_CELL = re.compile(r"\t| \| ")
_SENTENCE_ENDS = re.compile(r".*[.!?。！？][\"”」)]?", re.DOTALL)


@dataclass(slots=True)
class _Sum:
    """What several runs of the model took together."""

    tokens: int = 0

    def add(self, written: Generated) -> Generated:
        self.tokens += written.answer_tokens
        return written


class Composing:
    """Uses the answer model of the lineup, which loads when it is needed."""

    def __init__(self, lineup: Lineup) -> None:
        self._lineup = lineup

    def compose(self, call: Compose, reporter: Reporter) -> Composed:
        """The result, reporting a Delta for each piece of it. Raises ActionUnknown, EmptyQuestion for an empty text,
        QuestionTooLong where the device's window is too small for any text, Cancelled, and what the model raises."""
        if call.action not in ACTIONS:
            raise ActionUnknown(call.action, ACTIONS)
        if not call.text.strip():
            raise EmptyQuestion
        with self._lineup.in_use("generator"):
            generator = self._lineup.generator()
            reporter.check()
            return compose(call, generator, reporter)


def compose(call: Compose, generator: Generator, reporter: Reporter) -> Composed:
    began = time.perf_counter()
    text = call.text.strip()
    work = _Work(call.action, call.language or default_language(call.action, text), generator)
    made = work.in_parts(text, reporter) if call.action in ("translate", "rewrite") else work.told(text, reporter)
    origin = Origin(ENGINE, generator.model_id, generator.device)
    return Composed(made, origin, time.perf_counter() - began, work.counted.tokens)


def default_language(action: str, text: str) -> str:
    """The text's own, English or Chinese; for a translation the other of the two."""
    chinese = len(_HAN.findall(text)) > len(_LATIN_WORD.findall(text))
    return "zh" if chinese != (action == "translate") else "en"


class _Work:
    """One call's way through the model."""

    def __init__(self, action: str, language: str, generator: Generator) -> None:
        self._action, self._language, self._generator = action, language, generator
        self._examples = True
        self._examples = self._room() >= ROOM_BESIDE_EXAMPLES
        self.counted = _Sum()

    # --- translated and rewritten: part by part

    def in_parts(self, text: str, reporter: Reporter) -> str:
        """The parts' results between the gaps that stood between the parts."""
        room = min(PART_TOKENS, (self._room() - LEAST_ROOM) // 2)
        if room < LEAST_ROOM:
            raise QuestionTooLong(self._generator.count_tokens(text), max(0, room))
        made = ""
        for part, gap in _parts(text, room, self._generator):
            reporter.check()
            made += self._part(part, reporter) + gap
            if gap:
                reporter.report(Delta(gap))
        return made

    def _part(self, part: str, reporter: Reporter) -> str:
        first = self._written(part, reporter, self._wanted_tokens(part))
        pieces = tuple(_sentences_and_gaps(part))
        if not self._faults(part, first) or len(pieces) < 2:
            return first
        muted = _Muted(reporter)
        second = "".join(self._written(piece, muted, self._wanted_tokens(piece)) + gap for piece, gap in pieces)
        return min(first, second, key=lambda result: len(self._faults(part, result)))

    def _wanted_tokens(self, text: str) -> int:
        """A translation comes out about as long, in the worst case twice; a short one may need some words more."""
        return min(self._room(), LEAST_ROOM + 2 * self._generator.count_tokens(text))

    # --- summarized and explained: at once, or from notes

    def told(self, text: str, reporter: Reporter) -> str:
        shown = _without_orders(_spelled_out(text))
        shown = self._reduced(shown, reporter)
        first = self._written(shown, reporter, SUMMARY_TOKENS)
        if not self._faults(text, first):
            return first
        said = tasks.AS_SAID["zh" if self._language == "zh" else "en"].format(text=" ".join(shown.split()))
        second = self._written(said, _Muted(reporter), SUMMARY_TOKENS)
        return min(first, second, key=lambda result: len(self._faults(text, result)))

    def _reduced(self, text: str, reporter: Reporter) -> str:
        """A text that fits into one prompt: itself, or the notes that were made of its parts, as often as it takes."""
        count = self._generator.count_tokens
        while True:
            room = self._room() - SUMMARY_TOKENS
            if room < LEAST_ROOM:
                raise QuestionTooLong(count(text), max(0, room))
            if count(text) <= room:
                return text
            notes = []
            for part, _ in _parts(text, room, self._generator):
                reporter.check()
                messages = self._prompt(part, "summarize")
                notes.append(self._run(messages, _Muted(reporter), NOTES_TOKENS, part))
            shorter = "\n\n".join(filter(None, notes))
            if count(shorter) >= count(text):
                raise QuestionTooLong(count(text), room)  # notes as long as the text: it would never end
            text = shorter

    # --- one run

    def _written(self, text: str, reporter: Reporter, longest: int) -> str:
        return self._run(self._prompt(text), reporter, longest, text)

    def _prompt(self, text: str, action: str = "") -> tuple[Message, ...]:
        return tasks.messages(action or self._action, text, self._language, examples=self._examples)

    def _run(self, messages: Sequence[Message], reporter: Reporter, longest: int, source: str) -> str:
        room = self._generator.context_tokens - self._generator.count_prompt(messages)
        clean = Clean(reporter, source)
        written = self.counted.add(
            self._generator.generate(messages, clean, max_tokens=max(1, min(longest, room)), stop=(tasks.END,))
        )
        clean.finish()
        result = cleaned(written.text, source)
        ended = _SENTENCE_ENDS.match(result) if written.finish == "length" else None
        return ended[0] if ended is not None else result

    def _room(self) -> int:
        """Tokens for a text and what is made of it."""
        frame = self._generator.count_prompt(self._prompt(""))
        return self._generator.context_tokens - frame

    def _faults(self, source: str, result: str) -> tuple[str, ...]:
        return faults(self._action, source, result, self._language)


# --- texts into parts


def _parts(text: str, room: int, generator: Generator) -> Iterator[tuple[str, str]]:
    """The text in pieces of at most `room` tokens, each with the white space that follows it: paragraphs together
    as far as they fit, one that is too long cut at its sentences."""
    held, between, size = "", "", 0
    for paragraph, gap in _paragraphs(text):
        tokens = generator.count_tokens(paragraph) + 2
        if held and size + tokens > room:
            yield held, between
            held, between, size = "", "", 0
        if tokens > room:
            *first, last = _cut(paragraph, room, generator)
            yield from ((piece, " ") for piece in first)
            held, between, size = last, gap, generator.count_tokens(last) + 2
        else:
            held, between, size = held + between + paragraph, gap, size + tokens
    yield held, between


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    pieces = (*_GAP.split(text), "")
    return zip(pieces[::2], pieces[1::2], strict=True)


def _cut(text: str, room: int, generator: Generator) -> Sequence[str]:
    """A paragraph in pieces of at most `room` tokens, cut at sentences where there are any."""
    parts: list[str] = []
    held, size = "", 0
    for span in sentences(text):
        for piece in _bitten(text[span.start : span.end], room, generator):
            tokens = generator.count_tokens(piece) + 2
            if held and size + tokens > room:
                parts.append(held)
                held, size = "", 0
            held, size = f"{held}\n{piece}" if held else piece, size + tokens
    return (*parts, held) if held else parts


def _bitten(sentence: str, room: int, generator: Generator) -> Sequence[str]:
    """A sentence longer than the room, such as a table without full stops, in halves of halves."""
    if len(sentence) < 2 or generator.count_tokens(sentence) + 2 <= room:
        return (sentence,)
    middle = len(sentence) // 2
    cut = sentence.rfind(" ", 1, middle)
    at = cut if cut > middle // 2 else middle
    return (*_bitten(sentence[:at], room, generator), *_bitten(sentence[at:], room, generator))


def _sentences_and_gaps(text: str) -> Iterator[tuple[str, str]]:
    """Every sentence, ended by its line, too, with the white space after it."""
    pieces = re.split(r"(\n\s*)", text)
    for line, gap in zip(pieces[::2], (*pieces[1::2], ""), strict=True):
        spans = sentences(line)
        for span, following in zip(spans, (*spans[1:], None), strict=False):
            yield line[span.start : span.end], gap if following is None else line[span.end : following.start]


def _without_orders(text: str) -> str:
    """The text with a mark in place of sentences that give orders to a program."""
    for span in reversed(sentences(text)):
        if tasks.gives_orders(text[span.start : span.end]):
            text = text[: span.start] + tasks.LEFT_OUT + text[span.end :]
    return text


def _spelled_out(text: str) -> str:
    """A table as sentences, so that every number stands beside its names: small models read columns wrongly."""
    rows = [[cell.strip() for cell in _CELL.split(line)] for line in text.split("\n") if line.strip()]
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return text
    header, *body = rows
    told = (", ".join(f"{name}: {cell}" for name, cell in zip(header, row, strict=True) if cell) for row in body)
    return "\n".join(f"{line}." for line in told)


class _Muted(Silent):
    """Passes on the wish to stop and nothing else: notes are no part of the result."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter

    def check(self) -> None:
        self._reporter.check()
