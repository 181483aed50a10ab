"""Encodings told from bytes: long and short texts, with and without a mark, true and false declarations."""

from __future__ import annotations

import os
import random

import pytest

from indexer.encodings import decode, is_rubbish, looks_like_text

CHINESE = "近侧是一个私人助理，它了解您的文件，并在您自己的芯片上回答问题。"
TAIWANESE = "臺灣的夜市是觀光客最喜歡的地方之一，這裡有許多小吃和攤販。"
JAPANESE = "これは日本語の文書です。会議は来週の月曜日に行われます。"
KOREAN = "이것은 한국어 문서입니다. 회의는 다음 주 월요일에 있습니다."
FRENCH = "Le café est fermé à midi; l'été sera très chaud à Orléans — dit-on."
GERMAN = "Größe und Übermut für Äpfel, Öl, Straßen"
RUSSIAN = "Это русский текст, написанный для проверки определения кодировки."

CASES = [
    *((CHINESE, name) for name in ("gb18030", "gbk", "gb2312", "utf-8", "utf-16-le", "utf-16", "utf-32", "utf-8-sig")),
    *((TAIWANESE, name) for name in ("big5", "utf-16-le")),
    *((JAPANESE, name) for name in ("shift_jis", "cp932", "euc_jp", "iso2022_jp", "utf-16-be")),
    *((KOREAN, name) for name in ("cp949", "utf-16-le")),
    *((FRENCH, name) for name in ("cp1252", "utf-16-be")),
    *((GERMAN, name) for name in ("latin-1", "utf-8")),
    *((RUSSIAN, name) for name in ("cp1251", "koi8-r", "utf-16-le")),
]


@pytest.mark.parametrize(("text", "encoding"), CASES)
@pytest.mark.parametrize("length", [8, 20, 1000])
def test_text_comes_back_as_it_was_written(text: str, encoding: str, length: int) -> None:
    # Eight characters of UTF-16 without a mark may happen to be sixteen printable bytes.
    written = (text * 30)[: max(length, 20) if encoding.startswith("utf-16-") else length]
    assert decode(written.encode(encoding)).text == written
    assert looks_like_text(written.encode(encoding)[:4096])


@pytest.mark.parametrize(
    "text", ["品名,数量,单价\n运费,1,30\n", "龙井每斤1280元", "苹果,香蕉,葡萄,橙子", "采购合同.txt"]
)
def test_a_few_chinese_words_are_enough(text: str) -> None:
    assert decode(text.encode("gbk")).text == text


def test_a_declaration_is_believed_when_the_bytes_agree() -> None:
    assert decode("ελληνικά".encode("iso8859-7"), "ISO-8859-7").text == "ελληνικά"
    assert decode("中".encode("gbk"), '"GB2312"').text == "中"
    assert decode("價".encode("big5"), "big5").text == "價"


def test_a_false_declaration_is_not() -> None:
    assert decode(CHINESE.encode(), "iso-8859-1").text == CHINESE
    assert decode(CHINESE.encode(), "us-ascii").text == CHINESE
    assert decode(CHINESE.encode("gbk"), "utf-8").text == CHINESE
    assert decode("naïve".encode(), "no-such-thing").text == "naïve"
    assert decode(b"plain", "hex").text == "plain"


def test_one_broken_byte_does_not_make_utf8_something_else() -> None:
    assert decode((CHINESE * 9).encode() + b"\xff" + (CHINESE * 9).encode()).encoding == "utf-8"


def test_decoding_never_raises() -> None:
    dice = random.Random(4)
    for size in range(200):
        data = dice.randbytes(size)
        assert isinstance(decode(data).text, str)
        assert isinstance(decode(b"\xff\xfe" + data, "utf-16").text, str)


def test_programs_and_pictures_are_no_text() -> None:
    assert not looks_like_text(b"")
    assert not looks_like_text(b"\x7fELF\x02\x01\x01" + bytes(57))
    assert not looks_like_text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert not any(looks_like_text(os.urandom(4096)) for _ in range(50))


def test_rubbish_is_told_from_rare_writing() -> None:
    assert is_rubbish("\x01\x02\ue000abc")
    assert not is_rubbish("ᚠᛇᚻ ᛒᛦᚦ ᚠᚱᚩᚠᚢᚱ\t\n\u3000")
