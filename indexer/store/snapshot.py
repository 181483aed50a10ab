"""An encrypted copy of the FAISS index beside the library, so that a start need not build it. Losing it loses nothing.

Layout: magic, 16 bytes of salt, then sealed pieces, each its length (4 bytes) and AES-256-GCM of up to 1 MB. The key
is made from the library's key and the salt by HKDF; a piece's nonce is its number, and the last piece says that it is
the last, so that pieces can't be swapped, repeated or cut off. The first piece is the stamp. Nothing is held in memory
twice.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec

from indexer.store.vectors import Kind, VectorIndex, read_index

_MAGIC = b"nearside vectors 1\n"
_PIECE = 1 << 20
_LENGTH = struct.Struct("<I")
_NONCE = struct.Struct("<QI")


class Stamp(msgspec.Struct, frozen=True):
    """What the index was when it was saved. `token` is random and stands in the store's change log at `generation`."""

    model: str
    generation: int
    token: bytes
    kind: Kind
    count: int
    trained_for: int


class SnapshotUnreadable(Exception):
    """Missing, cut, flipped, from another key or another version: build the index anew."""


def snapshot_path(library: Path) -> Path:
    return library.with_name(library.name + ".vectors")


def save(library: Path, key: bytes, stamp: Stamp, index: VectorIndex) -> None:
    """Write a new snapshot and put it in the old one's place in one step. OSError when the disk refuses."""
    target = snapshot_path(library)
    fresh = target.with_name(target.name + ".new")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            writer = _Sealer(file, key)
            writer.piece(msgspec.msgpack.encode(stamp))
            index.write(writer.write)
            writer.finish()
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)


def load(library: Path, key: bytes, wanted: Callable[[Stamp], bool]) -> tuple[Stamp, VectorIndex]:
    """The saved index, where `wanted` accepts its stamp; that is read first. Raises SnapshotUnreadable."""
    try:
        with open(snapshot_path(library), "rb") as file:
            reader = _Opener(file, key)
            stamp = msgspec.msgpack.decode(reader.piece(), type=Stamp)
            if not wanted(stamp):
                raise SnapshotUnreadable("of another state of the library")
            index = read_index(stamp.kind, reader.read)
            reader.finish()
    except (OSError, RuntimeError, ValueError, msgspec.MsgspecError) as error:
        raise SnapshotUnreadable(type(error).__name__) from error
    if len(index) != stamp.count:
        raise SnapshotUnreadable("not as many vectors as it says")
    return stamp, index


def verify(library: Path, key: bytes) -> None:
    """Read all of it, if there is one. Raises SnapshotUnreadable."""
    if snapshot_path(library).exists():
        load(library, key, lambda stamp: True)


def read_stamp(library: Path, key: bytes) -> Stamp:
    """What the saved index says it is, without reading it. Raises SnapshotUnreadable."""
    try:
        with open(snapshot_path(library), "rb") as file:
            return msgspec.msgpack.decode(_Opener(file, key).piece(), type=Stamp)
    except (OSError, msgspec.MsgspecError) as error:
        raise SnapshotUnreadable(type(error).__name__) from error


def _cipher(key: bytes, salt: bytes) -> Callable[[bool, int, bytes, bool], bytes]:
    """seal(True, number, plain, last) and its inverse seal(False, ...), which raises SnapshotUnreadable."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    cipher = AESGCM(HKDF(SHA256(), 32, salt, b"nearside vector snapshot").derive(key))

    def seal(closing: bool, number: int, piece: bytes, last: bool) -> bytes:
        nonce = _NONCE.pack(number, int(last))
        try:
            return cipher.encrypt(nonce, piece, None) if closing else cipher.decrypt(nonce, piece, None)
        except InvalidTag:
            raise SnapshotUnreadable("sealed otherwise") from None

    return seal


class _Sealer:
    def __init__(self, file: BinaryIO, key: bytes) -> None:
        salt = os.urandom(16)
        file.write(_MAGIC + salt)
        self._file = file
        self._seal = _cipher(key, salt)
        self._number = 0
        self._waiting = bytearray()

    def piece(self, plain: bytes, *, last: bool = False) -> None:
        sealed = self._seal(True, self._number, plain, last)
        self._number += 1
        self._file.write(_LENGTH.pack(len(sealed)) + sealed)

    def write(self, some: bytes) -> int:
        self._waiting += some
        while len(self._waiting) >= _PIECE:
            self.piece(bytes(self._waiting[:_PIECE]))
            del self._waiting[:_PIECE]
        return len(some)

    def finish(self) -> None:
        self.piece(bytes(self._waiting), last=True)


class _Opener:
    def __init__(self, file: BinaryIO, key: bytes) -> None:
        head = file.read(len(_MAGIC) + 16)
        if not head.startswith(_MAGIC) or len(head) < len(_MAGIC) + 16:
            raise SnapshotUnreadable("not a snapshot")
        self._file = file
        self._seal = _cipher(key, head[len(_MAGIC) :])
        self._number = 0
        self._ready = b""
        self._at = 0
        self._ended = False

    def piece(self) -> bytes:
        length = self._file.read(_LENGTH.size)
        if len(length) < _LENGTH.size:
            raise SnapshotUnreadable("cut off")
        size = _LENGTH.unpack(length)[0]
        if size > _PIECE + 16:
            raise SnapshotUnreadable("no length")
        sealed = self._file.read(size)
        self._ended = not self._file.peek(1) if hasattr(self._file, "peek") else False
        plain = self._seal(False, self._number, sealed, self._ended)
        self._number += 1
        return plain

    def read(self, size: int) -> bytes:
        """The next bytes, fewer than asked for only at the end of a piece."""
        if self._at == len(self._ready) and not self._ended:
            self._ready, self._at = self.piece(), 0
        some = self._ready[self._at : self._at + size]
        self._at += len(some)
        return some

    def finish(self) -> None:
        if not self._ended or self._at < len(self._ready):
            raise SnapshotUnreadable("cut off")
