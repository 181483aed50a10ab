"""Google Gemini.

Source: the provider's reference of `POST /models/MODEL:streamGenerateContent?alt=sse`, v1beta.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

import msgspec

from copilot.conversation import Message, Role
from copilot.far_errors import ContentFiltered, Overloaded
from copilot.wire import Outgoing, StreamedReply, Usage

KIND = "gemini"

REFUSALS = frozenset({"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"})


class _Part(msgspec.Struct):
    text: str = ""
    thought: bool = False


class _Content(msgspec.Struct):
    parts: list[_Part] = []


class _Candidate(msgspec.Struct, rename="camel"):
    content: _Content | None = None
    finish_reason: str | None = None


class _Usage(msgspec.Struct, rename="camel"):
    prompt_token_count: int = 0
    candidates_token_count: int = 0


class _PromptFeedback(msgspec.Struct, rename="camel"):
    block_reason: str | None = None


class _Event(msgspec.Struct, rename="camel"):
    candidates: list[_Candidate] = []
    usage_metadata: _Usage | None = None
    prompt_feedback: _PromptFeedback | None = None
    error: object = None


def build(url: str, model: str, messages: Sequence[Message], max_tokens: int) -> Outgoing:
    """`url` is the base that ends before `/models` (`https://generativelanguage.googleapis.com/v1beta`)."""
    parts = urlsplit(url)
    system = [{"text": message.text} for message in messages if message.role is Role.SYSTEM]
    turns = [
        {"role": "model" if m.role is Role.ASSISTANT else "user", "parts": [{"text": m.text}]}
        for m in messages
        if m.role is not Role.SYSTEM
    ]
    body: dict[str, object] = {
        "contents": turns,
        "generationConfig": {"maxOutputTokens": max_tokens, "temperature": 0},
    }
    if system:
        body["systemInstruction"] = {"parts": system}
    path = f"{parts.path.rstrip('/')}/models/{quote(model, safe='')}:streamGenerateContent"
    return Outgoing(
        parts._replace(path=path, query="alt=sse").geturl(),
        (("content-type", "application/json"), ("accept", "text/event-stream")),
        msgspec.json.encode(body),
        "x-goog-api-key",
        "",
    )


def reading(provider: str) -> Reply:
    return Reply(provider)


class Reply(StreamedReply):
    """One streamed reply. It is whole once a candidate named its finish reason."""

    def _read(self, data: str) -> str:
        event = self._decoded(data, _Event)
        if event.error is not None:
            raise Overloaded(self._provider, 0)
        if event.prompt_feedback is not None and event.prompt_feedback.block_reason:
            raise ContentFiltered(self._provider)
        if event.usage_metadata is not None:
            usage = event.usage_metadata
            self._usage = Usage(usage.prompt_token_count, usage.candidates_token_count)
        text = ""
        for candidate in event.candidates[:1]:
            if candidate.finish_reason in REFUSALS:
                raise ContentFiltered(self._provider)
            self._ended = self._ended or candidate.finish_reason is not None
            parts = candidate.content.parts if candidate.content else []
            text = "".join(part.text for part in parts if not part.thought)
        return text
