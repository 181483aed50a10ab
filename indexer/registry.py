"""The room indexer/formats/ as a list of entries, and the choice of the one that reads a file.

Listing the room imports its modules and nothing heavy: libraries load when a format is used.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from indexer import formats
from indexer.content import Content, FormatResult, Limits
from indexer.document import FileState
from indexer.errors import ExtractionFailed
from indexer.recognition import container_extension, unsupported

FALLBACK_ID = "text"
"""Any text is plain text once no other format claims it."""


@dataclass(frozen=True, slots=True)
class FormatEntry:
    """One module of the room. See indexer/formats/__init__.py for what each field promises."""

    format_id: str
    extensions: tuple[str, ...]
    media_types: tuple[str, ...]
    unavailable: Callable[[], str | None]
    recognizes: Callable[[bytes, str], bool]
    extract: Callable[[Content, Limits], FormatResult]


@cache
def entries() -> tuple[FormatEntry, ...]:
    """Every format of the room, by name; the fallback last."""
    names = [module.name for module in pkgutil.iter_modules(formats.__path__)]
    listed = [_entry(importlib.import_module(f"{formats.__name__}.{name}")) for name in sorted(names)]
    return tuple(sorted(listed, key=lambda entry: entry.format_id == FALLBACK_ID))


def _entry(module: ModuleType) -> FormatEntry:
    return FormatEntry(
        module.FORMAT_ID, module.EXTENSIONS, module.MEDIA_TYPES, module.unavailable, module.recognizes, module.extract
    )


@cache
def by_extension() -> dict[str, FormatEntry]:
    return {extension: entry for entry in reversed(entries()) for extension in entry.extensions}


def extension_of(name: str) -> str:
    """`.pdf` of `Offer.PDF`; empty without a dot."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""


def choose(content: Content) -> FormatEntry:
    """The format that reads `content`, decided by its bytes first.

    Raises ExtractionFailed: EMPTY for no bytes, UNSUPPORTED with what the file is, ENCRYPTED for a locked Office file,
    DAMAGED for a zip without a directory. Raises OSError.
    """
    head = content.head()
    if not head:
        raise ExtractionFailed(FileState.EMPTY, "The file is empty.")
    inside = container_extension(content, head)
    entry = by_extension().get(inside) if inside else _by_content(head, content.name)
    if entry is None:
        raise unsupported(content, head, inside)
    if reason := entry.unavailable():
        raise ExtractionFailed(FileState.UNSUPPORTED, reason)
    return entry


def _by_content(head: bytes, name: str) -> FormatEntry | None:
    """Among the formats that know these bytes, the one whose extension the file has; else the first."""
    lower = name.lower()
    named = [entry for entry in entries() if lower.endswith(entry.extensions)] if extension_of(name) else []
    return next((entry for entry in (*named, *entries()) if entry.recognizes(head, name)), None)
