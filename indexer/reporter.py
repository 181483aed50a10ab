"""How long work talks to whoever started it, and how it is told to stop.

Progress and tokens travel one way, `Cancelled` the other. No printing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Cancelled(Exception):
    """The person pressed stop. Not an error: whoever started the work catches it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `seconds_left` is None while nothing can be said yet."""

    stage: str
    """One of: scan, extract, recognize, embed, snapshot, wait, fetch, convert, verify."""
    done: int
    total: int | None = None
    chunks: int = 0
    chunks_per_second: float = 0.0
    failed: int = 0
    seconds_left: float | None = None
    subject: str = ""
    """The file or pack in hand, for the screen only: never logged."""


class Reporter(Protocol):
    """Takes events of long work. Either method may raise Cancelled."""

    def report(self, event: object) -> None:
        """Take one event (Progress, Delta, ...)."""

    def check(self) -> None:
        """Raise Cancelled once the person asked to stop."""


class Silent:
    """A Reporter that listens to nobody and never cancels."""

    def report(self, event: object) -> None:
        return None

    def check(self) -> None:
        return None
