"""Files of mail: .eml, .emlx, mailboxes and Outlook's .msg, beyond their golden texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.content import Content, Limits, Member
from indexer.document import FileState
from indexer.errors import ExtractionFailed
from indexer.formats import mail, mbox, outlook

SAMPLES = Path(__file__).parents[2] / "samples"
MESSAGE = b"From: a@example.com\nTo: b@example.com\nSubject: %s\n\nBody %s\n"


def boxed(data: bytes, limits: Limits | None = None) -> list[Member]:
    return list(mbox.extract(Content("in.mbox", data=data), limits or Limits()).members)


def test_an_apple_message_is_the_bytes_that_its_first_line_counts() -> None:
    message = MESSAGE % (b"hello", b"text")
    data = b"%d     \n" % len(message) + message + b"<?xml version='1.0'?><plist/>"
    result = mail.extract(Content("1.emlx", data=data), Limits())
    assert result.title == "hello"
    assert "plist" not in result.text


def test_a_mailbox_is_cut_at_from_lines_and_only_there() -> None:
    line = b"From a@example.com Mon Mar  2 09:00:00 2026\n"
    data = line + MESSAGE % (b"one", b"1\nFrom here on\n>From quoted") + b"\n" + line + MESSAGE % (b"a/b", b"2")
    members = boxed(data)
    assert [member.name for member in members] == ["0001 one.eml", "0002 a-b.eml"]
    assert b"From here on\nFrom quoted" in members[0].data


def test_names_of_messages_stay_when_mail_is_added() -> None:
    line = b"From a@example.com Mon Mar  2 09:00:00 2026\n"
    before = line + MESSAGE % (b"one", b"1") + b"\n"
    assert boxed(before)[0] == boxed(before + line + MESSAGE % (b"two", b"2"))[0]


def test_a_mailbox_line_without_end_is_cut() -> None:
    data = b"From a@example.com Mon Mar  2 09:00:00 2026\nSubject: x\n\n" + b"y" * 5000
    (member,) = boxed(data, Limits(member_bytes=1000))
    assert len(member.data) <= 1000


def test_an_outlook_message_with_lost_properties_still_gives_the_rest() -> None:
    data = (SAMPLES / "msg" / "outer.msg").read_bytes()
    subject = "outer subject".encode("utf-16-le")
    assert subject in data or b"outer subject" in data
    result = outlook.extract(Content("outer.msg", data=data), Limits())
    assert result.title == "outer subject"
    assert [member.name for member in result.members] == ["test.eml"]


def test_another_compound_file_is_damaged_as_a_message() -> None:
    with pytest.raises(ExtractionFailed) as caught:
        outlook.extract(Content("a.msg", data=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)), Limits())
    assert caught.value.state is FileState.DAMAGED
