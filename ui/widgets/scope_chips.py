"""Where a question is looked for: all files, a folder, or these files. What is chosen becomes the question's Filter."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from copilot.calls import AddFolders, GetFolders, ListFiles
from copilot.failures import Failure
from copilot.reports import FileRows, FolderReports
from indexer.query import Filter
from indexer.reporter import Progress
from indexer.runs import RunSummary
from ui import wording
from ui.desk import Desk
from ui.file_words import why_no_text
from ui.picture_text import is_picture
from ui.tokens import GRID
from ui.widgets.flow import Flow
from ui.widgets.parts import plain_tip, push, set_tip, text_label
from ui.widgets.trouble import Trouble

SHOWN_NAMES = 3


class ScopeChips(QWidget):
    """`scope` is what is chosen. Files that the library does not know are offered to it first; pictures among them are
    read for the question alone."""

    changed = Signal()
    pictures_given = Signal(tuple)
    """Paths of pictures that the library does not know."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._scope = Filter()
        self._unknown: tuple[str, ...] = ()
        self._asking = 0
        self._folders: tuple[str, ...] = ()
        self._where = push("", "chip")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._where.setMenu(self._menu)
        self._all = push(self.tr("All files again"), "link")
        self._all.clicked.connect(lambda: self.limit(()))
        add = push(self.tr("Add files"), "chip", name=self.tr("Ask about certain files only"))
        add.clicked.connect(self._choose_files)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._make_offer())
        self._trouble = Trouble()
        column.addWidget(self._trouble)
        column.addLayout(Flow(self._where, add, self._all, across=GRID * 2, down=GRID))
        self._write()

    @property
    def scope(self) -> Filter:
        return self._scope

    @property
    def where_button(self) -> QPushButton:
        return self._where

    @property
    def trouble(self) -> Trouble:
        return self._trouble

    @property
    def offer(self) -> QWidget:
        return self._offer

    def set_scope(self, scope: Filter) -> None:
        self._scope = scope
        self._write()
        self.changed.emit()

    def limit(self, paths: tuple[str, ...]) -> None:
        """Look in these files and folders alone; in all with none."""
        self._forget_unknown()
        self.set_scope(Filter(folders=paths))

    def take(self, paths: tuple[str, ...]) -> None:
        """Files and folders that were dropped or chosen: known ones become the scope, others are offered."""
        self._forget_unknown()
        self._desk.link.perform(
            GetFolders(),
            done=lambda found: self._sort(paths, tuple(folder.path for folder in found.folders)),
            failed=self._trouble.say,
            owner=self,
        )

    # --- what is known

    def _sort(self, paths: tuple[str, ...], folders: tuple[str, ...]) -> None:
        self._asking += 1
        turn, known, left = self._asking, [], list(paths)
        for path in paths:
            if Path(path).is_dir():
                if _below(path, folders):
                    known.append(path)
                left.remove(path)
        unknown = [path for path in paths if path not in known and path not in left]

        def answer(path: str, rows: FileRows) -> None:
            (known if any(file.path == path for file in rows.files) else unknown).append(path)
            left.remove(path)
            if not left and turn == self._asking:
                self._settle(tuple(known), tuple(unknown), folders)

        if not left:
            self._settle(tuple(known), tuple(unknown), folders)
        for path in tuple(left):
            self._desk.link.perform(
                ListFiles(text=path, limit=SHOWN_NAMES),
                done=partial(answer, path),
                failed=self._trouble.say,
                owner=self,
            )

    def _settle(self, known: tuple[str, ...], unknown: tuple[str, ...], folders: tuple[str, ...]) -> None:
        """A picture's text is the person's own words, which no label holds back: one that lies in a folder of the
        library, though it was not read yet, is a file like any other."""
        if known:
            self.set_scope(Filter(folders=known))
        pictures = tuple(path for path in unknown if is_picture(path) and not _below(path, folders))
        if pictures:
            self.pictures_given.emit(pictures)
        unknown = tuple(path for path in unknown if path not in pictures)
        self._unknown = unknown
        self._offer.setVisible(bool(unknown))
        names = ", ".join(wording.file_name(path) for path in unknown[:SHOWN_NAMES])
        more = len(unknown) - SHOWN_NAMES
        self._names.setText(
            self.tr("Not in your library yet: {names}").format(names=names)
            + (self.tr(" and %n more", "", more) if more > 0 else "")
        )

    def _make_offer(self) -> QWidget:
        self._offer = QWidget()
        self._names = text_label("", "muted", wraps=True)
        self._take_in = push(self.tr("Take in"))
        self._take_in.clicked.connect(self._take_unknown)
        leave = push(self.tr("Leave out"), "quiet")
        leave.clicked.connect(self._forget_unknown)
        across = QHBoxLayout(self._offer)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self._names, 1)
        across.addWidget(leave)
        across.addWidget(self._take_in)
        self._offer.hide()
        return self._offer

    def _forget_unknown(self) -> None:
        self._unknown = ()
        self._asking += 1
        self._offer.hide()
        self._trouble.hide()

    def _take_unknown(self) -> None:
        paths = self._unknown
        self._take_in.setEnabled(False)
        self._names.setText(self.tr("Reading %n file(s) or folder(s)", "", len(paths)))
        self._desk.link.perform(
            AddFolders(paths, waited_for=True),
            done=lambda summary: self._taken(paths, summary),
            failed=self._not_taken,
            event=self._show_progress,
            owner=self,
        )

    def _show_progress(self, event: object) -> None:
        if isinstance(event, Progress) and event.total:
            self._names.setText(
                self.tr("Reading {done} of {total}").format(
                    done=wording.number(event.done), total=wording.number(event.total)
                )
            )

    def _taken(self, paths: tuple[str, ...], summary: RunSummary) -> None:
        self._take_in.setEnabled(True)
        self._forget_unknown()
        if summary.failures:
            reason = why_no_text("unreadable", summary.failures[0].reason)
            self._trouble.tell(self.tr("%n file(s) could not be read.", "", len(summary.failures)), reason)
        self.set_scope(Filter(folders=tuple(dict.fromkeys((*self._scope.folders, *paths)))))

    def _not_taken(self, failure: Failure) -> None:
        self._take_in.setEnabled(True)
        self._offer.hide()
        self._trouble.say(failure)

    # --- choosing

    def _fill_menu(self) -> None:
        self._write_menu()
        self._desk.link.perform(GetFolders(), done=self._know_folders, failed=lambda _: None, owner=self)

    def _know_folders(self, found: FolderReports) -> None:
        folders = tuple(folder.path for folder in found.folders)
        if folders != self._folders:
            self._folders = folders
            self._write_menu()

    def _write_menu(self) -> None:
        self._menu.clear()
        self._menu.addAction(self.tr("All files")).triggered.connect(lambda: self.limit(()))
        if self._folders:
            self._menu.addSeparator()
        for folder in self._folders:
            action = self._menu.addAction(wording.folder_title(folder))
            action.setToolTip(plain_tip(folder))
            action.triggered.connect(lambda _=False, folder=folder: self.limit((folder,)))
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Another folder")).triggered.connect(self._choose_folder)

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Ask about these files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._open(dialog)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Ask about this folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda paths: self.take(tuple(paths)))
        dialog.open()

    def _write(self) -> None:
        folders = self._scope.folders
        name = self.tr("All files")
        if len(folders) == 1:
            name = wording.folder_title(folders[0]) if Path(folders[0]).suffix == "" else wording.file_name(folders[0])
        elif folders:
            name = self.tr("These files: %n", "", len(folders))
        self._where.setText(f"{name} \u25be")
        self._where.setAccessibleName(self.tr("Where to look: {scope}").format(scope=name))
        set_tip(self._where, "\n".join(folders))
        self._all.setVisible(bool(folders))


def _below(path: str, folders: tuple[str, ...]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)
