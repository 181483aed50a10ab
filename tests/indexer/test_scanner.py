"""What the scanner says of real folders: every kind of change, links, rights, roots that are not there."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from indexer.document import FileState, SourceFile
from indexer.errors import FolderMissing
from indexer.ignoring import CACHE_TAG, IGNORE_FILE
from indexer.reporter import Cancelled, Progress
from indexer.scanner import ScanResult, digest_of, scan
from indexer.store.records import Folder, KnownFile


def known(path: Path, **changes: object) -> KnownFile:
    status = path.stat()
    facts: dict[str, object] = {
        "path": str(path),
        "size": status.st_size,
        "modified_ns": status.st_mtime_ns,
        "digest": digest_of(str(path)),
        "state": FileState.INDEXED,
        "reason": "",
        "format_id": "text",
        "chunk_count": 1,
    }
    return KnownFile(**{**facts, **changes})  # type: ignore[arg-type]


def write(path: Path, text: str = "words") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def look(root: Path, *files: KnownFile, excludes: tuple[str, ...] = (), **options: object) -> ScanResult:
    return scan(Folder(str(root), excludes), files, **options)  # type: ignore[arg-type]


def names(sources: tuple[SourceFile, ...]) -> set[str]:
    return {os.path.basename(source.path) for source in sources}


def test_new_changed_touched_gone_and_unchanged(tmp_path: Path) -> None:
    same, edited, touched, gone = (
        write(tmp_path / f"{name}.txt", name) for name in ("same", "edited", "touched", "gone")
    )
    files = [known(path) for path in (same, edited, touched, gone)]
    write(tmp_path / "sub" / "new.txt", "entirely new")
    write(edited, "edited!")
    os.utime(touched, ns=(1, 1))
    gone.unlink()
    result = look(tmp_path, *files)
    assert names(result.new) == {"new.txt"}
    assert names(result.changed) == {"edited.txt"}
    assert [(source.path, source.modified_ns) for source in result.touched] == [(str(touched), 1)]
    assert result.gone == (str(gone),)
    assert result.unchanged == (files[0],)
    assert result.new[0].size == len("entirely new")


def test_a_failed_file_is_tried_again_when_it_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "late.pdf")
    failed = known(path, state=FileState.TOO_SLOW)
    empty = known(write(tmp_path / "empty.txt", ""), state=FileState.EMPTY)
    assert set(look(tmp_path, failed, empty).unchanged) == {failed, empty}
    assert names(look(tmp_path, failed, empty, only=(str(path), empty.path)).changed) == {"late.pdf"}


def test_same_size_but_other_content_is_changed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "one")
    before = known(path)
    write(path, "two")
    os.utime(path, ns=(5, 5))
    assert names(look(tmp_path, before).changed) == {"a.txt"}


def test_moved_renamed_and_copied_files_are_recognized_by_their_content(tmp_path: Path) -> None:
    old, stays = write(tmp_path / "old.txt", "content one"), write(tmp_path / "stays.txt", "content two")
    files = known(old), known(stays)
    (tmp_path / "sub").mkdir()
    old.rename(tmp_path / "sub" / "renamed.txt")
    write(tmp_path / "copy.txt", "content two")
    write(tmp_path / "new.txt", "content xyz")  # the same size as both
    result = look(tmp_path, *files)
    assert [(before, os.path.basename(after.path)) for before, after in result.moved] == [(str(old), "renamed.txt")]
    assert names(result.copied) == {"copy.txt"}
    assert names(result.new) == {"new.txt"}
    assert result.gone == ()


def test_another_ending_means_another_format_and_no_move(tmp_path: Path) -> None:
    old = write(tmp_path / "a.txt", "x,y")
    before = known(old)
    old.rename(tmp_path / "a.csv")
    result = look(tmp_path, before)
    assert names(result.new) == {"a.csv"}
    assert result.gone == (str(old),)


def test_a_copy_of_a_file_in_another_folder_is_recognized(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    original = write(there / "a.txt", "shared words")
    write(here / "b.txt", "shared words")
    assert names(look(here, elsewhere=[known(original)]).copied) == {"b.txt"}


def test_two_copies_of_one_lost_file_are_one_move_and_one_copy_or_new(tmp_path: Path) -> None:
    old = write(tmp_path / "old.txt", "content")
    before = known(old)
    old.unlink()
    for name in ("a.txt", "b.txt"):
        write(tmp_path / name, "content")
    result = look(tmp_path, before)
    assert len(result.moved) == 1
    assert len(result.copied) == 1
    assert result.gone == ()


def test_rules_hidden_and_ignore_files(tmp_path: Path) -> None:
    for name in (
        "a.txt",
        "b.log",
        ".hidden.txt",
        "keep/c.txt",
        "keep/d.bak",
        "secret/e.txt",
        "node_modules/f.js",
        ".git/g",
    ):
        write(tmp_path / name)
    write(tmp_path / "keep" / IGNORE_FILE, "*.bak\n")
    write(tmp_path / "tagged" / CACHE_TAG, "Signature: 8a477f597d28d172789f06886806bc55")
    write(tmp_path / "tagged" / "h.txt")
    result = look(tmp_path, excludes=("*.log", "/secret/"))
    assert names(result.new) == {"a.txt", "c.txt"}
    assert result.skipped == 3  # b.log, .hidden.txt, d.bak


def test_what_a_new_rule_leaves_out_is_gone(tmp_path: Path) -> None:
    path = write(tmp_path / "private" / "a.txt")
    assert look(tmp_path, known(path), excludes=("private/",)).gone == (str(path),)


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_links_end_and_show_nothing_twice(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    write(root / "sub" / "a.txt")
    write(outside / "b.txt")
    write(root / ".store" / "c.txt")
    (root / "loop").symlink_to(root)
    (root / "sub" / "up").symlink_to("..")
    (root / "twin").symlink_to(root / "sub")
    (root / "out").symlink_to(outside)
    (root / "linked.txt").symlink_to(outside / "b.txt")
    (root / "dangling").symlink_to(root / "nowhere")
    (root / "visible").symlink_to(root / ".store")
    result = look(root)
    assert {os.path.relpath(source.path, root) for source in result.new} == {"sub/a.txt", "visible/c.txt"}
    assert result.skipped == 2


def test_a_root_that_is_a_link_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "real" / "a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert names(look(tmp_path / "link").new) == {"a.txt"}


def test_special_files_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert look(tmp_path).new == ()


def test_a_missing_root_empties_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "drive" / "a.txt")
    before = known(path)
    path.unlink()
    path.parent.rmdir()
    with pytest.raises(FolderMissing) as caught:
        look(tmp_path / "drive", before)
    with pytest.raises(FolderMissing):
        look(tmp_path / "drive", before, only=(str(path),))
    assert caught.value.path == str(tmp_path / "drive")


def test_a_folder_that_may_not_be_entered_is_told_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a stand-in for scandir, since the super-user may enter everything."""
    locked, free = write(tmp_path / "locked" / "a.txt"), write(tmp_path / "free.txt")
    files = known(locked), known(free)
    listing = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    result = look(tmp_path, *files)
    assert [problem.path for problem in result.problems] == [str(locked.parent)]
    assert "may not" in result.problems[0].reason
    assert result.gone == ()
    assert result.unchanged == (files[1],)


