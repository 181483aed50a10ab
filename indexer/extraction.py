"""One file on disk -> its text in chunks with search words, and the same for every file inside it.

Runs in a worker process (isolation.py holds the limits on time and memory), but needs none: what a file can do wrong in
Python ends here as a state with a reason. Nothing here raises for a bad file.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator

from indexer.chunker import chunk
from indexer.content import Content, FormatResult, Limits, Member, too_large, too_much_text
from indexer.document import MEMBER_SEPARATOR, Chunk, Document, Extracted, FileState, SourceFile
from indexer.errors import ExtractionFailed
from indexer.language import guess_language
from indexer.registry import choose, entries
from indexer.words import segment

_HASH_BLOCK = 1 << 20
_NOTHING_INSIDE = "Nothing in it could be read. "
WAITS = "Its pages are pictures: their text waits for text recognition."
SOME_WAIT = "Pages that are pictures and wait for text recognition: {pages}."


def extract(path: str, limits: Limits) -> tuple[Extracted, ...]:
    """The file at `path` first, then its members in order, at any depth. Reads the file, writes nothing."""
    entries()  # a fault in the room itself is ours and must not look like a damaged file
    source = SourceFile(path, 0, 0)
    try:
        status = os.stat(path)
        source = SourceFile(path, status.st_size, status.st_mtime_ns)
        if not stat.S_ISREG(status.st_mode):
            # Opening a pipe or a device may wait for ever or do something.
            return (Extracted(source, FileState.UNREADABLE, "This is not an ordinary file."),)
        if status.st_size > limits.file_bytes:
            raise too_large(status.st_size, limits.file_bytes)
        content = Content(os.path.basename(path), path=path, limits=limits)
        source = SourceFile(path, status.st_size, status.st_mtime_ns, _digest(content, limits))
    except ExtractionFailed as failure:
        return (Extracted(source, failure.state, failure.reason),)
    except OSError as error:
        return (Extracted(source, FileState.UNREADABLE, unreadable_reason(error)),)
    return tuple(_Walk(limits).visit(source, content, 0))


def warm_up() -> None:
    """Load what every file needs, so that no file pays for it; the Chinese dictionary waits for Chinese text."""
    entries()
    segment("warm up")


def unreadable_reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "The file is not there any more."
    if isinstance(error, PermissionError):
        return "Nearside may not read this file: your user account has no permission."
    return "The file could not be read from its disk."


def _digest(content: Content, limits: Limits) -> str:
    """BLAKE2b-256 of the bytes. A file that will be read whole anyway is read once, for both."""
    digest = hashlib.blake2b(digest_size=32)
    if content.size <= limits.read_bytes:
        digest.update(content.read())
        return digest.hexdigest()
    with content.open() as stream:
        while block := stream.read(_HASH_BLOCK):
            digest.update(block)
    return digest.hexdigest()


class _Walk:
    """One file and everything inside it, under limits that hold for all of them together."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._characters = 0
        self._members = 0
        self._bytes = 0
        self._taken: set[str] = set()

    def visit(self, source: SourceFile, content: Content, depth: int) -> Iterator[Extracted]:
        try:
            entry = choose(content)
            result = entry.extract(content, self._limits)
            self._characters += len(result.text)
            if self._characters > self._limits.output_chars:
                raise too_much_text(self._limits.output_chars)
        except Exception as error:  # parsers of foreign bytes raise anything; each kind gets its state
            yield _failed(source, error)
            return
        # Members first into a list: an archive that breaks in the middle keeps what it gave, but says so itself.
        inside: list[Extracted] = []
        broken: Extracted | None = None
        try:
            for member in result.members:
                inside.extend(self._member(source, member, depth + 1))
        except Exception as error:  # as above
            broken = _failed(source, error)
        yield (
            broken
            or _waiting(source, result, inside, entry.format_id)
            or (_fruitless(source, result, inside) or _indexed(source, result, entry.format_id))
        )
        yield from inside

    def _member(self, outer: SourceFile, member: Member, depth: int) -> Iterator[Extracted]:
        self._members += 1
        self._bytes += len(member.data)
        if self._members > self._limits.member_count:
            raise ExtractionFailed(
                FileState.TOO_LARGE, f"There are more than {self._limits.member_count:,} files inside."
            )
        if self._bytes > self._limits.total_member_bytes:
            raise too_large(self._bytes, self._limits.total_member_bytes)
        path = _free_path(f"{outer.path}{MEMBER_SEPARATOR}{member_name(member.name)}", self._taken)
        self._taken.add(path)
        if member.problem is not None:
            yield Extracted(SourceFile(path, 0, outer.modified_ns), member.problem.state, member.problem.reason)
            return
        digest = hashlib.blake2b(member.data, digest_size=32).hexdigest()
        source = SourceFile(path, len(member.data), outer.modified_ns, digest)
        if depth > self._limits.member_depth:
            reason = f"It lies more than {self._limits.member_depth} files deep inside other files."
            yield Extracted(source, FileState.UNSUPPORTED, reason)
            return
        name = path.rpartition(MEMBER_SEPARATOR)[2].rpartition("/")[2]
        yield from self.visit(source, Content(name, data=member.data, limits=self._limits), depth)


