"""Reads GGUF files: what the model is, and its tensors as float32, a few rows at a time. The only user of the package
`gguf`.

Nothing here knows OpenVINO. Low memory is the point: the file is mapped, and only the rows in hand are ever expanded.

Decision: the header is walked here (the layout is a page long) and only the expansion of blocks is the package's. Its
own reader makes several numpy views for each of 300,000 token strings: 8 seconds before the first weight.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copilot.models.quantize import Floats

BLOCK_ROWS = 256
"""Rows expanded at a time: their float32 form stays near the processor's cache."""
MAGIC = b"GGUF"
_STRING, _ARRAY = 8, 9
_PLAIN = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
"""GGUF's numbers for plain values, as `struct` writes them."""


class GgufUnsupported(Exception):
    """This file is damaged or holds a model that the builder does not know. The text says what is wrong."""


@dataclass(frozen=True, slots=True)
class DecoderShape:
    """The numbers that define a model of the llama family."""

    architecture: str
    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_size: int
    feed_forward: int
    vocabulary: int
    context: int
    rope_base: float
    epsilon: float
    biased: bool
    """Queries, keys and values have a bias (Qwen2)."""
    tied: bool
    """The output layer is the token table."""


@dataclass(frozen=True, slots=True)
class _Tensor:
    shape: tuple[int, ...]
    """Rows first, as numpy has it (GGUF writes the reverse)."""
    kind: int
    offset: int


