"""Messages that Outlook saved (.msg): headers, body, attachments and attached messages as documents of their own."""

from __future__ import annotations

import struct
from collections.abc import Callable
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from indexer.content import Content, FormatResult, Limits, Member, TextBuilder, clean, damaged, title_from_name
from indexer.encodings import decode
from indexer.hypertext import declared_charset
from indexer.messages import add_bodies, add_headers, decoded_header

if TYPE_CHECKING:
    from oxmsg import Message
    from oxmsg.attachment import Attachment

FORMAT_ID = "msg"
EXTENSIONS = (".msg",)
MEDIA_TYPES = ("application/vnd.ms-outlook",)

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PID_HTML = 0x1013
_PID_SHORT_FILE_NAME = 0x3704
_PID_DISPLAY_NAME = 0x3001
_ATTACHED_MESSAGE = "__substg1.0_3701000D"
_EMBEDDED_HEADER_BYTES = 24
"""The properties of a message inside a message start 8 bytes earlier than those of one in a file of its own."""
_FAULTS = (ValueError, KeyError, IndexError, TypeError, AttributeError, LookupError, AssertionError, struct.error)
"""What python-oxmsg raises on properties that are missing, cut short or in an unknown code page."""

_T = TypeVar("_T")


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    return head.startswith(_OLE_MAGIC) and name.lower().endswith(EXTENSIONS)


def extract(content: Content, limits: Limits) -> FormatResult:
    from oxmsg import Message

    try:
        message = Message.load(content.read())
    except (*_FAULTS, OSError, RecursionError) as error:
        raise damaged("the message in it can't be read") from error
    builder = TextBuilder(limits)
    add_headers(builder, _headers(message))
    add_bodies(builder, _bodies(message))
    members = tuple(_members(message))
    title = _or(lambda: message.subject, "") or title_from_name(content.name)
    return builder.result(title, members=members, empty="There is no text in this message.")


def _or(read: Callable[[], _T], otherwise: _T) -> _T:
    """One broken property must not cost the rest of the message."""
    try:
        return read()
    except Exception as error:
        # UnrecognizedCodePageError and its sister derive from Exception alone; memory and limits are not ours to hide.
        if isinstance(error, (*_FAULTS, OSError, MessageError)) or type(error).__module__.startswith("oxmsg"):
            return otherwise
        raise


def _headers(message: Message) -> list[tuple[str, str]]:
    no_headers: dict[str, str] = {}
    stored = _or(lambda: {name.lower(): value for name, value in message.message_headers.items()}, no_headers)
    nobody: list[str] = []
    people = _or(lambda: [_person(each.name, each.email_address) for each in message.recipients], nobody)
    sent = _or(lambda: message.sent_date, None)
    headers = [
        ("From", _or(lambda: message.sender, None) or ""),
        ("To", stored.get("to", "") or "; ".join(people)),
        ("Cc", stored.get("cc", "")),
        ("Date", f"{sent:%Y-%m-%d %H:%M %z}".strip() if sent else stored.get("date", "")),
        ("Subject", _or(lambda: message.subject, "")),
    ]
    return [(name, " ".join(clean(decoded_header(value)).split())[:2000]) for name, value in headers]


def _person(name: str, address: str) -> str:
    return f"{name} <{address}>" if name and address and name != address else name or address


def _bodies(message: Message) -> list[tuple[str, str]]:
    plain = _or(lambda: message.body, None)
    if plain and plain.strip():
        return [("text/plain", plain)]
    # Undecoded, because the code page that the message names is often not the one its HTML is written in.
    raw = _or(lambda: message.properties.binary_prop_value(_PID_HTML), None)
    html = decode(raw, declared_charset(raw)).text if raw else _or(lambda: message.html_body, None)
    return [("text/html", html)] if html else []


def _members(message: Message) -> list[Member]:
    members: list[Member] = []
    none: tuple[Attachment, ...] = ()
    for attachment in _or(lambda: message.attachments, none):
        inner = _or(partial(_attached_message, attachment), None)
        if inner is not None:
            members.append(inner)
        elif data := _or(partial(_file_bytes, attachment), None):
            members.append(Member(_file_name(attachment, len(members)), data))
    return members


def _file_bytes(attachment: Attachment) -> bytes | None:
    data = attachment.file_bytes
    return data if isinstance(data, bytes) else None


def _file_name(attachment: Attachment, ordinal: int) -> str:
    names = (
        _or(lambda: attachment.file_name, None),
        _or(lambda: attachment.properties.str_prop_value(_PID_SHORT_FILE_NAME), None),
        _or(lambda: attachment.properties.str_prop_value(_PID_DISPLAY_NAME), None),
    )
    return next((name for name in names if name), f"attachment {ordinal + 1}")


def _attached_message(attachment: Attachment) -> Member | None:
    """A message attached to a message, as the .eml file it would have been; None for other attachments."""
    from oxmsg import Message
    from oxmsg.properties import Properties
    from oxmsg.storage import Storage

    outer = attachment._storage
    storages = outer.storages if isinstance(outer, Storage) else ()
    inner = next((storage for storage in storages if storage.name == _ATTACHED_MESSAGE), None)
    if inner is None:
        return None
    message = Message(inner)
    vars(message)["_properties"] = Properties(inner, properties_header_offset=_EMBEDDED_HEADER_BYTES)
    mail = EmailMessage(policy=SMTP.clone(utf8=True))
    for name, value in _headers(message):
        if value:
            mail[name] = value
    for kind, text in _bodies(message):
        mail.set_content(clean(text), subtype=kind.partition("/")[2])
    for member in _members(message):
        mail.add_attachment(member.data, maintype="application", subtype="octet-stream", filename=member.name)
    title = _or(lambda: message.subject, "").replace("/", "-")[:80].strip() or "message"
    return Member(f"{title}.eml", mail.as_bytes())
