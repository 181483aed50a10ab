"""Files that gave no text and what can be done about each: the reason in words, and two buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from copilot.reports import FileRow
from ui import wording
from ui.tokens import GRID
from ui.widgets.parts import clear, line, push, row, set_tip, text_label

SHOWN = 12


class AttentionList(QWidget):
    """Hidden while there is nothing to do."""

    retried = Signal(str)
    left_out = Signal(str)
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
        self._files: tuple[FileRow, ...] = ()
        self.hide()

    def show_files(self, files: tuple[FileRow, ...], total: int) -> None:
        self.setVisible(bool(files))
        self._more.setVisible(total > SHOWN)
        self._more.setText(self.tr("Show all {count}").format(count=wording.number(total)))
        if files == self._files:
            return
        self._files = files
        clear(self._grid)
        for number, file in enumerate(files[:SHOWN]):
            self._grid.addWidget(line(), number * 2, 0, 1, 3)
            self._add(number * 2 + 1, file)
        self._grid.addWidget(line(), SHOWN * 2 + 1, 0, 1, 3)

    def _add(self, at: int, file: FileRow) -> None:
        name = wording.file_name(file.path)
        shown = text_label(name)
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

    def _why(self, file: FileRow) -> str:
        state = wording.file_state(file.state)
        advice = wording.file_advice(file.state)
        return self.tr("{state}. {advice}").format(state=state, advice=advice).strip()
