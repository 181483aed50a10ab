"""Private data back in place of placeholders, in a whole text or in one that comes in pieces.

Only what the conversation's memory gave out is restored; a placeholder that a model made up stays as it is.
"""

from __future__ import annotations

from copilot.privacy.memory import Memory
from copilot.privacy.placeholders import OPEN, beginning, placeholders


class Restoring:
    """A reply that comes in pieces. What is given back, joined, equals the whole text restored at once."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._before = ""
        """The last character given back, as it came: a placeholder does not begin inside a word."""
        self._held = ""

    def feed(self, piece: str) -> str:
        """What is certain by now: the end is held back while it may be the beginning of a placeholder."""
        self._held += piece
        return self._give(last=False)

    def finish(self) -> str:
        return self._give(last=True)

    def _give(self, *, last: bool) -> str:
        text, start = self._before + self._held, len(self._before)
        pieces: list[str] = []
        for one in placeholders(text, start):
            # At the very end it may go on: "Phone 1" and then "2", or a bracket that closes.
            if not last and one.end == len(text) and not text[one.start : one.end].startswith(OPEN):
                break
            known = self._memory.known(one.kind, one.label)
            pieces += (text[start : one.start], known.original if known else text[one.start : one.end])
            start = one.end
        end = len(text) if last else beginning(text, start)
        pieces.append(text[start:end])
        self._before = text[max(0, end - 1) : end]
        self._held = text[end:]
        return "".join(pieces)


def restored(text: str, memory: Memory) -> str:
    whole = Restoring(memory)
    return whole.feed(text) + whole.finish()
