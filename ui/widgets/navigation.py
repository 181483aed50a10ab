"""The navigation: pages, conversations, and the honest state of the engine at its foot."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from copilot.failures import Failure
from copilot.reports import EngineState
from ui import messages, wording
from ui.desk import Desk
from ui.tokens import GRID, NAVIGATION_WIDTH
from ui.widgets.conversations import ConversationList
from ui.widgets.dot import Dot
from ui.widgets.parts import line, push, text_label

INSET = 10
"""Of every word in it, from the navigation's own margin: what a button's border and padding make."""


class Navigation(QFrame):
    def __init__(self, desk: Desk, pages: tuple[tuple[str, str], ...]) -> None:
        """`pages` are ids with their titles, in order."""
        super().__init__()
        self.setObjectName("navigation")
        self.setAccessibleName(QCoreApplication.translate("Navigation", "Navigation"))
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GRID * 3, GRID * 5, GRID * 3, GRID * 4)
        self._column.setSpacing(GRID // 2)
        self._add_name()
        self._buttons: dict[str, QPushButton] = {}
        for page_id, title in pages:
            self._add_page(page_id, title)
        self._column.addSpacing(GRID * 2)
        self._column.addWidget(ConversationList(desk), 1)
        self._column.addWidget(line())
        self._column.addWidget(EngineFoot(desk))
        desk.theme.changed.connect(self._fit)
        self._fit()

    def mark(self, page_id: str) -> None:
        """Show which page is in front."""
        if page_id in self._buttons:
            self._buttons[page_id].setChecked(True)

    def focus_page(self) -> None:
        """Take the keyboard, at the page that is shown."""
        chosen = next((button for button in self._buttons.values() if button.isChecked()), None)
        (chosen or next(iter(self._buttons.values()))).setFocus()

    def _add_name(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(INSET, 0, 0, GRID * 3)
        row.setSpacing(GRID * 2)
        row.addWidget(Dot(self._desk.theme))
        row.addWidget(text_label("Nearside", "subheading"), 1)
        self._column.addLayout(row)

    def _add_page(self, page_id: str, title: str) -> None:
        button = push(title, "navigation")
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.clicked.connect(lambda: self._desk.wishes.page.emit(page_id))
        self._column.addWidget(button)
        self._buttons[page_id] = button

    def _fit(self) -> None:
        self.setFixedWidth(self._desk.theme.pixels(NAVIGATION_WIDTH))


class EngineFoot(QFrame):
    """Two lines that are always true: where answers come from, and how far the files have been read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET, GRID * 2, 0, 0)
        column.setSpacing(GRID // 2)
        self._dot = Dot(desk.theme)
        self._where = text_label("", "muted", wraps=True)
        self._files = text_label("", "muted", wraps=True)
        row = QHBoxLayout()
        row.setSpacing(GRID * 2)
        beside = QVBoxLayout()  # the first of its lines
        beside.setContentsMargins(0, GRID - 1, 0, 0)
        beside.addWidget(self._dot)
        beside.addStretch(1)
        row.addLayout(beside)
        row.addWidget(self._where, 1)
        column.addLayout(row)
        column.addWidget(self._files)
        self._write("waiting", QCoreApplication.translate("Engine", "Starting, on this computer"), "")
        if desk.pulse is not None:
            desk.pulse.changed.connect(self.show_state)
            desk.pulse.lost.connect(self.show_lost)
            if desk.pulse.latest is not None:
                self.show_state(desk.pulse.latest)

    def show_state(self, state: EngineState) -> None:
        self._write("lit", where_words(state), files_words(state))

    def show_lost(self, failure: Failure) -> None:
        sentence, _ = messages.said(failure)
        self._write("trouble", QCoreApplication.translate("Engine", "The engine is not running"), sentence)

    def _write(self, look: str, where: str, files: str) -> None:
        self._dot.show_look(look)
        self._where.setText(where)
        self._files.setText(files)
        self._files.setVisible(bool(files))
        self.setAccessibleName(f"{where}. {files}")
        self.setToolTip("")


def where_words(state: EngineState) -> str:
    """Which device answers, once a model is loaded; always that it is here."""
    if state.answer_device:
        return QCoreApplication.translate("Engine", "{device}, on this computer").format(
            device=wording.device(state.answer_device)
        )
    return QCoreApplication.translate("Engine", "Ready, on this computer")


def files_words(state: EngineState) -> str:
    """How many files are known and whether reading goes on, waits or is done."""
    progress = state.progress
    if state.pause_reason:
        return wording.pause_reason(state.pause_reason)
    if state.indexing and progress is not None and progress.total:
        return QCoreApplication.translate("Engine", "Reading {done} of {total}").format(
            done=wording.number(progress.done), total=wording.number(progress.total)
        )
    if state.indexing:
        return QCoreApplication.translate("Engine", "Looking for changes")
    if not state.counts.files:
        return QCoreApplication.translate("Engine", "No files yet")
    return QCoreApplication.translate("Engine", "{files}, up to date").format(files=wording.files(state.counts.files))
