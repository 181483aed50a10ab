"""The preview pane: the cited file at the cited spot."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ui.desk import Desk
from ui.wishes import Place


class Preview(QFrame):
    """Shows one Place at a time."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("preview")
        self._desk = desk

    def open(self, place: Place) -> None:
        """Fetch the document and show the spot."""
