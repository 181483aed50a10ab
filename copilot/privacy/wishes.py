"""What the person wants beyond the rules, before anything leaves: words to replace besides, and finds to leave as they
are.

Decision: a word is lifted where it was found, not wherever it may stand: keeping `Vogelsang` of `Marianne Vogelsang`
shows the family name and still replaces the first name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from copilot.far_errors import RedactionUnknown
from copilot.privacy.consent import Swap
from copilot.privacy.finding import Finding
from copilot.privacy.memory import Memory
from copilot.privacy.phrases import stands_alone
from indexer.document import Span

ROUNDS = 6
"""Below a find that was lifted there may be shorter ones; no rule nests deeper than a few."""


def heed(memory: Memory, add: Sequence[str], lift: Sequence[str], draft: Callable[[], Sequence[Swap]]) -> None:
    """Tell the conversation's memory. `draft` is what would be replaced as the memory stands.

    Raises RedactionForced where IT forces the kind, RedactionUnknown for a word that nothing replaces or that may not
    be kept.
    """
    for word in add:
        if word.strip():
            memory.add(word)
    for word in lift:
        _lift(memory, word.strip(), draft)


def _lift(memory: Memory, word: str, draft: Callable[[], Sequence[Swap]]) -> None:
    swaps = [swap for swap in draft() if swap.liftable or memory.forces(swap.kind)]
    wanted = [swap for swap in swaps if swap.original == word] or [s for s in swaps if _holds(s.original, word)]
    if not wanted:
        raise RedactionUnknown(word)
    for _ in range(ROUNDS):
        for swap in wanted:
            memory.lift(Finding(swap.kind, Span(0, 0), swap.original))
        wanted = [swap for swap in draft() if swap.liftable and _holds(word, swap.original)]
        if not wanted:
            return


def _holds(text: str, part: str) -> bool:
    """Whether `part` stands in `text` as whole words."""
    return any(stands_alone(text, start, start + len(part)) for start in _places(text, part))


def _places(text: str, part: str) -> Iterator[int]:
    start = text.find(part) if len(part) > 1 else -1
    while start >= 0:
        yield start
        start = text.find(part, start + 1)
