"""The folders of the library as rows: name, files, what may leave, state, and a menu. Says what is wished, does
nothing itself.

Decision: rows of widgets instead of a view with delegates: there are few folders, and each has a choice and a menu
that a keyboard and a screen reader must reach like any other.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from copilot.reports import FolderReport
from copilot.settings.schema import LABELS
from ui import wording
from ui.theme import Theme
from ui.tokens import GRID
from ui.widgets.choice import Choice
from ui.widgets.dot import Dot
from ui.widgets.elided import Elided
from ui.widgets.parts import clear, line, row, set_role, text_label

CHOICE_PAD = 7
NARROWEST_STATE = 112
NAME, FILES, MAY_LEAVE, STATE, MENU = range(5)


@dataclass(slots=True)
class _Row:
    files: QLabel
    state: QLabel
    light: Dot
    choice: Choice | None = None


class FolderTable(QWidget):
    """Show folders with `show_folders`, then what happens in them with `say`."""

    label_chosen = Signal(str, str)
    """(folder, label)"""
    opened = Signal(str)
    """Show the files of this folder and what is left out of it."""
    read_again = Signal(str)
    removed = Signal(str)
    shown_on_disk = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._folders: tuple[FolderReport, ...] = ()
        self._rows: dict[str, _Row] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID * 6)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(STATE, 1)
        self._grid.setColumnMinimumWidth(STATE, theme.pixels(NARROWEST_STATE))

    def show_folders(self, folders: tuple[FolderReport, ...]) -> None:
        """New folders, labels or locks build the rows anew; other figures only change their words."""
        if [_shape(folder) for folder in folders] != [_shape(folder) for folder in self._folders]:
            self._rebuild(folders)
        self._folders = folders
        for folder in folders:
            known = self._rows[folder.path]
            known.files.setText(wording.number(folder.files))
            if known.choice is not None and not known.choice.view().isVisible():
                known.choice.setCurrentIndex(known.choice.findData(folder.label))  # a choice that was refused goes back

    def say(self, path: str, sentence: str, role: str = "muted") -> None:
        """The state of a folder in words; `role` as in the style sheet."""
        if (known := self._rows.get(path)) is not None:
            known.state.setText(sentence)
            known.light.setVisible(role == "good")
            set_role(known.state, "" if role == "good" else role)

    def _rebuild(self, folders: tuple[FolderReport, ...]) -> None:
        clear(self._grid)
        self._rows = {}
        heads = (self.tr("Folder"), self.tr("Files"), self.tr("May leave"), self.tr("State"))
        for column, head in enumerate(heads):
            side = Qt.AlignmentFlag.AlignRight if column == FILES else Qt.AlignmentFlag.AlignLeft
            label = text_label(head, "muted")
            if column == MAY_LEAVE:
                self._indent(label)
            self._grid.addWidget(label, 0, column, side)
        for number, folder in enumerate(folders):
            self._grid.addWidget(line(), number * 2 + 1, 0, 1, MENU + 1)
            self._add_row(number * 2 + 2, folder)
        self._grid.addWidget(line(), len(folders) * 2 + 1, 0, 1, MENU + 1)

    def _add_row(self, at: int, folder: FolderReport) -> None:
        name = Elided(wording.folder_title(folder.path), "strong")
        name.setToolTip(folder.path)
        files = text_label(wording.number(folder.files))
        state = text_label("", "muted", wraps=True)
        state.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        light = Dot(self._theme)
        light.hide()
        told = QWidget()
        told.setLayout(row(light, state))
        self._rows[folder.path] = _Row(files, state, light)
        self._grid.addWidget(name, at, NAME)
        self._grid.addWidget(files, at, FILES, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(self._label_part(folder), at, MAY_LEAVE)
        self._grid.addWidget(told, at, STATE)
        self._grid.addWidget(self._menu_button(folder), at, MENU)

    def _label_part(self, folder: FolderReport) -> QWidget:
        if folder.label_forced:
            said = self.tr("{label}, set by your organization").format(label=wording.label(folder.label))
            return self._indent(text_label(said, "muted", wraps=True))
        name = self.tr("What may leave {folder}").format(folder=wording.file_name(folder.path))
        choice = Choice(self._theme, name, quiet=True)
        choice.fill(tuple((label, wording.label(label)) for label in LABELS), folder.label)
        choice.activated.connect(lambda _, path=folder.path: self.label_chosen.emit(path, choice.value))
        self._rows[folder.path].choice = choice
        return choice

    def _indent(self, label: QLabel) -> QLabel:
        """In line with the words of the choices."""
        label.setContentsMargins(self._theme.pixels(CHOICE_PAD), 0, 0, 0)
        return label

    def _menu_button(self, folder: FolderReport) -> QToolButton:
        button = QToolButton()
        button.setText("⋯")
        button.setToolTip(self.tr("More for this folder"))
        button.setAccessibleName(self.tr("More for {folder}").format(folder=wording.file_name(folder.path)))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(button)
        path = folder.path
        menu.addAction(self.tr("Files and what is left out"), lambda: self.opened.emit(path))
        menu.addAction(self.tr("Read again"), lambda: self.read_again.emit(path))
        menu.addAction(self.tr("Show in file manager"), lambda: self.shown_on_disk.emit(path))
        menu.addSeparator()
        menu.addAction(self.tr("Remove from the library"), lambda: self.removed.emit(path))
        button.setMenu(menu)
        return button


def _shape(folder: FolderReport) -> tuple[str, str, bool]:
    return folder.path, folder.label, folder.label_forced
