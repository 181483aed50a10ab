"""F1: every key of the window on one sheet, beside the work and not in front of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.preferences import in_force
from ui.tokens import GRID
from ui.widgets.parts import push, row, text_label


class ShortcutSheet(QDialog):
    """Not modal: the window can be used while it is open."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(QCoreApplication.translate("Shortcuts", "Keys"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GRID * 7, GRID * 6, GRID * 7, GRID * 5)
        self._column.setSpacing(GRID * 4)
        self._column.addWidget(text_label(QCoreApplication.translate("Shortcuts", "Keys"), "heading"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GRID * 8)
        self._grid.setVerticalSpacing(GRID * 2)
        self._column.addLayout(self._grid)
        leave = push(QCoreApplication.translate("Shortcuts", "Close"))
        leave.clicked.connect(self.hide)
        self._column.addLayout(row(None, leave))
        for keys in ("F1", "Esc"):
            QShortcut(
                QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            ).activated.connect(self.hide)
        self._fill()

    def open_or_close(self) -> None:
        if self.isVisible():
            self.hide()
        else:
            self._fill()
            self.show()

    def _fill(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        quick = in_force(self._desk).settings.quick_shortcut
        for number, (keys, words) in enumerate(_keys(quick)):
            self._grid.addWidget(text_label(_native(keys), "strong"), number, 0)
            self._grid.addWidget(text_label(words), number, 1)


def _native(keys: str) -> str:
    return ", ".join(
        QKeySequence(part).toString(QKeySequence.SequenceFormat.NativeText) or part for part in keys.split(", ")
    )


def _keys(quick: str) -> tuple[tuple[str, str], ...]:
    rows = (
        (quick, QCoreApplication.translate("Shortcuts", "Quick bar, from any program")),
        ("Ctrl+N", QCoreApplication.translate("Shortcuts", "New question")),
        ("Ctrl+K", QCoreApplication.translate("Shortcuts", "Search")),
        ("Ctrl+L", QCoreApplication.translate("Shortcuts", "Library")),
        ("Ctrl+,", QCoreApplication.translate("Shortcuts", "Settings")),
        ("Alt+1 … 9", QCoreApplication.translate("Shortcuts", "Open a citation")),
        ("F6, Shift+F6", QCoreApplication.translate("Shortcuts", "Next pane, previous pane")),
        ("F2, Delete", QCoreApplication.translate("Shortcuts", "Rename or delete a conversation")),
        ("Esc", QCoreApplication.translate("Shortcuts", "Close the topmost, stop an answer")),
        ("F1", QCoreApplication.translate("Shortcuts", "This sheet")),
        ("Ctrl+Q", QCoreApplication.translate("Shortcuts", "Quit")),
    )
    return tuple(row for row in rows if row[0])
