"""Files that gave no text, or not yet, and what can be done about each: the reason in words, and buttons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from copilot.reports import FileRow
from ui import wording
from ui.tokens import GRID
from ui.widgets.elided import Elided
from ui.widgets.parts import clear, line, push, row, set_tip, text_label

SHOWN = 12
FEW = 3
"""So many files that wait for text recognition have a row each; more of them, or without a pack, share one."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Some of `total` files that wait for text recognition, and `why` it is not at work on them."""

    files: tuple[FileRow, ...] = ()
    total: int = 0
    why: str = ""
    has_pack: bool = True


class AttentionList(QWidget):
    """Hidden while there is nothing to do."""

    retried = Signal(str)
    left_out = Signal(str)
    read_now = Signal(object)
    """A tuple of paths whose text is to be recognized at once; an empty one means all that wait."""
    pack_wanted = Signal()
    waiting_wanted = Signal()
    """Show the files that share a row."""
    opened = Signal(str)
    """Show this file."""
    all_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID * 3, 0, 0)
        column.setSpacing(GRID * 2)
        column.addWidget(text_label(self.tr("Needs attention"), "subheading"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GRID * 6)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        self._more = push("", "quiet")
        self._more.clicked.connect(self.all_wanted)
        column.addLayout(row(self._more, None))
        self._shown: tuple[tuple[FileRow, ...], Waiting] = ((), Waiting())
        self.hide()

    def show_files(self, files: tuple[FileRow, ...], total: int, waiting: Waiting | None = None) -> None:
        waiting = waiting or Waiting()
        self.setVisible(bool(files) or waiting.total > 0)
        self._more.setVisible(total > SHOWN)
        self._more.setText(self.tr("Show all {count}").format(count=wording.number(total)))
        if (files, waiting) == self._shown:
            return
        self._shown = (files, waiting)
        clear(self._grid)
        at = 0
        for file in files[:SHOWN]:
            self._grid.addWidget(line(), at, 0, 1, 3)
            self._add(at + 1, file)
            at += 2
        for paths, name in _rows(waiting):
            self._grid.addWidget(line(), at, 0, 1, 3)
            self._add_waiting(at + 1, waiting, paths, name)
            at += 2
        self._grid.addWidget(line(), at, 0, 1, 3)

    def _add_waiting(self, at: int, waiting: Waiting, paths: tuple[str, ...], name: str) -> None:
        shown = text_label(name or self.tr("%Ln pictures and scans", "", waiting.total))
        if paths:
            set_tip(shown, paths[0])
        self._grid.addWidget(shown, at, 0)
        why = self.tr("Pages are pictures. {why}").format(why=waiting.why)
        self._grid.addWidget(text_label(why, "muted", wraps=True), at, 1)
        if waiting.has_pack:
            deed = push(
                self.tr("Do it now"), name=self.tr("Recognize the text of {file} now").format(file=shown.text())
            )
            deed.clicked.connect(lambda: self.read_now.emit(paths))
        else:
            deed = push(self.tr("Get text recognition"))
            deed.clicked.connect(self.pack_wanted)
        buttons = QWidget()
        buttons.setLayout(row(deed, *([] if paths else [self._show_button()]), None))
        self._grid.addWidget(buttons, at, 2)

    def _add(self, at: int, file: FileRow) -> None:
        name = wording.file_name(file.path)
        shown = Elided(name)
        set_tip(shown, file.path)
        self._grid.addWidget(shown, at, 0)
        self._grid.addWidget(text_label(self._why(file), "muted", wraps=True), at, 1)
        again = push(self.tr("Try again"), name=self.tr("Try {file} again").format(file=name))
        again.clicked.connect(lambda: self.retried.emit(file.path))
        out = push(self.tr("Leave out"), name=self.tr("Leave {file} out").format(file=name))
        out.clicked.connect(lambda: self.left_out.emit(file.path))
        buttons = QWidget()
        buttons.setLayout(row(again, out))
        self._grid.addWidget(buttons, at, 2)

    def _show_button(self) -> QPushButton:
        show = push(self.tr("Show"), "quiet", name=self.tr("Show pictures and scans that wait"))
        show.clicked.connect(self.waiting_wanted)
        return show

    def _why(self, file: FileRow) -> str:
        state = wording.file_state(file.state)
        advice = wording.file_advice(file.state)
        return self.tr("{state}. {advice}").format(state=state, advice=advice).strip()


def _rows(waiting: Waiting) -> tuple[tuple[tuple[str, ...], str], ...]:
    """(paths, name) of each row; all that wait together, without a name, when they are many."""
    if waiting.total > (FEW if waiting.has_pack else 1):
        return (((), ""),)
    return tuple(((file.path,), wording.file_name(file.path)) for file in waiting.files)