def find_member(content: Content, name: str, limits: Limits) -> Content:
    """The file inside `content` that extraction put at `…!/name`. Raises ExtractionFailed when it is not there."""
    taken: set[str] = set()
    for member in choose(content).extract(content, limits).members:
        path = _free_path(f"{MEMBER_SEPARATOR}{member_name(member.name)}", taken)
        taken.add(path)
        if path == f"{MEMBER_SEPARATOR}{name}":
            if member.problem is not None:
                raise member.problem
            return Content(name.rpartition("/")[2], data=member.data, limits=limits)
    raise ExtractionFailed(FileState.UNREADABLE, "The file is not inside the other any more.")


def member_name(name: str) -> str:
    """A member's name as the end of a path: no drive, no `..`, no control characters, never empty, never a `!/`."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    safe = "/".join("".join(c if c.isprintable() else "_" for c in part) for part in parts)
    return safe.replace(MEMBER_SEPARATOR, "!_/")[-1000:].lstrip("/") or "unnamed"


def _free_path(path: str, taken: set[str]) -> str:
    """`path`, or with a number before its extension when another member has the same name."""
    if path not in taken:
        return path
    stem, dot, ending = path.rpartition(".")
    if not dot or "/" in ending:
        stem, dot, ending = path, "", ""
    number = 2
    while (candidate := f"{stem} ({number}){dot}{ending}") in taken:
        number += 1
    return candidate


def _indexed(source: SourceFile, result: FormatResult, format_id: str) -> Extracted:
    try:
        language = result.language or guess_language(result.text)
        document = Document(source, result.title, result.text, result.sections, language, format_id, result.has_lines)
        chunks: tuple[Chunk, ...] = chunk(document)
        words = tuple(segment(piece.text) for piece in chunks)
    except Exception as error:  # hostile text must not end a worker either
        return _failed(source, error)
    reason = SOME_WAIT.format(pages=len(result.unread)) if result.unread else ""
    return Extracted(source, FileState.INDEXED, reason, document, chunks, words, result.unread)


def _waiting(source: SourceFile, result: FormatResult, inside: list[Extracted], format_id: str) -> Extracted | None:
    """The state of a file that is nothing but pictures, unless something inside it gave text."""
    if not result.unread or result.text.strip() or any(one.state is FileState.INDEXED for one in inside):
        return None
    document = Document(source, result.title, "", (), "und", format_id)
    return Extracted(source, FileState.WAITING, WAITS, document, unread=result.unread)


def _fruitless(source: SourceFile, result: FormatResult, inside: list[Extracted]) -> Extracted | None:
    """The state of a container that has no text of its own and gave nothing: that of the first thing in it."""
    if result.text.strip() or not inside or any(extracted.state is FileState.INDEXED for extracted in inside):
        return None
    first = next((one for one in inside if one.state is FileState.WAITING), inside[0])
    return Extracted(source, first.state, _NOTHING_INSIDE + first.reason.removeprefix(_NOTHING_INSIDE))


def _failed(source: SourceFile, error: Exception) -> Extracted:
    if isinstance(error, ExtractionFailed):
        return Extracted(source, error.state, error.reason)
    if isinstance(error, OSError) and error.errno is not None:
        return Extracted(source, FileState.UNREADABLE, unreadable_reason(error))
    if isinstance(error, MemoryError):
        return Extracted(
            source, FileState.TOO_LARGE, "Reading this file takes more memory than is allowed for one file."
        )
    if isinstance(error, RecursionError):
        return Extracted(source, FileState.DAMAGED, "The file is nested too deeply to be read.")
    return Extracted(source, FileState.DAMAGED, "The file is damaged or not what its first bytes promise.")
