"""The bar's window: frameless, above all others, on the screen where the pointer is, as high as what is in it.

What is in it is bar.py's.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QPaintEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.quick import session
from ui.quick.shadow import paint_shadow
from ui.theme import Theme
from ui.tokens import QUICK_SHADOW, QUICK_WIDTH

LOOK_MS = 30
"""What a window manager gets to give us the keyboard before it is asked again."""
SETTLE_MS = 500
"""After it came: a window manager may still be giving the keyboard back to another program, as it does when an overlay
of ours has gone. Nobody clicks elsewhere as soon as that."""
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
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._room = _room()
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
        screens = QGuiApplication.instance()
        assert isinstance(screens, QGuiApplication)
        for changed in (screens.screenRemoved, screens.screenAdded, screens.primaryScreenChanged):
            changed.connect(self._follow_screens)

    def come(self) -> None:
        """To the front of everything, with the keyboard."""
        self.fit()
        self._place()
        self._awaited = True
        self._settling.start()
        self.show()
        self.raise_()
        self.activateWindow()
        QTimer.singleShot(LOOK_MS, self, self._insist)

    def _insist(self) -> None:
        if self.isVisible() and not self.isActiveWindow():
            session.take_keyboard(int(self.winId()))

    def _place(self) -> None:
        """Where it comes: in the middle of the pointer's screen, and wholly on it."""
        self._room = _room()
        below = self._room.y() + round(self._room.height() * FROM_TOP)
        self.move(self._room.x() + (self._room.width() - self.width()) // 2, below)
        self._keep_on_screen()

    def _keep_on_screen(self) -> None:
        """What grew below the screen's edge goes up as far as it must."""
        lowest = max(self._room.top(), self._room.bottom() + 1 - self.height())
        if self.y() > lowest:
            self.move(self.x(), lowest)

    def _follow_screens(self, _: QScreen) -> None:
        """A screen came or went: the bar must not stay where nothing is any more."""
        QTimer.singleShot(0, self, self._come_back)

    def _come_back(self) -> None:
        if self.isVisible():
            self.fit()
            self._place()

    def fit(self) -> None:
        """As wide as it always is, unless the screen is narrower; as high as its content."""
        room = self._room if self.isVisible() else _room()
        self.setFixedWidth(min(self._theme.pixels(QUICK_WIDTH) + 2 * self._margin, room.width()))
        for layout in (self.column, self._edge):
            layout.invalidate()
            layout.activate()
        self.setFixedHeight(self._edge.sizeHint().height())
        if self.isVisible():
            self._keep_on_screen()

    def warm(self) -> None:
        """Everything that the first showing would have to do is done now: window, fonts, layout, one picture."""
        self.winId()
        self.ensurePolished()
        self.fit()
        self.grab()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 Qt's name
        if event.type() is QEvent.Type.ActivationChange and self.isVisible() and not self.isActiveWindow():
            if self._settling.isActive():
                self._settling.stop()  # asks once: whoever takes the keyboard then means it
                QTimer.singleShot(LOOK_MS, self, self._insist)
            else:
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


def _room() -> QRect:
    """What there is of the screen with the pointer, without panels."""
    screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()
