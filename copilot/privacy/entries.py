"""What stands in the ledger, as shapes: whoever shows them need not load the file's library. ledger.py keeps them."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class EntryKind(enum.StrEnum):
    OFFERED = "offered"
    DECIDED = "decided"
    SENT = "sent"
    RECEIVED = "received"
    REFUSED = "refused"
    """The far side, or the gateway, would not: `detail` has the error's code."""
    BLOCKED = "blocked"
    """Policy forbade it; nothing was offered."""
    FETCHED = "fetched"
    """A model pack came in; nothing of the person's went out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened. Money in `currency`, times in seconds; empty or zero where a kind has no such thing."""

    kind: EntryKind
    request_id: str = ""
    provider: str = ""
    host: str = ""
    model: str = ""
    send: str = ""
    digest: str = ""
    byte_count: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0
    cost: float = 0.0
    currency: str = ""
    seconds: float = 0.0
    detail: str = ""
    """Decision, error code, or pack: one of our own words, never text of the person's."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """An entry in its place: `number` from 1 without gaps, `at` in seconds since the epoch."""

    number: int
    at: float
    entry: Entry
    hash: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Where the chain does not hold, and how one can tell."""

    number: int
    says: str
