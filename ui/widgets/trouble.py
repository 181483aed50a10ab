"""An error beside the thing it is about: one sentence of what happened, one of what to do."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from copilot.failures import Failure, failure_of
from indexer.errors import NearsideError
from ui.messages import said
from ui.tokens import GRID
from ui.widgets.announcing import announce
from ui.widgets.parts import text_label


class Trouble(QFrame):
    """Hidden until there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "warning")
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 2, GRID * 3, GRID * 2)
        column.setSpacing(GRID // 2)
        self._sentence = text_label("", "warning", wraps=True)
        self._advice = text_label("", "muted", wraps=True)
        column.addWidget(self._sentence)
        column.addWidget(self._advice)
        self.hide()

    def say(self, failure: Failure | NearsideError) -> None:
        if isinstance(failure, NearsideError):
            failure = failure_of(failure)
        self.tell(*said(failure))

    def tell(self, sentence: str, advice: str = "") -> None:
        said, known = f"{sentence} {advice}".strip(), not self.isHidden() and self.accessibleName()
        self._sentence.setText(sentence)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.setAccessibleName(said)
        self.show()
        if said != known:
            announce(self, said, urgent=True)

    @property
    def sentence(self) -> str:
        return self._sentence.text() if not self.isHidden() else ""
