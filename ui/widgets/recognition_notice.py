"""What is said while text in a picture is read, when it can't be, and the button that gets what is missing for it.

Which packs there are, and everything else about them, is the Models page's.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from copilot.errors import RecognizerMissing
from copilot.failures import Failure
from indexer.reporter import Progress
from ui import wording
from ui.desk import Desk
from ui.fetching import PackFetch
from ui.tokens import GRID
from ui.widgets.parts import push, row, text_label
from ui.widgets.trouble import Trouble


class RecognitionNotice(QFrame):
    """Hidden until there is something to say."""

    resized = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._fetch = PackFetch(desk.outside)
        self._pack = ""
        self._says = text_label("", "muted", wraps=True)
        self._get = push(self.tr("Get text recognition"))
        self._trouble = Trouble()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID * 2)
        across = row(self._says, self._get)
        across.setStretch(0, 1)
        column.addLayout(across)
        column.addWidget(self._trouble)
        self._get.clicked.connect(self._get_pack)
        self._fetch.progressed.connect(self._show_progress)
        self._fetch.ended.connect(self._end)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said now; empty while nothing is."""
        if self.isHidden():
            return ""
        return self._trouble.sentence or self._says.text()

    @property
    def get_button(self) -> QPushButton:
        return self._get

    def tell(self, text: str) -> None:
        """One quiet sentence."""
        self._show(text)

    def say(self, failure: Failure) -> None:
        """Why a picture was not read."""
        if failure.code != RecognizerMissing.code:
            self._show("")
            self._trouble.say(failure)
        else:
            self._pack = dict(failure.facts).get("pack", "")
            self._show(self.tr("Text in pictures can be read once text recognition is on this computer."), get=True)
        self.resized.emit()

    def clear(self) -> None:
        """Nothing to say; a pack that is on its way comes all the same."""
        if not self._fetch.pack:
            self.hide()

    # --- inside

    def _show(self, text: str, *, get: bool = False) -> None:
        self._trouble.hide()
        self._says.setText(text)
        self._says.setVisible(bool(text))
        self._get.setVisible(get)
        self.show()
        self.resized.emit()

    def _get_pack(self) -> None:
        if self._fetch.possible and self._pack:
            self._fetch.start(self._pack)
            self._show(self.tr("Getting text recognition"))
        else:
            self._desk.wishes.page.emit("models")

    def _show_progress(self, progress: Progress) -> None:
        if progress.total:
            part = wording.number(100 * progress.done // progress.total)
            self._show(self.tr("Getting text recognition: {part} %").format(part=part))

    def _end(self, _: str, failure: Failure | None) -> None:
        if failure is not None:
            self._show("")
            self._trouble.say(failure)
            self.resized.emit()
        else:
            self._show(self.tr("Text recognition is here. Choose the picture once more."))
