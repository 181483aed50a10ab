"""What the wire formats in providers/ share: the shapes of a request and a reply, server-sent events, error statuses.

Bytes in, bytes out; nothing here opens anything.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import msgspec

from copilot.conversation import Message
from copilot.far_errors import (
    BadApiKey,
    ContentFiltered,
    NoCredit,
    Overloaded,
    ProviderError,
    RateLimited,
    ReplyBroken,
    RequestRefused,
)

E = TypeVar("E")

RETRY_AFTER = re.compile("[0-9]{1,9}")

CREDIT_WORDS = (
    b"insufficient_quota",
    b"exceeded_current_quota",
    b"insufficient balance",
    b"credit balance",
    b"billing",
    b"arrear",
)
FILTER_WORDS = (b"content_filter", b"contentfilter", b"content_policy", b"data_inspection_failed", b"responsibleai")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One request as it will be sent, but for the key, which only the gateway adds: `key_header: key_prefix + key`."""

    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    key_header: str
    key_prefix: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that the provider counted; zeros where it did not tell."""

    prompt_tokens: int = 0
    answer_tokens: int = 0


class Reading(Protocol):
    """Turns the bytes of one reply into text as they come."""

    def feed(self, data: bytes) -> tuple[str, ...]:
        """Pieces of text that became whole. Raises ProviderError when the provider says inside the stream that it
        failed.
        """

    def finish(self) -> Usage:
        """After the last byte. Raises ReplyBroken when the reply has no proper end."""


class WireFormat(Protocol):
    """What every module in providers/ offers."""

    KIND: str

    def build(self, url: str, model: str, messages: Sequence[Message], max_tokens: int) -> Outgoing: ...

    def reading(self, provider: str) -> Reading: ...


class ServerSentEvents:
    """Data fields of an event stream, whatever pieces the bytes come in (WHATWG HTML, 9.2)."""

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._line: list[str] = []
        self._data: list[str] = []

    def feed(self, data: bytes) -> tuple[str, ...]:
        """The data of every event that is complete now."""
        text = self._held + self._decode.decode(data)
        # A carriage return at the very end may be half of a line break: wait for the next bytes.
        self._held = "\r" if text.endswith("\r") else ""
        lines = text.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._line.append(lines[0])
        events = []
        for following in lines[1:]:
            events.append(self._take("".join(self._line)))
            self._line = [following]
        return tuple(event for event in events if event is not None)

    def _take(self, line: str) -> str | None:
        if not line:
            event, self._data = "\n".join(self._data), []
            return event or None
        name, _, value = line.partition(":")
        if name == "data":
            self._data.append(value.removeprefix(" "))
        return None


class StreamedReply:
    """What the replies of all wire formats share: events in, text out, and an end that must have come.

    A format says in `_read` what one event means, and sets `_ended` once the reply is whole.
    """

    def __init__(self, provider: str) -> None:
        self._provider = provider
        self._events = ServerSentEvents()
        self._usage = Usage()
        self._ended = False

    def feed(self, data: bytes) -> tuple[str, ...]:
        return tuple(text for event in self._events.feed(data) if (text := self._read(event)))

    def finish(self) -> Usage:
        if not self._ended:
            raise ReplyBroken(self._provider)
        return self._usage

    def _read(self, data: str) -> str:
        """The text that one event's data adds. Raises ProviderError."""
        raise NotImplementedError

    def _decoded(self, data: str, kind: type[E]) -> E:
        try:
            return msgspec.json.decode(data, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise ReplyBroken(self._provider) from None


def error_of(provider: str, status: int, headers: Sequence[tuple[str, str]], body: bytes) -> ProviderError:
    """A reply that is not a success as one of our errors. The body is looked at for known words and never kept."""
    said = body.lower()
    if status == 402 or (status in (400, 403, 429) and any(word in said for word in CREDIT_WORDS)):
        return NoCredit(provider, status)
    if status in (400, 403, 451) and any(word in said for word in FILTER_WORDS):
        return ContentFiltered(provider, status)
    if status in (401, 403) or (status == 400 and b"api key" in said):
        return BadApiKey(provider, status)
    if status == 429:
        return RateLimited(provider, _retry_after(headers), status)
    if status >= 500:
        return Overloaded(provider, status)
    return RequestRefused(provider, status)


def _retry_after(headers: Sequence[tuple[str, str]]) -> float | None:
    for name, value in headers:
        if name.lower() == "retry-after" and RETRY_AFTER.fullmatch(value.strip()):
            return float(value)
    return None
