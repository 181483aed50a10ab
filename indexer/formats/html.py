"""Web pages: HTML and XHTML in any encoding."""

from __future__ import annotations

import re

from indexer.content import Content, FormatResult, Limits, TextBuilder, title_from_name
from indexer.encodings import decode, looks_like_text
from indexer.hypertext import add_hypertext, declared_charset

FORMAT_ID = "html"
EXTENSIONS = (".html", ".htm", ".xhtml", ".xht", ".shtml")
MEDIA_TYPES = ("text/html", "application/xhtml+xml")

_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    if _BEGINNING.match(head):
        return True
    return name.lower().endswith(EXTENSIONS) and looks_like_text(head)


def extract(content: Content, limits: Limits) -> FormatResult:
    data = content.read()
    builder = TextBuilder(limits)
    page = add_hypertext(builder, decode(data, declared_charset(data)).text)
    return builder.result(
        page.title or title_from_name(content.name),
        language=page.language,
        empty="There is no text on this page.",
    )
