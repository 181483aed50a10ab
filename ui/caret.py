"""A caret that stands still after a while: blinking wakes the program and draws, twice a second, while nobody types."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

STILL_AFTER_MS = 10_000
_TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit)
_STIRS = frozenset((QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.MouseButtonPress))


class Caret(QObject):
    """One for the whole program. Listens to nothing but the field that has the keyboard."""

    def __init__(self, application: QApplication, still_after_ms: int = STILL_AFTER_MS) -> None:
        super().__init__(application)
        self._hints = application.styleHints()
        self._blink_ms = self._hints.cursorFlashTime()
        self._field: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(still_after_ms)
        self._timer.timeout.connect(lambda: self._hints.setCursorFlashTime(0))
        application.focusChanged.connect(self._follow)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802 Qt's name
        if event.type() in _STIRS:
            self._stir()
        return False

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        self._timer.stop()
        if isinstance(new, _TEXTS):
            new.installEventFilter(self)
            self._stir()

    def _stir(self) -> None:
        if self._hints.cursorFlashTime() != self._blink_ms:
            self._hints.setCursorFlashTime(self._blink_ms)
        self._timer.start()
