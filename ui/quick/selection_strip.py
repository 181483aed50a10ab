"""What is selected in the other program, and what can be made of it: a line of text and five buttons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QVBoxLayout

from ui.quick.selection import Selected, Source
from ui.tokens import GRID
from ui.widgets.parts import push, row, text_label

WHOLE_ROWS = 30
"""Height of the whole text, in steps of the grid; more of it scrolls."""
SHOWN = 90
"""Characters of the selected text that are shown."""


class SelectionStrip(QFrame):
    chosen = Signal(str)
    """ask, summarize, translate, rewrite or explain."""
    dismissed = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._flat = ""
        self._source = text_label("", "muted")
        self._text = text_label("", "")
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = QPlainTextEdit(readOnly=True)
        self._whole.setProperty("kind", "exact")
        self._whole.setTabChangesFocus(True)
        self._whole.setFixedHeight(GRID * WHOLE_ROWS)
        self._look = push(QCoreApplication.translate("Quick", "Show"), "quiet")
        self._look.setCheckable(True)
        self._look.toggled.connect(self._show_whole)
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
        head = row(self._source, self._text, self._look, self._leave)
        head.setStretch(1, 1)
        column.addLayout(head)
        column.addWidget(self._whole)
        column.addLayout(row(*buttons, None))
        self.hide()

    def offer(self, selected: Selected | None) -> None:
        """Show what is selected; hide where nothing is."""
        self.setVisible(selected is not None)
        self._look.setChecked(False)
        self._whole.setVisible(False)
        if selected is None:
            self._whole.clear()
            self._flat = ""
            self._text.clear()
            return
        sources = {
            Source.SELECTED: QCoreApplication.translate("Quick", "Selected:"),
            Source.COPIED: QCoreApplication.translate("Quick", "Copied:"),
            Source.SCREEN: QCoreApplication.translate("Quick", "Text from the screen:"),
            Source.PICTURE: QCoreApplication.translate("Quick", "Text from the picture:"),
        }
        self._source.setText(sources[selected.source])
        self._whole.setPlainText(selected.text)
        self._whole.setAccessibleName(sources[selected.source].rstrip(":："))
        flat = " ".join(selected.text.split())
        self._flat = flat if len(flat) <= SHOWN else f"{flat[: SHOWN - 1]}…"
        self._text.setAccessibleName(self._flat)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt's name
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._elide)

    def _elide(self) -> None:
        room = self._text.width()
        self._text.setText(QFontMetrics(self._text.font()).elidedText(self._flat, Qt.TextElideMode.ElideRight, room))

    def _show_whole(self, shown: bool) -> None:
        self._whole.setVisible(shown)
        self._look.setText(
            QCoreApplication.translate("Quick", "Hide") if shown else QCoreApplication.translate("Quick", "Show")
        )
        self.resized.emit()

    def doing(self, action: str) -> str:
        """What is said while the action runs."""
        return {
            "summarize": QCoreApplication.translate("Quick", "Summarizing on this computer"),
            "translate": QCoreApplication.translate("Quick", "Translating on this computer"),
            "rewrite": QCoreApplication.translate("Quick", "Rewriting on this computer"),
            "explain": QCoreApplication.translate("Quick", "Explaining on this computer"),
        }.get(action, "")
