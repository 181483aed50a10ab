"""The NPU's own way to run a language model (fixed shapes, NPUW), carried out by the processor, on the small pack."""

from __future__ import annotations

from typing import Any

import pytest

from copilot import runtime
from copilot.devices import npu
from copilot.models.pack import Pack, read_pack
from tests.packs import packs_folder

PROMPT, ANSWER = 256, 64


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(packs_folder() / "smollm2-135m")


@pytest.fixture(scope="module")
def pipeline(pack: Pack) -> Any:
    window = {"MAX_PROMPT_LEN": PROMPT, "MIN_RESPONSE_LEN": ANSWER}
    return runtime.genai().LLMPipeline(str(pack.folder), "NPU", NPU_USE_NPUW="YES", NPUW_DEVICES="CPU", **window)


def ask(pipeline: Any, text: str) -> str:
    genai = runtime.genai()
    config = genai.GenerationConfig()
    config.max_new_tokens, config.do_sample = 24, False
    return str(pipeline.generate(genai.ChatHistory([{"role": "user", "content": text}]), config).texts[0])


def test_it_answers(pipeline: Any) -> None:
    assert "Paris" in ask(pipeline, "What is the capital of France?")


def test_the_same_question_gives_the_same_answer(pipeline: Any) -> None:
    question = "Name three colours."
    assert ask(pipeline, question) == ask(pipeline, question)


def test_a_prompt_over_the_window_raises(pipeline: Any) -> None:
    with pytest.raises(RuntimeError):
        ask(pipeline, "word " * 400)


def test_the_window_is_what_the_room_says(pack: Pack) -> None:
    assert dict(npu.config(pack)) == {
        "MAX_PROMPT_LEN": str(npu.PROMPT_TOKENS),
        "MIN_RESPONSE_LEN": str(npu.ANSWER_TOKENS),
    }
    assert "NPU" in pack.devices
