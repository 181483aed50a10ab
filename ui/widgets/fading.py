"""A change that is seen, not a jump: what was there fades out over what has come. Nothing moves, and nothing waits for
it: keys and pointer are the new picture's from the first moment.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Property, QEasingCurve, QPropertyAnimation, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.theme import Theme

LONGEST_SECONDS = 0.04
SLOW = "slow"


def fade(place: QWidget, theme: Theme, change: Callable[[], None]) -> None:
    """Make a change inside of `place`; at once where the person wants no motion, nobody sees it, or a picture of it
    takes too long to be made on this computer.
    """
    if not theme.motion or not place.isVisible() or place.property(SLOW):
        change()
        return
    began = time.monotonic()
    before = _Before(place, place.grab())
    place.setProperty(SLOW, time.monotonic() - began > LONGEST_SECONDS)
    change()
    before.go(theme.motion)


class _Before(QWidget):
    """The picture of what was there."""

    def __init__(self, place: QWidget, picture: QPixmap) -> None:
        super().__init__(place)
        self._picture = picture
        self._left = 1.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(place.rect())

    def go(self, milliseconds: int) -> None:
        self.show()
        self.raise_()
        fading = QPropertyAnimation(self, b"left", self)
        fading.setDuration(milliseconds)
        fading.setStartValue(1.0)
        fading.setEndValue(0.0)
        fading.setEasingCurve(QEasingCurve.Type.OutCubic)
        fading.finished.connect(self.deleteLater)
        fading.start()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 Qt's name
        painter = QPainter(self)
        painter.setOpacity(self._left)
        painter.drawPixmap(0, 0, self._picture)

    def _get_left(self) -> float:
        return self._left

    def _set_left(self, left: float) -> None:
        self._left = left
        self.update()

    left = Property(float, _get_left, _set_left)
    """How much of it is still there, of one."""
