"""Hits and a scripted generator for the tests of answering: used by test_assistant.py and its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.conversation import Delta, Generated, Message
from indexer.document import Chunk, SectionKind, Span
from indexer.query import FoundBy, Hit, Query
from indexer.reporter import Reporter


def hit(text: str, context: str = "", *, number: int = 1, kind: SectionKind = SectionKind.TEXT, **place: object) -> Hit:
    """A hit of one chunk that begins 100 characters into its document."""
    chunk = Chunk(0, text, Span(100, 100 + len(text)), context, kind=kind, **place)  # type: ignore[arg-type]
    return Hit(
        number, f"/files/{number}.txt", f"File {number}", "text", 0, chunk, 1.0 / number, number, (FoundBy.WORDS,), 0.85
    )


class Shelf:
    """A retriever that always finds the same; `queries` is what it was asked."""

    def __init__(self, *hits: Hit) -> None:
        self._hits = hits
        self.queries: list[Query] = []

    def search(self, query: Query) -> tuple[Hit, ...]:
        self.queries.append(query)
        return self._hits


class ScriptedGenerator:
    """Says `replies` one after the other and gives `chance` to the first option; a token is a character here."""

    model_id = "scripted"
    device = "CPU"

    def __init__(self, *replies: str, chance: float = 0.99, context_tokens: int = 20_000) -> None:
        self._replies = list(replies)
        self._chance = chance
        self.context_tokens = context_tokens
        self.prompts: list[str] = []

    def count_tokens(self, text: str) -> int:
        return len(text)

    def count_prompt(self, messages: Sequence[Message]) -> int:
        return sum(len(message.text) for message in messages)

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
        self.prompts.append(messages[-1].text)
        reply = self._replies.pop(0)
        reporter.report(Delta(reply))
        return Generated(reply, "stop", self.count_prompt(messages), len(reply), 0.1, 0.2)

    def choose(self, messages: Sequence[Message], options: Sequence[str], reporter: Reporter) -> tuple[float, ...]:
        reporter.check()
        return (self._chance, 1.0 - self._chance)

    def warm_up(self) -> None:
        return None
