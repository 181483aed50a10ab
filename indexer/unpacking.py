"""What unpacking archives has in common: how much may come out, and how a member that can't be had is named.

Office files are zip packages as well; their parts are containers.py's business.
"""

from __future__ import annotations

from typing import IO

from indexer.content import Limits, Member
from indexer.document import FileState
from indexer.errors import ExtractionFailed

_BLOCK = 1 << 20


class Allowance:
    """Bytes that the members of one archive may still give. Declared sizes are checked, real ones are counted."""

    def __init__(self, limits: Limits) -> None:
        self._each = limits.member_bytes
        self._total = limits.total_member_bytes
        self._left = limits.total_member_bytes

    def refusal(self, declared: int) -> ExtractionFailed | None:
        """Why a member that says it has `declared` bytes is not unpacked, or None."""
        if declared > self._each:
            return ExtractionFailed(
                FileState.TOO_LARGE,
                f"The file in the archive is {declared / 1e6:,.0f} MB; up to {self._each / 1e6:,.0f} MB are unpacked.",
            )
        if declared > self._left:
            return self._used_up()
        return None

    def read(self, stream: IO[bytes]) -> bytes:
        """All bytes of `stream`. Raises ExtractionFailed(TOO_LARGE) when they are more than was said or is left."""
        blocks: list[bytes] = []
        size = 0
        while block := stream.read(_BLOCK):
            size += len(block)
            self._left -= len(block)
            if size > self._each:
                raise ExtractionFailed(
                    FileState.TOO_LARGE, f"The file in the archive unpacks to more than {self._each / 1e6:,.0f} MB."
                )
            if self._left < 0:
                raise self._used_up()
            blocks.append(block)
        return b"".join(blocks)

    def _used_up(self) -> ExtractionFailed:
        reason = f"The archive unpacks to more than {self._total / 1e6:,.0f} MB; this file in it was left out."
        return ExtractionFailed(FileState.TOO_LARGE, reason)


def locked_member(name: str) -> Member:
    return Member(
        name, problem=ExtractionFailed(FileState.ENCRYPTED, "The file in the archive is locked with a password.")
    )


def broken_member(name: str) -> Member:
    reason = "The file in the archive is damaged: it can't be unpacked."
    return Member(name, problem=ExtractionFailed(FileState.DAMAGED, reason))