class GgufFile:
    """The opened file. Raises GgufUnsupported when it is damaged or not of the llama family."""

    def __init__(self, path: Path) -> None:
        try:
            self._bytes = np.memmap(path, np.uint8, "r")
            self._at = 0
            self._fields, self._tensors = self._read_header(path.name)
        except (OSError, ValueError, struct.error, KeyError, UnicodeDecodeError) as error:
            raise GgufUnsupported(f"{path.name} can't be read as GGUF ({type(error).__name__})") from error
        self.shape = self._read_shape()

    def _read_header(self, name: str) -> tuple[dict[str, Any], dict[str, _Tensor]]:
        if self._bytes[:4].tobytes() != MAGIC:
            raise GgufUnsupported(f"{name} is not a GGUF file")
        _, version, tensor_count, field_count = self._take("4sIQQ")
        if version not in (2, 3):
            raise GgufUnsupported(f"it is GGUF version {version}; 2 and 3 are known")
        fields = {}
        for _ in range(field_count):
            key = self._string()
            fields[key] = self._value(self._take("I")[0])
        self._header_end = self._at
        tensors = {}
        for _ in range(tensor_count):
            key = self._string()
            (rank,) = self._take("I")
            shape = self._take(f"{rank}Q")
            kind, offset = self._take("IQ")
            tensors[key] = _Tensor(tuple(reversed(shape)), kind, offset)
        alignment = int(fields.get("general.alignment", 32))
        self._start = -(-self._at // alignment) * alignment
        return fields, tensors

    def _take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self._bytes.data, self._at)
        self._at += struct.calcsize("<" + layout)
        return values

    def _string(self) -> str:
        (length,) = self._take("Q")
        text = self._bytes[self._at : self._at + length].tobytes()
        self._at += length
        return text.decode("utf-8")

    def _value(self, kind: int) -> Any:
        """A header value; an array (only vocabularies are) is stepped over and gives its length."""
        if kind == _STRING:
            return self._string()
        if kind != _ARRAY:
            return self._take(_PLAIN[kind])[0]
        inner, count = self._take("IQ")
        if inner in _PLAIN:
            self._at += count * struct.calcsize("<" + _PLAIN[inner])
        elif inner == _STRING:
            for _ in range(count):
                (length,) = self._take("Q")
                self._at += length
        else:
            raise ValueError("array of arrays")
        return count

    def header_only(self) -> bytes:
        """A GGUF file with the same header and no tensors: enough to make a tokenizer from, at a hundredth of the
        size."""
        header = bytearray(self._bytes[: self._header_end].tobytes())
        struct.pack_into("<Q", header, 8, 0)
        return bytes(header) + bytes(-len(header) % 32)

    def field(self, name: str, default: Any = None) -> Any:
        """A value of the file's header, or `default`. Arrays give their length."""
        return self._fields.get(name, default)

    def _read_shape(self) -> DecoderShape:
        family = str(self.field("general.architecture"))
        if family not in ("llama", "qwen2"):
            raise GgufUnsupported(f"its architecture is {family}; llama and qwen2 are known")
        self._refuse_variants(family)

        def number(key: str) -> int:
            value = self.field(f"{family}.{key}")
            if not isinstance(value, int):
                raise GgufUnsupported(f"its header has no {key}")
            return value

        hidden, heads = number("embedding_length"), number("attention.head_count")
        head_size = int(self.field(f"{family}.attention.key_length", hidden // heads))
        if int(self.field(f"{family}.rope.dimension_count", head_size)) != head_size:
            raise GgufUnsupported("it turns only a part of each head (partial rotary)")
        return DecoderShape(
            architecture=family,
            layers=number("block_count"),
            hidden=hidden,
            heads=heads,
            kv_heads=int(self.field(f"{family}.attention.head_count_kv", heads)),
            head_size=head_size,
            feed_forward=number("feed_forward_length"),
            vocabulary=self.tensor_shape("token_embd.weight")[0],
            context=number("context_length"),
            rope_base=float(self.field(f"{family}.rope.freq_base", 10000.0)),
            epsilon=float(self.field(f"{family}.attention.layer_norm_rms_epsilon", 1e-5)),
            biased="blk.0.attn_q.bias" in self._tensors,
            tied="output.weight" not in self._tensors,
        )

    def _refuse_variants(self, family: str) -> None:
        if self.field(f"{family}.rope.scaling.type", "none") != "none" or "rope_freqs.weight" in self._tensors:
            raise GgufUnsupported("it stretches its positions (rope scaling)")
        if self.field(f"{family}.expert_count", 0):
            raise GgufUnsupported("it is a mixture of experts")

    def tensor_shape(self, name: str) -> tuple[int, ...]:
        """Rows first, as numpy has it."""
        if name not in self._tensors:
            raise GgufUnsupported(f"it has no tensor {name}")
        return self._tensors[name].shape

    def vector(self, name: str) -> Floats:
        """A small tensor as float32."""
        return next(self.row_blocks(name))[1].reshape(-1)

    def row_blocks(self, name: str) -> Iterator[tuple[int, Floats]]:
        """A matrix as pieces (first row, float32 [rows, columns]), in order; a vector is one row."""
        from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType
        from gguf.quants import dequantize

        shape = self.tensor_shape(name)
        rows, columns = (1, shape[0]) if len(shape) == 1 else shape
        tensor = self._tensors[name]
        try:
            kind = GGMLQuantizationType(tensor.kind)
            block, size = GGML_QUANT_SIZES[kind]
            start, width = self._start + tensor.offset, columns // block * size
            stored = self._bytes[start : start + rows * width].reshape(rows, width)
        except (ValueError, KeyError) as error:
            raise GgufUnsupported(f"its tensor {name} is cut short or of an unknown type") from error
        if kind in (GGMLQuantizationType.F32, GGMLQuantizationType.F16):
            stored = stored.view(np.float32 if kind == GGMLQuantizationType.F32 else np.float16)
        for first in range(0, rows, BLOCK_ROWS):
            piece = np.asarray(stored[first : first + BLOCK_ROWS])
            yield first, np.ascontiguousarray(dequantize(piece, kind), np.float32).reshape(-1, columns)

    def row_order(self, name: str) -> NDArray[np.intp] | None:
        """Which stored row belongs at each place, or None when they lie in order.

        The `llama` architecture stores the rows of query and key heads with the two halves of each head interleaved
        (its runtime turns neighbours, OpenVINO's pattern turns halves).
        """
        if self.shape.architecture != "llama" or not name.endswith((".attn_q.weight", ".attn_k.weight")):
            return None
        rows = self.tensor_shape(name)[0]
        size = self.shape.head_size
        return np.arange(rows).reshape(rows // size, size // 2, 2).swapaxes(1, 2).reshape(-1)
