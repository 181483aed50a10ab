"""The navigation: pages, conversations, and the honest state of the engine at its foot."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from ui.desk import Desk
from ui.registry import PageEntry
from ui.tokens import NAVIGATION_WIDTH


class Navigation(QFrame):
    def __init__(self, desk: Desk, entries: tuple[PageEntry, ...]) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setFixedWidth(desk.theme.pixels(NAVIGATION_WIDTH))
        column = QVBoxLayout(self)
        self._buttons: dict[str, QPushButton] = {}
        for entry in entries:
            button = QPushButton(entry.title)
            button.setProperty("kind", "navigation")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(lambda _, page_id=entry.page_id: desk.wishes.page.emit(page_id))
            column.addWidget(button)
            self._buttons[entry.page_id] = button
        column.addStretch(1)

    def mark(self, page_id: str) -> None:
        """Show which page is in front."""
        if page_id in self._buttons:
            self._buttons[page_id].setChecked(True)
