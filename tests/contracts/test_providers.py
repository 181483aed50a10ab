"""One suite for every wire format: requests that the providers' own libraries accept, replies in any split, errors."""

from __future__ import annotations

import itertools
import json
import warnings
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot import providers
from copilot.conversation import Message, Role
from copilot.far_errors import (
    BadApiKey,
    ContentFiltered,
    NoCredit,
    Overloaded,
    RateLimited,
    ReplyBroken,
    RequestRefused,
)
from copilot.wire import Usage, WireFormat, error_of

FORMATS = providers.wire_formats()
MESSAGES = (
    Message(Role.SYSTEM, "Answer briefly. 简短回答。"),
    Message(Role.USER, "When does Person A's lease end?"),
    Message(Role.ASSISTANT, "In June."),
    Message(Role.USER, 'Which year? 😀 \u2028 "quoted"'),
)
PIECES = ("The lease ", "ends on 30 June 2027 ", "（合同第三条）", " 😀.")


@dataclass(frozen=True, slots=True)
class Sample:
    """A recorded shape of one provider's stream."""

    url: str
    whole: str
    usage: Usage
    cut: str
    filtered: str
    failed: str


def sse(*events: Any, done: str = "") -> str:
    return "".join(f"data: {json.dumps(event, ensure_ascii=False)}\n\n" for event in events) + done


def _openai_chunk(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    return {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m"} | {
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]
    }


def _anthropic(kind: str, **fields: Any) -> str:
    return f"event: {kind}\n" + sse({"type": kind} | fields)


SAMPLES = {
    "openai": Sample(
        "https://api.example.test/v1",
        ": keep-alive\n\n"
        + sse(
            _openai_chunk({"role": "assistant", "content": ""}),
            *(_openai_chunk({"content": piece}) for piece in PIECES),
            _openai_chunk({}, "stop"),
            {"choices": [], "usage": {"prompt_tokens": 31, "completion_tokens": 12, "total_tokens": 43}},
            done="data: [DONE]\n\n",
        ),
        Usage(31, 12),
        sse(_openai_chunk({"content": "The lease"})),
        sse(_openai_chunk({}, "content_filter")),
        sse({"error": {"message": "server had an error", "type": "server_error"}}),
    ),
    "anthropic": Sample(
        "https://api.example.test/v1",
        _anthropic("message_start", message={"id": "m", "usage": {"input_tokens": 31, "output_tokens": 1}})
        + _anthropic("content_block_start", index=0, content_block={"type": "text", "text": ""})
        + _anthropic("ping")
        + "".join(
            _anthropic("content_block_delta", index=0, delta={"type": "text_delta", "text": piece}) for piece in PIECES
        )
        + _anthropic("content_block_stop", index=0)
        + _anthropic("message_delta", delta={"stop_reason": "end_turn"}, usage={"output_tokens": 12})
        + _anthropic("message_stop"),
        Usage(31, 12),
        _anthropic("content_block_delta", index=0, delta={"type": "text_delta", "text": "The lease"}),
        _anthropic("message_delta", delta={"stop_reason": "refusal"}, usage={"output_tokens": 1}),
        _anthropic("error", error={"type": "overloaded_error", "message": "Overloaded"}),
    ),
    "gemini": Sample(
        "https://api.example.test/v1beta",
        sse(
            {"candidates": [{"content": {"parts": [{"text": "hm", "thought": True}], "role": "model"}}]},
            *({"candidates": [{"content": {"parts": [{"text": piece}], "role": "model"}}]} for piece in PIECES),
            {
                "candidates": [{"content": {"parts": [{"text": ""}]}, "finishReason": "STOP"}],
                "usageMetadata": {"promptTokenCount": 31, "candidatesTokenCount": 12, "totalTokenCount": 43},
            },
        ).replace("\n", "\r\n"),
        Usage(31, 12),
        sse({"candidates": [{"content": {"parts": [{"text": "The lease"}]}}]}),
        sse({"promptFeedback": {"blockReason": "SAFETY"}}),
        sse({"error": {"code": 503, "message": "overloaded"}}),
    ),
}


