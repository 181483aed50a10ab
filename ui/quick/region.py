"""Choosing a part of the screen: the picture is taken, every screen dims, a rectangle is marked, the rest is let go.

The picture is taken first and shown dimmed, so the bar must be off the screen before `begin`. It lives in memory until
a part of it was taken or the person left, and is dropped with the overlays.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QCursor, QImage

from copilot.failures import Failure
from ui.quick import session
from ui.quick.capture import Captured, capture, cut
from ui.quick.region_overlay import RegionOverlay
from ui.theme import Theme
from ui.widgets.announcing import announce

GONE_MS = 180
"""What a compositor gets to take our own windows off the screen, fading included."""
BACK_MS = 90
"""What a window manager gets to give the keyboard back to the program below, before the bar asks for it."""
LOOK_MS = 60


class RegionChoice(QObject):
    """One choice at a time."""

    taken = Signal(QImage)
    left = Signal()
    failed = Signal(object)
    """Failure."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._overlays: tuple[RegionOverlay, ...] = ()
        self._under_way = False
        self._soon = QTimer(self, singleShot=True, interval=GONE_MS)
        self._soon.timeout.connect(lambda: capture(self._show, self._fail, owner=self))

    @property
    def overlays(self) -> tuple[RegionOverlay, ...]:
        return self._overlays

    @property
    def under_way(self) -> bool:
        return self._under_way

    def begin(self) -> None:
        """Nothing happens while a choice is under way."""
        if not self._under_way:
            self._under_way = True
            self._soon.start()

    def close(self) -> None:
        """Leave, unheard."""
        self._soon.stop()
        self._let_go()

    # --- inside

    def _show(self, captured: Captured) -> None:
        if not self._under_way:
            return
        if captured.part is not None:
            self._let_go()
            self.taken.emit(captured.part)
            return
        if not captured.shots:
            self._leave()
            return
        several = len(captured.shots) > 1
        self._overlays = tuple(RegionOverlay(shot, self._theme, several=several) for shot in captured.shots)
        for overlay in self._overlays:
            overlay.taken.connect(lambda part, overlay=overlay: self._take(overlay, part))
            overlay.left.connect(self._leave)
            overlay.next_wished.connect(lambda overlay=overlay: self._go_on_from(overlay))
            overlay.began.connect(lambda overlay=overlay: self._clear_others(overlay))
            overlay.cover()
        self._focus(self._under_pointer())

    def _under_pointer(self) -> RegionOverlay:
        at = QCursor.pos()
        return next((one for one in self._overlays if one.shot.place.contains(at)), self._overlays[0])

    def _focus(self, overlay: RegionOverlay) -> None:
        overlay.activateWindow()
        overlay.setFocus()
        announce(overlay, overlay.hint())
        QTimer.singleShot(LOOK_MS, overlay, lambda: self._insist(overlay))

    def _insist(self, overlay: RegionOverlay) -> None:
        if not any(one.isActiveWindow() for one in self._overlays):
            session.take_keyboard(int(overlay.winId()))

    def _go_on_from(self, overlay: RegionOverlay) -> None:
        at = self._overlays.index(overlay)
        self._focus(self._overlays[(at + 1) % len(self._overlays)])

    def _clear_others(self, overlay: RegionOverlay) -> None:
        for other in self._overlays:
            if other is not overlay:
                other.mark(QRect())

    def _take(self, overlay: RegionOverlay, part: QRect) -> None:
        image = cut(overlay.shot.image, overlay.rect(), part)
        self._let_go()
        QTimer.singleShot(BACK_MS, self, lambda: self.taken.emit(image))

    def _leave(self) -> None:
        self._let_go()
        self.left.emit()

    def _fail(self, failure: Failure) -> None:
        if not self._under_way:
            return
        self._let_go()
        self.failed.emit(failure)

    def _let_go(self) -> None:
        self._under_way = False
        overlays, self._overlays = self._overlays, ()
        for overlay in overlays:
            overlay.blockSignals(True)
            overlay.close()
            overlay.deleteLater()
