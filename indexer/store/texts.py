"""A file's text as it is stored, in packed blocks, and a chunk's place in it as bytes. No rules about files here.

A chunk keeps its span, not its text: the document's text is stored once, and citing, highlighting and reading on come
from the same characters.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import apsw
import msgspec

from indexer.document import Chunk, SectionKind, Span

_BLOCK = 16_384
"""Characters to a block: large enough to pack to a third, small enough to open in 0.1 ms."""
_OPEN_BLOCKS = 64

_Place = tuple[tuple[str, ...], str, int | None, int | None, str | None, tuple[int, int] | None, tuple[int, int] | None]
_place_decoder = msgspec.msgpack.Decoder(_Place)


def passage_digest(embedded_text: str) -> bytes:
    """32 bytes that name a text to the store."""
    return hashlib.blake2b(embedded_text.encode(), digest_size=32).digest()


def pack_place(chunk: Chunk) -> bytes:
    place = (chunk.heading, str(chunk.kind), chunk.page, chunk.slide, chunk.sheet, chunk.rows, chunk.lines)
    return msgspec.msgpack.encode(place)


def unpack_chunk(ordinal: int, text: str, span: Span, context: str, place: bytes) -> Chunk:
    heading, kind, page, slide, sheet, rows, lines = _place_decoder.decode(place)
    return Chunk(ordinal, text, span, context, heading, SectionKind(kind), page, slide, sheet, rows, lines)


def write_blocks(connection: apsw.Connection, file: int, text: str) -> None:
    connection.executemany(
        "INSERT INTO blocks(file, start, packed) VALUES(?, ?, ?)",
        ((file, start, _pack(text[start : start + _BLOCK])) for start in range(0, len(text), _BLOCK)),
    )


def whole_text(connection: apsw.Connection, file: int) -> str:
    rows: Iterable[tuple[Any, ...]] = connection.execute(
        "SELECT packed FROM blocks WHERE file=? ORDER BY start", (file,)
    )
    return "".join(_unpack(packed) for (packed,) in rows)


class TextReader:
    """Reads spans of stored texts, keeping the last blocks open. For the length of one transaction."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._open: OrderedDict[tuple[int, int], str] = OrderedDict()

    def read(self, file: int, start: int, stop: int) -> str:
        first = start - start % _BLOCK
        text = "".join(self._block(file, at) for at in range(first, max(stop, first + 1), _BLOCK))
        return text[start - first : stop - first]

    def _block(self, file: int, start: int) -> str:
        key = (file, start)
        if key in self._open:
            self._open.move_to_end(key)
            return self._open[key]
        packed = self._connection.execute("SELECT packed FROM blocks WHERE file=? AND start=?", key).get
        text = self._open[key] = _unpack(packed) if packed is not None else ""
        if len(self._open) > _OPEN_BLOCKS:
            self._open.popitem(last=False)
        return text


def opening_of(packed: bytes) -> str:
    """The beginning of a block, at most 4 KB of it, without opening the rest."""
    return zlib.decompressobj().decompress(packed, 4096).decode(errors="ignore")


def _pack(text: str) -> bytes:
    return zlib.compress(text.encode(), 4)


def _unpack(packed: bytes) -> str:
    return zlib.decompress(packed).decode()
