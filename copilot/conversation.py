"""What passes between a person and the assistant: Question, Message, Prompt, Delta, Answer, Citation.

Shapes only. The story is in assistant.py, the wire in host/protocol.py.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from indexer.document import Span
from indexer.query import Filter


class Role(enum.StrEnum):
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the person asks. `history` holds the turns before it, oldest first."""

    text: str
    scope: Filter = field(default_factory=Filter)
    top_k: int = 6
    history: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the generator is given, already fitted to `token_count` tokens of its window."""

    messages: tuple[Message, ...]
    token_count: int


@dataclass(frozen=True, slots=True)
class Delta:
    """The next piece of an answer while it is being written."""

    text: str


@dataclass(frozen=True, slots=True)
class Generated:
    """What the generator wrote. Seconds are wall time; `finish` is stop, length or cancelled."""

    text: str
    finish: str
    prompt_tokens: int
    answer_tokens: int
    first_token_seconds: float
    total_seconds: float
    log_probability: float | None = None
    """Mean natural log-probability of the written tokens, where the engine tells."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A hit quoted. `quote` is the exact text at `span` of the document at `path`; `exact`, within it, the sentence,
    row or item that carries what was said. `rows` and `lines` are those of `exact`."""

    marker: int
    path: str
    title: str
    page: int | None
    slide: int | None
    sheet: str | None
    rows: tuple[int, int] | None
    lines: tuple[int, int] | None
    section: str
    span: Span
    quote: str
    exact: Span | None = None
    """None where nothing tells one sentence of the quote from another, and in answers of older versions."""

    @property
    def marked(self) -> Span:
        """What the reader is shown first, in the document."""
        return self.exact or self.span

    @property
    def told(self) -> str:
        """The words at `marked`."""
        return self.quote[self.marked.start - self.span.start : self.marked.end - self.span.start]


@dataclass(frozen=True, slots=True)
class Origin:
    """Who answered: the engine's name, the pack's, and the device as OpenVINO names it. Without a model the program
    itself did, as to a greeting."""

    engine: str
    model: str
    device: str
    provider: str = ""
    host: str = ""
    """Who and where, for an answer from a cloud provider; empty for one that was made here."""


@dataclass(frozen=True, slots=True)
class Seconds:
    retrieve: float
    first_token: float
    total: float


@dataclass(frozen=True, slots=True)
class Tokens:
    prompt: int
    answer: int


class Support(enum.StrEnum):
    """How a statement of an answer stands to its passages."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer: where it is in `Answer.text` and whether the evidence holds it."""

    span: Span
    support: Support
    markers: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`found` is False when the files do not hold the answer; then `citations` are the nearest passages."""

    question: str
    text: str
    found: bool
    citations: tuple[Citation, ...]
    statements: tuple[Statement, ...]
    origin: Origin
    reason: str
    """One sentence: why this answer, or why none."""
    seconds: Seconds
    tokens: Tokens
    confidence: float = 1.0
    """How far the answer is to be trusted, 0 to 1: by its evidence and by how sure the model was of its words."""
    ledger_entry: int = 0
    """Number of the ledger's entry for an answer that came from a provider; 0 for one that was made here."""
    sent_bytes: int = 0
    """Size of what a provider was sent for it; 0 for an answer that was made here, and in those of older versions."""
