"""ZIP archives: each file inside becomes a member, unpacked in memory one at a time, never to disk."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator

from indexer.content import Content, FormatResult, Limits, Member, damaged, title_from_name
from indexer.document import FileState
from indexer.encodings import decode
from indexer.errors import ExtractionFailed
from indexer.unpacking import Allowance, broken_member, locked_member

FORMAT_ID = "zip"
EXTENSIONS = (".zip",)
MEDIA_TYPES = ("application/zip",)

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, struct.error, OSError)
"""OSError covers bz2 inside a zip; NotImplementedError, compression methods that Python has not."""


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def extract(content: Content, limits: Limits) -> FormatResult:
    try:
        with content.open() as stream, zipfile.ZipFile(stream) as archive:
            names = [info for info in archive.infolist() if not info.is_dir()]
    except _FAULTS as error:
        raise damaged("its table of contents can't be read") from error
    if not names:
        raise ExtractionFailed(FileState.EMPTY, "The archive is empty.")
    return FormatResult(title_from_name(content.name), "", (), members=_members(content, limits))


def _members(content: Content, limits: Limits) -> Iterator[Member]:
    allowance = Allowance(limits)
    with content.open() as stream, zipfile.ZipFile(stream) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        names = _names(infos)
        for info, name in zip(infos, names, strict=True):
            problem = allowance.refusal(info.file_size)
            if info.flag_bits & _ENCRYPTED:
                yield locked_member(name)
            elif problem is not None:
                yield Member(name, problem=problem)
            else:
                yield _member(archive, info, name, allowance)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, allowance: Allowance) -> Member:
    try:
        with archive.open(info) as stream:
            return Member(name, allowance.read(stream))
    except ExtractionFailed as problem:
        return Member(name, problem=problem)
    except RuntimeError:
        return locked_member(name)
    except _FAULTS:
        return broken_member(name)


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """File names in the encoding they were written in. Windows programs in China and Japan write theirs unmarked.

    zipfile reads an unmarked name as code page 437, which loses nothing: taken back to bytes, all names of the archive
    are looked at together, because one short name alone tells little.
    """
    unmarked = [info.filename.encode("cp437", "replace") for info in infos if not info.flag_bits & _UTF8_NAME]
    encoding = decode(b"\n".join(unmarked)).encoding if unmarked else "ascii"
    if encoding in ("cp1252", "cp1250"):
        encoding = "cp437"
    return [
        info.filename
        if info.flag_bits & _UTF8_NAME or info.filename.isascii()
        else info.filename.encode("cp437", "replace").decode(encoding, "replace")
        for info in infos
    ]
