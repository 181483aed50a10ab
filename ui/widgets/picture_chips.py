"""Pictures that were put into a question: each a chip that says how many words were read in it, shows them on a click
and can be left out. Their text is the person's own, as if it had been typed: it stands above the question, and what of
it would leave is shown before it does.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from copilot.failures import Failure
from copilot.reports import PictureText
from ui import picture_text
from ui.desk import Desk
from ui.engine_link import Ticket
from ui.tokens import GRID
from ui.widgets.announcing import announce
from ui.widgets.flow import Flow
from ui.widgets.parts import push
from ui.widgets.recognition_notice import RecognitionNotice

WHOLE_ROWS = 30
"""Height of a picture's whole text, in steps of the grid; more of it scrolls."""


class PictureChips(QFrame):
    """Hidden while there is no picture."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._chips: list[_Chip] = []
        self._reading = 0
        self._round = 0
        self._tickets: list[Ticket] = []
        self.notice = RecognitionNotice(desk)
        self._whole = QPlainTextEdit(readOnly=True)
        self._whole.setProperty("kind", "exact")
        self._whole.setTabChangesFocus(True)
        self._whole.setFixedHeight(GRID * WHOLE_ROWS)
        self._whole.setAccessibleName(self.tr("Text in the picture"))
        holder = QWidget()
        self._flow = Flow(across=GRID * 2, down=GRID)
        holder.setLayout(self._flow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID * 2)
        for widget in (self.notice, holder, self._whole):
            column.addWidget(widget)
        self.notice.resized.connect(self._show_what_there_is)
        self._show_what_there_is()

    @property
    def text(self) -> str:
        """Of all pictures, in the order in which they came."""
        return "\n\n".join(chip.text for chip in self._chips)

    @property
    def chips(self) -> tuple[_Chip, ...]:
        return tuple(self._chips)

    @property
    def whole(self) -> QPlainTextEdit:
        return self._whole

    @property
    def busy(self) -> bool:
        """Whether a picture is being read."""
        return self._reading > 0

    def read_image(self, image: QImage) -> None:
        """A picture that was pasted or dropped."""
        self._begin()
        turn = self._round
        self._tickets.append(
            picture_text.read(
                self._desk.link,
                image,
                lambda found: self._take(found, turn),
                lambda failure: self._fail(failure, turn),
                owner=self,
            )
        )

    def read_files(self, paths: tuple[str, ...]) -> None:
        """Pictures that lie on this computer outside the library."""
        turn = self._round
        for path in paths:
            self._begin()
            picture_text.read_file(
                self._desk.link,
                path,
                lambda found: self._take(found, turn),
                lambda failure: self._fail(failure, turn),
                owner=self,
            )

    def clear(self) -> None:
        """The question went out, or the pictures are not wanted any more."""
        self._round += 1
        self._reading = 0
        for ticket in self._tickets:
            ticket.drop()
        self._tickets = []
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = []
        self.notice.clear()
        self._show_what_there_is()

    # --- inside

    def _begin(self) -> None:
        self._reading += 1
        self.notice.tell(self.tr("Reading the text in the picture"))

    def _take(self, found: PictureText, turn: int) -> None:
        if turn != self._round:
            return
        self._reading -= 1
        text = found.text.strip()
        if not text:
            self.notice.tell(self.tr("No text was recognized in the picture."))
        else:
            self.notice.clear()
            chip = _Chip(text)
            chip.left_out.connect(lambda: self._leave_out(chip))
            chip.shown.connect(lambda shown: self._look_at(chip, shown=shown))
            self._chips.append(chip)
            self._flow.addWidget(chip)
            announce(self, chip.says)
        self._show_what_there_is()
        self.changed.emit()

    def _fail(self, failure: Failure, turn: int) -> None:
        if turn == self._round:
            self._reading -= 1
            self.notice.say(failure)
            self.changed.emit()

    def _leave_out(self, chip: _Chip) -> None:
        self._chips.remove(chip)
        self._flow.removeWidget(chip)
        chip.deleteLater()
        self._show_what_there_is()
        self.changed.emit()

    def _look_at(self, chip: _Chip, *, shown: bool) -> None:
        for other in self._chips:
            if other is not chip:
                other.fold()
        self._whole.setPlainText(chip.text if shown else "")
        self._show_what_there_is()

    def _show_what_there_is(self) -> None:
        open_one = any(chip.open for chip in self._chips)
        if not open_one:
            self._whole.clear()
        self._whole.setVisible(open_one)
        self.setVisible(bool(self._chips) or not self.notice.isHidden())


class _Chip(QFrame):
    """One picture."""

    shown = Signal(bool)
    left_out = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.says = self.tr("Picture: %n word(s)", "", picture_text.count_words(text))
        self._look = push(self.says, "chip", name=self.tr("{picture}. Show the text").format(picture=self.says))
        self._look.setCheckable(True)
        self._look.toggled.connect(self.shown)
        self._leave = push(self.tr("Leave out"), "link", name=self.tr("Ask without this picture"))
        self._leave.clicked.connect(self.left_out)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GRID)
        across.addWidget(self._look)
        across.addWidget(self._leave)

    @property
    def look_button(self) -> QPushButton:
        return self._look

    @property
    def leave_button(self) -> QPushButton:
        return self._leave

    @property
    def open(self) -> bool:
        return self._look.isChecked()

    def fold(self) -> None:
        self._look.setChecked(False)
