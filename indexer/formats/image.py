"""Picture files: PNG, JPEG, WebP, GIF, BMP, TIFF. They hold no text of their own: each page waits for text recognition.

Only the head is looked at here; a picture is decoded when its text is to be recognized, or when it is shown.
"""

from __future__ import annotations

from indexer.content import Content, FormatResult, Limits, title_from_name
from indexer.decoding import looks
from indexer.document import FileState
from indexer.errors import ExtractionFailed

FORMAT_ID = "image"
EXTENSIONS: tuple[str, ...] = (".png", ".jpg", ".jpeg", ".jfif", ".webp", ".gif", ".bmp", ".tif", ".tiff")
MEDIA_TYPES: tuple[str, ...] = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/tiff")

_MARKS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_TIFF_MARKS = (b"II*\0", b"MM\0*")
_CAMERA_FILES = (".nef", ".cr2", ".cr3", ".dng", ".arw", ".raw", ".orf", ".pef", ".rw2", ".srw")
"""TIFF by their first bytes, but what they show is in a camera's own code."""
_SMALLEST = 40
"""Pixels: text in anything smaller can't be read, and icons are everywhere."""


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    if head.startswith(_TIFF_MARKS):
        return not name.lower().endswith(_CAMERA_FILES)
    # Two letters prove nothing, so a bitmap must also have a header of a size that there is.
    bitmap = head[:2] == b"BM" and head[14:18] in (bytes((size, 0, 0, 0)) for size in (12, 40, 52, 56, 64, 108, 124))
    return head.startswith(_MARKS) or bitmap or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def extract(content: Content, limits: Limits) -> FormatResult:
    seen = looks(content)
    if min(seen.width, seen.height) < _SMALLEST:
        raise ExtractionFailed(FileState.EMPTY, "The picture is too small to hold text that can be read.")
    return FormatResult(title_from_name(content.name), "", (), unread=tuple(range(1, seen.pages + 1)))
