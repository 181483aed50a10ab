"""Anthropic's messages.

Source: the provider's reference of `POST /v1/messages` with `stream: true`, API version 2023-06-01.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import msgspec

from copilot.conversation import Message, Role
from copilot.far_errors import (
    BadApiKey,
    ContentFiltered,
    Overloaded,
    ProviderError,
    RateLimited,
    ReplyBroken,
    RequestRefused,
)
from copilot.wire import Outgoing, ServerSentEvents, Usage

KIND = "anthropic"
API_VERSION = "2023-06-01"


class _Usage(msgspec.Struct):
    input_tokens: int | None = None
    output_tokens: int | None = None


class _Message(msgspec.Struct):
    usage: _Usage | None = None


class _Delta(msgspec.Struct):
    text: str = ""
    stop_reason: str | None = None


class _Error(msgspec.Struct):
    type: str = ""


class _Event(msgspec.Struct):
    type: str
    message: _Message | None = None
    delta: _Delta | None = None
    usage: _Usage | None = None
    error: _Error | None = None


def build(url: str, model: str, messages: Sequence[Message], max_tokens: int) -> Outgoing:
    """`url` is the base that ends before `/messages` (`https://api.anthropic.com/v1`)."""
    parts = urlsplit(url)
    system = "\n\n".join(message.text for message in messages if message.role is Role.SYSTEM)
    turns = [{"role": m.role.value, "content": m.text} for m in messages if m.role is not Role.SYSTEM]
    body = {"model": model, "max_tokens": max_tokens, "messages": turns, "stream": True}
    return Outgoing(
        parts._replace(path=parts.path.rstrip("/") + "/messages").geturl(),
        (("content-type", "application/json"), ("anthropic-version", API_VERSION), ("accept", "text/event-stream")),
        msgspec.json.encode(body | ({"system": system} if system else {})),
        "x-api-key",
        "",
    )


def reading(provider: str) -> Reply:
    return Reply(provider)


class Reply:
    """One streamed reply. It is whole once `message_stop` came."""

    def __init__(self, provider: str) -> None:
        self._provider = provider
        self._events = ServerSentEvents()
        self._prompt = 0
        self._answer = 0
        self._ended = False

    def feed(self, data: bytes) -> tuple[str, ...]:
        return tuple(text for event in self._events.feed(data) if (text := self._read(event)))

    def finish(self) -> Usage:
        if not self._ended:
            raise ReplyBroken(self._provider)
        return Usage(self._prompt, self._answer)

    def _read(self, data: str) -> str:
        try:
            event = msgspec.json.decode(data, type=_Event)
        except msgspec.DecodeError:
            raise ReplyBroken(self._provider) from None
        if event.error is not None:
            raise self._failure(event.error.type)
        usage = event.usage or (event.message.usage if event.message else None)
        if usage is not None:
            self._prompt = usage.input_tokens or self._prompt
            self._answer = usage.output_tokens or self._answer
        if event.delta is not None and event.delta.stop_reason == "refusal":
            raise ContentFiltered(self._provider)
        self._ended = self._ended or event.type == "message_stop"
        return event.delta.text if event.type == "content_block_delta" and event.delta else ""

    def _failure(self, kind: str) -> ProviderError:
        match kind:
            case "authentication_error" | "permission_error":
                return BadApiKey(self._provider)
            case "rate_limit_error":
                return RateLimited(self._provider)
            case "invalid_request_error" | "not_found_error" | "request_too_large":
                return RequestRefused(self._provider, 400)
        return Overloaded(self._provider)
