"""A name that may be longer than its place: its middle gives way, so that beginning and ending can be read."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

NARROWEST_CHARACTERS, USUAL_CHARACTERS = 12, 32
"""It claims no more than the second, and takes what it is given."""


class Elided(QLabel):
    """Plain text on one line. The whole of it is what screen readers and `text` give."""

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)

    def shown(self) -> str:
        """What there is room for."""
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)

    def sizeHint(self) -> QSize:  # noqa: N802 Qt's name
        return self._within(super().sizeHint(), USUAL_CHARACTERS)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt's name
        return self._within(super().minimumSizeHint(), NARROWEST_CHARACTERS)

    def _within(self, hint: QSize, characters: int) -> QSize:
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * characters), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 Qt's name
        shown = self.shown()
        if shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.style().drawItemText(
            painter, self.contentsRect(), flags, self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )
