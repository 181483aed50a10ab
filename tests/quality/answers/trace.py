"""What led to each answer, kept for looking into: the passages shown, the signs, the model's own words, and what would
have been answered if nothing had been declined. One JSON line a question; fit.py reads them.

Outcomes as a person would meet them are run.py's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from copilot import evidence, judgement
from copilot.assistant import Assistant
from copilot.conversation import Answer, Generated, Message, Question
from copilot.judgement import Signs
from copilot.ports import Generator
from indexer.ports import Embedder
from indexer.query import Hit, Query
from indexer.reporter import Reporter, Silent
from indexer.retriever import Retriever
from indexer.store.library import Store
from tests.quality.answers.questions import Asked, holds_gold, names_gold


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage that the model read. `holds_gold`: it has an accepted string and is of a right file."""

    path: str
    text: str
    similarity: float | None
    coverage: float
    holds_gold: bool


@dataclass(frozen=True, slots=True)
class Traced:
    """One question. `bold` is what had been answered without a judgement; empty when the check left nothing."""

    text: str
    language: str
    half: str
    answerable: bool
    signs: Signs
    confidence: float
    shown: tuple[Shown, ...]
    written: str
    """The model's words before any check."""
    log_probability: float | None
    bold: str
    bold_right: bool
    """`bold` holds an accepted string and cites a file that holds it."""
    prompt_tokens: int
    answer_tokens: int


class KeepingRetriever(Retriever):
    """Remembers the last hits."""

    def __init__(self, store: Store, embedder: Embedder) -> None:
        super().__init__(store, embedder)
        self.hits: tuple[Hit, ...] = ()

    def search(self, query: Query) -> tuple[Hit, ...]:
        self.hits = super().search(query)
        return self.hits


class KeepingGenerator:
    """Passes everything on to `inner` and remembers the last choice and the last text."""

    def __init__(self, inner: Generator) -> None:
        self._inner = inner
        self.model_id, self.device, self.context_tokens = inner.model_id, inner.device, inner.context_tokens
        self.chances: tuple[float, ...] = ()
        self.written: Generated | None = None

    def count_tokens(self, text: str) -> int:
        return self._inner.count_tokens(text)

    def count_prompt(self, messages: Sequence[Message]) -> int:
        return self._inner.count_prompt(messages)

    def generate(
        self,
        messages: Sequence[Message],
        reporter: Reporter,
        *,
        max_tokens: int = 256,
        stop: Sequence[str] = (),
        continue_from: str = "",
        schema: str | None = None,
    ) -> Generated:
        self.written = self._inner.generate(
            messages, reporter, max_tokens=max_tokens, stop=stop, continue_from=continue_from, schema=schema
        )
        return self.written

    def choose(self, messages: Sequence[Message], options: Sequence[str], reporter: Reporter) -> tuple[float, ...]:
        self.chances = self._inner.choose(messages, options, reporter)
        return self.chances

    def warm_up(self) -> None:
        self._inner.warm_up()

    def close(self) -> None:
        self._inner.close()


def traced(
    asked: Asked,
    answer: Answer,
    assistant: Assistant,
    retriever: KeepingRetriever,
    generator: KeepingGenerator,
    embedder: Embedder,
    folder: Path,
) -> Traced:
    """What led to `answer`, which was just given. After a refusal the question is asked once more, declining nothing;
    that is cheap, as the prompt lies in the prefix cache."""
    bold = answer
    if not answer.found:
        with _declining_nothing():
            bold = assistant.ask(Question(asked.text), Silent())
    assert generator.written is not None
    found = evidence.passages(asked.text, retriever.hits, embedder)
    passages = evidence.sharpest(found)
    signs = judgement.signs(generator.chances[0], passages, evidence.wording(asked.text, retriever.hits))
    shown = []
    for passage in passages:
        path = Path(passage.hit.path).relative_to(folder).as_posix()
        held = path in asked.files and names_gold(passage.text, asked.gold)
        shown.append(Shown(path, passage.readable, passage.similarity, passage.coverage, held))
    return Traced(
        text=asked.text,
        language=asked.language,
        half=asked.half,
        answerable=asked.answerable,
        signs=signs,
        confidence=judgement.chance(signs),
        shown=tuple(shown),
        written=generator.written.text,
        log_probability=generator.written.log_probability,
        bold=bold.text if bold.found else "",
        bold_right=bold.found and right(asked, bold, folder),
        prompt_tokens=bold.tokens.prompt,
        answer_tokens=bold.tokens.answer,
    )


def right(asked: Asked, answer: Answer, folder: Path) -> bool:
    """Whether the answer holds an accepted string and cites a file that holds it."""
    cited = (Path(citation.path).relative_to(folder).as_posix() for citation in answer.citations)
    return holds_gold(answer.text, asked.gold) and any(path in asked.files for path in cited)


@contextmanager
def _declining_nothing() -> Iterator[None]:
    kept, judgement.THRESHOLD = judgement.THRESHOLD, 0.0
    try:
        yield
    finally:
        judgement.THRESHOLD = kept
