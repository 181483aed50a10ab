"""Files that are zip packages of XML parts: their parts under caps, their XML without surprises, their relations.

What the parts mean is told in the formats (docx, pptx, spreadsheet, opendocument, epub). Zip archives as such are a
format of their own and do not pass through here.

Decision: sizes are trusted as the package declares them, because `zipfile` never hands out more bytes of a part than
that. A part is counted against the caps when it is opened, so that a presentation with a gigabyte of film in it is read
all the same: nobody opens the film.
"""

from __future__ import annotations

import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, BinaryIO

from lxml import etree

from indexer.content import Content, Limits, damaged
from indexer.document import FileState
from indexer.errors import ExtractionFailed

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of the container that old Office files, and password protected new ones, are kept in."""

_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, struct.error)
_BOMB_RATIO = 400
_BOMB_BYTES = 16 << 20
"""Honest XML shrinks to a hundredth at best; a part that is larger than this and shrank further is a bomb."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another. `kind` is the last word of its type: `footnotes`; `target` is a part's name."""

    id: str
    kind: str
    target: str


class ZipParts:
    """The parts of one package. Every method may raise ExtractionFailed (DAMAGED, ENCRYPTED, TOO_LARGE)."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self._left = limits.read_bytes
        self._limit = limits.read_bytes
        try:
            self._zip = zipfile.ZipFile(stream)
        except (*_ZIP_ERRORS, ValueError, OSError) as error:
            raise damaged("its parts can't be unpacked, the end may be missing") from error
        infos = self._zip.infolist()
        if len(infos) > limits.member_count:
            reason = f"The file consists of {len(infos):,} parts; more than {limits.member_count:,} are not read."
            raise ExtractionFailed(FileState.TOO_LARGE, reason)
        self._infos = {info.filename.lstrip("/"): info for info in infos}
        self._lower = {name.lower(): name for name in self._infos}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._lower

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._infos)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """The unpacked bytes of a part as a stream. Part names are compared without case, as the standard has it."""
        self.count(name)
        with self.peek(name) as stream:
            yield stream

    @contextmanager
    def peek(self, name: str) -> Iterator[IO[bytes]]:
        """As `open`, for reading just the beginning: the part does not count against the caps."""
        info = self._info(name)
        if info.flag_bits & 1:
            raise ExtractionFailed(FileState.ENCRYPTED, "The file is protected by a password.")
        try:
            stream = self._zip.open(info)
        except (*_ZIP_ERRORS, ValueError, OSError) as error:
            raise damaged("one of its parts can't be found where it should be") from error
        try:
            with stream:
                yield stream
        except _ZIP_ERRORS as error:
            raise damaged("one of its parts can't be unpacked") from error

    def count(self, name: str) -> None:
        """Count a part against the caps, for those that hand the package to a library."""
        info = self._info(name)
        self._left -= info.file_size
        bomb = info.file_size > _BOMB_BYTES and info.file_size > _BOMB_RATIO * max(info.compress_size, 1)
        if self._left < 0 or bomb:
            size = self._limit / 1e6
            what = "holds far more than its size tells" if bomb else f"unpacks to more than {size:,.0f} MB"
            raise ExtractionFailed(FileState.TOO_LARGE, f"The file {what} and was left unread.")

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = self._infos.get(self._lower.get(name.lower(), name))
        if info is None:
            raise damaged("one of its parts is missing")
        return info

    def read(self, name: str) -> bytes:
        """All bytes of a part."""
        with self.open(name) as stream:
            return stream.read()

    def tree(self, name: str) -> etree._Element:
        """The root element of a part. For parts of moderate size; long texts go through `elements`."""
        # collect_ids=False would be faster, but makes libxml2 load the document type from wherever it says it is.
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
        )
        try:
            root = etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError as error:
            raise _not_xml() from error
        _refuse_entities(root)
        return root

    def elements(
        self, name: str, tags: tuple[str, ...], events: tuple[str, ...] = ("end",)
    ) -> Iterator[tuple[str, etree._Element]]:
        """Events (`start`, `end`) of the elements with these tags, while the part is being unpacked.

        The caller empties (`drop`) what it has read, or the whole tree stays in memory.
        """
        with self.open(name) as stream:
            try:
                first = True
                for event, element in etree.iterparse(
                    stream,
                    events=events,
                    tag=tags,
                    resolve_entities=False,
                    no_network=True,
                    load_dtd=False,
                    huge_tree=False,
                    remove_comments=True,
                    remove_pis=True,
                ):
                    if first:
                        _refuse_entities(element)
                        first = False
                    yield event, element
            except etree.XMLSyntaxError as error:
                raise _not_xml() from error

    def relations(self, name: str = "") -> tuple[Relation, ...]:
        """The relations of a part, or of the whole package when `name` is empty; those to the outside are left out."""
        folder, _, base = name.rpartition("/")
        part = posixpath.join(folder, "_rels", base + ".rels")
        if part not in self:
            return ()
        found = []
        for element in self.tree(part):
            target = element.get("Target", "")
            if element.get("TargetMode") == "External" or not target:
                continue
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            kind = element.get("Type", "").rpartition("/")[2]
            found.append(Relation(element.get("Id", ""), kind, path))
        return tuple(found)

    def main_part(self) -> str:
        """The part that the package is about, of an Office Open XML file."""
        for relation in self.relations():
            if relation.kind == "officeDocument":
                return relation.target
        raise damaged("it does not say which of its parts is the document")

    def core_title(self) -> str:
        """The title among the document's properties, or an empty string; those that programs invent are left out."""
        for relation in self.relations():
            if relation.kind != "core-properties" or relation.target not in self:
                continue
            title = self.tree(relation.target).findtext("{http://purl.org/dc/elements/1.1/}title") or ""
            return "" if title.startswith(_INVENTED_TITLES) else title.strip()
        return ""


