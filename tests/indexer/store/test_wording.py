"""What a search finds, by words, by vectors and by names."""

from __future__ import annotations

import pytest

from indexer.query import Filter
from indexer.store.library import Store
from indexer.words import query_words
from tests.indexer.store.material import (
    CAT,
    FOX,
    MODEL,
    embed,
    extracted,
    paths_found,
    put,
    vector_of,
)


def test_the_nearest_text_comes_first(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/fox.txt", FOX)
    put(store, "/cat.txt", CAT)
    embed(store)
    wanted = extracted("/cat.txt", CAT).chunks[1]
    best = store.search_vectors(vector_of(wanted.embedded_text), 3)[0]
    assert best.score == pytest.approx(1, abs=1e-3)
    assert store.chunk_hits([best.chunk_id])[0].chunk == wanted


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Filter(formats=("pdf",)), {"/desk/a.pdf"}),
        (Filter(formats=("pdf", "text")), {"/desk/a.pdf", "/desk/b.txt", "/home/c.txt"}),
        (Filter(folders=("DESK",)), {"/desk/a.pdf", "/desk/b.txt"}),
        (Filter(folders=("/home",)), {"/home/c.txt"}),
        (Filter(folders=("/hom",)), set()),
        (Filter(names=("B.",)), {"/desk/b.txt"}),
        (Filter(after_ns=20), {"/desk/b.txt", "/home/c.txt"}),
        (Filter(before_ns=20), {"/desk/a.pdf"}),
        (Filter(phrases=("brown  FOX",)), {"/desk/a.pdf", "/desk/b.txt"}),
        (Filter(phrases=("fox brown",)), set()),
        (Filter(excluded=("fox",)), {"/home/c.txt"}),
        (Filter(excluded=("brown fox",), folders=("/desk",)), set()),
        (Filter(phrases=("rarely jump",), excluded=("fox",)), {"/home/c.txt"}),
    ],
)
def test_filters_hold_for_words_and_for_vectors(store: Store, limits: Filter, expected: set[str]) -> None:
    store.activate(MODEL)
    put(store, "/desk/a.pdf", FOX[:110], modified_ns=10, format_id="pdf")
    put(store, "/desk/b.txt", "A " + FOX[:110], modified_ns=20)
    put(store, "/home/c.txt", CAT[:110], modified_ns=30)
    embed(store)
    assert paths_found(store, "jump", limits) == expected
    near = store.search_vectors(vector_of("anything"), 10, limits)
    assert {hit.path for hit in store.chunk_hits([one.chunk_id for one in near])} == expected


def test_a_chinese_phrase_is_compared_letter_by_letter(store: Store) -> None:
    put(store, "/a.txt", "北京大学生前来应聘，软件测试通过。")
    put(store, "/b.txt", "软件通过测试，北京的大学生应聘。")
    assert paths_found(store, "软件", Filter(phrases=("测试通过",))) == {"/a.txt"}


def test_names_and_titles_are_searched_too(store: Store) -> None:
    put(store, "/reports/quarterly budget.txt", FOX)
    put(store, "/reports/other.txt", FOX)
    assert [store.chunk_hits([one.chunk_id])[0].path for one in store.search_names(query_words("budgets"), 5)] == [
        "/reports/quarterly budget.txt"
    ]
    assert len(store.search_names(("report",), 5)) == 2
    assert paths_found(store, "title") == {"/reports/quarterly budget.txt", "/reports/other.txt"}


def test_syntax_of_the_words_index_is_only_text(store: Store) -> None:
    put(store, "/a.txt", FOX)
    assert store.search_words(('fox" OR "cat', "NEAR(", "*", 'a"'), 5) == ()
    assert store.search_words((), 5) == ()
    assert store.search_words(("fox",), 0) == ()


def test_frequent_words_do_not_crowd_out_rare_ones(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.store.wording._ROWS", ((2**62, 10),))
    monkeypatch.setattr("indexer.store.wording._ALL", 10)
    for number in range(40):
        put(store, f"/n{number}.txt", f"common word text number{number} " + ("both here" if number == 7 else ""))
    first, second = store.search_words(("common", "word", "number7"), 2)
    assert store.chunk_hits([first.chunk_id])[0].path == "/n7.txt"
    assert first.score > second.score
    assert store.search_words(("common", "both"), 2)[0].chunk_id == first.chunk_id
    assert len(store.search_words(("common", "word", "text"), 2)) == 2
    found = store.search_words(("common", "word", "text"), 2, Filter(names=("n1.",)))
    assert [hit.path for hit in store.chunk_hits([one.chunk_id for one in found])] == ["/n1.txt"]
