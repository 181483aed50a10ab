"""ONNX models that ONNX Runtime rounded (integer weights, activations rounded as they pass) to an OpenVINO graph that
computes in floats with 8-bit weights.

Decision: such a file runs in OpenVINO as it is, but the rounding of activations is spelled out in a dozen nodes a layer
that no plugin recognizes. Here each integer product is replaced by a plain linear layer over the same integers, which
the plugins know (graph.py), and everything before and after it stays the file's own.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from copilot.models.ir.graph import Graph, Node
from copilot.models.quantize import Int8Rows
from indexer.reporter import Progress, Reporter


def build_rounded(source: Path, folder: Path, reporter: Reporter) -> str:
    """Write openvino_model.xml/.bin for the ONNX file `source` into `folder`; returns the quantization's name.

    Raises ValueError when the file holds no integer products of the known form; Cancelled when the reporter says so.
    """
    graph = Graph()
    model = graph.ov.Core().read_model(source)
    products = [node for node in model.get_ordered_ops() if _is_integer_product(node)]
    if not products:
        raise ValueError("it has no rounded weights")
    for number, product in enumerate(products):
        reporter.report(Progress("convert", number, len(products)))
        reporter.check()
        _replace(graph, product)
    model.validate_nodes_and_infer_types()
    graph.save(model, folder)
    return "int8-asym"


def _is_integer_product(node: Node) -> bool:
    return bool(node.get_type_name() == "MatMul" and node.get_element_type().get_type_name() == "i32")


def _replace(graph: Graph, product: Node) -> None:
    """(integers of x) @ (integers of w) -> Convert -> * (scale of x * scale of w) becomes x @ (scaled w)."""
    states, weights = (product.input_value(side).get_node() for side in (0, 1))
    converted = _only_reader(product)
    scaled = _only_reader(converted)
    both = next(value.get_node() for value in scaled.input_values() if value.get_node() != converted)
    # Two nodes in any order: the scale of the activations, computed as they pass, and the weights', a constant.
    sides = [value.get_node() for value in both.input_values()]
    constant = next((node for node in sides if node.get_type_name() == "Constant"), None)
    computed = next((node for node in sides if node.get_type_name() != "Constant"), None)
    if constant is None or computed is None or states.get_type_name() != "Subtract":
        raise ValueError("its rounded layers have another form")
    values, zero = (_constant(weights.input_value(place).get_node()) for place in (0, 1))
    linear = graph.linear(_unrounded(computed), graph.int8(_rows(values, zero, constant.data)))
    scaled.output(0).replace(linear.output(0))


def _only_reader(node: Node) -> Node:
    return next(iter(node.output(0).get_target_inputs())).get_node()


def _constant(node: Node) -> NDArray[np.int8]:
    """The integers behind the conversions that lead up to `node`."""
    while node.get_type_name() == "Convert":
        node = node.input_value(0).get_node()
    if node.get_type_name() != "Constant":
        raise ValueError("its weights are computed")
    return np.asarray(node.data)


def _unrounded(scale: Node) -> Node:
    """The float states whose range the scale was made from: (largest - least) / 255."""
    node = scale
    for kind in ("Divide", "Subtract", "Maximum"):
        if node.get_type_name() != kind:
            raise ValueError("its activations are rounded in another way")
        parents = [value.get_node() for value in node.input_values()]
        node = next(parent for parent in parents if parent.get_type_name() != "Constant")
    return node.input_value(0)


def _rows(values: NDArray[np.int8], zero: NDArray[np.int8], scale: NDArray[np.float32]) -> Int8Rows:
    """The same numbers, row by output, moved from -128..127 to 0..255 when they are signed."""
    shift = 128 if values.dtype == np.int8 else 0
    moved = np.ascontiguousarray((values.astype(np.int16).T + shift).astype(np.uint8))
    outputs = len(moved)
    zeros = np.broadcast_to(zero.astype(np.int16).reshape(-1) + shift, outputs).astype(np.uint8).reshape(-1, 1)
    scales = np.broadcast_to(scale.reshape(-1), outputs).astype(np.float16).reshape(-1, 1)
    return Int8Rows(moved, np.ascontiguousarray(zeros), np.ascontiguousarray(scales))
