"""Stories of files, from the disk into a real library, through real worker processes; only the model is a stand-in."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from indexer.document import FileState
from indexer.indexing import Indexing, RunSummary
from indexer.reporter import Cancelled, Silent
from indexer.store.library import Store
from indexer.store.records import Folder
from indexer.words import query_words
from tests.fakes import KEY, WatchedEmbedder, WatchedReporter


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library" / "library.db", KEY) as opened:
        yield opened


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "files"
    path.mkdir()
    return path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(
    store: Store, embedder: WatchedEmbedder | None, *roots: Path, paths: tuple[Path, ...] = (), reporter: object = None
) -> RunSummary:
    folders = [Folder(str(root)) for root in roots]
    for folder in folders:
        if folder not in store.folders():
            store.put_folder(folder)
    listener = reporter if isinstance(reporter, WatchedReporter) else Silent()
    return Indexing(store, embedder, workers=1).run(folders, listener, paths=[str(path) for path in paths])


def found(store: Store, text: str) -> set[str]:
    """Names of the files whose text has any of these words."""
    hits = store.search_words(query_words(text), 100)
    return {os.path.basename(hit.path) for hit in store.chunk_hits([hit.chunk_id for hit in hits])}


def nearest(store: Store, embedder: WatchedEmbedder, text: str) -> str:
    (hit,) = store.search_vectors(embedder.embed_query(text), 1)
    return os.path.basename(store.chunk_hits([hit.chunk_id])[0].path)


def test_a_first_run_makes_files_findable_by_words_and_by_meaning(store: Store, root: Path) -> None:
    write(root / "plums.txt", "Plums ripen in August.")
    write(root / "sub" / "桃子.txt", "桃子在七月成熟。")
    embedder = WatchedEmbedder()
    summary = run(store, embedder, root)
    assert (summary.files, summary.indexed, summary.failed, summary.skipped, summary.chunks) == (2, 2, 0, 0, 2)
    assert found(store, "plum") == {"plums.txt"}
    assert found(store, "桃子") == {"桃子.txt"}
    assert nearest(store, embedder, "plums in August") == "plums.txt"
    assert {file.state for file in store.known_files(str(root))} == {FileState.INDEXED}
    assert len(embedder.embedded) == 2


def test_a_second_run_does_nothing_and_says_the_same(store: Store, root: Path) -> None:
    for number in range(5):
        write(root / f"{number}.txt", f"Words of file number {number}.")
    first = run(store, WatchedEmbedder(), root)
    generation = store.generation
    embedder = WatchedEmbedder()
    second = run(store, embedder, root)
    assert store.generation == generation
    assert embedder.embedded == []
    assert (second.files, second.indexed, second.chunks) == (first.files, first.indexed, first.chunks)


def test_moved_renamed_copied_and_touched_files_are_not_embedded_again(store: Store, root: Path) -> None:
    for name in ("moved", "copied", "touched"):
        write(root / f"{name}.txt", f"This is the {name} one.")
    run(store, WatchedEmbedder(), root)
    (root / "sub").mkdir()
    (root / "moved.txt").rename(root / "sub" / "renamed.txt")
    write(root / "copy.txt", "This is the copied one.")
    os.utime(root / "touched.txt", ns=(7, 7))
    embedder = WatchedEmbedder()
    summary = run(store, embedder, root)
    assert embedder.embedded == []
    assert (summary.files, summary.indexed) == (4, 4)
    assert found(store, "moved") == {"renamed.txt"}
    assert found(store, "copied") == {"copied.txt", "copy.txt"}
    generation = store.generation
    run(store, embedder, root)
    assert store.generation == generation, "times and sizes were not taken over"


def test_a_file_moved_to_another_folder_is_not_embedded_again(store: Store, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    write(here / "a.txt", "A story of two folders.")
    there.mkdir()
    run(store, WatchedEmbedder(), here, there)
    (here / "a.txt").rename(there / "b.txt")
    embedder = WatchedEmbedder()
    run(store, embedder, here, there)
    assert embedder.embedded == []
    assert found(store, "story") == {"b.txt"}


def test_only_the_new_text_of_a_changed_file_is_found_and_a_gone_file_not_at_all(store: Store, root: Path) -> None:
    write(root / "a.txt", "The old telephone number.")
    write(root / "b.txt", "The telephone is broken.")
    run(store, WatchedEmbedder(), root)
    write(root / "a.txt", "The new address.")
    (root / "b.txt").unlink()
    summary = run(store, WatchedEmbedder(), root)
    assert found(store, "telephone") == set()
    assert found(store, "address") == {"a.txt"}
    assert (summary.files, summary.chunks) == (1, 1)


def test_bad_files_have_their_reason_and_stop_nothing(store: Store, root: Path) -> None:
    write(root / "good.txt", "Good words.")
    write(root / "empty.txt", "")
    write(root / "left-out.tmp", "never read")
    (root / "damaged.pdf").write_bytes(b"%PDF-1.7\nnothing of a PDF follows")
    (root / "unknown.bin").write_bytes(bytes(range(256)) * 8)
    for _ in range(2):  # the second time from what the library remembers
        summary = run(store, WatchedEmbedder(), root)
        assert (summary.files, summary.indexed, summary.failed, summary.skipped) == (5, 1, 1, 3)
        assert [os.path.basename(failure.path) for failure in summary.failures] == ["damaged.pdf"]
        assert {os.path.basename(remark.path) for remark in summary.remarks} == {"empty.txt", "unknown.bin"}
        assert all(one.reason.endswith(".") for one in (*summary.failures, *summary.remarks))


def test_a_missing_folder_keeps_what_is_known_and_the_others_go_on(store: Store, tmp_path: Path) -> None:
    drive, home = tmp_path / "drive", tmp_path / "home"
    write(drive / "a.txt", "On the drive.")
    write(home / "b.txt", "At home.")
    run(store, None, drive, home)
    drive.rename(tmp_path / "unplugged")
    write(home / "c.txt", "Something new.")
    summary = run(store, None, drive, home)
    assert [failure.path for failure in summary.failures] == [str(drive)]
    assert summary.indexed == 2
    assert found(store, "drive") == {"a.txt"}
    assert found(store, "new") == {"c.txt"}


def test_words_are_found_without_any_model(store: Store, root: Path) -> None:
    write(root / "a.txt", "No model at all.")
    assert run(store, None, root).indexed == 1
    assert found(store, "model") == {"a.txt"}


def test_when_embedding_fails_words_are_found_and_the_next_run_goes_on(store: Store, root: Path) -> None:
    write(root / "a.txt", "Kept all the same.")

    def broken() -> None:
        raise RuntimeError("the device is gone")

    with pytest.raises(RuntimeError, match="device"):
        run(store, WatchedEmbedder(before=broken), root)
    assert found(store, "kept") == {"a.txt"}
    embedder = WatchedEmbedder()
    run(store, embedder, root)
    assert len(embedder.embedded) == 1
    assert store.pending_count(embedder.model_id) == 0


def test_another_model_embeds_stored_text_while_the_old_vectors_answer(store: Store, root: Path) -> None:
    old = WatchedEmbedder("old")
    write(root / "a.txt", "Apples are red.")
    write(root / "b.txt", "The sky is blue.")
    run(store, old, root)
    answers: list[str] = []

    def meanwhile() -> None:
        assert store.active_model() == "old"
        answers.append(nearest(store, old, "red apples"))

    (root / "a.txt").chmod(0o600)  # nothing about the files calls for reading them
    new = WatchedEmbedder("new", before=meanwhile)
    run(store, new, root)
    assert answers == ["a.txt"] * len(answers) != []
    assert store.active_model() == "new"
    assert len(new.embedded) == 2
    assert nearest(store, new, "blue sky") == "b.txt"


def test_a_stopped_run_is_continued_by_the_next(store: Store, root: Path) -> None:
    for number in range(80):
        write(root / f"{number}.txt", f"Words of file number {number}, which nobody else has: unique{number}.")
    with pytest.raises(Cancelled):
        run(store, WatchedEmbedder(), root, reporter=WatchedReporter(lambda event: event.done >= 1))
    before = store.counts()
    assert before.files < 80
    assert store.check().sound
    embedder = WatchedEmbedder()
    summary = run(store, embedder, root)
    assert (summary.indexed, summary.chunks) == (80, 80)
    assert store.pending_count(embedder.model_id) == 0
    assert store.check().sound


def test_stopping_does_not_wait_for_the_whole_queue(store: Store, root: Path) -> None:
    for number in range(300):
        write(root / f"{number}.txt", f"Text number {number}.")
    run(store, None, root)
    slow = WatchedEmbedder(before=lambda: time.sleep(0.2))
    begin = time.monotonic()
    with pytest.raises(Cancelled):
        run(store, slow, root, reporter=WatchedReporter(lambda event: event.stage == "embed"))
    assert time.monotonic() - begin < 2
    assert 0 < len(slow.embedded) < 300


def test_only_some_paths(store: Store, root: Path) -> None:
    write(root / "a.txt", "First file.")
    write(root / "b.txt", "Second file.")
    run(store, None, root)
    write(root / "a.txt", "First changed.")
    write(root / "b.txt", "Second changed.")
    run(store, None, root, paths=(root / "a.txt",))
    assert found(store, "changed") == {"a.txt"}


def test_a_folder_inside_a_folder_is_indexed_once(store: Store, root: Path) -> None:
    write(root / "a.txt", "Outer words.")
    write(root / "sub" / "b.txt", "Inner words.")
    summary = run(store, None, root, root / "sub")
    assert (summary.files, summary.chunks) == (2, 2)
    assert run(store, None, root, root / "sub").files == 2
    alone = run(store, None, root)
    assert (alone.files, alone.chunks) == (1, 1)
    assert found(store, "words") == {"a.txt", "b.txt"}


@pytest.mark.skipif(os.name != "posix", reason="names are Unicode elsewhere")
def test_a_name_that_is_no_unicode_is_told(store: Store, root: Path) -> None:
    """As archives from Chinese Windows leave them on Linux. They can't be shown or named, so the person is told to
    rename."""
    with open(os.path.join(os.fsencode(root), "报告.txt".encode("gb18030")), "wb") as stream:
        stream.write("桃子在七月成熟。".encode())
    for _ in range(2):
        (failure,) = run(store, WatchedEmbedder(), root).failures
        assert "name" in failure.reason


def test_attachments_are_found_and_their_troubles_told(store: Store, root: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "The offer", "a@example.org", "b@example.org"
    message.set_content("See what is attached.")
    message.add_attachment("Forty barrels of oysters.", filename="offer.txt")
    message.add_attachment(b"%PDF-1.7 nothing", maintype="application", subtype="pdf", filename="broken.pdf")
    (root / "mail.eml").write_bytes(bytes(message))
    for _ in range(2):
        summary = run(store, None, root)
        assert (summary.files, summary.indexed, summary.failed) == (1, 1, 0)
        assert [remark.path for remark in summary.remarks] == [str(root / "mail.eml!/broken.pdf")]
        assert summary.chunks == store.counts().chunks == 2
    assert found(store, "oysters") == {"offer.txt"}
    (root / "mail.eml").unlink()
    run(store, None, root)
    assert found(store, "oysters attached") == set()


def test_an_archive_is_indexed_when_something_in_it_is(store: Store, root: Path) -> None:
    with zipfile.ZipFile(root / "full.zip", "w") as archive:
        archive.writestr("deep/a.txt", "Pearls in a box.")
    with zipfile.ZipFile(root / "hollow.zip", "w") as archive:
        archive.writestr("nothing.txt", "")
    summary = run(store, WatchedEmbedder(), root)
    assert (summary.files, summary.indexed, summary.skipped) == (2, 1, 1)
    assert found(store, "pearls") == {"a.txt"}
    assert {os.path.basename(one.path): one.reason[-1:] for one in summary.remarks} == {
        "hollow.zip": ".",
        "nothing.txt": ".",
    }
    assert store.check().sound


def test_a_small_change_writes_no_snapshot(store: Store, root: Path) -> None:
    for number in range(120):
        write(root / f"{number}.txt", f"Text number {number}.")
    run(store, WatchedEmbedder(), root)
    write(root / "7.txt", "Edited.")
    reporter = WatchedReporter()
    run(store, WatchedEmbedder(), root, reporter=reporter)
    assert "snapshot" not in {event.stage for event in reporter.events}
    assert found(store, "edited") == {"7.txt"}


def test_progress_tells_stages_counts_and_time(store: Store, root: Path) -> None:
    for number in range(30):
        write(root / f"{number}.txt", f"Text number {number}. " * 200)
    (root / "damaged.pdf").write_bytes(b"%PDF-1.7\nnothing")
    reporter = WatchedReporter()
    summary = run(store, WatchedEmbedder(before=lambda: time.sleep(0.1)), root, reporter=reporter)
    stages = list(dict.fromkeys(event.stage for event in reporter.events))
    assert stages == ["extract", "embed", "snapshot"]
    last = [event for event in reporter.events if event.stage == "extract"][-1]
    assert (last.done, last.total, last.failed) == (31, 31, 1)
    assert last.chunks == summary.chunks > 30
    assert last.chunks_per_second > 0
    done = [event.done for event in reporter.events if event.stage == "embed"]
    assert done == sorted(done)
    assert done[-1] == store.counts().vectors
