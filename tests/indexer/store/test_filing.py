"""The life of files in one real, encrypted library: put, moved, copied, dropped."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from indexer.document import FileState, SourceFile
from indexer.errors import DiskFull
from indexer.store.library import Store
from indexer.store.records import Folder
from indexer.words import query_words
from tests.indexer.store.material import (
    CAT,
    FOX,
    MODEL,
    embed,
    extracted,
    failed,
    paths_found,
    put,
    source_of,
)


def test_a_file_is_found_with_its_text_and_place(store: Store) -> None:
    assert put(store, "/docs/fox.txt", FOX) == 3
    best = store.search_words(("fox",), 5)[0]
    (hit,) = store.chunk_hits([best.chunk_id])
    assert hit.path == "/docs/fox.txt"
    assert hit.chunk == extracted("/docs/fox.txt", FOX).chunks[hit.chunk.ordinal]
    assert store.document_text("/docs/fox.txt") == FOX
    assert [n.chunk.ordinal for n in store.neighbours(store.search_words(("fox",), 9)[0].chunk_id, 9, 9)] == [0, 1, 2]


def test_a_long_text_reads_back_across_blocks(store: Store) -> None:
    text = "".join(f"Line {n} 北京\n" for n in range(9_000))
    put(store, "/long.txt", text)
    assert store.document_text("/long.txt") == text
    wanted = extracted("/long.txt", text).chunks
    ids = [one.chunk_id for one in store.search_words(("line",), 2_000)]
    assert all(hit.chunk == wanted[hit.chunk.ordinal] for hit in store.chunk_hits(ids))


def test_putting_a_file_again_replaces_it(store: Store) -> None:
    put(store, "/a.txt", FOX)
    put(store, "/a.txt", CAT)
    assert paths_found(store, "fox") == set()
    assert paths_found(store, "cats") == {"/a.txt"}
    assert store.counts().chunks == len(extracted("/a.txt", CAT).chunks)


def test_members_live_and_die_with_their_file(store: Store) -> None:
    inner = extracted("/mail.eml!/offer.txt", CAT)
    put(store, "/mail.eml", FOX, inner, failed("/mail.eml!/broken.pdf"))
    assert [known.path for known in store.known_files("/")] == ["/mail.eml"]
    assert [known.path for known in store.members("/mail.eml")] == ["/mail.eml!/offer.txt", "/mail.eml!/broken.pdf"]
    assert paths_found(store, "cats") == {"/mail.eml!/offer.txt"}
    store.move_file("/mail.eml", "/sent.eml")
    assert paths_found(store, "cats") == {"/sent.eml!/offer.txt"}
    store.drop_files(["/sent.eml"])
    assert store.counts().files == store.counts().chunks == 0
    assert store.failures() == ()


def test_two_members_of_one_name_are_both_kept(store: Store) -> None:
    put(store, "/a.zip", FOX, extracted("/a.zip!/x.txt", CAT), extracted("/a.zip!/x.txt", FOX))
    assert len(store.members("/a.zip")) == 2


def test_failures_keep_their_reason(store: Store) -> None:
    one = failed("/broken.pdf", FileState.ENCRYPTED)
    assert store.put_file(one.source, (one,)) == 0
    (known,) = store.failures()
    assert (known.state, known.reason) == (FileState.ENCRYPTED, "It can't be read.")


def test_a_file_that_gave_no_chunks_is_not_called_indexed(store: Store) -> None:
    nothing = replace(extracted("/empty.txt", ""), chunks=(), words=())
    store.put_file(nothing.source, (nothing,))
    (known,) = store.known_files("/empty.txt")
    assert known.state is FileState.EMPTY


def test_known_files_are_those_below_the_folder(store: Store) -> None:
    for path in ("/docs/a.txt", "/docs/b/c.txt", "/docs2/d.txt", "/docs"):
        put(store, path, FOX)
    assert {known.path for known in store.known_files("/docs")} == {"/docs/a.txt", "/docs/b/c.txt", "/docs"}


def test_a_name_that_is_no_unicode_comes_back(store: Store) -> None:
    path = os.fsdecode(b"/docs/caf\xe9.txt")
    put(store, path, FOX)
    assert store.known_files("/docs")[0].path == path
    assert store.document_text(path) == FOX
    store.drop_files([path])
    assert store.known_files("/docs") == ()


def test_a_moved_file_is_found_by_its_new_name_only(store: Store) -> None:
    put(store, "/old budget.txt", FOX)
    assert store.move_file("/old budget.txt", "/new forecast.txt")
    assert store.search_names(query_words("budget"), 5) == ()
    assert len(store.search_names(query_words("forecast"), 5)) == 1
    assert store.search_words(query_words("budget"), 5) == ()
    assert paths_found(store, "forecast") == {"/new forecast.txt"}
    assert not store.move_file("/unknown", "/elsewhere")


def test_a_copy_needs_no_reading_and_no_embedding(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/a.txt", FOX, extracted("/a.txt!/m.txt", CAT))
    embed(store)
    (origin,) = store.files_with_digest(source_of("", FOX).digest)
    copy = SourceFile("/copy of a.txt", 7, 9, "")
    assert store.copy_file(origin, copy)
    assert store.pending_count(MODEL) == 0
    assert [(k.size, k.modified_ns, k.state) for k in store.known_files("/copy of a.txt")] == [
        (7, 9, FileState.INDEXED)
    ]
    store.drop_files(["/a.txt"])
    assert paths_found(store, "fox") == {"/copy of a.txt"}
    assert paths_found(store, "cats") == {"/copy of a.txt!/m.txt"}
    assert store.check().sound
    assert not store.copy_file("/a.txt", copy)


def test_touch_changes_the_time_alone(store: Store) -> None:
    put(store, "/a.txt", FOX)
    store.touch(SourceFile("/a.txt", 5, 99))
    (known,) = store.known_files("/a.txt")
    assert (known.size, known.modified_ns, known.chunk_count) == (5, 99, 3)


def test_dropping_a_folder_keeps_what_another_covers(store: Store) -> None:
    store.put_folder(Folder("/docs", ("*.tmp", "build/"), "work"))
    store.put_folder(Folder("/docs/kept"))
    put(store, "/docs/a.txt", FOX)
    put(store, "/docs/kept/b.txt", FOX)
    assert store.folders()[0] == Folder("/docs", ("*.tmp", "build/"), "work")
    assert store.drop_folder("/docs") == 1
    assert [known.path for known in store.known_files("/")] == ["/docs/kept/b.txt"]


def test_files_put_together_are_there_together_or_not_at_all(store: Store) -> None:
    several = [(one.source, (one,)) for one in (extracted("/a.txt", FOX), extracted("/b.txt", CAT))]
    assert store.put_files(several) == sum(len(found[0].chunks) for _, found in several)
    assert paths_found(store, "jump") == {"/a.txt", "/b.txt"}
    assert store._writer is not None
    store._writer.pragma("max_page_count", store._writer.pragma("page_count") + 4)
    big = extracted("/big.txt", "".join(f"word{n} " for n in range(40_000)))
    small = extracted("/a.txt", "Only this is left.")
    with pytest.raises(DiskFull):
        store.put_files([(small.source, (small,)), (big.source, (big,))])
    assert {known.path for known in store.known_files("/")} == {"/a.txt", "/b.txt"}
    assert paths_found(store, "quick") == {"/a.txt"}
    assert store.check().sound
