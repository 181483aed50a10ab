"""Pieces of graphs that every builder shares: constants, compressed weights, linear layers, saving.

Decision: compressed weights take exactly the shape that NNCF writes (integers -> Convert to f16 -> [- zero point] ->
* scale -> [Reshape] -> Convert to f32), because the CPU, GPU and NPU plugins find them by matching that very chain.
Another order of the same steps is computed as floats: slow, and in eight times the memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copilot import runtime
from copilot.models.quantize import Floats, Int4Groups, Int8Rows

Node = Any
"""An openvino.Node; the library has no types that mypy --strict could use."""


class Graph:
    """Makes nodes. Keep it as long as the model it makes: the weights' memory belongs to it."""

    def __init__(self) -> None:
        self.ov = runtime.openvino()
        self.ops = runtime.opset()
        self._kept: list[Any] = []

    def ints(self, *values: int) -> Node:
        """An int64 constant of rank 1."""
        return self.ops.constant(np.array(values, np.int64))

    def index(self, value: int) -> Node:
        """An int64 scalar."""
        return self.ops.constant(np.array(value, np.int64))

    def real(self, value: float, rank: int = 0) -> Node:
        """A float32 constant of shape [1] * rank."""
        return self.ops.constant(np.full((1,) * rank, value, np.float32))

    def array(self, values: NDArray[Any]) -> Node:
        return self.ops.constant(np.ascontiguousarray(values))

    def half(self, values: Floats) -> Node:
        """Stored as float16, computed as float32."""
        return self.ops.convert(self.array(values.astype(np.float16)), "f32")

    def int4(self, weights: Int4Groups) -> Node:
        """[rows, columns] float32 out of 4-bit groups."""
        rows, half = weights.packed.shape
        groups = half * 2 // weights.group
        tensor = self.ov.Tensor(weights.packed, self.ov.Shape([rows, groups, weights.group]), self.ov.Type.i4)
        integers = self.ops.convert(self._shared(tensor, weights), "f16")
        scaled = self.ops.multiply(integers, self.array(weights.scales.reshape(rows, groups, 1)))
        flat = self.ops.reshape(scaled, self.ints(rows, half * 2), special_zero=False)
        return self.ops.convert(flat, "f32")

    def int8(self, weights: Int8Rows) -> Node:
        """[rows, columns] float32 out of 8-bit rows."""
        integers = self.ops.convert(self._shared(self.ov.Tensor(weights.values, shared_memory=True), weights), "f16")
        zero = self.ops.convert(self.array(weights.zero_points), "f16")
        scaled = self.ops.multiply(self.ops.subtract(integers, zero), self.array(weights.scales))
        return self.ops.convert(scaled, "f32")

    def _shared(self, tensor: Any, owner: object) -> Node:
        """A constant that looks at `owner`'s memory: one copy of the weights, not three. OpenVINO keeps neither
        alive."""
        self._kept += (tensor, owner)
        return self.ov.op.Constant(tensor, shared_memory=True)

    def weight(self, weights: Int4Groups | Int8Rows) -> Node:
        return self.int4(weights) if isinstance(weights, Int4Groups) else self.int8(weights)

    def linear(self, states: Node, weight: Node, bias: Node | None = None) -> Node:
        """states @ weight.T + bias; `weight` is [out, in]."""
        product = self.ops.matmul(states, weight, transpose_a=False, transpose_b=True)
        return product if bias is None else self.ops.add(product, bias)

    def lookup(self, table: Node, ids: Node) -> Node:
        """Rows of `table` at `ids`."""
        return self.ops.gather(table, self.ops.convert(ids, "i32"), self.ops.constant(np.array(0, np.int32)))

    def split_heads(self, states: Node, heads: int, size: int) -> Node:
        """[batch, length, heads * size] -> [batch, heads, length, size]."""
        apart = self.ops.reshape(states, self.ints(0, 0, heads, size), special_zero=True)
        return self.ops.transpose(apart, self.ops.constant(np.array([0, 2, 1, 3], np.int32)))

    def join_heads(self, states: Node, width: int) -> Node:
        """[batch, heads, length, size] -> [batch, length, width]."""
        turned = self.ops.transpose(states, self.ops.constant(np.array([0, 2, 1, 3], np.int32)))
        return self.ops.reshape(turned, self.ints(0, 0, width), special_zero=True)

    def parameter(self, name: str, shape: Sequence[int], kind: str = "i64") -> Node:
        """A named input; -1 is a length that may change from call to call."""
        node = self.ops.parameter(self.ov.PartialShape(list(shape)), getattr(self.ov.Type, kind), name=name)
        node.output(0).get_tensor().set_names({name})
        return node

    def result(self, node: Node, name: str) -> Node:
        output = self.ops.result(node, name=name)
        output.output(0).get_tensor().set_names({name})
        return output

    def save(self, model: Any, folder: Path, stem: str = "openvino_model") -> None:
        """Write `<stem>.xml` and `<stem>.bin` exactly as built: no transformation touches the compressed weights."""
        self.ov.serialize(model, str(folder / f"{stem}.xml"), str(folder / f"{stem}.bin"))
