"""OpenAI-compatible chat completions: OpenAI, Azure, DeepSeek, Qwen, Kimi, GLM, OpenRouter, OVMS, vLLM, llama.cpp.

Source: the provider's reference of `POST /chat/completions` with `stream: true` and `stream_options.include_usage`.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import msgspec

from copilot.conversation import Message
from copilot.far_errors import ContentFiltered, Overloaded
from copilot.wire import Outgoing, StreamedReply, Usage

KIND = "openai"


class _Delta(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    delta: _Delta | None = None
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Event(msgspec.Struct):
    choices: list[_Choice] = []
    usage: _Usage | None = None
    error: object = None


def build(url: str, model: str, messages: Sequence[Message], max_tokens: int) -> Outgoing:
    """`url` is the base that ends before `/chat/completions`; a query (Azure's api-version) stays at the end."""
    parts = urlsplit(url)
    body = {
        "model": model,
        "messages": [{"role": message.role.value, "content": message.text} for message in messages],
        "max_tokens": max_tokens,
        "temperature": 0,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    azure = (parts.hostname or "").endswith(".azure.com")
    return Outgoing(
        parts._replace(path=parts.path.rstrip("/") + "/chat/completions").geturl(),
        (("content-type", "application/json"), ("accept", "text/event-stream")),
        msgspec.json.encode(body),
        "api-key" if azure else "authorization",
        "" if azure else "Bearer ",
    )


def reading(provider: str) -> Reply:
    return Reply(provider)


class Reply(StreamedReply):
    """One streamed reply. It is whole once a finish reason or `[DONE]` came."""

    def _read(self, data: str) -> str:
        if data == "[DONE]":
            self._ended = True
            return ""
        event = self._decoded(data, _Event)
        if event.error is not None:
            raise Overloaded(self._provider, 0)
        if event.usage is not None:
            self._usage = Usage(event.usage.prompt_tokens, event.usage.completion_tokens)
        text = ""
        for choice in event.choices[:1]:
            text = (choice.delta.content or "") if choice.delta else ""
            if choice.finish_reason == "content_filter":
                raise ContentFiltered(self._provider)
            self._ended = self._ended or choice.finish_reason is not None
        return text
