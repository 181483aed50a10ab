"""What the window says at its edges: one quiet sentence at the foot that goes by itself, and a banner that stays until
it is answered. Neither takes the keyboard away.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.tokens import GRID
from ui.widgets.announcing import announce
from ui.widgets.keyboard import put_away
from ui.widgets.parts import push, set_role, text_label

SHOWN_MS = 6000
LONG_SHOWN_MS = 12_000
LONG = 80


class Notice(QLabel):
    """One sentence, floating at the foot of `parent` above everything in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setObjectName("notice")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, sentence: str) -> None:
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self.place()
        self.show()
        self.raise_()
        announce(self, sentence)
        self._timer.start(LONG_SHOWN_MS if len(sentence) > LONG else SHOWN_MS)

    def place(self) -> None:
        """To the middle of the foot; called again when the window changes its size."""
        room = self._room.rect()
        width = min(room.width() - GRID * 8, self.fontMetrics().horizontalAdvance(self.text()) + GRID * 12)
        width = min(width, GRID * 150)
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry((room.width() - width) // 2, room.height() - height - GRID * 5, width, height)


class Banner(QFrame):
    """A sentence, an advice and up to two buttons above the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "warning")
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID * 4, GRID * 3, GRID * 3, GRID * 3)
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        self._sentence = text_label("", "", wraps=True)
        self._advice = text_label("", "muted", wraps=True)
        words.addWidget(self._sentence)
        words.addWidget(self._advice)
        row.addLayout(words, 1)
        self._act = push("")
        self._leave = push(QCoreApplication.translate("Banner", "Dismiss"), "quiet")
        self._leave.clicked.connect(lambda: put_away(self))
        self._action: Callable[[], None] | None = None
        self._act.clicked.connect(self._do)
        row.addWidget(self._act, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._leave, 0, Qt.AlignmentFlag.AlignVCenter)
        self.about = ""
        """What it speaks of now, so that whoever showed it can take it away."""
        self.hide()

    def say(
        self, about: str, sentence: str, advice: str, button: str = "", action: Callable[[], None] | None = None
    ) -> None:
        self.about = about
        self._sentence.setText(sentence)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._act.setText(button)
        self._act.setVisible(bool(button))
        self._action = action
        self.setAccessibleName(f"{sentence} {advice}")
        set_role(self._sentence, "strong")
        self.show()
        announce(self, f"{sentence} {advice}".strip(), urgent=True)

    def clear(self, about: str) -> None:
        """Hide it if it still speaks of this."""
        if self.about == about:
            put_away(self)

    def _do(self) -> None:
        put_away(self)
        if self._action is not None:
            self._action()
