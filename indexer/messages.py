"""A mail message into a FormatResult: headers, body, attachments as members. Shared by EML and mailboxes.

Outlook's own message files have their own reader (formats/outlook.py) and share only how headers are shown.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from indexer.content import FormatResult, Limits, Member, TextBuilder
from indexer.encodings import decode
from indexer.hypertext import add_hypertext

SHOWN_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_LONGEST_HEADER = 2000
_MOST_PARTS = 2000
_ENCODED_WORD = re.compile(r"=\?[^?\s]{1,60}\?[bqBQ]\?[^?]*\?=")
_RFC2231 = re.compile(r"""^(?P<charset>[\w.:-]*)'(?P<language>[\w-]*)'(?P<value>.*)$""", re.DOTALL)


class _RawHeaders(email.policy.Compat32):
    """compat32 that hands out header values as they stand, with undecoded bytes as surrogates for us to decode."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


RAW_HEADERS = _RawHeaders()


def read_message(data: bytes, limits: Limits, fallback_title: str) -> FormatResult:
    """The message in `data`. Raises ExtractionFailed(EMPTY) when it has neither text nor attachment.

    Decision: the parser's `compat32` policy with header decoding of our own. The modern policy raises on headers that
    spam and old programs write every day, and drops raw GBK and Shift-JIS bytes.
    """
    message = email.message_from_bytes(data, policy=RAW_HEADERS)
    builder = TextBuilder(limits)
    headers = [(name, header_text(message, name)) for name in SHOWN_HEADERS]
    add_headers(builder, headers)
    members: list[Member] = []
    bodies: list[tuple[str, str]] = []
    for part in _leaves(message):
        name = _file_name(part)
        kind = part.get_content_type()
        inline = part.get_content_disposition() != "attachment" and not name
        if kind == "message/rfc822":
            members.append(Member(name or f"{_nested_subject(part)}.eml", _nested_bytes(part)))
        elif inline and kind in ("text/plain", "text/html"):
            bodies.append((kind, _text(part)))
        elif name or not kind.startswith(("text/", "multipart/")):
            payload = part.get_payload(decode=True)
            members.append(
                Member(name or _nameless(kind, len(members)), payload if isinstance(payload, bytes) else b"")
            )
    add_bodies(builder, bodies)
    return builder.result(
        dict(headers)["Subject"] or fallback_title, members=tuple(members), empty="There is no text in this message."
    )


def add_headers(builder: TextBuilder, headers: Sequence[tuple[str, str]]) -> None:
    """The headers that have a value as one section, a line each."""
    builder.add("\n".join(f"{name}: {value}" for name, value in headers if value))


def add_bodies(builder: TextBuilder, bodies: Sequence[tuple[str, str]]) -> None:
    """All plain parts; HTML ones only where no plain part says the same. Reply quotes stay: they are text, too."""
    plain = [text for kind, text in bodies if kind == "text/plain" and text.strip()]
    for kind, text in bodies:
        if kind == "text/plain":
            for paragraph in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
                builder.add(paragraph)
        elif not plain:
            add_hypertext(builder, text)


def header_text(message: Message, name: str) -> str:
    """A header on one line with its encoded words decoded; a date as `2026-03-14 09:30 +0100`; empty when missing."""
    values = message.get_all(name, [])
    text = "; ".join(decoded_header(value[: 4 * _LONGEST_HEADER]) for value in values[:20])
    text = " ".join(text.split())[:_LONGEST_HEADER]
    if name == "Date" and text:
        try:
            return f"{parsedate_to_datetime(text):%Y-%m-%d %H:%M %z}".strip()
        except (ValueError, TypeError, IndexError, OverflowError):
            return text
    return text


def decoded_header(value: object) -> str:
    """A header value as a person reads it: encoded words (RFC 2047) and raw bytes in any encoding are decoded."""
    raw = str(value)
    if "=?" in raw:
        # Some programs cut a character in two between encoded words of the same kind: glue those before decoding.
        raw = re.sub(r"\?=\s+=\?", "?==?", raw)
        pieces = []
        for chunk, charset in _safely_split(raw):
            pieces.append(chunk if isinstance(chunk, str) else decode(chunk, charset).text)
        return "".join(pieces)
    if raw.isascii():
        return raw
    return decode(raw.encode("utf-8", "surrogateescape")).text


def _safely_split(raw: str) -> list[tuple[bytes | str, str | None]]:
    try:
        return _joined(decode_header(raw))
    except (ValueError, LookupError, email.errors.HeaderParseError):
        return [(_ENCODED_WORD.sub("", raw), None)]


def _joined(pieces: Sequence[tuple[bytes | str, str | None]]) -> list[tuple[bytes | str, str | None]]:
    joined: list[tuple[bytes | str, str | None]] = []
    for chunk, charset in pieces:
        if joined and isinstance(chunk, bytes):
            last, last_charset = joined[-1]
            if isinstance(last, bytes) and charset == last_charset:
                joined[-1] = (last + chunk, charset)
                continue
        joined.append((chunk, charset))
    return joined


def _leaves(message: Message) -> Iterator[Message]:
    """Parts that hold something, in order; a nested message is one part. Of alternatives all come."""
    stack: list[Message] = [message]
    count = 0
    while stack and count < _MOST_PARTS:
        part = stack.pop()
        count += 1
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            stack.extend(reversed([inner for inner in payload if isinstance(inner, Message)]))
        else:
            yield part


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_param("charset")
    if isinstance(charset, tuple):
        charset = charset[2]
    return decode(payload, charset if isinstance(charset, str) else None).text


def _file_name(part: Message) -> str:
    """The attachment's name: RFC 2231, RFC 2047 where it does not belong, or raw bytes. Empty without one."""
    value = part.get_param("filename", None, "content-disposition") or part.get_param("name", None)
    if value is None:
        return ""
    if isinstance(value, tuple):
        charset, _, raw = value
        return decode(raw.encode("latin-1", "replace"), charset or None).text.strip() if raw else ""
    return decoded_header(value).strip()


def _nested_bytes(part: Message) -> bytes:
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        try:
            return payload[0].as_bytes()
        except (UnicodeError, KeyError, LookupError, ValueError, TypeError):
            return payload[0].as_string().encode("utf-8", "surrogateescape")
    return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""


def _nested_subject(part: Message) -> str:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    return (header_text(inner, "Subject") if isinstance(inner, Message) else "").replace("/", "-")[:80] or "message"


def _nameless(kind: str, ordinal: int) -> str:
    ending = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "text/calendar": ".ics"}
    return f"attachment {ordinal + 1}{ending.get(kind, '')}"
