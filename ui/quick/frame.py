"""The bar's window: frameless, above all others, on the screen where the pointer is, as high as what is in it.

What is in it is bar.py's.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.quick import session
from ui.quick.shadow import paint_shadow
from ui.theme import Theme
from ui.tokens import QUICK_SHADOW, QUICK_WIDTH

LOOK_MS = 30
"""What a window manager gets to give us the keyboard before it is asked again."""
FROM_TOP = 0.22
"""Of the screen's height."""


class QuickFrame(QWidget):
    """Hidden when it loses the keyboard."""

    shown_first = Signal()
    """The first picture after a key is on the screen."""

    def __init__(self, theme: Theme) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags)
        self._theme = theme
        self._awaited = False
        self._translucent = session.composited()
        self._margin = QUICK_SHADOW if self._translucent else 1
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self._translucent)
        self.setObjectName("quickBar")
        inside = QFrame()
        inside.setObjectName("quickCard")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self._edge = QVBoxLayout(self)
        self._edge.setContentsMargins(self._margin, self._margin, self._margin, self._margin)
        self._edge.addWidget(inside)

    def come(self) -> None:
        """To the front of everything, with the keyboard."""
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        self.move(room.x() + (room.width() - self.width()) // 2, room.y() + round(room.height() * FROM_TOP))
        self._awaited = True
        self.show()
        self.raise_()
        self.activateWindow()
        QTimer.singleShot(LOOK_MS, self, self._insist)

    def _insist(self) -> None:
        if self.isVisible() and not self.isActiveWindow():
            session.take_keyboard(int(self.winId()))

    def fit(self) -> None:
        """As wide as it always is, as high as its content."""
        self.setFixedWidth(self._theme.pixels(QUICK_WIDTH) + 2 * self._margin)
        for layout in (self.column, self._edge):
            layout.invalidate()
            layout.activate()
        self.setFixedHeight(self._edge.sizeHint().height())

    def warm(self) -> None:
        """Everything that the first showing would have to do is done now: window, fonts, layout, one picture."""
        self.winId()
        self.ensurePolished()
        self.fit()
        self.grab()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 Qt's name
        if event.type() is QEvent.Type.ActivationChange and self.isVisible() and not self.isActiveWindow():
            self.hide()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 Qt's name
        super().showEvent(event)
        self.fit()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 Qt's name
        paint_shadow(self, self._theme, QUICK_SHADOW if self._translucent else 0)
        if self._awaited:
            self._awaited = False
            QTimer.singleShot(0, self, self.shown_first.emit)
