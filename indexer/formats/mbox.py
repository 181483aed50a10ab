"""Mailboxes (mbox): every message becomes a member of its own, read like an .eml file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes

from indexer.content import Content, FormatResult, Limits, Member, damaged, title_from_name
from indexer.messages import RAW_HEADERS, header_text

FORMAT_ID = "mbox"
EXTENSIONS = (".mbox", ".mbx")
MEDIA_TYPES = ("application/mbox",)

_FROM_LINE = re.compile(rb"From \S+.{0,100}\d\d:\d\d")
_HEADER_BYTES = 64 << 10


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    return bool(_FROM_LINE.match(head.lstrip(b"\xef\xbb\xbf\r\n")))


def extract(content: Content, limits: Limits) -> FormatResult:
    # The mailbox itself has no text of its own: its name and its messages.
    return FormatResult(title_from_name(content.name), "", (), members=_members(content, limits))


def _members(content: Content, limits: Limits) -> Iterator[Member]:
    """Messages with names that stay the same while mail is only added at the end: `0001 Subject.eml`."""
    found = False
    for number, data in enumerate(_messages(content, limits), start=1):
        found = True
        subject = header_text(message_from_bytes(data[:_HEADER_BYTES], policy=RAW_HEADERS), "Subject")
        safe = re.sub(r"[/\\!]+", "-", subject)[:80].strip(" .")
        yield Member(f"{number:04d} {safe}".strip() + ".eml", data)
    if not found:
        raise damaged("no message begins in it")


def _messages(content: Content, limits: Limits) -> Iterator[bytes]:
    """The bytes between `From ` lines that follow an empty line; `>From ` at a line's start is unquoted."""
    lines: list[bytes] = []
    size = 0
    blank = True
    inside = False
    with content.open() as stream:
        for line in iter(lambda: stream.readline(limits.member_bytes + 1), b""):
            if blank and line.startswith(b"From ") and _FROM_LINE.match(line):
                if inside:
                    yield b"".join(lines)
                lines, size, inside = [], 0, True
                continue
            size += len(line)
            if inside and size <= limits.member_bytes:
                lines.append(line[1:] if line.startswith(b">From ") else line)
            blank = line in (b"\n", b"\r\n")
    if inside:
        yield b"".join(lines)
