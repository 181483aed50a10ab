"""The library page says what is so: folders, labels and who set them, progress, what needs attention."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from copilot.calls import (
    AddFolders,
    ChangeFolder,
    Follow,
    GetFolders,
    ListFiles,
    ReadWaiting,
    RemoveFolders,
    RunIndex,
    SetLabel,
    SetPause,
)
from copilot.errors import FolderForbidden, SettingInvalid
from copilot.models.pack import Pack, PackFile, write_pack
from copilot.reports import EngineState, FileRow, FileRows, FolderReport, FolderReports
from indexer.reporter import Progress
from indexer.runs import PagesRead
from indexer.store.records import Counts
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.pages.library import LibraryPage
from ui.pulse import Pulse

DOCUMENTS = FolderReport("/d/Documents", "local", False, ("*.log",), 8213, 8213, 0, 0, 91000, 4_100_000_000, False)
PROJECTS = FolderReport("/d/Projects", "redacted", False, (), 3940, 1204, 2736, 0, 40000, 2_100_000_000, False)
CONTRACTS = FolderReport("/d/合同", "local", True, (), 255, 254, 0, 1, 4000, 300_000_000, False)
SCAN = FileRow("/d/Documents/scan0043.pdf", "waiting", "Its pages are pictures.", 1200, 1, 0, "pdf")
LOCKED = FileRow("/d/合同/Angebot.docx", "encrypted", "It is protected.", 1200, 1, 0, "docx")


def listed(call: ListFiles) -> FileRows:
    files = (LOCKED,) if call.state in ("encrypted", "failed") else ()
    return FileRows(files, len(files))


def state(
    *, indexing: bool = False, paused: bool = False, reason: str = "", progress: Progress | None = None
) -> EngineState:
    return EngineState(indexing, paused, reason, progress, Counts(1, 1, 0, 0, 1, 1, 1), (), "", 0.0)


@pytest.fixture
def page(desk: Desk, link: FakeLink, qtbot: QtBot) -> LibraryPage:
    link.answers |= {GetFolders: FolderReports((DOCUMENTS, PROJECTS, CONTRACTS)), ListFiles: listed}
    pulse = Pulse(link)
    pulse.start()
    made = LibraryPage(replace(desk, pulse=pulse))
    qtbot.addWidget(made)
    made.resize(1100, 900)
    made.show()
    made.shown()
    link.settle()
    return made


def words(page: LibraryPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_every_folder_has_its_row(page: LibraryPage) -> None:
    said = words(page)
    assert "8,213" in said or "8213" in said
    assert "Up to date" in said
    assert "2,736 file(s) still to be read" in said or "2736 file(s) still to be read" in said
    assert "Local only, set by your organization" in said
    assert "1 file(s) need attention" in said
    assert len(page._table.findChildren(QComboBox)) == 2, "a forced label is no choice"


def test_progress_says_what_how_many_how_fast_and_how_long(
    page: LibraryPage, link: FakeLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("ui.widgets.progress_line.time.monotonic", lambda: now[0])
    for done, at in ((1000, 100.0), (1204, 105.0)):
        now[0] = at
        progress = Progress("extract", done, 3940, 10, 3.0, 0, 62.0, "/d/Projects/x.pdf")
        link.last(Follow).tell(state(indexing=True, progress=progress))
    said = page._progress.sentence
    assert said.replace(",", "").startswith("Indexing: 1204 of 3940")
    assert "41 files/s" in said
    assert "about 1 min" in said
    assert words(page).count(said) == 2, "beside its folder and below the bar"
    page.refresh()
    link.settle()
    assert words(page).count(said) == 2, "new figures of the folders do not take it away"
    link.last(Follow).tell(state())
    assert page._progress.isHidden()


def test_why_it_waits_is_said(page: LibraryPage, link: FakeLink) -> None:
    link.last(Follow).tell(state(indexing=True, reason="battery"))
    assert "battery" in page._wait.text()


def waits(*rows: FileRow, total: int = 0) -> Callable[[ListFiles], FileRows]:
    return lambda call: FileRows(rows, total or len(rows)) if call.state == "waiting" else FileRows((), 0)


def add_recognizer(page: LibraryPage) -> None:
    folder = page._desk.paths.packs / "reader"
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(b"weights")
    files = (PackFile("model.bin", 7, ""),)
    write_pack(
        Pack("reader", "recognizer", "Reader", "1", "MIT", "openvino", folder, ("CPU",), "int8", 0, 0, files=files)
    )


def test_a_scan_waits_for_mains_power_and_is_read_at_once_when_wished(page: LibraryPage, link: FakeLink) -> None:
    add_recognizer(page)
    link.answers |= {ListFiles: waits(SCAN), ReadWaiting: PagesRead(1, 1)}
    page.refresh()
    link.settle()
    assert "Text recognition has not come to them yet." in words(page)
    progress = Progress("recognize", 0, 1, subject=SCAN.path)
    link.last(Follow).tell(state(indexing=True, reason="battery", progress=progress))
    link.settle()
    assert "Pages are pictures. Text recognition is waiting for mains power." in words(page)
    assert page._wait.text() == "Text recognition is waiting for mains power."
    pressed(page, "Do it now").click()
    assert link.last(ReadWaiting).call == ReadWaiting((SCAN.path,))
    link.last(Follow).tell(state(indexing=True, progress=progress))
    link.settle()
    assert page._needs.isHidden(), "it is being read: nothing is to be done"


def test_many_scans_share_a_row(page: LibraryPage, link: FakeLink) -> None:
    add_recognizer(page)
    link.answers |= {ListFiles: waits(SCAN, total=240), ReadWaiting: PagesRead(1, 1)}
    page.refresh()
    link.settle()
    assert "240 pictures and scans" in words(page)
    link.answers[GetFolders] = FolderReports((PROJECTS, replace(DOCUMENTS, waiting=240)))
    page.refresh()
    link.settle()
    pressed(page, "Show").click()
    assert link.last(ListFiles).call.folder == DOCUMENTS.path
    assert link.last(ListFiles).call.state == "waiting"
    pressed(page, "Do it now").click()
    assert link.last(ReadWaiting).call == ReadWaiting(())


def test_without_the_pack_there_is_a_way_to_get_it(page: LibraryPage, link: FakeLink, qtbot: QtBot) -> None:
    link.answers |= {ListFiles: waits(SCAN)}
    page.refresh()
    link.settle()
    assert "The text recognition pack is not on this computer yet." in words(page)
    with qtbot.waitSignal(page._desk.wishes.page) as wish:
        pressed(page, "Get text recognition").click()
    assert wish.args == ["models"]


def test_a_folder_says_what_waits_in_it(page: LibraryPage, link: FakeLink) -> None:
    link.answers |= {GetFolders: FolderReports((replace(DOCUMENTS, waiting=7),)), ListFiles: waits(SCAN, total=7)}
    page.refresh()
    link.settle()
    assert "7 file(s) wait for text recognition" in words(page)


def test_chosen_files_of_many_are_read_now(page: LibraryPage, link: FakeLink) -> None:
    link.answers |= {ListFiles: waits(SCAN, replace(SCAN, path="/d/Documents/other.pdf", state="indexed"))}
    link.answers[ReadWaiting] = PagesRead(1, 1)
    page._open_details(DOCUMENTS.path, "waiting")
    link.settle()
    table = page._details._files
    assert table._read.isHidden()
    table._table.selectRow(1)
    assert not table._read.isHidden(), "its other pages have text, but some wait"
    table._read.click()
    assert link.last(ReadWaiting).call == ReadWaiting(("/d/Documents/other.pdf",))


def pressed(page: LibraryPage, words: str) -> QPushButton:
    (button,) = (one for one in page.findChildren(QPushButton) if one.text() == words and one.isVisible())
    return button


def test_pause_holds_and_goes_on(page: LibraryPage, link: FakeLink, qtbot: QtBot) -> None:
    page._pause.click()
    assert link.last(SetPause).call == SetPause(True)
    link.last(Follow).tell(state(paused=True, reason="paused"))
    assert page._pause.text() == "Go on indexing"
    page._pause.click()
    assert link.last(SetPause).call == SetPause(False)


def test_a_label_is_set_where_it_stands(page: LibraryPage, link: FakeLink) -> None:
    choice = page._table.findChildren(QComboBox)[0]
    choice.setCurrentIndex(choice.findData("ask"))
    choice.activated.emit(choice.currentIndex())
    assert link.last(SetLabel).call == SetLabel("/d/Documents", "ask")
    link.last(SetLabel).give(SettingInvalid("label", "ask", "local"))
    link.settle()
    assert page._trouble.sentence
    assert choice.currentData() == "local", "what was refused does not stay chosen"


def test_a_dropped_folder_is_added(page: LibraryPage, link: FakeLink, tmp_path: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.com")])
    page.dropEvent(
        QDropEvent(
            QPoint(5, 5), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    assert link.last(AddFolders).call == AddFolders((str(tmp_path),))


def test_a_folder_that_policy_closes_is_refused_in_words(page: LibraryPage, link: FakeLink) -> None:
    page.add_folders(("/secret",))
    link.last(AddFolders).give(FolderForbidden("/secret"))
    assert "/secret" in page._trouble.sentence


def test_removing_asks_once_and_keeps_by_default(page: LibraryPage, link: FakeLink, qtbot: QtBot) -> None:
    page._remove("/d/Documents")
    box = page.findChild(QMessageBox)
    assert box is not None
    assert box.defaultButton().text() == "Keep"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not link.calls(RemoveFolders)
    page._remove("/d/Documents")
    box = page.findChildren(QMessageBox)[-1]
    next(button for button in box.buttons() if button.text() == "Remove").click()
    assert link.last(RemoveFolders).call == RemoveFolders(("/d/Documents",))


def test_what_needs_attention_can_be_tried_again_or_left_out(page: LibraryPage, link: FakeLink) -> None:
    buttons = {button.accessibleName(): button for button in page._needs.findChildren(QPushButton)}
    buttons["Try Angebot.docx again"].click()
    assert link.last(RunIndex).call == RunIndex((LOCKED.path,), waited_for=True)
    buttons["Leave Angebot.docx out"].click()
    assert link.last(ChangeFolder).call == ChangeFolder("/d/合同", ("/Angebot.docx",))


def test_excludes_are_lines_and_saved_together(page: LibraryPage, link: FakeLink) -> None:
    page._open_details("/d/Documents")
    link.settle()
    details = page._details
    assert details.isVisible()
    assert not details._save.isEnabled()
    details._excludes.setPlainText("*.log\n\n drafts/ \n*.log")
    details._save.click()
    assert link.last(ChangeFolder).call == ChangeFolder("/d/Documents", ("*.log", "drafts/"))


def test_an_empty_library_teaches_the_next_step(desk: Desk, link: FakeLink, qtbot: QtBot) -> None:
    link.answers |= {GetFolders: FolderReports(()), ListFiles: FileRows((), 0)}
    page = LibraryPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    link.settle()
    assert "Add one" in words(page)
    assert not page._pause.isVisible()