@pytest.fixture(params=FORMATS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def wire(kind: str) -> WireFormat:
    return FORMATS[kind]


@pytest.fixture
def sample(kind: str) -> Sample:
    return SAMPLES[kind]


def read(wire: WireFormat, data: bytes, cuts: list[int] | None = None) -> tuple[str, Usage]:
    reading = wire.reading("acme")
    edges = [0, *sorted(cuts or []), len(data)]
    pieces = [text for a, b in itertools.pairwise(edges) for text in reading.feed(data[a:b])]
    return "".join(pieces), reading.finish()


def test_every_format_has_a_sample() -> None:
    assert set(FORMATS) == set(SAMPLES)


def test_building_is_deterministic_and_keeps_the_text(wire: WireFormat, sample: Sample) -> None:
    first = wire.build(sample.url, "large", MESSAGES, 300)
    assert first == wire.build(sample.url, "large", MESSAGES, 300)
    body = json.dumps(json.loads(first.body), ensure_ascii=False)
    for message in MESSAGES:
        assert json.dumps(message.text, ensure_ascii=False)[1:-1] in body
    assert "300" in body
    assert first.url.startswith(sample.url)


def test_a_request_holds_no_key_and_says_where_it_goes(wire: WireFormat, sample: Sample) -> None:
    built = wire.build(sample.url, "large", MESSAGES, 300)
    assert built.key_header.lower() not in {name.lower() for name, _ in built.headers}
    assert built.key_header


@given(cuts=st.lists(st.integers(0, 1500), max_size=40))
@pytest.mark.parametrize("kind", FORMATS)
def test_a_reply_reads_the_same_in_any_split(kind: str, cuts: list[int]) -> None:
    sample = SAMPLES[kind]
    data = sample.whole.encode()
    text, usage = read(FORMATS[kind], data, [min(cut, len(data)) for cut in cuts])
    assert (text, usage) == ("".join(PIECES), sample.usage)


def test_a_reply_that_breaks_off_is_an_error_but_its_text_is_there(wire: WireFormat, sample: Sample) -> None:
    reading = wire.reading("acme")
    assert reading.feed(sample.cut.encode()) == ("The lease",)
    with pytest.raises(ReplyBroken):
        reading.finish()


def test_failures_inside_a_stream(wire: WireFormat, sample: Sample) -> None:
    with pytest.raises(ContentFiltered):
        read(wire, sample.filtered.encode())
    with pytest.raises(Overloaded):
        read(wire, sample.failed.encode())
    with pytest.raises(ReplyBroken):
        read(wire, b"data: <html>gateway</html>\n\n")


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, b'{"error":{"code":"invalid_api_key"}}', BadApiKey),
        (403, b"forbidden", BadApiKey),
        (400, b'{"error":{"message":"API key not valid. Please pass a valid API key."}}', BadApiKey),
        (402, b'{"error":{"message":"Insufficient Balance"}}', NoCredit),
        (429, b'{"error":{"code":"insufficient_quota"}}', NoCredit),
        (400, b'{"error":{"message":"Your credit balance is too low"}}', NoCredit),
        (429, b"slow down", RateLimited),
        (400, b'{"error":{"code":"content_filter"}}', ContentFiltered),
        (400, b'{"code":"data_inspection_failed"}', ContentFiltered),
        (404, b'{"error":"model not found"}', RequestRefused),
        (413, b"too large", RequestRefused),
        (500, b"", Overloaded),
        (529, b'{"type":"overloaded_error"}', Overloaded),
    ],
)
def test_statuses_become_our_errors(status: int, body: bytes, error: type[Exception]) -> None:
    made = error_of("acme", status, (("Retry-After", "7"),), body)
    assert type(made) is error
    assert made.status == status
    if isinstance(made, RateLimited):
        assert made.retry_after == 7


def test_azure_keeps_its_query_and_its_own_key_header() -> None:
    url = "https://firm.openai.azure.com/openai/deployments/large?api-version=2024-10-21"
    built = FORMATS["openai"].build(url, "large", MESSAGES, 10)
    assert built.url.endswith("/deployments/large/chat/completions?api-version=2024-10-21")
    assert (built.key_header, built.key_prefix) == ("api-key", "")


def test_openais_own_types_accept_what_we_build() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package's own
        from openai.types.chat import ChatCompletionChunk
        from openai.types.chat.completion_create_params import CompletionCreateParamsStreaming
        from pydantic import ConfigDict, TypeAdapter

        shape = CompletionCreateParamsStreaming
        shape.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
        built = FORMATS["openai"].build("https://api.example.test/v1", "large", MESSAGES, 300)
        TypeAdapter(shape).validate_python(json.loads(built.body))
        for line in SAMPLES["openai"].whole.splitlines():
            if line.startswith('data: {"id"'):
                ChatCompletionChunk.model_validate_json(line[6:])


def test_anthropics_own_types_accept_what_we_build() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from anthropic.types.message_create_params import MessageCreateParamsStreaming
        from pydantic import ConfigDict, TypeAdapter

        shape = MessageCreateParamsStreaming
        shape.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
        built = FORMATS["anthropic"].build("https://api.example.test/v1", "large", MESSAGES, 300)
        TypeAdapter(shape).validate_python(json.loads(built.body))
