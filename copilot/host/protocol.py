"""Messages on the engine's pipe: a call goes in, events come back, one result or failure ends it.

Decision: msgspec MessagePack, never pickle, so that whoever reaches the pipe can send text and numbers but no code.
Calls and results travel by the name of their type, checked against copilot/calls.py: no second list to keep.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from copilot.calls import CALLS, Call, result_type
from copilot.conversation import Delta
from copilot.errors import EngineMismatch, EngineUnreachable
from copilot.failures import Failure, RemoteFailure
from copilot.reports import EngineState
from indexer.reporter import Progress

VERSION = 1
"""Goes up when an older client could misread a newer engine."""

R = TypeVar("R")

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError)
"""What msgspec raises for bytes that are no message: text that is no UTF-8 has an error of its own."""

EVENTS: dict[str, type[Any]] = {event.__name__: event for event in (Delta, Progress, EngineState)}


class Envelope(msgspec.Struct, frozen=True, array_like=True):
    """`kind` is call, event, result, failure or cancel; `name` the type of what `body` holds."""

    version: int
    kind: str
    name: str
    body: msgspec.Raw


CANCEL = msgspec.msgpack.encode(Envelope(VERSION, "cancel", "", msgspec.Raw(b"\xc0")))


def seal(kind: str, message: object) -> bytes:
    """One message ready for the pipe."""
    body = msgspec.Raw(msgspec.msgpack.encode(message))
    return msgspec.msgpack.encode(Envelope(VERSION, kind, type(message).__name__, body))


def open_envelope(data: bytes) -> Envelope:
    """Raises EngineUnreachable for what is no message and EngineMismatch for another protocol's."""
    try:
        envelope = msgspec.msgpack.decode(data, type=Envelope)
    except UNREADABLE:
        raise EngineUnreachable("it sent something that is not a message") from None
    if envelope.version != VERSION:
        raise EngineMismatch(envelope.version, VERSION)
    return envelope


def read_call(envelope: Envelope) -> Call[Any]:
    return _decode(CALLS.get, envelope)  # type: ignore[no-any-return]


def read_event(envelope: Envelope) -> object:
    return _decode(EVENTS.get, envelope)


def read_result(envelope: Envelope, call: Call[R]) -> R:
    try:
        return msgspec.msgpack.decode(envelope.body, type=result_type(type(call)))  # type: ignore[no-any-return]
    except UNREADABLE:
        raise EngineUnreachable(f"its result of {envelope.name} can't be read") from None


def read_failure(envelope: Envelope) -> RemoteFailure:
    return RemoteFailure(msgspec.msgpack.decode(envelope.body, type=Failure))


def _decode(find: Callable[[str], type[Any] | None], envelope: Envelope) -> Any:
    wanted = find(envelope.name)
    if wanted is None:
        raise EngineUnreachable(f"nobody knows the message {envelope.name}")
    try:
        return msgspec.msgpack.decode(envelope.body, type=wanted)
    except UNREADABLE:
        raise EngineUnreachable(f"the message {envelope.name} can't be read") from None
