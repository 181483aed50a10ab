"""The library: which folders Nearside reads, what may leave them, how far reading is, and what it could not read.

How the rows look is widgets/'s; what a folder's label means copilot/privacy/boundary.py's.
"""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from copilot.calls import (
    AddFolders,
    Call,
    ChangeFolder,
    GetFolders,
    ListFiles,
    ReadWaiting,
    RemoveFolders,
    RunIndex,
    SetLabel,
    SetPause,
)
from copilot.failures import Failure
from copilot.models.shelf import Shelf
from copilot.reports import EngineState, FileRows, FolderReport, FolderReports
from indexer.document import MEMBER_SEPARATOR, FileState
from indexer.reporter import Progress
from ui import wording
from ui.desk import Desk
from ui.tokens import GRID
from ui.widgets.attention_list import SHOWN, AttentionList, Waiting
from ui.widgets.folder_details import FolderDetails
from ui.widgets.folder_table import FolderTable
from ui.widgets.pace_rules import PaceRules
from ui.widgets.page_frame import PageFrame
from ui.widgets.parts import push, row, set_role, text_label
from ui.widgets.progress_line import ProgressLine
from ui.widgets.trouble import Trouble

PAGE_ID = "library"
ORDER = 30

ATTENTION = ("encrypted", "damaged", "too_large", "too_slow", "unreadable")
"""States that a person can do something about; kinds that can't be read and empty files are no news."""

REFRESH_MS = 3000


def title() -> str:
    return QCoreApplication.translate("Library", "Library")


def build(desk: Desk) -> QWidget:
    return LibraryPage(desk)