_INVENTED_TITLES = (
    "Microsoft Word - ",
    "PowerPoint Presentation",
    "PowerPoint 演示文稿",
    "Document1",
    "Untitled",
    "Slide 1",
    "Presentation",
)


@contextmanager
def zip_parts(content: Content, limits: Limits) -> Iterator[ZipParts]:
    """The parts of the package in `content`. A password protected Office file raises ExtractionFailed(ENCRYPTED)."""
    with content.open() as stream:
        if stream.read(8) == OLE_MAGIC:
            raise _not_a_package(content)
        yield ZipParts(stream, limits)


def drop(element: etree._Element) -> None:
    """Forget an element that was read, and its elder siblings: a long part never stands in memory as a whole."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def has_part_of(head: bytes, name: str, folder: bytes, extensions: tuple[str, ...]) -> bool:
    """Whether a file is an Office Open XML package whose parts lie in `folder` (`word/`, `ppt/`, `xl/`).

    The head of a zip shows the names of its first parts only: where they say nothing the file's own name decides. A
    password protected package is an OLE container and goes by its name, too.
    """
    named = name.lower().endswith(extensions)
    if head.startswith(OLE_MAGIC):
        return named
    if not head.startswith(ZIP_MAGIC):
        return False
    if folder in head:
        return True
    return named and not any(other in head for other in (b"word/", b"ppt/", b"xl/"))


def is_open_document(head: bytes, name: str, kinds: tuple[bytes, ...], extensions: tuple[str, ...]) -> bool:
    """Whether a file is an OpenDocument package of one of `kinds` (`text`, `presentation`, `spreadsheet`).

    It says so in its first part; packages that were packed anew in another order go by their name.
    """
    if not head.startswith(ZIP_MAGIC):
        return False
    mark = b"mimetypeapplication/"
    start = head.find(mark, 0, 200)
    if start < 0:
        return name.lower().endswith(extensions)
    start += len(mark)
    family = b"vnd.oasis.opendocument."
    return head.startswith(family, start) and head.startswith(kinds, start + len(family))


def ole_holds(content: Content, stream_name: str) -> bool:
    """Whether an OLE container has a stream of this name."""
    return stream_name.encode("utf-16-le") in content.read()


def _not_a_package(content: Content) -> ExtractionFailed:
    if ole_holds(content, "EncryptedPackage") or ole_holds(content, "EncryptionInfo"):
        return ExtractionFailed(FileState.ENCRYPTED, "The file is protected by a password.")
    reason = "The file is in the binary format of Office 97-2003 under a newer name. Save it as .docx, .xlsx or .pptx."
    return ExtractionFailed(FileState.UNSUPPORTED, reason)


def _refuse_entities(element: etree._Element) -> None:
    """Entity definitions have no place in office files; bombs and thefts of files are made of them."""
    document_type = element.getroottree().docinfo.internalDTD
    # The stubs do not know the method; a DTD object without it would be an lxml that we do not know either.
    if document_type is not None and any(True for _ in document_type.iterentities()):  # type: ignore[attr-defined]
        raise damaged("it defines XML entities, which office files never do, and was refused")


def _not_xml() -> ExtractionFailed:
    return damaged("one of its parts is not well-formed XML")
