from __future__ import annotations

import time

import pytest

from indexer.content import Content, FormatResult, Limits
from indexer.formats.rtf import extract


def read(body: bytes) -> FormatResult:
    return extract(Content("a.rtf", data=b"{\\rtf1\\ansi " + body + b"}"), Limits())


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"\\ansicpg936 \\'ba\\'cf\\'cd\\'ac", "合同"),
        (b"\\ansicpg1252{\\fonttbl{\\f3\\fcharset128 Mincho;}}\\f3 \\'8c_\\'96\\'f1", "契約"),
        (b"\\ansicpg950 \\'a6X\\'ac\\'f9", "合約"),
        (b"\\uc1 caf\\u233?\\u-10179?\\u-8704?", "café😀"),
        (b"\\uc2\\u8364\\'80\\'80 5", "€ 5"),
        (b"a\\~b\\_c\\emdash d\\{e\\}", "a\u00a0b-c—d{e}"),
        (b"12{\\deleted 34}56", "1256"),
        (b"x{\\*\\unknown secret}y{\\pict ffd8ff}z", "xyz"),
        (b"a{\\pict\\bin5 }}}}}b}c", "ac"),
        (b"one\\par two", "one\n\ntwo"),
    ],
)
def test_words_come_out_as_written(body: bytes, text: str) -> None:
    assert read(body).text == text


def test_headings_come_from_styles_too() -> None:
    body = b"{\\stylesheet{\\s4 heading 2;}}\\pard\\s4 Scope\\par\\pard Words.\\par"
    assert [section.heading for section in read(body).sections] == [("Scope",)]


def test_a_large_picture_is_passed_over_quickly() -> None:
    picture = b"{\\pict\\pngblip " + b"ffd8ffe0" * 1_000_000 + b"}"
    began = time.perf_counter()
    assert read(b"before" + picture + b"after").text == "beforeafter"
    assert time.perf_counter() - began < 5


def test_braces_nested_without_end_raise_nothing() -> None:
    assert read(b"{" * 100_000 + b"deep").text == "deep"
