"""What a request's bytes say in words: every string in them that a person can read, nothing left out and nothing added.

Decision: read from the bytes and not from what they were made of. What is shown before sending is then what is sent,
whatever went wrong on the way between.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

_TEXTS = ("content", "text", "system")


class Part(enum.Enum):
    ASKED = "asked"
    """The person's question and what goes along with it."""
    RULES = "rules"
    """What the program tells the far model about how to answer."""
    ELSE = "else"
    """Any other string, such as the model's name."""


@dataclass(frozen=True, slots=True)
class Piece:
    part: Part
    text: str


def pieces(body: bytes) -> tuple[Piece, ...]:
    """All strings of a JSON body, the person's first; a body that is no JSON is one piece."""
    try:
        read = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return (Piece(Part.ASKED, body.decode("utf-8", "backslashreplace")),)
    order = list(Part)
    return tuple(sorted(_walk(read, "", ""), key=lambda piece: order.index(piece.part)))


def _walk(value: Any, key: str, role: str) -> Iterator[Piece]:
    match value:
        case str() if key in _TEXTS:
            rules = role == "system" or key == "system"
            yield Piece(Part.RULES if rules else Part.ASKED, value)
        case str() if key != "role":
            yield Piece(Part.ELSE, value)
        case dict():
            inner = str(value.get("role", role))
            for name, one in value.items():
                yield from _walk(one, name, "system" if "system" in name.lower() else inner)
        case list():
            for one in value:
                yield from _walk(one, key, role)
