"""What a gateway says on its standard output: pieces of the answer, then an end or a failure.

MessagePack with the length before it.
"""

from __future__ import annotations

from typing import IO

import msgspec

from copilot.failures import Failure

LONGEST_FRAME = 16_000_000


class Piece(msgspec.Struct, frozen=True, tag=True):
    text: str


class End(msgspec.Struct, frozen=True, tag=True):
    """`entry` is the number of the ledger's `received` entry; `cost` in `currency`, 0 when no price is known."""

    entry: int
    prompt_tokens: int
    answer_tokens: int
    cost: float
    currency: str


class Failed(msgspec.Struct, frozen=True, tag=True):
    failure: Failure
    entry: int


Frame = Piece | End | Failed


def write_frame(stream: IO[bytes], frame: Frame) -> None:
    data = msgspec.msgpack.encode(frame)
    stream.write(len(data).to_bytes(4, "big") + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Frame | None:
    """The next frame, None at the end of the stream. Raises ValueError for anything else."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "big")
    if size > LONGEST_FRAME:
        raise ValueError("a frame longer than any answer")
    data = stream.read(size)
    if len(data) < size:
        return None
    try:
        frame: Frame = msgspec.msgpack.decode(data, type=Frame)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError("not a frame") from error
    return frame
