"""What a run of the index leaves behind, as shapes: whoever shows them need not load what made them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or folder that could not be read, and why: one sentence for a person."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class PagesRead:
    """`pages` that text recognition read, and `files` that were finished with them."""

    pages: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run leaves behind in the folders it was about: `files == indexed + failed + skipped`."""

    files: int
    indexed: int
    failed: int
    skipped: int
    chunks: int
    """Chunks of these files and their members that a search can find now."""
    seconds: float
    failures: tuple[Failure, ...] = ()
    """One for each of `failed`."""
    remarks: tuple[Failure, ...] = ()
    """Why the skipped files that no rule leaves out have no text, and members that could not be read."""
    waiting: int = 0
    """Files and members with pages that wait for text recognition: skipped, or indexed by their other pages."""
    recognized: int = 0
    """Pages whose pictures were read in this run."""
