"""Asks every answer question of the real product and prints how often it was right, as Markdown tables.

Indexing, retrieval and answering are the product's own; only the corpus and the judging of answers are ours (corpus.py,
questions.py). Every question's outcome goes to a JSONL file, so that a figure can be looked into.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import msgspec

from copilot.assistant import Assistant
from copilot.conversation import Answer, Question
from copilot.engines.embedder import open_embedder
from copilot.engines.generator import open_generator
from copilot.engines.rehearsal import RehearsalEmbedder
from copilot.models.pack import read_pack
from copilot.placement import place
from copilot.ports import Generator
from copilot.routing import why_offer
from indexer.ports import Embedder
from indexer.reporter import Silent
from tests.quality.answers.corpus import corpus
from tests.quality.answers.questions import Asked, holds_gold, names_gold, questions
from tests.quality.answers.trace import KeepingGenerator, KeepingRetriever, traced
from tests.quality.retrieval.library import RememberingEmbedder, open_library

LANGUAGES = {"en": "English", "zh": "Chinese"}
HALVES = ("held-out", "dev")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, what was answered, and whether that was right."""

    text: str
    language: str
    half: str
    answerable: bool
    answer: str
    found: bool
    holds_gold: bool
    """The answer holds a gold string (and was no refusal)."""
    cites_gold: bool
    """A file that holds the answer is among the citations (and it was no refusal)."""
    cited: tuple[str, ...]
    reason: str
    confidence: float
    offered: bool
    """The person is offered the cloud, because of this answer alone (copilot/routing.py)."""
    retrieve_seconds: float
    first_token_seconds: float
    seconds: float
    quote_holds_gold: bool = False
    marked_holds_gold: bool = False
    """What a citation quotes, and what of it is marked, has a gold string."""
    quote_bytes: int = 0
    marked_bytes: int = 0

    @property
    def right(self) -> bool:
        return self.holds_gold and self.cites_gold


def outcome(asked: Asked, answer: Answer, folder: Path) -> Outcome:
    """The judgement of one answer: mechanical, from questions.py."""
    cited = tuple(Path(citation.path).relative_to(folder).as_posix() for citation in answer.citations)
    return Outcome(
        text=asked.text,
        language=asked.language,
        half=asked.half,
        answerable=asked.answerable,
        answer=answer.text,
        found=answer.found,
        holds_gold=answer.found and holds_gold(answer.text, asked.gold),
        cites_gold=answer.found and any(path in asked.files for path in cited),
        cited=cited,
        reason=answer.reason,
        confidence=round(answer.confidence, 4),
        offered=bool(why_offer(answer)),
        retrieve_seconds=round(answer.seconds.retrieve, 3),
        first_token_seconds=round(answer.seconds.first_token, 3),
        seconds=round(answer.seconds.total, 3),
        quote_holds_gold=any(names_gold(citation.quote, asked.gold) for citation in answer.citations),
        marked_holds_gold=any(names_gold(citation.told, asked.gold) for citation in answer.citations),
        quote_bytes=max((len(citation.quote.encode()) for citation in answer.citations), default=0),
        marked_bytes=max((len(citation.told.encode()) for citation in answer.citations), default=0),
    )


def table(outcomes: Sequence[Outcome]) -> str:
    """One row for each half and language, held-out first."""
    head = (
        "| questions | answerable | answer holds gold | citation is right | right and cited | refused by mistake "
        "| unanswerable | refused | s/question p50 | p95 |"
    )
    lines = [head, "|" + "---|" * 10]
    for half in HALVES:
        for language in (*LANGUAGES, ""):
            of = [one for one in outcomes if one.half == half and language in ("", one.language)]
            if of:
                lines.append(_row(f"{half}, {LANGUAGES.get(language, 'both')}", of))
    return "\n".join(lines)


def offers(outcomes: Sequence[Outcome]) -> str:
    """How many of the found answers are offered the cloud: the wrong ones should be, the right ones are bothered."""
    lines = [
        "| questions | wrong answers | of them with an offer | right answers | of them with an offer |",
        "|" + "---|" * 5,
    ]
    for half in HALVES:
        found = [one for one in outcomes if one.half == half and one.found]
        if found:
            wrong, right = [one for one in found if not one.right], [one for one in found if one.right]
            counts = (f"{len(of)} | {sum(one.offered for one in of)}" for of in (wrong, right))
            lines.append(f"| {half} | {' | '.join(counts)} |")
    return "\n".join(lines)


def marks(outcomes: Sequence[Outcome]) -> str:
    """Of the right answers: whether what is quoted, and the sentence marked in it, holds the answer, and how long both
    are."""
    lines = [
        "| questions | right | quote holds gold | marked part does | bytes quoted, median | marked |",
        "|" + "---|" * 6,
    ]
    for half in HALVES:
        right = [one for one in outcomes if one.half == half and one.right]
        if right:
            quoted = statistics.median(one.quote_bytes for one in right)
            marked = statistics.median(one.marked_bytes for one in right)
            shares = _share(right, lambda one: one.quote_holds_gold), _share(right, lambda one: one.marked_holds_gold)
            lines.append(f"| {half} | {len(right)} | {' | '.join(shares)} | {quoted:.0f} | {marked:.0f} |")
    return "\n".join(lines)


