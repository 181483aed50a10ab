"""Plain text, in any encoding: also every file with an unknown extension that turns out to be text."""

from __future__ import annotations

from indexer.content import Content, FormatResult, Limits
from indexer.encodings import looks_like_text
from indexer.lines import lined_result, read_lines

FORMAT_ID = "text"
EXTENSIONS = (".txt", ".text", ".log", ".readme", ".nfo", ".asc", ".srt", ".vtt", ".po", ".properties")
MEDIA_TYPES = ("text/plain",)


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    return looks_like_text(head)


def extract(content: Content, limits: Limits) -> FormatResult:
    return lined_result(content, read_lines(content, limits))
