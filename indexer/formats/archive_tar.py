"""TAR archives, plain or compressed with gzip, bzip2 or xz: each file inside becomes a member, never written to disk.

Links, devices and other things that are not files are passed over: nothing is followed.
"""

from __future__ import annotations

import lzma
import tarfile
import zlib
from collections.abc import Iterator

from indexer.compression import COMPRESSED_MAGIC, beginning
from indexer.content import Content, FormatResult, Limits, Member, damaged, title_from_name
from indexer.encodings import decode
from indexer.unpacking import Allowance

FORMAT_ID = "tar"
EXTENSIONS = (
    *(".tar", ".tgz", ".tbz2", ".tbz", ".txz", ".taz"),
    *(".tar.gz", ".tar.bz2", ".tar.xz"),
)
MEDIA_TYPES = ("application/x-tar", "application/x-gtar")

_MAGIC_AT = 257
_FAULTS = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, ValueError, OSError, UnicodeError)


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    if head.startswith(COMPRESSED_MAGIC):
        # Not enough of a well-compressed file need be here to show the first header; then its name is believed.
        start = beginning(head)
        return _is_tar(start) if len(start) > _MAGIC_AT + 5 else name.lower().endswith(EXTENSIONS)
    return _is_tar(head)


def _is_tar(start: bytes) -> bool:
    return start[_MAGIC_AT : _MAGIC_AT + 5] == b"ustar"


def extract(content: Content, limits: Limits) -> FormatResult:
    name = content.name
    for ending in (".gz", ".bz2", ".xz"):
        name = name.removesuffix(ending)
    return FormatResult(title_from_name(name), "", (), members=_members(content, limits))


def _members(content: Content, limits: Limits) -> Iterator[Member]:
    """One pass from start to end. What came before a fault is kept, and the archive itself says that it is damaged."""
    allowance = Allowance(limits)
    found = False
    try:
        with content.open() as stream, tarfile.open(fileobj=stream, mode="r|*", errors="surrogateescape") as archive:
            for info in archive:
                # What is not read is still run through by the decompressor: it counts, too.
                if not info.isfile():
                    continue
                found = True
                name = decode(info.name.encode("utf-8", "surrogateescape")).text
                problem = allowance.refusal(info.size)
                if problem is not None:
                    yield Member(name, problem=problem)
                    return
                packed = archive.extractfile(info)
                if packed is not None:
                    yield Member(name, allowance.read(packed))
    except _FAULTS as error:
        raise damaged("the archive breaks off or can't be unpacked") from error
    if not found:
        raise damaged("no file begins in it")
