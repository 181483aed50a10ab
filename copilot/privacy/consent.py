"""What a person is shown before anything leaves, and what they can say to it. Shapes and the one rule that binds them.

A consent holds for one digest. What is sent is `ApprovedRequest.body`, and only `approve` makes one: a Prompt can't be
sent, and neither can a body that differs by a byte from the one that was shown.
"""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass

from copilot.far_errors import ConsentMismatch


class Sending(enum.StrEnum):
    """How much goes along with a question."""

    QUESTION = "question"
    """The question alone, private data replaced; no text of any file."""
    PASSAGES = "passages"
    """The question and passages of files whose label allows it, private data replaced."""
    SKETCH = "sketch"
    """The question and a description of the evidence, every value replaced; the reply is filled in here."""


class Decision(enum.StrEnum):
    ONCE = "once"
    CONVERSATION = "conversation"
    """This conversation, for the same provider, sending and labels only."""
    NO = "no"
    NEVER_FOLDER = "never_folder"
    """No, and the folders that passages came from become local only."""


@dataclass(frozen=True, slots=True)
class FindingCount:
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Swap:
    """What was replaced by what, for the eyes of the person: never kept in the ledger, never sent.

    `liftable` is False where IT forces the kind, or where it stands in files labelled `redacted` alone.
    """

    kind: str
    original: str
    placeholder: str
    liftable: bool


@dataclass(frozen=True, slots=True)
class Withheld:
    """Passages that were found but may not leave, counted by folder."""

    folder: str
    count: int


@dataclass(frozen=True, slots=True)
class Cost:
    """An estimate in `currency`; `budget_left` is what this month's budget still holds, None without a budget."""

    amount: float
    currency: str
    budget_left: float | None
    warns: bool = False
    """So much of the budget is spent that the person wanted to be told."""


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """Everything a person needs to decide, and the exact bytes it is about."""

    id: str
    conversation_id: str
    provider: str
    kind: str
    url: str
    host: str
    model: str
    send: Sending
    body: bytes
    digest: str
    """SHA-256 of `body` in hex."""
    cost: Cost | None
    files: tuple[str, ...]
    findings: tuple[FindingCount, ...]
    withheld: tuple[Withheld, ...]
    reason: str
    """One sentence: why the cloud is offered."""
    standing: bool = False
    """The person said yes to this conversation before, for the same provider, way of sending and labels."""
    swaps: tuple[Swap, ...] = ()

    @property
    def byte_count(self) -> int:
        return len(self.body)


@dataclass(frozen=True, slots=True)
class Consent:
    """What the person said, about exactly the body with `digest`. `given_at` in seconds since the epoch."""

    request_id: str
    digest: str
    decision: Decision
    given_at: float


@dataclass(frozen=True, slots=True)
class ApprovedRequest:
    """The only thing a gateway sends."""

    request_id: str
    provider: str
    url: str
    body: bytes
    digest: str


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def approve(request: ConsentRequest, consent: Consent) -> ApprovedRequest:
    """Bind a yes to the bytes it was said to. Raises ConsentMismatch for a no, another request, or a changed byte."""
    said_yes = consent.decision in (Decision.ONCE, Decision.CONVERSATION)
    same = consent.request_id == request.id and consent.digest == request.digest == digest_of(request.body)
    if not (said_yes and same):
        raise ConsentMismatch(request.id)
    return ApprovedRequest(request.id, request.provider, request.url, request.body, request.digest)
