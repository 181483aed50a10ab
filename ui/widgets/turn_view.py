"""One exchange as it stands in the page: bubble, answer with its citations, what it stands on, what went wrong."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from copilot.conversation import Answer, Citation, Support
from copilot.failures import Failure
from copilot.given import context_of
from indexer.query import Filter
from ui import reasons, wording
from ui.markdown import Doubt
from ui.messages import said
from ui.talk import RUNNING, Exchange, Phase
from ui.theme import Theme
from ui.tokens import GRID
from ui.widgets.announcing import Reading, announce, finished_words
from ui.widgets.answer_foot import AnswerFoot, passages_words
from ui.widgets.answer_view import AnswerView
from ui.widgets.bubble import Bubble
from ui.widgets.keyboard import in_order
from ui.widgets.nearest import Nearest
from ui.widgets.parts import push, row, text_label
from ui.widgets.trouble import Trouble


class TurnView(QWidget):
    """Shows an Exchange; `refresh` after its phase changed, `grow` for each piece of its answer."""

    cited = Signal(object)
    """A Citation to be opened."""
    again = Signal()
    edited = Signal(str)
    editing = Signal(object)
    """The widget in which the question is being edited."""
    grown = Signal()
    search_wanted = Signal(str)
    """The question's words are to be looked for on the search page."""
    all_wanted = Signal()
    """The question is to be asked of all files."""
    explained = Signal()
    """Why this answer is wanted to be known."""

    def __init__(self, exchange: Exchange, theme: Theme) -> None:
        super().__init__()
        self.exchange = exchange
        self._loading = False
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID * 4)
        self._bubble = self._make_bubble()
        self._status = text_label("", "muted")
        self._column.addWidget(self._status)
        self._answer = AnswerView(theme)
        self._answer.cited.connect(self._cite)
        self._answer.grown.connect(self.grown)
        self._reading = Reading(self._answer)
        self._column.addWidget(self._answer)
        self._foot: AnswerFoot | None = None
        self._trouble = Trouble()
        self._column.addWidget(self._trouble)
        self._retry = push(self.tr("Ask again"))
        self._retry.clicked.connect(self.again)
        self._retry_row = QWidget()
        self._retry_row.setLayout(row(self._retry, None))
        self._column.addWidget(self._retry_row)
        if exchange.text and exchange.answer is None:
            show = self._answer.grow if exchange.phase in RUNNING else self._answer.finish
            show(exchange.text)
        self.refresh()

    @property
    def answer_view(self) -> AnswerView:
        return self._answer

    @property
    def foot(self) -> AnswerFoot | None:
        return self._foot

    @property
    def status(self) -> str:
        return self._status.text() if not self._status.isHidden() else ""

    @property
    def trouble(self) -> Trouble:
        return self._trouble

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.exchange.answer.citations if self.exchange.answer is not None else ()

    def grow(self, piece: str) -> None:
        self._answer.grow(piece)
        self._reading.grow(piece)

    def refresh(self) -> None:
        """Show the exchange as it stands."""
        exchange = self.exchange
        self._status.setText(self._status_words())
        self._status.setVisible(bool(self._status.text()))
        self._answer.setVisible(exchange.phase is not Phase.WAITING and bool(exchange.text or exchange.answer))
        self._retry_row.setVisible(
            exchange.phase in (Phase.STOPPED, Phase.FAILED, Phase.INTERRUPTED) and bool(exchange.question)
        )
        if exchange.phase is Phase.FAILED and exchange.failure is not None:
            self._tell(exchange.failure)
        if exchange.answer is not None and self._foot is None:
            self._show_answer(exchange.answer)

    def allow_changes(self, allowed: bool) -> None:
        """Whether the question may be asked anew now."""
        self._retry.setEnabled(allowed)
        if self._bubble is not None:
            self._bubble.allow_edit(allowed)
        if self._foot is not None:
            self._foot.allow_again(allowed)

    def say_loading(self, loading: bool) -> None:
        """Whether the model that answers is still being loaded: said instead of what comes after it."""
        self._loading = loading
        self.refresh()

    def set_route(self, sentence: str) -> None:
        """Where the question went, for whoever asks why."""
        if self._foot is not None:
            self._foot.set_route(sentence)

    def add_below(self, widget: QWidget) -> None:
        """Put something under the answer, such as the offer to ask a provider."""
        self._column.addWidget(widget)
        in_order(self)

    def mark_chosen(self, marker: int, serial: int | None = 0) -> None:
        self._answer.mark_chosen(marker, serial)

    def mark_stale(self, markers: Collection[int], gone: Collection[int] = ()) -> None:
        self._answer.mark_stale(markers, gone)

    def redress(self) -> None:
        self._answer.redress()

    def tell(self) -> None:
        """Have a screen reader say how it stands; troubles speak for themselves."""
        answer = self.exchange.answer
        if answer is not None:
            self._reading.finish(answer.text, finished_words(passages_words(answer) if self.citations else ""))
        else:
            announce(self, self.status)

    # --- parts

    def _make_bubble(self) -> Bubble | None:
        if self.exchange.offer or not self.exchange.question:
            return None
        context, question = context_of(self.exchange.question)
        bubble = Bubble(question, context)
        bubble.edited.connect(self.edited)
        bubble.opened.connect(lambda: self.editing.emit(bubble))
        self._column.addWidget(bubble)
        self._column.addSpacing(GRID * 2)
        return bubble

    def _status_words(self) -> str:
        match self.exchange.phase:
            case Phase.WAITING if self.exchange.offer:
                return self.tr("Sent. Waiting for {provider}").format(provider=wording.provider(self.exchange.provider))
            case Phase.WAITING if self._loading:
                return self.tr("Loading the model that answers")
            case Phase.WAITING:
                return self.tr("Looking through your files")
            case Phase.STOPPED:
                return self.tr("You stopped this answer.")
            case Phase.INTERRUPTED:
                return self.tr("This answer was interrupted. What had been written is kept.")
        return ""

    def _tell(self, failure: Failure) -> None:
        sentence, advice = said(failure)
        if failure.code == "engine_unreachable":
            sentence = self.tr("The engine stopped in the middle of this answer.")
            advice = self.tr("It is being started again. Ask again to get the whole answer.")
            if self.exchange.text:
                advice = self.tr("It is being started again, and what was written is kept. Ask again to get the rest.")
        self._trouble.tell(sentence or self.tr("This question could not be answered."), advice)

    def _show_answer(self, answer: Answer) -> None:
        text = answer.text
        shown = answer.citations if answer.found else ()
        self._answer.finish(text, shown, doubts_of(answer))
        at = self._column.indexOf(self._answer) + 1
        if not answer.found and answer.citations and not answer.origin.provider:
            nearest = Nearest(answer.citations)
            nearest.chosen.connect(self._cite)
            self._column.insertWidget(at, nearest)
            at += 1
        if not answer.found and not answer.origin.provider:
            self._column.insertLayout(at, self._next_steps())
            at += 1
        if not answer.origin.model:
            return  # the program's own words stand on nothing
        self._foot = AnswerFoot(answer, text)
        self._foot.again.connect(self.again)
        self._foot.why.clicked.connect(self.explained)
        self._column.insertWidget(at, self._foot)

    def _next_steps(self) -> QHBoxLayout:
        """What can be done about a question that the files do not answer."""
        look, widen = push(self.tr("Search for these words")), push(self.tr("Ask all files"))
        look.clicked.connect(lambda: self.search_wanted.emit(context_of(self.exchange.question)[1]))
        widen.clicked.connect(self.all_wanted)
        widen.setVisible(self.exchange.scope != Filter())
        return row(look, widen, None)

    def _cite(self, marker: int) -> None:
        for citation in self.citations:
            if citation.marker == marker:
                self.cited.emit(citation)


def doubts_of(answer: Answer) -> tuple[Doubt, ...]:
    """The statements that no passage holds, as stretches of the answer's text."""
    length = len(answer.text)
    spans = ((statement.span, statement) for statement in answer.statements if statement.support is Support.UNSUPPORTED)
    return tuple(
        Doubt(span.start, span.end, reasons.why_doubtful(statement.reason))
        for span, statement in spans
        if 0 <= span.start < span.end <= length
    )
