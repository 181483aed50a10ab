"""A single file compressed with gzip, bzip2 or xz (`changelog.gz`): the file in it becomes its one member."""

from __future__ import annotations

import lzma
import zlib

from indexer.compression import COMPRESSED_MAGIC, unpacked
from indexer.content import Content, FormatResult, Limits, Member, damaged, title_from_name
from indexer.unpacking import Allowance

FORMAT_ID = "gzip"
EXTENSIONS = (".gz", ".bz2", ".xz")
MEDIA_TYPES = ("application/gzip", "application/x-bzip2", "application/x-xz")


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    return head.startswith(COMPRESSED_MAGIC)


def extract(content: Content, limits: Limits) -> FormatResult:
    try:
        with content.open() as stream, unpacked(stream, content.head()) as inside:
            data = Allowance(limits).read(inside)
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise damaged("it breaks off or can't be unpacked") from error
    name = content.name
    for ending in EXTENSIONS:
        if name.lower().endswith(ending) and len(name) > len(ending):
            name = name[: -len(ending)]
            break
    return FormatResult(title_from_name(name), "", (), members=(Member(name, data),))
