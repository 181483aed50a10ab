"""Rich Text Format (.rtf), as Word, WordPad and LibreOffice write it: headings, paragraphs, tables, in any code page.

Pictures, embedded objects, headers and footers are left out.

Decision: striprtf turns mark-up into text and knows neither headings nor tables. Headings are smuggled through it as
private characters put where a paragraph says its outline level; rows of tables are told by the bar it ends them with.
"""

from __future__ import annotations

import re

from indexer.content import Content, FormatResult, Limits, TextBuilder, damaged, title_from_name, too_large
from indexer.tables import add_table

FORMAT_ID = "rtf"
EXTENSIONS: tuple[str, ...] = (".rtf",)
MEDIA_TYPES: tuple[str, ...] = ("application/rtf", "text/rtf", "text/richtext")

_MOST_BYTES = 24 << 20
"""striprtf goes letter by letter: what is left without pictures must end within the time for one file."""
_PICTURE = re.compile(rb"[0-9a-fA-F\r\n]{1000,}")
"""Pictures are written as endless digits; no prose looks like that."""
_OUTLINE = re.compile(rb"\\outlinelevel([0-8])(?!\d)")
_MARK = 0xE000
"""U+E000 to U+E008 stand for headings of level 1 to 9."""
_TITLE = re.compile(r"\\info\b.{0,400}?\{\\title\s+([^{}]*)\}", re.DOTALL)


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    return head.lstrip()[:6].startswith((b"{\\rtf", b"{\\urtf"))


def extract(content: Content, limits: Limits) -> FormatResult:
    data = _PICTURE.sub(b"", content.read())
    if len(data) > _MOST_BYTES:
        raise too_large(len(data), _MOST_BYTES)
    builder = TextBuilder(limits)
    first_heading = _write(_plain(_OUTLINE.sub(_marked, data)), builder)
    declared = _TITLE.search(data[:20_000].decode("latin-1"))
    title = (
        _plain(b"{\\rtf1\\ansi" + _code_page(data) + b" " + declared.group(1).encode("latin-1") + b"}")
        if declared
        else ""
    )
    return builder.result(
        title.strip() or first_heading or title_from_name(content.name), empty="The document holds no text."
    )


def _marked(match: re.Match[bytes]) -> bytes:
    """The outline level again, and behind it, as a letter of the text, its mark."""
    code = _MARK + int(match.group(1)) - 0x10000
    return match.group(0) + b"{\\uc1\\u%d?}" % code


def _code_page(data: bytes) -> bytes:
    match = re.search(rb"\\ansicpg\d+", data[:2000])
    return match.group(0) if match else b""


def _plain(data: bytes) -> str:
    from striprtf.striprtf import rtf_to_text

    try:
        # Bytes as they are: striprtf decodes what is escaped, by the code pages that the file and its fonts name.
        return str(rtf_to_text(data.decode("latin-1"), errors="replace"))
    except (ValueError, LookupError, IndexError, KeyError, OverflowError, TypeError) as error:
        raise damaged("its mark-up can't be followed") from error


def _write(text: str, builder: TextBuilder) -> str:
    """The lines as paragraphs, headings and tables; gives the first heading."""
    first = ""
    rows: list[list[str]] = []
    for line in text.split("\n"):
        if line.endswith("|"):
            rows.append([_unmarked(cell) for cell in line[:-1].split("|")])
            continue
        if rows:
            add_table(builder, rows)
            rows = []
        level = ord(line[0]) - _MARK + 1 if line else 0
        line = _unmarked(line)
        if 1 <= level <= 9 and line:
            first = first or line
            builder.heading(level, line)
        else:
            builder.add(line)
    if rows:
        add_table(builder, rows)
    return first


def _unmarked(line: str) -> str:
    return re.sub("[\ue000-\ue008]", "", line).strip()
