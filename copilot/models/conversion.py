"""A program of its own: turns a Hugging Face or sentence-transformers folder into OpenVINO form and measures the
parity.

It runs in an environment that has the extra `nearside[convert]` (torch, optimum-intel, nncf, sentence-transformers),
started by importing.py as `python conversion.py SOURCE TARGET BITS`. That environment need not have Nearside in it,
so nothing of Nearside is imported here. The last line on the standard output is a JSON object: what was made, or
{"impossible": why}.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

NEEDED = ("torch", "transformers", "optimum", "nncf", "sentence_transformers", "openvino", "openvino_tokenizers")
SAMPLES = (
    "How do I change the page margins of a document?",
    "The contract ends on 31 March 2027 unless both parties renew it in writing.",
    "The quick brown fox jumps over the lazy dog.",
    "def total(rows): return sum(row.price * row.count for row in rows)",
    "北京是中国的首都，也是历史悠久的文化名城。",
    "请在付款前核对发票金额和税号。",
    "Invoice 4711, due 14 days net, 1,250.00 EUR",
    "Yes.",
)
GROUP = 128
AS_ANSWERING = {
    "INFERENCE_PRECISION_HINT": "f32",
    "KV_CACHE_PRECISION": "f32",
    "DYNAMIC_QUANTIZATION_GROUP_SIZE": "128",
}
"""What the answering processor is told, too (engines/generator.py): what is measured is what will answer."""


class Impossible(Exception):
    """The text says why, as the end of a sentence."""


def main(arguments: list[str]) -> dict[str, Any]:
    """Convert; returns what was made."""
    source, target, bits = Path(arguments[0]), Path(arguments[1]), int(arguments[2])
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        return {"impossible": "this Python has no " + ", ".join(missing), "missing": missing}
    # An analytics host is looked up at the import otherwise.
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    try:
        role = role_of(source)
        made = MAKERS[role](source, target, bits)
    except Impossible as why:
        return {"impossible": str(why), "missing": []}
    except Exception as error:  # the libraries raise what they like about a folder that they don't know
        return {"impossible": f"its conversion failed ({type(error).__name__}: {str(error)[:200]})", "missing": []}
    quantization = "int8-asym" if bits == 8 else f"int4-sym-g{GROUP}" if group_of(source) == GROUP else "int4-sym-rows"
    return {"role": role, "name": source.resolve().name, "quantization": quantization, **made}


def role_of(source: Path) -> str:
    """What the folder holds, told by its own configuration."""
    try:
        config = json.loads((source / "config.json").read_text("utf-8"))
    except (OSError, ValueError):
        raise Impossible("it has no config.json that can be read") from None
    kinds = " ".join(config.get("architectures") or ())
    if "ForSequenceClassification" in kinds:
        return "reranker"
    if (source / "modules.json").exists():
        return "embedder"
    if "ForCausalLM" in kinds:
        return "generator"
    if kinds.endswith("Model"):
        return "embedder"
    raise Impossible(f"its architecture ({kinds or 'not named'}) is neither encoder, reranker nor language model")


def _library(name: str) -> Any:
    """A library of the extra, which the environment that checks this file need not have."""
    return importlib.import_module(name)


def _export(source: Path, target: Path, task: str, bits: int) -> None:
    """What the command `optimum-cli export openvino` does; as a function it is no public interface of optimum's."""
    command = ["optimum-cli", "export", "openvino", "--model", str(source), "--task", task, "--library", "transformers"]
    if bits == 4:
        command += ["--weight-format", "int4", "--sym", "--group-size", str(group_of(source)), "--ratio", "1.0"]
    else:
        command += ["--weight-format", "int8"]
    if not task.startswith("text-generation"):
        command.append("--disable-convert-tokenizer")
    kept, sys.argv = sys.argv, [*command, str(target)]
    try:
        _library("optimum.commands.optimum_cli").main()
    finally:
        sys.argv = kept


def group_of(source: Path) -> int:
    """How many weights share a 4-bit scale; -1 is the whole row, the only other size that an NPU takes."""
    config = json.loads((source / "config.json").read_text("utf-8"))
    heads = config.get("num_attention_heads", 0) * config.get("head_dim", 0)
    widths = (config.get("hidden_size", 0), config.get("intermediate_size", 0), heads)
    return GROUP if all(width % GROUP == 0 for width in widths) else -1


def _embedder(source: Path, target: Path, bits: int) -> dict[str, Any]:
    import numpy as np

    original = _library("sentence_transformers").SentenceTransformer(str(source), device="cpu", local_files_only=True)
    pooling = next((module for module in original if type(module).__name__ == "Pooling"), None)
    mode = getattr(pooling, "pooling_mode", "mean") if pooling is not None else "mean"
    mode = mode if isinstance(mode, str) else "/".join(mode)
    if mode not in ("mean", "cls"):
        raise Impossible(f"it pools by {mode}; mean and cls are known")
    if any(type(module).__name__ == "Dense" for module in original):
        raise Impossible("it ends in a dense layer")
    _export(source, target, "feature-extraction", bits)
    prompts = getattr(original, "prompts", None) or {}
    expected = original.encode(list(SAMPLES), normalize_embeddings=True, prompt="")
    width = min(int(original.max_seq_length or 512), 8192)
    parity = np.sum(expected * _vectors(target, mode, width), axis=1)
    return {
        "dimension": int(expected.shape[1]),
        "pooling": mode,
        "query_prefix": prompts.get("query", ""),
        "passage_prefix": prompts.get("passage", prompts.get("document", "")),
        "context_tokens": width,
        "parity": float(parity.min()),
        "measure": "lowest cosine between its vectors and the sentence-transformers original's",
    }


def _vectors(target: Path, mode: str, width: int) -> Any:
    """The samples through the converted model, pooled and normalized as Nearside does it."""
    import numpy as np

    rows = []
    tokenizer, request = _opened(target, width)
    for text in SAMPLES:
        states = _infer(request, tokenizer.encode(text))
        vector = states[0] if mode == "cls" else states.mean(axis=0)
        rows.append(vector / np.linalg.norm(vector))
    return np.stack(rows)


def _reranker(source: Path, target: Path, bits: int) -> dict[str, Any]:
    import numpy as np

    original = _library("sentence_transformers").CrossEncoder(str(source), device="cpu", local_files_only=True)
    width = min(int(original.max_length or 512), 512)
    _export(source, target, "text-classification", bits)
    tokenizer, request = _opened(target, width)
    ours = np.array([_infer(request, tokenizer.encode(SAMPLES[0], text)).reshape(-1)[0] for text in SAMPLES])
    identity = _library("torch").nn.Identity()
    theirs = original.predict([(SAMPLES[0], text) for text in SAMPLES], activation_fn=identity)
    return {
        "context_tokens": width,
        "parity": float(np.corrcoef(ours, np.asarray(theirs).reshape(-1))[0, 1]),
        "measure": "correlation of its scores with the original's",
    }


def _opened(target: Path, width: int) -> tuple[Any, Any]:
    import openvino
    from tokenizers import Tokenizer

    if not (target / "tokenizer.json").exists():
        raise Impossible("its tokenizer has no tokenizer.json form")
    tokenizer = Tokenizer.from_file(str(target / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(width)
    return tokenizer, openvino.Core().compile_model(target / "openvino_model.xml", "CPU").create_infer_request()


def _infer(request: Any, encoding: Any) -> Any:
    import numpy as np

    feed = {"input_ids": encoding.ids, "attention_mask": encoding.attention_mask, "token_type_ids": encoding.type_ids}
    named = {part.get_any_name() for part in request.model_inputs}
    request.infer({name: np.array([values], np.int64) for name, values in feed.items() if name in named})
    return request.get_output_tensor(0).data[0]


def _generator(source: Path, target: Path, bits: int) -> dict[str, Any]:
    import numpy as np
    import openvino

    torch, transformers = _library("torch"), _library("transformers")
    _export(source, target, "text-generation-with-past", bits)
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(source), local_files_only=True)
    original = transformers.AutoModelForCausalLM.from_pretrained(
        str(source), dtype=torch.float32, local_files_only=True
    ).eval()
    compiled = openvino.Core().compile_model(target / "openvino_model.xml", "CPU", AS_ANSWERING)
    request = compiled.create_infer_request()
    same = total = 0
    for text in SAMPLES:
        ids = np.array([tokenizer(text)["input_ids"]], np.int64)
        request.reset_state()
        positions = np.arange(ids.shape[1], dtype=np.int64)[None]
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "position_ids": positions}
        request.infer({**feed, "beam_idx": np.zeros(1, np.int32)})
        ours = request.get_output_tensor(0).data[0].argmax(axis=-1)
        with torch.no_grad():
            theirs = original(torch.from_numpy(ids)).logits[0].argmax(dim=-1).numpy()
        same += int((ours == theirs).sum())
        total += ids.shape[1]
    return {
        "context_tokens": int(getattr(original.config, "max_position_embeddings", 4096)),
        "parity": same / total,
        "measure": "share of places where it would write the same next token as the original",
    }


MAKERS = {"embedder": _embedder, "reranker": _reranker, "generator": _generator}


if __name__ == "__main__":
    result = main(sys.argv[1:])
    sys.stdout.write("\n" + json.dumps(result) + "\n")
