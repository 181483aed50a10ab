"""Runs as the window sees them: told to whoever follows, paused, stopped with the engine, with other excludes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.calls import (
    AddFolders,
    ChangeFolder,
    Follow,
    GetFolders,
    GetStatus,
    ListFiles,
    ReloadSettings,
    RemoveFolders,
    RunIndex,
    SetPause,
)
from copilot.reports import EngineState, FolderReport
from indexer.errors import FolderMissing
from indexer.reporter import Cancelled, Progress
from tests.copilot.rehearsed import SILENT, Listening, keep_setting, rehearsed, write_notes


def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


class Follower:
    """Follows on a thread of its own, as a window does on a connection of its own."""

    def __init__(self, copilot: Copilot) -> None:
        self.listening = Listening()
        self._thread = threading.Thread(target=self._follow, args=(copilot,), daemon=True)
        self._thread.start()
        until(lambda: bool(self.states))

    @property
    def states(self) -> list[EngineState]:
        return [event for event in self.listening.events if isinstance(event, EngineState)]

    def _follow(self, copilot: Copilot) -> None:
        with pytest.raises(Cancelled):
            copilot.perform(Follow(), self.listening)

    def stop(self) -> None:
        self.listening.stopped = True
        self._thread.join(5)
        assert not self._thread.is_alive()


def test_a_follower_hears_of_a_run_that_another_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        follower = Follower(copilot)
        assert (follower.states[0].indexing, follower.states[0].counts.files) == (False, 0)
        copilot.perform(AddFolders((str(write_notes(tmp_path / "notes")),)), SILENT)
        until(lambda: follower.states[-1].counts.files == 3 and not follower.states[-1].indexing)
        follower.stop()
        assert any(state.indexing for state in follower.states)
        last = follower.states[-1]
        assert time.time() - last.fresh_at < 30
        assert last.counts.indexed == 3
        assert last.loaded == ("rehearsal-embedder-256 on CPU",)


def test_pause_holds_a_run_and_lets_it_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        follower = Follower(copilot)
        copilot.perform(SetPause(True), SILENT)
        until(lambda: follower.states[-1].paused)
        mine = Listening()
        call = AddFolders((str(write_notes(tmp_path / "notes")),))
        run = threading.Thread(target=copilot.perform, args=(call, mine), daemon=True)
        run.start()
        until(lambda: follower.states[-1].indexing)
        run.join(0.5)
        assert run.is_alive()
        assert follower.states[-1].pause_reason == "paused"
        assert Progress("wait", 0, subject="paused") in mine.events
        assert copilot.perform(GetStatus(), SILENT).counts.chunks == 0, "reading answers while it waits"
        copilot.perform(SetPause(False), SILENT)
        run.join(20)
        assert not run.is_alive()
        until(lambda: not follower.states[-1].indexing)
        assert (follower.states[-1].paused, follower.states[-1].pause_reason) == (False, "")
        follower.stop()


def test_a_paused_run_ends_with_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[type[BaseException]] = []
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        copilot.perform(SetPause(True), SILENT)

        def run() -> None:
            try:
                copilot.perform(AddFolders((str(write_notes(tmp_path / "notes")),)), SILENT)
            except Cancelled:
                ended.append(Cancelled)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        until(lambda: copilot._librarian.bulletin.state().indexing)
    thread.join(5)
    assert ended == [Cancelled]


def test_other_excludes_take_files_out_and_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with rehearsed(tmp_path, monkeypatch) as copilot:
        notes = str(tmp_path / "notes")

        def files() -> set[str]:
            return {Path(row.path).name for row in copilot.perform(ListFiles(notes), SILENT).files}

        summary = copilot.perform(ChangeFolder(notes, ("travel*",)), SILENT)
        assert (summary.indexed, summary.skipped) == (2, 1)
        assert files() == {"lease.txt", "合同.txt"}
        (folder,) = copilot.perform(GetFolders(), SILENT).folders
        assert folder.excludes == ("travel*",)
        copilot.perform(ChangeFolder(notes, ()), SILENT)
        assert len(files()) == 3
        with pytest.raises(FolderMissing):
            copilot.perform(ChangeFolder(str(tmp_path), ()), SILENT)


def test_folders_with_labels_and_what_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with rehearsed(tmp_path, monkeypatch) as copilot:
        notes = tmp_path / "notes"
        size = sum(file.stat().st_size for file in notes.iterdir())
        expected = FolderReport(str(notes), "local", False, (), 3, 3, 0, 0, 3, size, False)
        assert copilot.perform(GetFolders(), SILENT).folders == (expected,)
        notes.rename(tmp_path / "elsewhere")
        assert copilot.perform(GetFolders(), SILENT).folders[0].missing
        assert copilot.perform(RemoveFolders((str(notes),)), SILENT).files == 3
        assert copilot.perform(GetFolders(), SILENT).folders == ()


def test_a_failed_file_is_retried_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = write_notes(tmp_path / "notes") / "large.txt"
    late.write_text("Far too many words. " * 100_000, "utf-8")
    keep_setting(tmp_path, file_megabytes=1)
    with rehearsed(tmp_path, monkeypatch) as copilot:
        (row,) = copilot.perform(ListFiles(state="failed"), SILENT).files
        assert (row.path, row.state) == (str(late), "too_large")
        keep_setting(tmp_path, file_megabytes=64)
        copilot.perform(ReloadSettings(), SILENT)
        copilot.perform(RunIndex(), SILENT)
        assert copilot.perform(ListFiles(state="failed"), SILENT).total == 1, "a whole run does not try it again"
        copilot.perform(RunIndex((str(late),)), SILENT)
        assert copilot.perform(ListFiles(state="failed"), SILENT).total == 0


def test_watching_catches_up_and_follows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with rehearsed(tmp_path, monkeypatch):
        pass
    notes = tmp_path / "notes"
    (notes / "new.txt").write_text("Written while no engine ran.\n", "utf-8")
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        copilot.watch()
        until(lambda: copilot.perform(ListFiles(text="new.txt"), SILENT).total == 1)
        assert copilot.watching() == 1
        keep_setting(tmp_path, watch=False)
        copilot.perform(ReloadSettings(), SILENT)
        assert copilot.watching() == 0
        keep_setting(tmp_path, watch=True)
        copilot.perform(ReloadSettings(), SILENT)
        assert copilot.watching() == 1
