"""Two inputs dressed as the rest of the window: a list to choose from, and a switch."""

from __future__ import annotations

import sys

from PySide6.QtCore import Property as QtProperty
from PySide6.QtCore import QEasingCurve, QPointF, QPropertyAnimation, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QComboBox, QStyledItemDelegate

from ui.theme import Theme
from ui.tokens import GRID
from ui.widgets.page_frame import guard_wheel

CHEVRON = 4.0
TRACK = (36, 20)
GAP = 2.0


class Choice(QComboBox):
    """A combo box with the theme's own arrow; the wheel changes it only while it has the keyboard."""

    def __init__(self, theme: Theme, name: str, *, quiet: bool = False) -> None:
        """`quiet` shows the value as plain text until the pointer or the keyboard is on it."""
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        if sys.platform.startswith("linux"):
            self.setAccessibleDescription(name)  # there Qt tells what is chosen as a combo box's name, never its own
        if quiet:
            self.setProperty("kind", "quiet")
        self.setItemDelegate(QStyledItemDelegate(self))  # the one of its own knows nothing of the style sheet
        guard_wheel(self)

    def fill(self, rows: tuple[tuple[str, str], ...], chosen: str) -> None:
        """(value, words) in order; a value that is not among them shows nothing."""
        self.clear()
        for value, words in rows:
            self.addItem(words, value)
        self.setCurrentIndex(self.findData(chosen))

    @property
    def value(self) -> str:
        return str(self.currentData() or "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        reach = self._theme.pixels(CHEVRON)
        middle = QPointF(self.width() - reach - self._theme.pixels(GRID * 2.5), self.height() / 2)
        painter.setPen(QPen(self._theme.color("muted"), self._theme.pixels(1.5)))
        painter.drawPolyline(
            QPolygonF(
                [
                    middle + QPointF(-reach, -reach / 2),
                    middle + QPointF(0, reach / 2),
                    middle + QPointF(reach, -reach / 2),
                ]
            )
        )


class Switch(QAbstractButton):
    """On or off. A screen reader takes it for a check box, which it is."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._at = 0.0
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._slide = QPropertyAnimation(self, b"at", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.toggled.connect(self._move)

    def sizeHint(self) -> QSize:  # noqa: N802 Qt's name
        width, height = TRACK
        return QSize(self._theme.pixels(width), self._theme.pixels(height))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt's name
        return self.sizeHint()

    def _move(self, on: bool) -> None:
        self._slide.stop()
        if not self.isVisible() or not self._theme.motion:
            self._set_at(float(on))
            return
        self._slide.setDuration(self._theme.motion)
        self._slide.setStartValue(self._at)
        self._slide.setEndValue(float(on))
        self._slide.start()

    def _get_at(self) -> float:
        return self._at

    def _set_at(self, at: float) -> None:
        self._at = at
        self.update()

    at = QtProperty(float, _get_at, _set_at)
    """Where the knob is: 0 off, 1 on."""

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = (self._theme.pixels(length) for length in TRACK)
        track = QRectF(self.width() - width, (self.height() - height) / 2, width, height).adjusted(1, 1, -1, -1)
        height = round(track.height())
        focused = self.hasFocus()
        painter.setPen(QPen(self._theme.color("ink") if focused else self._border(), 2 if focused else 1))
        painter.setBrush(self._fill())
        painter.drawRoundedRect(track, height / 2, height / 2)
        knob = height - GAP * 3
        left = track.left() + GAP * 1.5 + self._at * (track.width() - height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("on_accent" if self._at > 0.5 else "muted"))
        painter.drawEllipse(QRectF(left, track.top() + GAP * 1.5, knob, knob))

    def _fill(self) -> QColor:
        if not self.isEnabled():
            return self._theme.color("line")
        return self._theme.color("accent" if self._at > 0.5 else "card")

    def _border(self) -> QColor:
        return self._theme.color("accent" if self._at > 0.5 and self.isEnabled() else "muted")

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt's name
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)
