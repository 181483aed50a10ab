"""The text that is selected in whatever program is in front, without pressing a key for anybody.

On X11 the primary selection holds it. On Windows the program in front is asked (windows_selection.py), which takes a
moment. Elsewhere, and until an answer is there, what was copied within the last minute stands in.

Decision: no injected Ctrl+C, ever: in a terminal it kills what runs there.
"""

from __future__ import annotations

import enum
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from ui import background
from ui.quick.windows_selection import Win32, WindowsSelection

LONGEST = 20_000
"""Characters that are taken along; more is cut."""
FRESH_SECONDS = 60.0
REMEMBER_SECONDS = 0.06
"""What the program in front gets to say which of its parts has the keyboard, before the bar takes it."""


class Source(enum.StrEnum):
    """Where a text was taken from."""

    SELECTED = "selected"
    COPIED = "copied"
    """The clipboard, not a selection."""
    SCREEN = "screen"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Selected:
    """A text that the person pointed at."""

    text: str
    source: Source = Source.SELECTED


class Asked(Protocol):
    """A way to ask the program in front: WindowsSelection, or a test's."""

    def read(self, looked: Callable[[], None]) -> str: ...


class Selection(QObject):
    """Watches when the clipboard changes; reads only when asked."""

    answered = Signal()
    """The program in front has answered, or can't: `read` knows more now."""

    def __init__(self, asked: Asked | None = None) -> None:
        super().__init__()
        self._asked = asked or _way()
        self._answer = ""
        self.pending = False
        """Whether an answer is on its way."""
        self._copied_at = 0.0
        self._seen = ""
        QGuiApplication.clipboard().dataChanged.connect(self._note_copy)

    def ask(self) -> None:
        """Ask the program in front, where there is a way, before the bar takes the keyboard from it."""
        asked = self._asked
        if asked is None or self.pending:
            return
        self._answer, self.pending = "", True
        looked = threading.Event()
        background.run(lambda: asked.read(looked.set), self._take, lambda _: self._take(""), owner=self)
        looked.wait(REMEMBER_SECONDS)

    def read(self) -> Selected | None:
        """What is selected now, unless it is what was seen to before: a selection stays for hours after its use."""
        if self._answer and self._answer != self._seen:
            return Selected(self._answer)
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection() and not clipboard.ownsSelection():
            text = _trimmed(clipboard.text(QClipboard.Mode.Selection))
            if text and text != self._seen:
                return Selected(text)
        if time.monotonic() - self._copied_at < FRESH_SECONDS and not clipboard.ownsClipboard():
            text = _trimmed(clipboard.text(QClipboard.Mode.Clipboard))
            if text and text != self._seen:
                return Selected(text, Source.COPIED)
        return None

    def forget(self, selected: Selected) -> None:
        """It was used or put aside: do not offer it again."""
        self._seen = selected.text

    def _take(self, text: str) -> None:
        self._answer, self.pending = _trimmed(text), False
        self.answered.emit()

    def _note_copy(self) -> None:
        self._copied_at = time.monotonic()


def _way() -> Asked | None:
    return WindowsSelection(lambda: Win32(LONGEST)) if sys.platform == "win32" else None


def _trimmed(text: str) -> str:
    return text.strip()[:LONGEST]
