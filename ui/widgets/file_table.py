"""A table of files as the library knows them, with a filter by state and by name. Asks the engine itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from copilot.calls import ListFiles
from copilot.failures import Failure
from copilot.reports import FileRow, FileRows
from indexer.document import FileState
from ui import wording
from ui.desk import Desk
from ui.engine_link import Ticket
from ui.file_words import why_no_text
from ui.messages import said
from ui.tokens import GRID
from ui.widgets.choice import Choice
from ui.widgets.parts import push, row, text_label
from ui.wishes import Place

Index = QModelIndex | QPersistentModelIndex
NAME, WHERE, STATE, SIZE, CHANGED = range(5)
DEBOUNCE_MS = 150


class FileModel(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[FileRow, ...] = ()

    def fill(self, rows: tuple[FileRow, ...]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def file(self, index: Index) -> FileRow:
        return self._rows[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt's name and default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt's name and default
        return 0 if parent.isValid() else CHANGED + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        heads = (self.tr("File"), self.tr("Where"), self.tr("State"), self.tr("Size"), self.tr("Changed"))
        return heads[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        file = self._rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{file.path}\n{why_no_text(file.state, file.reason)}".strip()
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        match index.column():
            case 0:
                return wording.file_name(file.path)
            case 1:
                return wording.folder_name(file.path)
            case 2:
                return wording.file_state(file.state)
            case 3:
                return wording.size(file.size)
        return wording.moment(file.modified_ns / 1e9)


class FileTable(QWidget):
    """The files below one folder. `chosen` tells which are selected."""

    opened = Signal(str)
    read_now = Signal(object)
    """A tuple of paths whose text is to be recognized at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._folder = ""
        self._ticket: Ticket | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID * 2)
        self._text = QLineEdit()
        self._text.setPlaceholderText(self.tr("Part of a name"))
        self._text.setAccessibleName(self.tr("Part of a file's name"))
        self._text.setClearButtonEnabled(True)
        self._state = self._states()
        self._count = text_label("", "muted")
        column.addLayout(row(self._text, self._state, None, self._count))
        self._model = FileModel(self)
        self._table = self._view()
        column.addWidget(self._table)
        self._read = push(self.tr("Recognize text now"))
        self._read.clicked.connect(lambda: self.read_now.emit(tuple(file.path for file in self._waiting())))
        self._read.hide()
        column.addLayout(row(self._read, None))
        self._table.selectionModel().selectionChanged.connect(lambda *_: self._read.setVisible(bool(self._waiting())))
        self.setFocusProxy(self._text)
        self._wait = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._wait.timeout.connect(self.refresh)
        self._text.textChanged.connect(lambda _: self._wait.start())
        self._state.activated.connect(lambda _: self.refresh())

    def show_folder(self, folder: str, state: str = "") -> None:
        self._folder = folder
        self._text.clear()
        self._state.setCurrentIndex(max(0, self._state.findData(state)))
        self.refresh()

    def refresh(self) -> None:
        if self._ticket is not None:
            self._ticket.drop()
        call = ListFiles(self._folder, self._state.value, self._text.text().strip())
        self._ticket = self._desk.link.perform(call, done=self._fill, failed=self._failed, owner=self)

    def _fill(self, files: FileRows) -> None:
        self._model.fill(files.files)
        self._read.hide()
        shown, total = len(files.files), files.total
        text = wording.files(total)
        if shown < total:
            text = self.tr("The first {shown} of {total}").format(
                shown=wording.number(shown), total=wording.number(total)
            )
        self._count.setText(text)

    def _waiting(self) -> tuple[FileRow, ...]:
        """Chosen files with pages that wait for text recognition, whether they have other text or not."""
        rows = (self._model.file(index) for index in self._table.selectionModel().selectedRows())
        wait = FileState.WAITING.value
        return tuple(file for file in rows if wait in (file.state, self._state.value))

    def _failed(self, failure: Failure) -> None:
        self._model.fill(())
        self._count.setText(wording.sentences(*said(failure)))

    def _open(self, index: QModelIndex) -> None:
        file = self._model.file(index)
        self._desk.wishes.place.emit(Place(file.path, title=file.title or wording.file_name(file.path)))

    def _states(self) -> Choice:
        states = Choice(self._desk.theme, self.tr("Only files in this state"))
        named = tuple((state.value, wording.file_state(state.value)) for state in FileState)
        states.fill((("", self.tr("All files")), ("failed", self.tr("All without text")), *named), "")
        return states

    def _view(self) -> QTableView:
        table = QTableView()
        table.setModel(self._model)
        table.setAccessibleName(self.tr("Files"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._desk.theme.pixels(34))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setHighlightSections(False)
        table.setMinimumHeight(self._desk.theme.pixels(320))
        table.activated.connect(self._open)
        return table