class LibraryPage(PageFrame):
    """What the engine does is heard from the window's pulse."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, title(), QCoreApplication.translate("Library", "What Nearside can read, and what may ever leave.")
        )
        self._desk = desk
        self._folders: tuple[FolderReport, ...] = ()
        self._attention: dict[str, FileRows] = {}
        self._waiting = FileRows((), 0)
        self._has_pack = True
        self._state: EngineState | None = None
        self._table = FolderTable(desk.theme)
        self._progress = ProgressLine()
        self._trouble = Trouble()
        self._needs = AttentionList()
        self._details = FolderDetails(desk)
        self._empty = text_label(
            self.tr("No folder is in the library yet. Add one, or drop it here, and ask about what is in it."),
            "muted",
            wraps=True,
        )
        self._add = push(self.tr("Add folder"), "primary")
        self._pause = push(self.tr("Pause indexing"))
        self._wait = text_label("", "muted")
        self._rules = PaceRules(desk)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)

    def shown(self) -> None:
        """The page came to the front."""
        self._trouble.hide()
        self.refresh()
        if self._desk.pulse is not None and self._desk.pulse.latest is not None:
            self._engine_says(self._desk.pulse.latest)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 Qt's name
        self._clock.stop()
        super().hideEvent(event)

    def refresh(self) -> None:
        self._desk.link.perform(GetFolders(), done=self._fill, failed=self._trouble.say, owner=self)
        for state in ATTENTION:
            done = partial(self._take, state)
            self._desk.link.perform(ListFiles(state=state, limit=SHOWN + 1), done=done, failed=_ignore, owner=self)
        self._desk.link.perform(
            ListFiles(state=FileState.WAITING, limit=SHOWN + 1), done=self._take_waiting, failed=_ignore, owner=self
        )
        self._details.refresh()

    # --- engine

    def _engine_says(self, state: EngineState) -> None:
        was, self._state = self._state, state
        if not self.isVisible():
            return
        if was is not None and was.indexing and not state.indexing:
            self.refresh()
        if state.indexing and not self._clock.isActive():
            self._clock.start()
        if not state.indexing:
            self._clock.stop()
        self._show_progress(state.progress if state.indexing else None)
        if was is None or was.pause_reason != state.pause_reason or _is_recognizing(was) != _is_recognizing(state):
            self._say_needs()

    def _perform(self, call: Call[Any]) -> None:
        """Long work of the person's: its progress comes with the call, its end refreshes the page."""
        self._trouble.hide()
        self._desk.link.perform(
            call,
            done=lambda _: self.refresh(),
            failed=self._failed,
            event=lambda event: self._show_progress(event) if isinstance(event, Progress) else None,
            owner=self,
        )

    def _failed(self, failure: Failure) -> None:
        self._progress.clear()
        self._trouble.say(failure)
        self.refresh()

    # --- what is shown

    def _fill(self, reports: FolderReports) -> None:
        self._folders = reports.folders
        self._empty.setVisible(not self._folders)
        self._table.setVisible(bool(self._folders))
        self._pause.setVisible(bool(self._folders))
        self._rules.setVisible(bool(self._folders))
        self._table.show_folders(self._folders)
        self._say_states()

    def _take(self, state: str, rows: FileRows) -> None:
        self._attention[state] = rows
        self._say_needs()

    def _take_waiting(self, rows: FileRows) -> None:
        self._waiting = rows
        packs = Shelf(self._desk.paths.packs).packs() if rows.total else ()
        self._has_pack = any(pack.role == "recognizer" for pack in packs)
        self._say_needs()

    def _say_needs(self) -> None:
        files = tuple(file for one in ATTENTION if one in self._attention for file in self._attention[one].files)
        self._needs.show_files(files, sum(rows.total for rows in self._attention.values()), self._held_pictures())
        self._say_states()

    def _held_pictures(self) -> Waiting:
        """What waits for text recognition; nothing while that is at work on it."""
        reason = self._state.pause_reason if self._state is not None else ""
        if not reason and _is_recognizing(self._state):
            return Waiting()
        why = wording.recognition_waits(reason, has_pack=self._has_pack)
        return Waiting(self._waiting.files, self._waiting.total, why, self._has_pack)

    def _show_progress(self, progress: Progress | None) -> None:
        if progress is not None:
            self._progress.show_progress(progress)
        elif self._state is None or not self._state.indexing:
            self._progress.clear()
        if self._state is not None:
            self._pause.setText(self.tr("Go on indexing") if self._state.paused else self.tr("Pause indexing"))
            reason, recognizing = self._state.pause_reason, _is_recognizing(self._state)
            words = partial(wording.recognition_waits, has_pack=True) if recognizing else wording.pause_reason
            self._wait.setText(words(reason) if reason else "")
            set_role(self._wait, "warning" if reason else "muted")
        self._say_states(progress)

    def _say_states(self, progress: Progress | None = None) -> None:
        if progress is None and self._state is not None and self._state.indexing:
            progress = self._state.progress
        attention = [file for rows in self._attention.values() for file in rows.files]
        for folder in self._folders:
            mine = sum(_inside(file.path, folder.path) for file in attention)
            if progress is not None and progress.subject and _inside(progress.subject, folder.path):
                self._table.say(folder.path, self._progress.sentence, "")
            elif folder.missing:
                self._table.say(folder.path, self.tr("Not there now. Is its drive connected?"), "warning")
            elif folder.pending:
                waits = self.tr("%Ln file(s) still to be read", "", folder.pending)
                self._table.say(folder.path, waits, "muted")
            elif mine:
                self._table.say(folder.path, self.tr("%Ln file(s) need attention", "", mine), "warning")
            elif folder.waiting:
                waits = self.tr("%Ln file(s) wait for text recognition", "", folder.waiting)
                self._table.say(folder.path, waits, "muted")
            elif folder.files == 0:
                self._table.say(folder.path, self.tr("Nothing that can be read is in it"), "muted")
            else:
                self._table.say(folder.path, self.tr("Up to date"), "good")

    # --- what is wished

    def add_folders(self, paths: tuple[str, ...]) -> None:
        if paths:
            self._perform(AddFolders(paths))
            QTimer.singleShot(REFRESH_MS // 10, self, self.refresh)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Add a folder to the library"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.fileSelected.connect(lambda path: self.add_folders((path,)))
        dialog.open()

    def _set_label(self, folder: str, label: str) -> None:
        self._desk.link.perform(SetLabel(folder, label), done=lambda _: self.refresh(), failed=self._failed, owner=self)

    def _set_pause(self) -> None:
        paused = not (self._state is not None and self._state.paused)
        self._desk.link.perform(SetPause(paused), failed=self._trouble.say, owner=self)

    def _open_details(self, path: str, state: str = "") -> None:
        folder = self._folder_of(path)
        if folder is not None:
            self._details.open(folder, state)
            QTimer.singleShot(0, self._details, lambda: self.ensureWidgetVisible(self._details))

    def _show_on_disk(self, path: str) -> None:
        """Through the launcher: a file manager started from here would inherit the window's seal."""
        if self._desk.outside is not None:
            self._desk.outside.open(path)

    def _remove(self, path: str) -> None:
        """Deletion is one of the three things that may ask in a dialog; it asks once."""
        name = wording.file_name(path)
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Remove from the library"))
        box.setText(self.tr("Remove {folder} from the library?").format(folder=name))
        box.setInformativeText(self.tr("Nearside forgets its text. The files themselves stay where they are."))
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.buttonClicked.connect(lambda button: self._perform(RemoveFolders((path,))) if button is remove else None)
        box.open()

    def _retry(self, path: str) -> None:
        """A member is read with the file that it is in."""
        self._perform(RunIndex((path.split(MEMBER_SEPARATOR)[0],), waited_for=True))

    def _read_now(self, paths: tuple[str, ...]) -> None:
        self._perform(ReadWaiting(paths))

    def _leave_out(self, path: str) -> None:
        folder = self._folder_of(path)
        if folder is None:
            return
        pattern = PurePath(path.split(MEMBER_SEPARATOR)[0]).relative_to(folder.path).as_posix()
        self._perform(ChangeFolder(folder.path, (*folder.excludes, f"/{pattern}")))

    def _folder_of(self, path: str) -> FolderReport | None:
        holding = [folder for folder in self._folders if _inside(path, folder.path)]
        return max(holding, key=lambda folder: len(folder.path), default=None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 Qt's name
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 Qt's name
        self.add_folders(tuple(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()))
        event.acceptProposedAction()

    # --- making

    def _lay_out(self) -> None:
        self.column.addWidget(self._table)
        self.column.addWidget(self._empty)
        self._empty.hide()  # until it is known
        self.column.addWidget(self._progress)
        self.column.addLayout(row(self._add, self._pause, self._wait, None))
        self.column.addWidget(self._rules)
        self.column.addWidget(self._trouble)
        self.column.addWidget(self._needs)
        self.column.addSpacing(GRID * 3)
        self.column.addWidget(self._details)
        self.column.addStretch(1)
        self._pause.hide()
        self._rules.hide()

    def _connect(self) -> None:
        self._clock = QTimer(self, interval=REFRESH_MS)
        self._clock.timeout.connect(self.refresh)
        self._add.clicked.connect(self._choose_folder)
        self._pause.clicked.connect(self._set_pause)
        self._table.label_chosen.connect(self._set_label)
        self._table.opened.connect(self._open_details)
        self._table.removed.connect(self._remove)
        self._table.read_again.connect(lambda path: self._perform(RunIndex((path,), waited_for=True)))
        self._table.shown_on_disk.connect(self._show_on_disk)
        self._needs.retried.connect(self._retry)
        self._needs.left_out.connect(self._leave_out)
        self._needs.read_now.connect(self._read_now)
        self._needs.waiting_wanted.connect(self._show_waiting)
        self._needs.pack_wanted.connect(lambda: self._desk.wishes.page.emit("models"))
        self._needs.all_wanted.connect(self._show_all_without_text)
        self._details.read_now.connect(self._read_now)
        self._details.excludes_changed.connect(lambda path, globs: self._perform(ChangeFolder(path, globs)))
        if self._desk.pulse is not None:
            self._desk.pulse.changed.connect(self._engine_says)
            self._desk.pulse.back.connect(self.refresh)

    def _show_waiting(self) -> None:
        with_some = next((folder for folder in self._folders if folder.waiting), None)
        if with_some is not None:
            self._open_details(with_some.path, FileState.WAITING)

    def _show_all_without_text(self) -> None:
        if self._folders:
            self._open_details(self._folders[0].path, "failed")


def _is_recognizing(state: EngineState | None) -> bool:
    return state is not None and state.indexing and state.progress is not None and state.progress.stage == "recognize"


def _inside(path: str, folder: str) -> bool:
    return PurePath(path).is_relative_to(folder)


def _ignore(_: Failure) -> None:
    """The folders' own failure is shown already."""
