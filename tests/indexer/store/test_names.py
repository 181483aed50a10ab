"""Files by name: what is best comes first, every word counts, new files show up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.document import FileState
from indexer.store import names
from indexer.store.library import Store
from tests.indexer.store.material import KEY, extracted, failed, put, source_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db", KEY) as store:
        yield store


def found(store: Store, text: str, k: int = 9) -> list[str]:
    return [line.path for line in store.browser.named(text, k)[0]]


def test_the_beginning_of_a_name_beats_a_word_beats_the_middle(store: Store) -> None:
    put(store, "/w/mybudget.txt", "a", modified_ns=9)
    put(store, "/w/The Budget.txt", "b", modified_ns=8)
    put(store, "/w/Budget old.txt", "c", modified_ns=1)
    put(store, "/w/budget new.txt", "d", modified_ns=2)
    put(store, "/budget/else.txt", "e", modified_ns=9)
    assert found(store, "BUDGET") == ["/w/budget new.txt", "/w/Budget old.txt", "/w/The Budget.txt", "/w/mybudget.txt"]
    assert found(store, "budget", 1) == ["/w/budget new.txt"]
    assert store.browser.named("budget", 1)[1] == 4


def test_every_word_must_be_in_the_name_in_any_order(store: Store) -> None:
    put(store, "/w/Offer Nordlicht 2026.pdf", "a")
    put(store, "/w/Offer Kestrel 2025.pdf", "b")
    assert found(store, "2026 offer") == ["/w/Offer Nordlicht 2026.pdf"]
    assert found(store, "offer 2024") == found(store, "  ") == []


def test_chinese_members_and_files_without_text(store: Store) -> None:
    put(store, "/w/采购合同.docx", "a", extracted("/w/采购合同.docx!/图片.png", "b"))
    store.put_file(source_of("/w/Foto.jpg", "c"), (failed("/w/Foto.jpg", FileState.UNSUPPORTED),))
    assert found(store, "合同") == ["/w/采购合同.docx"]
    assert found(store, "图片") == ["/w/采购合同.docx!/图片.png"]
    assert found(store, "foto") == ["/w/Foto.jpg"]


def test_the_list_follows_the_library(store: Store) -> None:
    put(store, "/w/one.txt", "a")
    assert found(store, "one") == ["/w/one.txt"]
    store.move_file("/w/one.txt", "/w/two.txt")
    assert found(store, "one") == []
    assert found(store, "two") == ["/w/two.txt"]
    store.drop_files(["/w/two.txt"])
    assert found(store, "two") == []


def test_a_long_list_is_renewed_in_the_background(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_LONG", 1)
    for number in range(3):
        put(store, f"/w/first {number}.txt", "a")
    assert len(found(store, "first")) == 3
    put(store, "/w/first late.txt", "b")
    assert len(found(store, "first")) == 3, "not renewed all the time"
    monkeypatch.setattr(names, "_FRESH_SECONDS", 0.0)
    deadline = time.monotonic() + 5
    while len(found(store, "first")) < 4:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert store.browser._renewing.acquire(timeout=5)