def _row(label: str, outcomes: Sequence[Outcome]) -> str:
    yes = [one for one in outcomes if one.answerable]
    no = [one for one in outcomes if not one.answerable]
    seconds = sorted(one.seconds for one in outcomes)
    cells = (
        label,
        str(len(yes)),
        _share(yes, lambda one: one.holds_gold),
        _share(yes, lambda one: one.cites_gold),
        f"**{_share(yes, lambda one: one.right)}**",
        _share(yes, lambda one: not one.found),
        str(len(no)),
        f"**{_share(no, lambda one: not one.found)}**",
        f"{statistics.median(seconds):.1f}",
        f"{seconds[min(len(seconds) - 1, int(0.95 * len(seconds)))]:.1f}",
    )
    return f"| {' | '.join(cells)} |"


def _share(outcomes: Sequence[Outcome], good: Callable[[Outcome], bool]) -> str:
    return f"{100 * sum(map(good, outcomes)) / len(outcomes):.0f} %" if outcomes else "-"


def run(
    cache: Path, embedder: Embedder, inner: Generator, results: Path, half: str, limit: int, trace: Path | None
) -> list[Outcome]:
    """Ask the questions of `half` (every one when empty); `limit`, when not 0, takes a fair sample of that many. What
    stands in `results` is not asked again."""
    folder = corpus(cache)
    store, summary = open_library(
        folder, cache / "lib" / "answers.db", RememberingEmbedder(embedder, cache / "vectors.sqlite")
    )
    print(f"{summary.files} files, {store.counts().chunks} chunks", flush=True)
    generator = KeepingGenerator(inner)
    generator.warm_up()
    retriever = KeepingRetriever(store, embedder)
    assistant = Assistant(retriever, lambda: generator, embedder)
    chosen = sorted((one for one in questions() if half in ("", one.half)), key=lambda one: one.shuffled)[
        : limit or None
    ]
    outcomes = _kept(results)
    done = {one.text for one in outcomes}
    mode = "ab" if done else "wb"
    with results.open(mode) as lines, (trace or Path(os.devnull)).open(mode) as traces:
        for asked in (one for one in chosen if one.text not in done):
            answer = assistant.ask(Question(asked.text), Silent())
            outcomes.append(outcome(asked, answer, folder))
            lines.write(msgspec.json.encode(outcomes[-1]) + b"\n")
            lines.flush()
            if trace:
                kept = traced(asked, answer, assistant, retriever, generator, embedder, folder)
                traces.write(msgspec.json.encode(kept) + b"\n")
                traces.flush()
    store.close()
    return outcomes


def _kept(results: Path) -> list[Outcome]:
    """What an earlier run has left in the file."""
    if not results.exists():
        return []
    return [msgspec.json.decode(line, type=Outcome) for line in results.open("rb")]


def machine() -> str:
    """Where and with what the figures were made."""
    models = [line.split(":", 1)[1].strip() for line in _cpu_lines() if line.startswith("model name")]
    return (
        f"{models[0] if models else platform.processor()}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}, openvino-genai {version('openvino-genai')}"
    )


def _cpu_lines() -> list[str]:
    info = Path("/proc/cpuinfo")
    return info.read_text(encoding="utf-8").splitlines() if info.exists() else []


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("cache", type=Path, help="folder for packages, corpus and library; kept for the next run")
    parser.add_argument("packs", type=Path, help="folder with the packs e5-small and qwen2.5-coder-1.5b")
    parser.add_argument(
        "--results", type=Path, help="JSONL of every outcome, taken up again when it exists; by default a new one"
    )
    parser.add_argument("--trace", type=Path, help="JSONL of what led to each answer, for fit.py")
    parser.add_argument("--half", choices=("", *HALVES), default="")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument(
        "--quick", action="store_true", help="hashed words, the small generator, 2 questions: does it run?"
    )
    arguments = parser.parse_args()
    results = arguments.results or arguments.cache / "answers.jsonl"
    if arguments.results is None:
        results.unlink(missing_ok=True)
    embedding = read_pack(arguments.packs / "e5-small")
    generating = read_pack(arguments.packs / ("smollm2-135m" if arguments.quick else "qwen2.5-coder-1.5b"))
    outcomes = run(
        arguments.cache,
        RehearsalEmbedder() if arguments.quick else open_embedder(embedding, place("embedder", embedding, None)),
        open_generator(generating, place("generator", generating, None)),
        results,
        arguments.half,
        2 if arguments.quick else arguments.limit,
        arguments.trace,
    )
    print(f"\n{machine()}\n\n{table(outcomes)}\n\n{offers(outcomes)}\n\n{marks(outcomes)}")


if __name__ == "__main__":
    main()
