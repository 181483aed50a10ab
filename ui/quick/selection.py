"""The text that is selected in whatever program is in front, without pressing a key for anybody.

On X11 the primary selection holds it. Elsewhere what was copied within the last minute stands in.

Decision: no injected Ctrl+C, ever: in a terminal it kills what runs there.
"""

from __future__ import annotations

import enum
import time
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication

LONGEST = 20_000
"""Characters that are taken along; more is cut."""
FRESH_SECONDS = 60.0


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


class Selection(QObject):
    """Watches when the clipboard changes; reads only when asked."""

    def __init__(self) -> None:
        super().__init__()
        self._copied_at = 0.0
        self._seen = ""
        QGuiApplication.clipboard().dataChanged.connect(self._note_copy)

    def read(self) -> Selected | None:
        """What is selected now, unless it is what was seen to before: a selection stays for hours after its use."""
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

    def _note_copy(self) -> None:
        self._copied_at = time.monotonic()


def _trimmed(text: str) -> str:
    return text.strip()[:LONGEST]
