"""Mail: headers in every encoding, bodies, attachments, and what breaks the rules."""

from __future__ import annotations

import base64
from email.message import EmailMessage

import pytest

from indexer.content import FormatResult, Limits
from indexer.document import FileState
from indexer.errors import ExtractionFailed
from indexer.messages import decoded_header, read_message


def read(data: bytes) -> FormatResult:
    return read_message(data, Limits(), "fallback")


def test_headers_without_encoded_words_keep_their_bytes() -> None:
    for encoding in ("utf-8", "gb18030"):
        result = read("From: 王丽 <w@example.cn>\nSubject: 关于六角螺栓的报价\n\n正文在这里".encode(encoding))
        assert result.title == "关于六角螺栓的报价"
        assert "王丽" in result.text
        assert "正文在这里" in result.text


def test_encoded_words_cut_in_the_middle_of_a_character_are_joined() -> None:
    raw = "报价单".encode("gbk")
    words = " ".join(f"=?gb2312?B?{base64.b64encode(part).decode()}?=" for part in (raw[:3], raw[3:]))
    assert decoded_header(words) == "报价单"
    assert decoded_header("=?utf-8?Q?caf=C3=A9?= at =?iso-8859-1?Q?No=EBl?=") == "café at Noël"
    assert decoded_header("=?nonsense?B?QQ==?=") == "A"
    assert isinstance(decoded_header("=?utf-8?B?A?= =?"), str)


def test_html_is_read_only_where_there_is_no_plain_text() -> None:
    mail = EmailMessage()
    mail["Subject"] = "x"
    mail.set_content("plain body")
    mail.add_alternative("<p>html body</p>", subtype="html")
    assert read(mail.as_bytes()).text.endswith("plain body")
    only = EmailMessage()
    only["Subject"] = "x"
    only.set_content("<p>html <b>body</b></p>", subtype="html")
    assert read(only.as_bytes()).text.endswith("html body")


def test_attachments_and_nested_messages_are_members() -> None:
    inner = EmailMessage()
    inner["Subject"] = "inner / one"
    inner.set_content("deep")
    mail = EmailMessage()
    mail["Subject"] = "outer"
    mail.set_content("body")
    mail.add_attachment(b"\x00\x01", maintype="application", subtype="pdf", filename="报价 2026.pdf")
    mail.add_attachment("a,b", subtype="csv", filename="t.csv")
    mail.add_attachment(inner)
    members = list(read(mail.as_bytes()).members)
    assert [member.name for member in members] == ["报价 2026.pdf", "t.csv", "inner - one.eml"]
    assert members[0].data == b"\x00\x01"
    assert b"deep" in members[2].data


def test_a_message_of_attachments_only_is_not_empty_and_one_of_nothing_is() -> None:
    mail = EmailMessage()
    mail.add_attachment(b"x", maintype="image", subtype="png", filename="p.png")
    result = read(mail.as_bytes())
    assert [member.name for member in result.members] == ["p.png"]
    with pytest.raises(ExtractionFailed) as caught:
        read(b"\n\n")
    assert caught.value.state is FileState.EMPTY


def test_dates_are_shown_for_people_and_odd_ones_as_they_are() -> None:
    assert "Date: 2026-03-14 09:30 +0100" in read(b"Date: Sat, 14 Mar 2026 09:30:00 +0100\n\nx").text
    assert "Date: some day" in read(b"Date: some day\n\nx").text


def test_lies_about_the_structure_are_survived() -> None:
    lie = b"From: a\nContent-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\nno part at all"
    try:
        assert "From: a" in read(lie).text
    except ExtractionFailed as refusal:
        pytest.fail(str(refusal))
    assert "body" in read(b"From: a\nContent-Type: text/plain; charset=klingon\n\nbody").text
    assert "From: a" in read(b"From: a\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!").text
