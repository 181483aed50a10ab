"""Tokens into text that can be shown at once: never half a character, never the beginning of a stop string.

Pure: the decoder is given. What is done with the pieces (sent, drawn, counted) is the caller's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

_INCOMPLETE = "\ufffd"
"""What decoders put in place of bytes that are not (yet) a character. A Chinese character may span three tokens."""
_LONGEST_CHARACTER = 4
"""Tokens, at one byte each: a replacement character with more tokens after it than this will not mend itself."""


class TextStream:
    """Collects tokens and passes on the text that is certain, piece by piece, to `emit`.

    Decision: the text is decoded from the last certain line on, not token by token: a decoder may join or drop spaces
    between tokens, so only the decoding of a run of them is right.
    """

    def __init__(
        self, decode: Callable[[Sequence[int]], str], emit: Callable[[str], None], stop: Sequence[str] = ()
    ) -> None:
        self._decode, self._emit = decode, emit
        self._stop = tuple(word for word in stop if word)
        self._tokens: list[int] = []
        self._sealed = ""
        self._tail = ""
        self._sent = 0
        self.stopped = False
        """True once a stop string was met: the text ends before it, and later tokens are ignored."""

    @property
    def text(self) -> str:
        """Everything passed on so far."""
        return (self._sealed + self._tail)[: self._sent]

    def take(self, tokens: Sequence[int]) -> bool:
        """Add tokens; False when generation should end because a stop string was met."""
        for token in tokens:
            if self.stopped:
                break
            self._tokens.append(token)
            self._tail = self._decode(self._tokens)
            self._advance(final=False)
        return not self.stopped

    def finish(self) -> str:
        """Pass on what was held back, since nothing follows, but for a character cut in half; returns the whole
        text.
        """
        if not self.stopped:
            self._advance(final=True)
        return self.text

    def _advance(self, final: bool) -> None:
        whole = self._sealed + self._tail
        ends = [at for word in self._stop if (at := whole.find(word)) >= 0]
        if ends:
            self.stopped = True
            self._send(whole, min(ends))
            return
        end = len(whole.rstrip(_INCOMPLETE)) if final else len(whole) - self._held_back(whole)
        self._send(whole, end)
        if whole.endswith("\n") and end == len(whole):
            self._sealed, self._tail, self._tokens = whole, "", []

    def _held_back(self, whole: str) -> int:
        """Characters at the end that may still change or turn out to begin a stop string."""
        unsure = 0
        if whole.endswith(_INCOMPLETE):
            unsure = min(len(whole) - len(whole.rstrip(_INCOMPLETE)), _LONGEST_CHARACTER)
        for word in self._stop:
            longest = min(len(word) - 1, len(whole))
            head = next((size for size in range(longest, 0, -1) if whole.endswith(word[:size])), 0)
            unsure = max(unsure, head)
        return unsure

    def _send(self, whole: str, end: int) -> None:
        if end > self._sent:
            piece, self._sent = whole[self._sent : end], end
            self._emit(piece)
