"""Whether the library is whole, and mending it: two buttons' worth of work that the engine does, said in words."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from copilot.calls import CheckLibrary
from copilot.failures import Failure
from indexer.store.records import CheckReport
from ui import wording
from ui.desk import Desk
from ui.messages import said
from ui.tokens import GRID
from ui.widgets.parts import push, set_role, text_label


class LibraryCheck(QWidget):
    """Checks first; where something is wrong the button mends it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._mends = False
        self.button = push(self.tr("Check the library"))
        self.button.clicked.connect(self._start)
        self._says = text_label("", "muted", wraps=True)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GRID * 3)
        across.addWidget(self.button)
        across.addWidget(self._says, 1)

    @property
    def sentence(self) -> str:
        return self._says.text()

    def _start(self) -> None:
        self.button.setEnabled(False)
        self._say(self.tr("Mending the library.") if self._mends else self.tr("Looking through the library."))
        self._desk.link.perform(CheckLibrary(self._mends), done=self._tell, failed=self._fail, owner=self)

    def _tell(self, report: CheckReport) -> None:
        self.button.setEnabled(True)
        files = wording.files(report.files)
        if not report.problems:
            self._offer(mends=False)
            self._say(self.tr("The library is whole: {files}.").format(files=files), "good")
        elif report.sound:
            self._offer(mends=False)
            self._say(self.tr("The library is mended. What could not be kept is read again."), "good")
        else:
            self._offer(mends=True)
            self._say(
                self.tr("%Ln problem(s) found. Your own files are not affected.", "", len(report.problems)), "warning"
            )

    def _fail(self, failure: Failure) -> None:
        self.button.setEnabled(True)
        self._offer(mends=failure.code == "store_damaged" and not self._mends)
        self._say(wording.sentences(*said(failure)), "warning")

    def _offer(self, *, mends: bool) -> None:
        self._mends = mends
        self.button.setText(self.tr("Repair the library") if mends else self.tr("Check the library"))

    def _say(self, words: str, role: str = "muted") -> None:
        self._says.setText(words)
        set_role(self._says, role)
