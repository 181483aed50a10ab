"""The story of a question: standalone, searched, read, answered or declined, checked, cited.

How passages are cut and scored is told in evidence.py, what the model is told in prompting.py, how a follow-up is
made to stand alone in followup.py, how sentences are checked in grounding.py. Whether the evidence is enough is
decided here, in `Assistant.ask`, by the one number that judgement.py makes of all signs.

Decision: citations come from the program. A small model's own markers are hints at best; each sentence is cited with
the passage that was found to hold it. A sentence that none holds stays, marked as unsupported, where others have
support: it was on the screen while it was written, and what is taken away there looks like a fault. An answer that has
no support at all gives way to a quotation or a refusal.

Decision: two sentences of an answer that stand in different sentences of one passage have a number each, so that a
number always leads to the words that carry what was said."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from copilot import courtesy, evidence, followup, given, grounding, judgement, prompting
from copilot.conversation import (
    Answer,
    Citation,
    Delta,
    Generated,
    Origin,
    Question,
    Seconds,
    Statement,
    Support,
    Tokens,
)
from copilot.errors import EmptyQuestion
from copilot.evidence import Passage
from copilot.grounding import Grounded
from copilot.ports import Generator
from copilot.quoting import quoted
from indexer.document import Span
from indexer.ports import Embedder
from indexer.query import Filter, Query
from indexer.reporter import Reporter
from indexer.retriever import Retriever

ENGINE = "OpenVINO"
SEARCHED = 24
"""Chunks asked from the retriever; a question's own `top_k` only limits the passages it is told about."""
NEAREST = 3
NOT_FOUND = "Not found in your files."
NOT_FOUND_CHINESE = "在您的文件中没有找到。"
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN_WORD = re.compile("[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class _Read:
    """What reading gave: the passages shown, best first, the judgement over them and, when it was favourable, the
    text.
    """

    passages: tuple[Passage, ...]
    verdict: judgement.Verdict
    written: Generated | None
    retrieve_seconds: float
    prompt_tokens: int


class Assistant:
    """Answers questions from one library. `generator` is called when the first prompt is ready: it may still load."""

    def __init__(
        self,
        retriever: Retriever,
        generator: Callable[[], Generator],
        embedder: Embedder | None = None,
        *,
        max_tokens: int = 160,
    ) -> None:
        self._retriever = retriever
        self._generator = generator
        self._embedder = embedder
        self._max_tokens = max_tokens

    def ask(self, question: Question, reporter: Reporter) -> Answer:
        """The answer, reporting a Delta for each piece while it is written; sentences that failed the check are marked
        as unsupported in the final text, and its reason then says so. Raises EmptyQuestion, QuestionTooLong, Cancelled,
        and what the store and the models raise."""
        if not question.text.strip():
            raise EmptyQuestion
        began = time.perf_counter()
        about, asked = given.context_of(question.text.strip())
        if not about and (said := courtesy.reply(asked, scoped=question.scope != Filter())):
            return _courteous(question.text, said, reporter, began)
        if question.history:
            asked = followup.standalone(asked, question.history, self._generator(), reporter)
        reporter.check()
        read = self._read(asked, about, question, began, reporter)
        if read.written is None:
            return self._declined(question.text, read, read.verdict.reason, began)
        numbered = prompting.in_reading_order(read.passages)
        grounded = grounding.ground(read.written.text, asked, numbered, self._embedder)
        if all(part.passage is None for part in grounded):
            return self._quoted(question.text, asked, read, began)
        return self._answered(question.text, asked, read, numbered, grounded, began)

    def _read(self, asked: str, about: str, question: Question, began: float, reporter: Reporter) -> _Read:
        hits = (*given.hits(about), *self._retriever.search(Query(asked, SEARCHED, question.scope)))
        found = evidence.passages(asked, hits, self._embedder)
        shown = evidence.sharpest(found)
        retrieved = time.perf_counter() - began
        reporter.check()
        if not shown:
            return _Read((), judgement.NOTHING_FOUND, None, retrieved, 0)
        generator = self._generator()
        prompt, count = prompting.answering(asked, shown, generator, self._max_tokens)
        shown = shown[:count]
        yes, _ = generator.choose(prompt.messages, (prompting.YES, prompting.NO), reporter)
        verdict = judgement.judge(yes, shown, evidence.wording(asked, hits))
        if not verdict.answerable:
            return _Read(shown, verdict, None, retrieved, prompt.token_count)
        room = min(self._max_tokens, generator.context_tokens - prompt.token_count)
        written = generator.generate(
            prompt.messages,
            reporter,
            max_tokens=room,
            stop=("\n\n", "\nQuestion:"),
            continue_from=prompting.ANSWER_HEAD,
        )
        return _Read(shown, verdict, written, retrieved, prompt.token_count)

    def _answered(
        self,
        question: str,
        asked: str,
        read: _Read,
        numbered: Sequence[Passage],
        grounded: Sequence[Grounded],
        began: float,
    ) -> Answer:
        """Every sentence, those that a file supports with the marker of the words that carry them; markers count in
        order of use."""
        text, of_given = "", False
        cited: dict[tuple[str, int, int], Citation] = {}
        statements = []
        for part in grounded:
            text += ("\n" if part.new_line else " ") if text else ""
            start = len(text)
            if part.passage is None:
                text += part.text
                statements.append(Statement(Span(start, len(text)), Support.UNSUPPORTED, (), part.reason))
                continue
            if given.is_given(numbered[part.passage].hit):
                of_given = True
                text += part.text
                statements.append(Statement(Span(start, len(text)), Support.SUPPORTED, (), part.reason))
                continue
            one = self._cited(len(cited) + 1, part.text, asked, numbered[part.passage])
            one = cited.setdefault((one.path, one.marked.start, one.marked.end), one)
            text += f"{part.text} [{one.marker}]"
            statements.append(Statement(Span(start, len(text)), Support.SUPPORTED, (one.marker,), part.reason))
        sources = dict.fromkeys(one.title or one.path for one in cited.values())
        names = ", ".join((*sources, *((given.NAME,) if of_given else ())))
        reason = f"Every statement was found in {names}."
        doubtful = sum(part.passage is None for part in grounded)
        if doubtful:
            what = "statement has" if doubtful == 1 else "statements have"
            reason = f"{doubtful} {what} no support in the passages found; the rest was found in {names}."
        answer = self._answer(question, text, True, tuple(cited.values()), tuple(statements), reason, read, began)
        surely = read.written.log_probability if read.written else None
        return replace(answer, confidence=judgement.sureness(read.verdict, surely))

    def _quoted(self, question: str, asked: str, read: _Read, began: float) -> Answer:
        """What the model wrote has no support: the best passage in its own words, if it is good enough by itself."""
        best = evidence.best_sentence(asked, read.passages[0], self._embedder)
        if not judgement.quotable(read.verdict):
            return self._declined(question, read, "The model's answer had no support in the passages found.", began)
        cites = not given.is_given(read.passages[0].hit)
        text = f"{best} [1]" if cites else best
        statement = Statement(Span(0, len(text)), Support.SUPPORTED, (1,) if cites else (), "quoted from its passage")
        reason = "Quoted from the best passage: the model's own wording had no support in it."
        cited = (self._cited(1, best, asked, read.passages[0]),) if cites else ()
        return self._answer(question, text, True, cited, (statement,), reason, read, began)

    def _cited(self, marker: int, said: str, asked: str, passage: Passage) -> Citation:
        """The stretch of a passage that tells, and in it the words that carry what was said."""
        stretch = grounding.telling(said, asked, passage)
        exact = grounding.marked(said, asked, stretch, self._embedder)
        return quoted(marker, stretch.hit, stretch.span, exact.span if exact != stretch else None)

    def _declined(self, question: str, read: _Read, reason: str, began: float) -> Answer:
        near = enumerate([one for one in read.passages if not given.is_given(one.hit)][:NEAREST], start=1)
        nearest = tuple(self._cited(number, "", question, passage) for number, passage in near)
        text = NOT_FOUND_CHINESE if is_chinese(question) else NOT_FOUND
        return self._answer(question, text, False, nearest, (), reason, read, began)

    def _answer(
        self,
        question: str,
        text: str,
        found: bool,
        citations: tuple[Citation, ...],
        statements: tuple[Statement, ...],
        reason: str,
        read: _Read,
        began: float,
    ) -> Answer:
        generator = self._generator()
        written = read.written
        first = written.first_token_seconds if written else 0.0
        tokens = Tokens(
            written.prompt_tokens if written else read.prompt_tokens, written.answer_tokens if written else 0
        )
        return Answer(
            question=question,
            text=text,
            found=found,
            citations=citations,
            statements=statements,
            origin=Origin(ENGINE, generator.model_id, generator.device),
            reason=reason,
            seconds=Seconds(read.retrieve_seconds, first, time.perf_counter() - began),
            tokens=tokens,
            confidence=read.verdict.confidence,
        )


def _courteous(question: str, said: str, reporter: Reporter, began: float) -> Answer:
    reporter.report(Delta(said))
    return Answer(
        question=question,
        text=said,
        found=True,
        citations=(),
        statements=(),
        origin=Origin(courtesy.ENGINE, "", ""),
        reason=courtesy.REASON,
        seconds=Seconds(0.0, 0.0, time.perf_counter() - began),
        tokens=Tokens(0, 0),
    )


def is_chinese(text: str) -> bool:
    """Whether a question is Chinese: more Han letters than Latin words."""
    return len(_HAN.findall(text)) > len(_LATIN_WORD.findall(text))
