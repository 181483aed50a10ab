"""Documents and queries must meet in the same words, whatever the script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.words import query_words, segment


@pytest.mark.parametrize(
    ("document", "query"),
    [
        ("Running the tests on all files", "run test file"),
        ("making a copy", "make copies"),
        ("The companies stopped shipping boxes", "company stop ship box"),
        ("Café Müller, naïve", "cafe muller naive"),
        ("ＡＢＣ１２３ full width", "abc123"),
        ("The total was 1,234,567.50 EUR", "1234567.50"),
        ("version 3.14 of C++ and C#", "3.14 c++ c#"),
        ("the user's guide", "user guide"),
        ("\u201cdon\u2019t panic\u201d", "don't panic"),
        ("snake_case and kebab-case", "snake case kebab"),
        ("我们在北京大学开发软件", "北京大学 软件"),
        ("張曉梅在臺灣開發軟體", "张晓梅 台湾 开发"),
        ("我叫褚芷涵", "芷涵"),
        ("中华人民共和国的首都", "共和国"),
        ("検索エンジンの設定", "検索 エンジン"),
        ("한국어 검색 테스트", "검색"),
        ("हिन्दी में खोज", "हिन्दी"),
        ("Привет, Мир", "мир"),
    ],
)
def test_a_query_finds_the_document(document: str, query: str) -> None:
    assert set(query_words(query)) <= set(segment(document).split())


@pytest.mark.parametrize(
    ("one", "other"),
    [("universe", "university"), ("need", "ne"), ("string", "str"), ("bus", "bu"), ("speed", "spe"), ("sing", "s")],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert segment(one) != segment(other)


def test_stop_words_are_left_out_of_queries_only() -> None:
    assert query_words("How do I reset the password?") == ("reset", "password")
    assert query_words("请问如何修改密码") == ("修改", "密码")
    assert "the" in segment("Reset the password").split()


def test_a_query_of_stop_words_keeps_them() -> None:
    assert query_words("to be or not to be") == ("to", "be", "or", "not")


def test_each_query_word_comes_once() -> None:
    assert query_words("test tests testing") == ("test",)


def test_nothing_to_find() -> None:
    assert segment("… — !?") == ""
    assert query_words("") == ()


@given(st.text(max_size=60))
def test_any_text_is_cut_into_words_without_spaces(text: str) -> None:
    words = segment(text).split(" ") if segment(text) else []
    assert all(words)
    assert set(query_words(text)) <= set(words)
