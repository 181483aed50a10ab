"""What is selected in the other program, and what can be made of it: a line of text and five buttons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from ui.quick.selection import Selected
from ui.tokens import GRID
from ui.widgets.parts import push, row, text_label

SHOWN = 90
"""Characters of the selected text that are shown."""


class SelectionStrip(QFrame):
    chosen = Signal(str)
    """ask, summarize, translate, rewrite or explain."""
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._source = text_label("", "muted")
        self._text = text_label("", "")
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._leave = push(QCoreApplication.translate("Quick", "Leave out"), "quiet")
        self._leave.clicked.connect(self.dismissed)
        names = {
            "ask": QCoreApplication.translate("Quick", "Ask about it"),
            "summarize": QCoreApplication.translate("Quick", "Summarize"),
            "translate": QCoreApplication.translate("Quick", "Translate"),
            "rewrite": QCoreApplication.translate("Quick", "Rewrite"),
            "explain": QCoreApplication.translate("Quick", "Explain"),
        }
        self.choices = tuple(names)
        buttons = []
        for number, (action, title) in enumerate(names.items(), 1):
            button = push(title, "chip")
            button.setToolTip(f"Alt+{number}")
            button.clicked.connect(lambda _, action=action: self.chosen.emit(action))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            buttons.append(button)
        self.setFocusProxy(buttons[0])
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 5, GRID * 3, GRID * 5, GRID * 3)
        column.setSpacing(GRID * 2)
        head = row(self._source, self._text, self._leave)
        head.setStretch(1, 1)
        column.addLayout(head)
        column.addLayout(row(*buttons, None))
        self.hide()

    def offer(self, selected: Selected | None) -> None:
        """Show what is selected; hide where nothing is."""
        self.setVisible(selected is not None)
        if selected is None:
            return
        copied, chosen = (
            QCoreApplication.translate("Quick", "Copied:"),
            QCoreApplication.translate("Quick", "Selected:"),
        )
        self._source.setText(copied if selected.copied else chosen)
        flat = " ".join(selected.text.split())
        shown = flat if len(flat) <= SHOWN else f"{flat[: SHOWN - 1]}…"
        self._text.setText(QFontMetrics(self._text.font()).elidedText(shown, Qt.TextElideMode.ElideRight, GRID * 140))
        self._text.setAccessibleName(shown)

    def doing(self, action: str) -> str:
        """What is said while the action runs."""
        return {
            "summarize": QCoreApplication.translate("Quick", "Summarizing on this computer"),
            "translate": QCoreApplication.translate("Quick", "Translating on this computer"),
            "rewrite": QCoreApplication.translate("Quick", "Rewriting on this computer"),
            "explain": QCoreApplication.translate("Quick", "Explaining on this computer"),
        }.get(action, "")
