"""Files compressed as a whole with gzip, bzip2 or xz: telling them apart and unpacking them with a limit.

Archives that hold several files are formats; zip members have their own compression and don't pass through here.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from typing import IO, BinaryIO, cast

_GZIP, _BZIP2, _XZ = b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0"
COMPRESSED_MAGIC = (_GZIP, _BZIP2, _XZ)


def beginning(head: bytes) -> bytes:
    """What the first bytes of a compressed file unpack to, up to 4 KB; empty when they are too few for that."""
    try:
        if head.startswith(_GZIP):
            return zlib.decompressobj(wbits=31).decompress(head, 4096)
        if head.startswith(_BZIP2):
            return bz2.BZ2Decompressor().decompress(head, 4096)
        return lzma.LZMADecompressor(memlimit=256 << 20).decompress(head, 4096)
    except (zlib.error, OSError, lzma.LZMAError, EOFError, ValueError):
        return b""


def unpacked(stream: BinaryIO, head: bytes) -> IO[bytes]:
    """A stream of what `stream` unpacks to. Reading it may raise OSError, EOFError, zlib.error or LZMAError."""
    if head.startswith(_GZIP):
        import gzip

        return cast(IO[bytes], gzip.GzipFile(fileobj=stream, mode="rb"))
    if head.startswith(_BZIP2):
        return cast(IO[bytes], bz2.BZ2File(stream))
    return cast(IO[bytes], lzma.LZMAFile(stream))