def test_a_file_that_could_not_be_read_is_tried_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    assert names(look(tmp_path, known(path, state=FileState.UNREADABLE, digest="")).changed) == {"a.txt"}
    assert look(tmp_path, known(path, state=FileState.DAMAGED)).changed == ()


def test_only_some_paths(tmp_path: Path) -> None:
    inside, outside = write(tmp_path / "sub" / "a.txt"), write(tmp_path / "b.txt")
    files = known(inside), known(outside)
    inside.unlink()
    outside.unlink()
    write(tmp_path / "sub" / "new.txt", "n")
    write(tmp_path / "not-asked.txt", "n")
    write(tmp_path / "direct.txt", "d")
    write(tmp_path / "x.log", "d")
    only = tuple(str(tmp_path / name) for name in ("sub", "direct.txt", "x.log", "never-was"))
    result = look(tmp_path, *files, only=only, excludes=("*.log",))
    assert names(result.new) == {"new.txt", "direct.txt"}
    assert result.gone == (str(inside),)


def test_a_folder_added_apart_is_left_alone(tmp_path: Path) -> None:
    own = write(tmp_path / "sub" / "a.txt")
    assert look(tmp_path, known(own), apart=(str(tmp_path / "sub"),)) == ScanResult()


def test_a_root_may_be_one_file_even_with_an_excluded_name(tmp_path: Path) -> None:
    path = write(tmp_path / "x.tmp")
    assert names(look(path).new) == {"x.tmp"}


@pytest.mark.skipif(os.name != "posix", reason="names are Unicode elsewhere")
def test_a_name_that_is_no_unicode_is_found(tmp_path: Path) -> None:
    name = "报告.txt".encode("gb18030")
    with open(os.path.join(os.fsencode(tmp_path), name), "wb") as stream:
        stream.write(b"words")
    (source,) = look(tmp_path).new
    assert os.fsencode(source.path).endswith(name)
    assert look(tmp_path, known(Path(source.path))).unchanged


class Impatient:
    def __init__(self) -> None:
        self.checks = 0

    def report(self, event: object) -> None:
        assert isinstance(event, Progress)

    def check(self) -> None:
        self.checks += 1
        if self.checks > 2:
            raise Cancelled


def test_cancel(tmp_path: Path) -> None:
    for number in range(5):
        write(tmp_path / str(number) / "a.txt")
    with pytest.raises(Cancelled):
        look(tmp_path, reporter=Impatient())


def test_an_unchanged_tree_costs_little(tmp_path: Path) -> None:
    """The benchmark measures the goal of 20,000 files a second; this only notices a step that reads or hashes files."""
    for number in range(2_000):
        write(tmp_path / str(number % 20) / f"{number}.txt", "x")
    files = look(tmp_path)
    before = [KnownFile(s.path, s.size, s.modified_ns, "0" * 64, FileState.INDEXED, "", "text", 1) for s in files.new]
    begin = time.process_time()
    result = look(tmp_path, *before)
    assert len(result.unchanged) == 2_000
    assert time.process_time() - begin < 0.5
