"""One mail message in a file (.eml): headers, body, and its attachments as documents of their own."""

from __future__ import annotations

import re

from indexer.content import Content, FormatResult, Limits, title_from_name
from indexer.encodings import looks_like_text
from indexer.messages import read_message

FORMAT_ID = "eml"
EXTENSIONS = (".eml", ".emlx", ".mht", ".mhtml")
MEDIA_TYPES = ("message/rfc822",)

_HEADER = re.compile(rb"^(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){3}")
_SURE = re.compile(rb"^(?:Received|Message-ID|MIME-Version|Return-Path|Delivered-To):", re.IGNORECASE | re.MULTILINE)


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    if name.lower().endswith(EXTENSIONS):
        return b"\0" not in head
    # A name with another extension is believed; one without, as mail folders keep them, needs the headers of a mail.
    return bool(_HEADER.match(head) and _SURE.search(head) and b"\nFrom:" in b"\n" + head and looks_like_text(head))


def extract(content: Content, limits: Limits) -> FormatResult:
    data = content.read()
    if content.name.lower().endswith(".emlx"):
        # Apple Mail puts the length of the message on a line before it, and a property list behind.
        count, _, rest = data.partition(b"\n")
        data = rest[: int(count)] if count.strip().isdigit() else data
    return read_message(data, limits, title_from_name(content.name))
