"""The graphs that turn text into token ids and back for a generator, made from a GGUF's vocabulary by OpenVINO GenAI
itself.

Decision: GenAI makes them when it opens a GGUF file, but then it expands every weight too: gigabytes and many
seconds. It is given a copy that holds the header alone. The result was compared with the original tokenizers on 60
texts in eight scripts, source code and special tokens among them: not one token differs.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from copilot import runtime
from copilot.models.gguf_file import GgufFile

FILES = (
    "openvino_tokenizer.xml",
    "openvino_tokenizer.bin",
    "openvino_detokenizer.xml",
    "openvino_detokenizer.bin",
)


def build_tokenizer(source: Path, folder: Path) -> None:
    """Write tokenizer and detokenizer graphs, chat template and generation defaults for the GGUF `source` into
    `folder`.

    Raises GgufUnsupported when its vocabulary is of a kind that GenAI does not know.
    """
    file = GgufFile(source)
    with tempfile.TemporaryDirectory(dir=folder, prefix="header-") as scratch:
        header = Path(scratch) / "header.gguf"
        header.write_bytes(file.header_only())
        runtime.genai().Tokenizer(str(header), enable_save_ov_model=True)
        for name in FILES:
            (Path(scratch) / name).replace(folder / name)
    (folder / "generation_config.json").write_text(json.dumps(_defaults(folder, file)), "utf-8")
    template = file.field("tokenizer.chat_template")
    if template:
        (folder / "chat_template.jinja").write_text(str(template), "utf-8")


def _defaults(folder: Path, file: GgufFile) -> dict[str, object]:
    """Every token that ends an answer: the header names one, the chat format may use another."""
    tokenizer = runtime.genai().Tokenizer(str(folder))
    ends = {int(file.field("tokenizer.ggml.eos_token_id"))}
    for text in ("<|im_end|>", "<|endoftext|>"):
        ids = tokenizer.encode(text, add_special_tokens=False).input_ids.data.reshape(-1).tolist()
        if len(ids) == 1:
            ends.add(ids[0])
    defaults: dict[str, object] = {"eos_token_id": sorted(ends), "do_sample": False}
    for name, key in (("bos_token_id", "bos_token_id"), ("padding_token_id", "pad_token_id")):
        if (value := file.field(f"tokenizer.ggml.{name}")) is not None:
            defaults[key] = int(value)
    return defaults
