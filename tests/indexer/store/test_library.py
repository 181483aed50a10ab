"""The life of files, vectors and searches in one real, encrypted library."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.document import FileState, SourceFile, Vectors
from indexer.errors import DiskFull, StoreDamaged, StoreError, StoreKeyWrong, StoreLocked, StoreTooNew
from indexer.query import Filter
from indexer.store.library import Store
from indexer.store.records import Folder
from indexer.words import query_words
from tests.indexer.store.material import KEY, MODEL, embed, extracted, failed, put, source_of, vector_of, vectors_of

FOX = "The quick brown fox jumps over the lazy dog. " * 8
CAT = "Cats sleep all day and hunt by night; they rarely jump. " * 8


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db", KEY) as opened:
        yield opened


def paths_found(store: Store, query: str, limits: Filter | None = None) -> set[str]:
    scored = store.search_words(query_words(query), 50, limits)
    return {hit.path for hit in store.chunk_hits([one.chunk_id for one in scored])}


# --- files


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


# --- vectors


def test_a_file_waits_until_every_chunk_has_its_vector(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/a.txt", FOX)
    waiting = store.pending(MODEL, 10)
    assert store.counts().pending == 1
    store.put_vectors([one.digest for one in waiting[:-1]], vectors_of([one.text for one in waiting[:-1]]))
    assert store.known_files("/a.txt")[0].state is FileState.PENDING
    store.put_vectors([waiting[-1].digest], vectors_of([waiting[-1].text]))
    assert store.known_files("/a.txt")[0].state is FileState.INDEXED
    assert store.counts().vectors == len(waiting)


def test_without_a_model_a_file_is_indexed_at_once(store: Store) -> None:
    put(store, "/a.txt", FOX)
    assert store.known_files("/a.txt")[0].state is FileState.INDEXED
    store.activate(MODEL)
    assert store.known_files("/a.txt")[0].state is FileState.PENDING


def test_equal_texts_are_embedded_once(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/a.txt", FOX)
    first = embed(store)
    put(store, "/b.txt", FOX)
    assert store.pending_count(MODEL) == 0
    assert store.known_files("/b.txt")[0].state is FileState.INDEXED
    assert store.counts().vectors == first
    assert len(store.search_vectors(vector_of("Title\n" + FOX[:120]), 50)) == 2 * first


def test_a_text_that_comes_back_still_has_its_vector(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/a.txt", FOX)
    embed(store)
    store.drop_files(["/a.txt"])
    assert store.search_vectors(vector_of("x"), 5) == ()
    put(store, "/b.txt", FOX)
    assert store.pending_count(MODEL) == 0


def test_old_vectors_answer_until_the_new_model_is_complete(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/a.txt", FOX)
    embed(store)
    assert len(store.pending("new", 100)) == store.pending_count("new") == 3
    assert store.active_model() == MODEL
    assert len(store.search_vectors(vector_of("x"), 5)) == 3
    assert store.known_files("/a.txt")[0].state is FileState.INDEXED
    embed(store, "new")
    store.activate("new")
    assert store.active_model() == "new"
    assert store.known_files("/a.txt")[0].state is FileState.INDEXED
    assert len(store.search_vectors(vector_of("x"), 5)) == 3
    assert store.check().sound


def test_vectors_come_back_in_the_order_asked(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/a.txt", FOX)
    embed(store)
    texts = [chunk.embedded_text for chunk in extracted("/a.txt", FOX).chunks]
    ids = [one.chunk_id for one in sorted(store.search_words(("fox",), 9))]
    assert store.vectors_of([ids[2], ids[0], 999]) == pytest.approx(
        np.stack([vector_of(texts[2]), vector_of(texts[0]), np.zeros(16)]), abs=1e-3
    )


def test_vectors_that_do_not_fit_are_refused(store: Store) -> None:
    store.activate(MODEL)
    put(store, "/a.txt", FOX)
    one = store.pending(MODEL, 1)[0]
    with pytest.raises(ValueError, match="finite"):
        store.put_vectors([one.digest], Vectors(MODEL, np.full((1, 4), np.nan, np.float32)))
    store.put_vectors([one.digest], vectors_of([one.text]))
    with pytest.raises(ValueError, match="16 numbers"):
        store.put_vectors([one.digest], Vectors(MODEL, np.ones((1, 4), np.float32)))


# --- searching


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


# --- opening


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
