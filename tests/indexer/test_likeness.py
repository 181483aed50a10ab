"""Which words of a query a text has, and how near a title is to being the query."""

from __future__ import annotations

import pytest

from indexer.likeness import closeness, coverage, share
from indexer.words import query_words


def test_all_some_and_none_of_the_words() -> None:
    words = query_words("notice period of the lease")
    full, some, none = coverage(words, ["The lease has a notice period.", "A period of rain.", "Nothing."])
    assert full == pytest.approx(1.0)
    assert 0.0 < some < full
    assert none == 0.0


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    texts = ["the invoice of Adler", "the invoice of Lion", "the invoice of Bear", "Zeppelin travel"]
    scores = coverage(query_words("invoice zeppelin"), texts)
    assert scores[3] > scores[0] == scores[1] == scores[2]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("company", "All Companies pay"),
        ("running", "it runs"),
        ("合同金额", "本合同的金额为三万元"),
        ("INV-4711", "see inv-4711 for details"),
    ],
)
def test_inflected_forms_and_chinese_words_are_found(query: str, text: str) -> None:
    assert coverage(query_words(query), [text])[0] == pytest.approx(1.0)


def test_the_middle_of_a_word_does_not_count() -> None:
    assert coverage(("cat",), ["education"])[0] == 0.0


def test_a_title_that_is_the_query_is_closest() -> None:
    words = query_words("Creating Pivot Tables")
    assert closeness(words, ["Spreadsheets", "Create Pivot Table"]) == 1.0
    assert 0.0 < closeness(words, ["Pivot Charts"]) < 0.5
    assert closeness(words, ["", "Mail"]) == closeness((), ["Mail"]) == closeness(words, []) == 0.0


def test_share_of_a_name() -> None:
    assert share(query_words("budget 2026"), "Budget 2026 final.xlsx") == 1.0
    assert share(query_words("budget travel"), "Budget 2026 final.xlsx") == 0.5
    assert share((), "x") == 0.0


def test_nothing_to_look_at() -> None:
    assert coverage((), ["x"]).tolist() == [0.0]
    assert coverage(("x",), []).shape == (0,)
