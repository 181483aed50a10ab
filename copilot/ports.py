"""The shapes that engines fill for the assistant. Embedder and Reranker are the indexer's (indexer/ports.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from copilot.conversation import Generated, Message
from indexer.reporter import Reporter


class Generator(Protocol):
    """A language model on one worker thread; calls from any thread queue up. Greedy unless told otherwise.

    Raises ModelError and its children, PromptTooLong when `messages` and `max_tokens` exceed the window, Cancelled when
    the reporter says so, during prefill too.
    """

    @property
    def model_id(self) -> str: ...

    @property
    def device(self) -> str: ...

    @property
    def context_tokens(self) -> int:
        """Prompt and answer together, on the device in use."""

    def count_tokens(self, text: str) -> int: ...

    def count_prompt(self, messages: Sequence[Message]) -> int:
        """Tokens of the messages with the chat template around them."""

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
        """Report a Delta for every piece of text, return the whole. `continue_from` is put at the head of the answer
        (and is not part of the returned text); `schema` is a JSON schema that the answer must follow."""

    def choose(self, messages: Sequence[Message], options: Sequence[str], reporter: Reporter) -> tuple[float, ...]:
        """Probability of each option as the answer's first token, normalized over the options. One prefill, no text."""

    def warm_up(self) -> None:
        """Pay the cost of the first call now; returns at once when already warm."""

    def close(self) -> None:
        """Give the memory back and end the worker thread. Nothing may be asked afterwards."""
