"""The bar's answer, in place: text as it is written, where it comes from, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from copilot.conversation import Answer
from copilot.failures import Failure
from copilot.reports import Composed
from ui import messages, wording
from ui.desk import Desk
from ui.tokens import GRID
from ui.widgets.announcing import Reading, announce
from ui.widgets.answer_view import AnswerView
from ui.widgets.citation_chip import place_of
from ui.widgets.parts import push, row, text_label
from ui.widgets.turn_view import doubts_of
from ui.wishes import Place

TALLEST = 320


class ResultPane(QFrame):
    """Hidden until something is asked."""

    copied = Signal()
    paste_wished = Signal()
    chat_wished = Signal()
    stop_wished = Signal()
    resized = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._places: dict[int, Place] = {}
        self.view = AnswerView(desk.theme)
        self._reading = Reading(self.view)
        self.view.setAccessibleName(QCoreApplication.translate("Quick", "Answer"))
        self.view.cited.connect(self._show_citation)
        self.view.grown.connect(self._fit)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(GRID * 5, GRID * 3, GRID * 5, GRID)
        inside.addWidget(self.view)
        inside.addStretch(1)
        self._scroll.setWidget(holder)
        self._origin = text_label("", "muted", wraps=True)
        self._stop = push(QCoreApplication.translate("Quick", "Stop"), "quiet")
        self._copy = push(QCoreApplication.translate("Quick", "Copy"), "quiet")
        self._paste = push(QCoreApplication.translate("Quick", "Paste into the text"), "quiet")
        self._chat = push(QCoreApplication.translate("Quick", "Open in chat"), "quiet")
        for button, signal in (
            (self._stop, self.stop_wished),
            (self._copy, self.copied),
            (self._paste, self.paste_wished),
            (self._chat, self.chat_wished),
        ):
            button.clicked.connect(signal)
        foot = row(self._origin, self._stop, self._copy, self._paste, self._chat)
        foot.setStretch(0, 1)
        foot.setContentsMargins(GRID * 5, 0, GRID * 3, GRID * 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll)
        column.addLayout(foot)
        self.hide()

    @property
    def ready(self) -> bool:
        """Whether what was asked for is all here."""
        return self._copy.isVisibleTo(self)

    @property
    def text(self) -> str:
        return self.view.text

    def begin(self, waiting: str) -> None:
        """Something was asked; `waiting` says what is being done."""
        self._places = {}
        self.view.finish("")
        self._origin.setText(waiting)
        self._reading = Reading(self.view)
        announce(self.view, waiting)
        self._offer(stop=True)
        self.show()
        self._fit()

    def grow(self, piece: str) -> None:
        self.view.grow(piece)
        self._reading.grow(piece)

    def finish_answer(self, answer: Answer) -> None:
        self._places = {citation.marker: place_of(citation) for citation in answer.citations}
        self.view.finish(answer.text, answer.citations if answer.found else (), doubts_of(answer))
        told = QCoreApplication.translate("Quick", "Answered on {device} in {time}").format(
            device=wording.device(answer.origin.device), time=wording.seconds(answer.seconds.total)
        )
        self._origin.setText(told if answer.origin.model else "")
        self._reading.finish(answer.text, self._origin.text())
        self._offer(copy=True, chat=True)

    def finish_text(self, composed: Composed, *, paste: bool) -> None:
        self.view.finish(composed.text)
        self._origin.setText(
            QCoreApplication.translate("Quick", "Written on {device} in {time}").format(
                device=wording.device(composed.origin.device), time=wording.seconds(composed.seconds)
            )
        )
        self._reading.finish(composed.text, self._origin.text())
        self._offer(copy=True, paste=paste)

    def fail(self, failure: Failure) -> None:
        sentence, advice = messages.said(failure)
        self._origin.setText("")
        self.view.finish(f"{sentence} {advice}")
        announce(self.view, f"{sentence} {advice}", urgent=True)
        self._offer()

    def stopped(self) -> None:
        self._origin.setText(QCoreApplication.translate("Quick", "Stopped"))
        self._offer(copy=bool(self.text))

    def _offer(self, *, stop: bool = False, copy: bool = False, paste: bool = False, chat: bool = False) -> None:
        self._stop.setVisible(stop)
        self._copy.setVisible(copy)
        self._paste.setVisible(paste)
        self._chat.setVisible(chat)

    def _show_citation(self, marker: int) -> None:
        if marker in self._places:
            self._desk.wishes.place.emit(self._places[marker])

    def _fit(self) -> None:
        wanted = self.view.height() + GRID * 5
        self._scroll.setFixedHeight(min(max(wanted, GRID * 10), self._desk.theme.pixels(TALLEST)))
        self.resized.emit()
