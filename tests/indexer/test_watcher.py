"""The watcher on real files: bursts become one call, moves tell both ends, rules hold, nothing lost stays lost."""

from __future__ import annotations

import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.ignoring import IGNORE_FILE
from indexer.store.records import Folder
from indexer.watcher import Watcher

QUIET = 0.3


class Listener:
    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []
        self._lock = threading.Condition()

    def __call__(self, paths: tuple[str, ...]) -> None:
        with self._lock:
            self.calls.append(paths)
            self._lock.notify()

    def told(self) -> set[str]:
        return {path for call in self.calls for path in call}

    def wait_for(self, condition: Callable[[], bool], seconds: float = 10.0) -> None:
        with self._lock:
            assert self._lock.wait_for(condition, seconds), self.calls


@contextmanager
def watching(root: Path, *excludes: str, **options: float) -> Iterator[Listener]:
    listener = Listener()
    with Watcher([Folder(str(root), excludes)], listener, QUIET, **options):
        yield listener


def test_a_burst_is_one_call(tmp_path: Path) -> None:
    with watching(tmp_path) as listener:
        for number in range(20):
            (tmp_path / f"{number}.txt").write_text("words")
        listener.wait_for(lambda: len(listener.told()) == 20)
        assert len(listener.calls) == 1


def test_constant_change_is_told_all_the_same(tmp_path: Path) -> None:
    with watching(tmp_path, longest_wait=0.8) as listener:
        deadline = time.monotonic() + 10
        while not listener.calls and time.monotonic() < deadline:
            (tmp_path / "log.txt").write_text(str(time.monotonic()))
            time.sleep(0.05)
        assert listener.calls


def test_moves_tell_both_ends_and_deletes_the_path(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "b.txt").write_text("words")
    (tmp_path / "sub").mkdir()
    with watching(tmp_path) as listener:
        (tmp_path / "a.txt").rename(tmp_path / "sub" / "c.txt")
        (tmp_path / "b.txt").unlink()
        wanted = {str(tmp_path / "a.txt"), str(tmp_path / "sub" / "c.txt"), str(tmp_path / "b.txt")}
        listener.wait_for(lambda: wanted <= listener.told())


def test_a_new_tree_is_told_once_by_its_head(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "deep" / "er").mkdir(parents=True)
    (outside / "deep" / "er" / "a.txt").write_text("words")
    root = tmp_path / "root"
    root.mkdir()
    with watching(root) as listener:
        outside.rename(root / "tree")
        listener.wait_for(lambda: str(root / "tree") in listener.told())
        assert listener.told() == {str(root / "tree")}
        (root / "tree" / "deep" / "er" / "b.txt").write_text("words")
        listener.wait_for(lambda: str(root / "tree" / "deep" / "er" / "b.txt") in listener.told())


def test_what_a_rule_leaves_out_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "node_modules").mkdir()
    with watching(tmp_path, "*.log") as listener:
        (tmp_path / "x.log").write_text("words")
        (tmp_path / "~$report.docx").write_text("words")
        (tmp_path / ".hidden").write_text("words")
        (tmp_path / "node_modules" / "y.js").write_text("words")
        (tmp_path / "seen.txt").write_text("words")
        listener.wait_for(lambda: bool(listener.calls))
        assert listener.told() == {str(tmp_path / "seen.txt")}


def test_changed_rules_tell_their_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    with watching(tmp_path) as listener:
        (tmp_path / "sub" / IGNORE_FILE).write_text("*.bak\n")
        listener.wait_for(lambda: bool(listener.calls))
        assert listener.told() == {str(tmp_path / "sub")}


def test_lost_events_mean_a_full_scan(tmp_path: Path) -> None:
    with watching(tmp_path) as listener:
        logging.getLogger("watchdog.observers.inotify_c").warning(
            "Inotify queue overflowed; filesystem events were lost"
        )
        listener.wait_for(lambda: listener.calls == [(str(tmp_path),)])


def test_a_folder_that_comes_back_is_told_and_watched_again(tmp_path: Path) -> None:
    root = tmp_path / "drive"
    with watching(root, roots_seconds=0.1) as listener:
        root.mkdir()
        listener.wait_for(lambda: str(root) in listener.told())
        (root / "a.txt").write_text("words")
        listener.wait_for(lambda: str(root / "a.txt") in listener.told())
        shutil.rmtree(root)
        time.sleep(0.5)
        listener.calls.clear()
        root.mkdir()
        listener.wait_for(lambda: (str(root),) in listener.calls)


def test_once_in_a_while_everything_is_told(tmp_path: Path) -> None:
    with watching(tmp_path, roots_seconds=0.05, rescan_seconds=0.2) as listener:
        listener.wait_for(lambda: len(listener.calls) >= 2)
        assert listener.told() == {str(tmp_path)}


def test_a_single_file_may_be_watched(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    with watching(path) as listener:
        (tmp_path / "other.txt").write_text("words")
        path.write_text("more words")
        listener.wait_for(lambda: bool(listener.calls))
        assert listener.told() == {str(path)}


def test_a_failing_listener_does_not_end_the_watch(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    calls: list[tuple[str, ...]] = []

    def listener(paths: tuple[str, ...]) -> None:
        calls.append(paths)
        raise RuntimeError(paths[0])

    with Watcher([Folder(str(tmp_path))], listener, QUIET):
        for count in (1, 2):
            (tmp_path / f"{count}.txt").write_text("words")
            deadline = time.monotonic() + 10
            while len(calls) < count and time.monotonic() < deadline:
                time.sleep(0.02)
    assert len(calls) == 2
    assert str(tmp_path) not in caplog.text


def test_stopping_takes_no_time_and_leaves_no_thread(tmp_path: Path) -> None:
    before = threading.active_count()
    begin = time.monotonic()
    with watching(tmp_path):
        (tmp_path / "a.txt").write_text("words")
    assert time.monotonic() - begin < 2
    assert threading.active_count() == before
    assert os.path.exists(tmp_path / "a.txt")
