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
    RequestRefused,
)
from copilot.wire import Outgoing, StreamedReply, Usage

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


class Reply(StreamedReply):
    """One streamed reply. It is whole once `message_stop` came."""

    def _read(self, data: str) -> str:
        event = self._decoded(data, _Event)
        if event.error is not None:
            raise self._failure(event.error.type)
        usage = event.usage or (event.message.usage if event.message else None)
        if usage is not None:
            self._usage = Usage(
                usage.input_tokens or self._usage.prompt_tokens, usage.output_tokens or self._usage.answer_tokens
            )
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
