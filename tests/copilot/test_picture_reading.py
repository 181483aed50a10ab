"""Pictures of the library read by calls and in the background: found, shown with boxes, waiting by the rules."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.calls import (
    AddFolders,
    GetDocument,
    GetFolders,
    GetStatus,
    ListFiles,
    ReadWaiting,
    ReloadSettings,
    RenderPage,
    RunIndex,
    Search,
    SetPause,
)
from copilot.engines.rehearsal import RehearsalRecognizer
from copilot.errors import RecognizerMissing
from copilot.lineup import Lineup
from copilot.pacing import BATTERY, Conditions, Machine
from indexer.indexing import Indexing
from indexer.pictures import Picture, TextLine
from indexer.runs import PagesRead
from indexer.store.records import Folder
from tests.copilot.rehearsed import SILENT, rehearsed
from tests.pictures import rehearsed as picture

NOTE = "The greenhouse key hangs behind the blue door."


def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    picture(NOTE).save(folder / "note.png")
    return folder


@pytest.fixture
def with_pack(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A recognizer that rehearses; says when it was opened."""
    return recognizing(monkeypatch, RehearsalRecognizer)


def recognizing(
    monkeypatch: pytest.MonkeyPatch, make: Callable[[], RehearsalRecognizer], came: list[str] | None = None
) -> list[str]:
    """With `came`, the pack is there while that holds anything."""
    opened: list[str] = []
    real = Lineup.pack

    def pack(lineup: Lineup, role: str) -> object:
        return real(lineup, role) if role != "recognizer" else came is None or came or None

    def open_it(lineup: Lineup) -> RehearsalRecognizer | None:
        opened.append("recognizer")
        return make() if pack(lineup, "recognizer") else None

    monkeypatch.setattr(Lineup, "pack", pack)
    monkeypatch.setattr(Lineup, "_open_recognizer", open_it)
    return opened


def waiting(copilot: Copilot) -> list[str]:
    return [row.path.rpartition("/")[2] for row in copilot.perform(ListFiles(state="waiting"), SILENT).files]


def test_a_picture_is_read_found_and_shown_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pictures: Path, with_pack: list[str]
) -> None:
    with rehearsed(tmp_path, monkeypatch) as copilot:
        summary = copilot.perform(AddFolders((str(pictures),), waited_for=True), SILENT)
        assert (summary.indexed, summary.skipped, summary.waiting, summary.recognized) == (1, 0, 0, 1)
        hit = copilot.perform(Search("greenhouse key"), SILENT).hits[0]
        assert (hit.path, hit.format_id, hit.chunk.page) == (str(pictures / "note.png"), "image", 1)
        page = copilot.perform(RenderPage(hit.path, 1, 96, "behind the blue door"), SILENT)
        (box,) = page.boxes
        assert (page.width, box.y) == (96, 0)
        assert box.x > 96 / 3
        assert copilot.perform(RenderPage(hit.path, 1, 96), SILENT).boxes == ()
        view = copilot.perform(GetDocument(hit.path), SILENT)
        assert (view.text, view.state, view.changed) == (NOTE, "indexed", False)


def test_without_a_pack_it_waits_and_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pictures: Path
) -> None:
    with rehearsed(tmp_path, monkeypatch) as copilot:
        summary = copilot.perform(AddFolders((str(pictures),), waited_for=True), SILENT)
        assert (summary.waiting, summary.recognized, summary.failed) == (1, 0, 0)
        status = copilot.perform(GetStatus(), SILENT)
        assert (status.counts.waiting, status.counts.failed) == (1, 0)
        (report,) = (one for one in copilot.perform(GetFolders(), SILENT).folders if one.path == str(pictures))
        assert (report.waiting, report.failed) == (1, 0)
        assert waiting(copilot) == ["note.png"]
        with pytest.raises(RecognizerMissing):
            copilot.perform(ReadWaiting((str(pictures / "note.png"),)), SILENT)


def test_a_pack_that_comes_later_reads_what_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pictures: Path
) -> None:
    came: list[str] = []
    recognizing(monkeypatch, RehearsalRecognizer, came)
    with rehearsed(tmp_path, monkeypatch) as copilot:
        copilot.perform(AddFolders((str(pictures),), waited_for=True), SILENT)
        assert waiting(copilot) == ["note.png"]
        came.append("pack")
        assert copilot.perform(RunIndex(waited_for=True), SILENT).recognized == 1
        assert waiting(copilot) == []
        came.clear()
        picture("A third note, about owls.").save(pictures / "owls.png")
        lineup = copilot._lineup
        lineup.recognizer.forget()
        copilot.watch()
        until(lambda: waiting(copilot) == ["owls.png"])
        came.append("pack")
        copilot.perform(ReloadSettings(), SILENT)  # what the window does once a pack was fetched
        until(lambda: not waiting(copilot))


def test_the_background_waits_for_mains_power_and_what_is_asked_for_by_name_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pictures: Path, with_pack: list[str]
) -> None:
    monkeypatch.setattr(Machine, "look", lambda _: Conditions(battery=10.0))
    picture("The second note is about tulips.").save(pictures / "tulips.png")
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        library = copilot._librarian
        library.store().put_folder(Folder(str(pictures)))
        Indexing(library.store(), None, workers=1).run(library.store().folders(), SILENT)
        library.pictures.start()
        until(lambda: library.bulletin.state().pause_reason == BATTERY)
        state = library.bulletin.state()
        assert state.progress is not None
        assert (state.progress.stage, state.progress.done, state.progress.total) == ("recognize", 0, 2)
        assert sorted(waiting(copilot)) == ["note.png", "tulips.png"]
        assert with_pack == [], "no model lies in memory while nothing may be read"
        assert copilot.perform(ReadWaiting((str(pictures / "note.png"),)), SILENT) == PagesRead(1, 1)
        assert waiting(copilot) == ["tulips.png"]
        copilot.perform(SetPause(paused=True), SILENT)
        assert copilot.perform(ReadWaiting(), SILENT) == PagesRead(1, 1), "a pause is for what was not asked for"


def test_a_note_is_indexed_while_a_picture_is_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pictures: Path
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Slow(RehearsalRecognizer):
        def read(self, picture: Picture) -> tuple[TextLine, ...]:
            begun.set()
            assert go_on.wait(20)
            return super().read(picture)

    recognizing(monkeypatch, Slow)
    with rehearsed(tmp_path, monkeypatch) as copilot:
        copilot.perform(AddFolders((str(pictures),)), SILENT)
        assert begun.wait(20)
        (tmp_path / "notes" / "new.txt").write_text("Marmalade is kept on the upper shelf.", "utf-8")
        copilot.perform(RunIndex(), SILENT)
        assert copilot.perform(Search("marmalade"), SILENT).hits
        assert waiting(copilot) == ["note.png"]
        go_on.set()
        until(lambda: not waiting(copilot))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_ends_the_background_does_not_end_it_for_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pictures: Path
) -> None:
    broken = threading.Event()

    class Broken(RehearsalRecognizer):
        def read(self, picture: Picture) -> tuple[TextLine, ...]:
            if not broken.is_set():
                broken.set()
                raise IndexError("nobody thought of it")
            return super().read(picture)

    recognizing(monkeypatch, Broken)
    with rehearsed(tmp_path, monkeypatch) as copilot:
        copilot.perform(AddFolders((str(pictures),)), SILENT)
        assert broken.wait(20)
        copilot._librarian.pictures.join()
        assert waiting(copilot) == ["note.png"]
        copilot.perform(RunIndex(), SILENT)
        until(lambda: not waiting(copilot))
