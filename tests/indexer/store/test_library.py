"""Opening, closing, and what holds for every call: one writer, many readers, nothing readable on disk."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from indexer.errors import DiskFull, StoreDamaged, StoreError, StoreKeyWrong, StoreLocked, StoreTooNew
from indexer.store.library import Store
from indexer.store.records import Folder
from tests.indexer.store.material import (
    CAT,
    FOX,
    KEY,
    MODEL,
    embed,
    paths_found,
    put,
    vector_of,
)


def test_only_one_writer(store: Store) -> None:
    with pytest.raises(StoreLocked) as caught:
        Store.open(store.path, KEY)
    assert caught.value.holder == os.getpid()


def test_readers_see_what_the_writer_finished(store: Store) -> None:
    store.activate(MODEL)
    with Store.open(store.path, KEY, writer=False) as reader:
        put(store, "/a.txt", FOX)
        assert paths_found(reader, "fox") == {"/a.txt"}
        assert reader.search_vectors(vector_of("x"), 5) == ()
        embed(store)
        assert len(reader.search_vectors(vector_of("x"), 5)) == 3
        with pytest.raises(StoreError, match="reading only"):
            reader.drop_files(["/a.txt"])


def test_the_wrong_key_opens_nothing_and_harms_nothing(store: Store) -> None:
    put(store, "/a.txt", FOX)
    path = store.path
    store.close()
    with pytest.raises(StoreKeyWrong):
        Store.open(path, bytes(32))
    with pytest.raises(StoreKeyWrong):
        Store.open(path, bytes(32), writer=False)
    with Store.open(path, KEY) as again:
        assert again.counts().files == 1


def test_nothing_on_disk_is_readable(tmp_path: Path) -> None:
    secret = "Zebracorn merger plans for August. " * 30
    with Store.open(tmp_path / "library.db", KEY) as store:
        store.activate(MODEL)
        put(store, "/hidden-name.txt", secret)
        embed(store)
        store.save_snapshot()
        vector = vector_of("Title\n" + secret[:120]).astype(np.float16).tobytes()
        contents = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for telling in (b"Zebracorn", b"zebracorn", b"hidden-name", b"SQLite format", vector[:16]):
        assert telling not in contents


def test_a_library_from_a_newer_program_is_left_alone(store: Store) -> None:
    path = store.path
    store.close()
    with Store.open(path, KEY) as ahead:
        assert ahead._writer is not None
        ahead._writer.pragma("user_version", 99)
    with pytest.raises(StoreTooNew) as caught:
        Store.open(path, KEY)
    assert caught.value.version == 99


def test_a_full_disk_loses_the_file_in_hand_only(store: Store) -> None:
    put(store, "/a.txt", FOX)
    assert store._writer is not None
    pages = store._writer.pragma("page_count")
    store._writer.pragma("max_page_count", pages + 4)
    with pytest.raises(DiskFull):
        put(store, "/big.txt", "".join(f"word{n} " for n in range(40_000)))
    assert {known.path for known in store.known_files("/")} == {"/a.txt"}
    store._writer.pragma("max_page_count", 1_000_000)
    put(store, "/b.txt", CAT)
    assert store.check().sound


def test_a_file_that_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"not a library at all" * 1_000)
    with pytest.raises(StoreKeyWrong):
        Store.open(tmp_path / "library.db", KEY)


def test_damaged_pages_are_told_and_the_library_starts_over(store: Store) -> None:
    store.put_folder(Folder("/docs"))
    put(store, "/docs/a.txt", "".join(f"word{n} " for n in range(30_000)))
    path = store.path
    store.close()
    content = bytearray(path.read_bytes())
    for at in range(len(content) // 2, len(content), 8192):
        content[at + 100] ^= 1
    path.write_bytes(content)
    with Store.open(path, KEY) as damaged:
        with pytest.raises(StoreDamaged):
            damaged.check()
        report = damaged.repair()
        assert report.sound
        assert report.mended
        assert damaged.folders() == (Folder("/docs"),)
        put(damaged, "/docs/a.txt", FOX)
        assert damaged.check().problems == ()
    assert path.with_name("library.db.damaged").exists()


def test_searches_run_while_files_are_put(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/a.txt", FOX)
    embed(store)
    failures: list[BaseException] = []
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                assert store.search_words(("fox",), 5)
                assert store.search_vectors(vector_of("x"), 5)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(30):
        put(store, f"/n{number}.txt", f"{number} {CAT}")
        embed(store)
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.check().sound


def test_generation_grows_with_every_change(store: Store) -> None:
    before = store.generation
    put(store, "/a.txt", FOX)
    assert store.generation > before


def test_a_closed_store_lets_the_next_writer_in(store: Store) -> None:
    store.close()
    with Store.open(store.path, KEY) as again:
        put(again, "/a.txt", FOX)


def test_closing_waits_for_what_another_thread_reads(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "library.db", KEY)
    reads, closes, order = threading.Event(), threading.Event(), []

    def read() -> None:
        with store._reading():
            reads.set()
            closes.wait(10)
            time.sleep(0.05)
            order.append("read")

    reader = threading.Thread(target=read)
    reader.start()
    reads.wait(10)
    closes.set()
    store.close()
    order.append("closed")
    reader.join()
    assert order == ["read", "closed"]
