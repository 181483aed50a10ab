"""What the bar was given to work on: text selected elsewhere, text read from a part of the screen or from a picture.

One text at a time: what was chosen last takes the place of what was there. What is done with it is bar.py's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QVBoxLayout

from copilot.failures import Failure
from copilot.reports import PictureText
from ui import picture_text
from ui.desk import Desk
from ui.engine_link import Ticket
from ui.quick.region import RegionChoice
from ui.quick.selection import LONGEST, Selected, Selection, Source
from ui.quick.selection_strip import SelectionStrip
from ui.tokens import GRID
from ui.widgets.announcing import announce
from ui.widgets.recognition_notice import RecognitionNotice


class Given(QFrame):
    """The strip under the field. `selected` is the text; None while there is none."""

    chosen = Signal(str)
    """What is to be done with it: ask, summarize, translate, rewrite or explain."""
    put_aside = Signal()
    resized = Signal()
    called = Signal()
    """A part of the screen was chosen: the bar is wanted again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.selected: Selected | None = None
        self.selection = Selection()
        self.strip = SelectionStrip()
        self.region = RegionChoice(desk.theme)
        self.notice = RecognitionNotice(desk)
        self._reading: Ticket | None = None
        self._then: Callable[[], None] | None = None
        holder = QVBoxLayout()
        holder.setContentsMargins(GRID * 5, GRID * 3, GRID * 5, GRID * 3)
        holder.addWidget(self.notice)
        self._noted = QFrame()
        self._noted.setLayout(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self._noted)
        self.strip.chosen.connect(self.chosen)
        self.strip.resized.connect(self.resized)
        self.strip.dismissed.connect(self._dismiss)
        self.notice.resized.connect(self._fit)
        self.region.taken.connect(self._take_screen)
        self.region.failed.connect(self._fail_screen)
        self._fit()

    @property
    def empty(self) -> bool:
        return self.selected is None and self.notice.isHidden()

    @property
    def busy(self) -> bool:
        """Whether a picture is being read."""
        return self._reading is not None

    def look(self) -> None:
        """Take what is selected in the other program, unless there is something already."""
        if self.selected is None and not self.busy:
            self._offer(self.selection.read())

    def when_known(self, then: Callable[[], None]) -> None:
        """Look, and call `then` once the other program has answered, where one is asked."""
        self.look()
        if self.selection.pending:
            self._then = then
        else:
            then()

    def look_again(self) -> None:
        """The other program has answered: what is selected comes before what was copied."""
        if not self.busy and (self.selected is None or self.selected.source is Source.COPIED):
            self._offer(self.selection.read())
        then, self._then = self._then, None
        if then is not None:
            then()

    def use(self) -> None:
        """It was used or put aside: it is not offered again."""
        if self.selected is not None:
            self.selection.forget(self.selected)
        self.clear()

    def clear(self) -> None:
        self._drop()
        self._then = None
        self.notice.clear()
        self._offer(None)

    def read(self, image: QImage, source: Source) -> None:
        """Have the text in a picture read, and take it."""
        self.clear()
        self.notice.tell(
            QCoreApplication.translate("Quick", "Reading the text on the screen")
            if source is Source.SCREEN
            else QCoreApplication.translate("Quick", "Reading the text in the picture")
        )
        self._reading = picture_text.read(
            self._desk.link, image, lambda found: self._take(found, source), self._fail, owner=self
        )

    def close_all(self) -> None:
        """The program ends."""
        self.region.close()
        self._drop()

    # --- inside

    def _take_screen(self, image: QImage) -> None:
        self.called.emit()
        self.read(image, Source.SCREEN)

    def _fail_screen(self, failure: Failure) -> None:
        self.called.emit()
        self._fail(failure)

    def _take(self, found: PictureText, source: Source) -> None:
        self._reading = None
        text = found.text.strip()[:LONGEST]
        if text:
            self.notice.clear()
            self._offer(Selected(text, source))
            announce(self, QCoreApplication.translate("Quick", "Text was recognized: {text}").format(text=text))
        else:
            self.notice.tell(QCoreApplication.translate("Quick", "No text was recognized there."))

    def _fail(self, failure: Failure) -> None:
        self._reading = None
        self.notice.say(failure)

    def _dismiss(self) -> None:
        self.use()
        self.put_aside.emit()

    def _offer(self, selected: Selected | None) -> None:
        self.selected = selected
        self.strip.offer(selected)
        self._fit()

    def _drop(self) -> None:
        if self._reading is not None:
            self._reading.drop()
            self._reading = None

    def _fit(self) -> None:
        self._noted.setVisible(not self.notice.isHidden())
        self.setVisible(not self.empty)
        self.resized.emit()
