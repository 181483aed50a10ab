"""A small round light: on, waiting or in trouble. Never the only carrier of its meaning: words stand beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme

DIAMETER = 9


class Dot(QWidget):
    def __init__(self, theme: Theme, look: str = "lit") -> None:
        super().__init__()
        self._theme = theme
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self.updateGeometry)

    def show_look(self, look: str) -> None:
        """`look` is lit, waiting or trouble."""
        self._look = look
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 Qt's name
        side = self._theme.pixels(DIAMETER)
        return QSize(side, side)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color({"lit": "accent", "trouble": "warning"}.get(self._look, "muted"))
        side = min(self.width(), self.height())
        circle = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        if self._look == "waiting":
            painter.setPen(QPen(color, 1.5))
            painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawEllipse(circle)
