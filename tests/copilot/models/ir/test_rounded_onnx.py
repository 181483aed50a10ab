"""A rounded layer against the same layer in floats. The ONNX file is written here byte by byte: nothing that Nearside
needs can write one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from copilot import runtime
from copilot.models.ir.rounded_onnx import build_rounded
from indexer.reporter import Cancelled, Silent
from tests.fakes import WatchedReporter

FLOAT, UINT8, INT8, INT32 = 1, 2, 3, 6
INPUTS, OUTPUTS = 32, 8


def number(field: int, value: int) -> bytes:
    written = bytearray(varint(field << 3))
    return bytes(written + varint(value))


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def block(field: int, content: bytes | str) -> bytes:
    raw = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(raw)) + raw


def tensor(name: str, kind: int, values: NDArray[np.generic]) -> bytes:
    sizes = b"".join(number(1, size) for size in values.shape)
    return block(5, sizes + number(2, kind) + block(8, name) + block(9, values.tobytes()))


def node(kind: str, inputs: list[str], outputs: list[str], attributes: bytes = b"") -> bytes:
    names = b"".join(block(1, name) for name in inputs) + b"".join(block(2, name) for name in outputs)
    return block(1, names + block(4, kind) + attributes)


def value(field: int, name: str, width: int) -> bytes:
    shape = block(2, block(1, block(2, "rows")) + block(1, number(1, width)))
    return block(field, block(1, name) + block(2, block(1, number(1, FLOAT) + shape)))


def rounded_layer(weights: NDArray[np.int8], zero: int, scale: float) -> bytes:
    """y = x @ ((weights - zero) * scale), as ONNX Runtime's dynamic rounding writes it."""
    graph = node("DynamicQuantizeLinear", ["x"], ["x8", "x_scale", "x_zero"])
    graph += node("MatMulInteger", ["x8", "w8", "x_zero", "w_zero"], ["whole"])
    to_float = block(5, block(1, "to") + number(3, FLOAT) + number(20, 2))
    graph += node("Cast", ["whole"], ["cast"], to_float)
    graph += node("Mul", ["x_scale", "w_scale"], ["both"])
    graph += node("Mul", ["cast", "both"], ["y"])
    graph += block(2, "layer") + tensor("w8", INT8, weights)
    graph += tensor("w_zero", INT8, np.array(zero, np.int8)) + tensor("w_scale", FLOAT, np.array(scale, np.float32))
    graph += value(11, "x", INPUTS) + value(12, "y", OUTPUTS)
    return number(1, 8) + block(7, graph) + block(8, number(2, 17))


@pytest.fixture
def weights() -> NDArray[np.int8]:
    return np.random.default_rng(5).integers(-128, 128, (INPUTS, OUTPUTS)).astype(np.int8)


@pytest.mark.parametrize("zero", [0, 3])
def test_the_layer_computes_in_floats(tmp_path: Path, weights: NDArray[np.int8], zero: int) -> None:
    (tmp_path / "m.onnx").write_bytes(rounded_layer(weights, zero, 0.015625))
    assert build_rounded(tmp_path / "m.onnx", tmp_path, Silent()) == "int8-asym"
    exact = {"INFERENCE_PRECISION_HINT": "f32", "DYNAMIC_QUANTIZATION_GROUP_SIZE": "0"}
    core = runtime.openvino().Core()
    states = np.random.default_rng(6).standard_normal((3, INPUTS)).astype(np.float32)
    wanted = states @ ((weights.astype(np.float32) - zero) * np.float32(0.015625))
    ours = core.compile_model(tmp_path / "openvino_model.xml", "CPU", exact)({"x": states})[0]
    assert np.abs(ours - wanted).max() < 1e-4
    # The file as it came rounds what passes through it: further off, or nothing was gained.
    as_it_came = core.compile_model(tmp_path / "m.onnx", "CPU", exact)({"x": states})[0]
    assert np.abs(as_it_came - wanted).max() > 1e-3
    kinds = {step.get_type_name() for step in core.read_model(tmp_path / "openvino_model.xml").get_ops()}
    assert "Round" not in kinds


def test_a_file_without_rounded_weights_is_refused(tmp_path: Path) -> None:
    graph = node("Mul", ["x", "x"], ["y"]) + block(2, "layer") + value(11, "x", OUTPUTS) + value(12, "y", OUTPUTS)
    (tmp_path / "m.onnx").write_bytes(number(1, 8) + block(7, graph) + block(8, number(2, 17)))
    with pytest.raises(ValueError, match="no rounded weights"):
        build_rounded(tmp_path / "m.onnx", tmp_path, Silent())


def test_it_can_be_stopped(tmp_path: Path, weights: NDArray[np.int8]) -> None:
    (tmp_path / "m.onnx").write_bytes(rounded_layer(weights, 0, 0.01))
    with pytest.raises(Cancelled):
        build_rounded(tmp_path / "m.onnx", tmp_path, WatchedReporter(stop_when=lambda event: True))
    assert not (tmp_path / "openvino_model.xml").exists()
