"""The tokenizer graphs of the small pack: text there and back, special tokens, where an answer ends, the chat's
form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from copilot import runtime
from tests.packs import packs_folder


@pytest.fixture(scope="module")
def folder() -> Path:
    return packs_folder() / "smollm2-135m"


@pytest.fixture(scope="module")
def tokenizer(folder: Path) -> Any:
    return runtime.genai().Tokenizer(str(folder))


def ids(tokenizer: Any, text: str) -> list[int]:
    found: list[int] = tokenizer.encode(text, add_special_tokens=False).input_ids.data[0].tolist()
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Hello world!  two  spaces\n\n\tand 12,345.67",
        "naïve café, Größe",
        "你好，世界。",
        "🙂 emoji",
        "   leading",
        "x" * 99,
    ],
)
def test_text_comes_back_as_it_was(tokenizer: Any, text: str) -> None:
    assert tokenizer.decode(ids(tokenizer, text), skip_special_tokens=False) == text


def test_special_tokens_are_one_token_each(tokenizer: Any) -> None:
    assert ids(tokenizer, "<|im_start|>user\nhi<|im_end|>") == [1, 4093, 198, 6004, 2]
    assert ids(tokenizer, "<|endoftext|>") == [0]


def test_an_answer_ends_at_every_end_token(folder: Path) -> None:
    assert json.loads((folder / "generation_config.json").read_text())["eos_token_id"] == [0, 2]


def test_the_chat_has_its_form(tokenizer: Any) -> None:
    history = runtime.genai().ChatHistory(
        [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "hi"}]
    )
    prompt = tokenizer.apply_chat_template(history, add_generation_prompt=True)
    assert prompt == "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n"
