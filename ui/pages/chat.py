"""The chat page: the exchanges of one conversation, the field under them, and what a conversation asks of the rest of
the window. What is asked and answered is talk.py's.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from copilot.conversation import Citation
from copilot.given import context_of
from copilot.reports import EngineState
from ui import background, markdown
from ui.desk import Desk
from ui.freshness import Freshness
from ui.offering import Offering
from ui.talk import Exchange, Phase, Talk
from ui.tokens import GRID
from ui.widgets.chat_start import ChatStart
from ui.widgets.citation_chip import place_of
from ui.widgets.keyboard import in_order
from ui.widgets.picture_chips import PictureChips
from ui.widgets.question_field import QuestionField, paths_of
from ui.widgets.reading_scroll import ReadingScroll, reading_width
from ui.widgets.scope_chips import ScopeChips
from ui.widgets.turn_view import TurnView
from ui.wishes import AskWish

PAGE_ID = "chat"
ORDER = 10
KEYED_CITATIONS = 9
NARROWEST = 290
LOOKED_AT = 3
LOOKED_AGAIN = 50


def title() -> str:
    return QCoreApplication.translate("ChatPage", "Chat")


def build(desk: Desk) -> QWidget:
    return ChatPage(desk)


class ChatPage(QWidget):
    """Wires Talk, the exchanges' views and the field; holds no state of its own but what is shown."""

    def __init__(self, desk: Desk, talk: Talk | None = None) -> None:
        """`talk` is a conversation that another page has shown so far."""
        super().__init__()
        self._desk = desk
        self._views: dict[int, TurnView] = {}
        self.talk = talk or Talk(desk.link)
        self.talk.setParent(self)
        self.chips = ScopeChips(desk)
        self.field = QuestionField(self.chips, PictureChips(desk))
        self.column = ReadingScroll(desk.theme)
        self._start = ChatStart(desk)
        self._offering = Offering(desk, self.talk, self._view_of, self)
        self._fresh_at = 0.0
        self._freshness = Freshness(desk.link)
        self.setAcceptDrops(True)
        self.setFocusProxy(self.field)
        self._lay_out()
        self._listen()
        background.run(markdown.warm_up)
        for number in range(1, KEYED_CITATIONS + 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda number=number: self._open_citation(number))

    def shown(self) -> None:
        """The page has come to the front."""
        self.field.setFocus()
        self._start.refresh()

    def again(self) -> ChatPage:
        """The same conversation, question and place in the words that the window speaks now."""
        self.talk.leave_listeners()
        page = ChatPage(self._desk, self.talk)
        for exchange in page.talk.exchanges:
            page._add(exchange)
        page._set_busy(page.talk.busy)
        page._look_at_last()
        page.talk.named.emit(page.talk.id)
        page.chips.set_scope(self.chips.scope)
        page.field.take_over(self.field)
        if not self.column.follows:
            page.column.rest_at(self.column.verticalScrollBar().value())
        return page

    @property
    def views(self) -> tuple[TurnView, ...]:
        return tuple(self._views[id(exchange)] for exchange in self.talk.exchanges if id(exchange) in self._views)

    # --- Qt's own

    def event(self, event: QEvent) -> bool:
        """Esc stops the answer first: only then is it the window's, which closes the preview with it."""
        if event.type() is QEvent.Type.WindowActivate:
            self._look_again()
        stops = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if stops and event.key() == Qt.Key.Key_Escape and self.talk.busy:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt's name
        """Whoever types while the field has no focus means the field."""
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Escape and self.talk.busy:
            self.talk.stop()
        elif event.text().strip() and event.text().isprintable() and not event.modifiers() & commands:
            self.field.text.setFocus()
            self.field.text.insertPlainText(event.text())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt's name
        super().resizeEvent(event)
        self._fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 Qt's name
        """Files may be let go anywhere on the page: they are for the question."""
        if paths_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 Qt's name
        if paths := paths_of(event.mimeData()):
            event.acceptProposedAction()
            self.chips.take(paths)
            self.field.setFocus()

    # --- layout

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._start, 1)
        column.addWidget(self.column, 1)
        self._holder = QWidget()
        across = QHBoxLayout(self._holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.field)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, GRID * 2, 0, GRID * 5)
        foot.addStretch(1)
        foot.addWidget(self._holder)
        foot.addStretch(1)
        column.addLayout(foot)
        self._show_start()
        self._fit()

    def _fit(self) -> None:
        self.setMinimumWidth(self._desk.theme.pixels(NARROWEST))
        self._holder.setFixedWidth(reading_width(self._desk.theme, self.width()))

    def _show_start(self) -> None:
        empty = not self.talk.exchanges
        self._start.setVisible(empty)
        self.column.setVisible(not empty)

    # --- wires

    def _listen(self) -> None:
        talk, wishes = self.talk, self._desk.wishes
        talk.cleared.connect(self._clear)
        talk.added.connect(self._add)
        talk.opened.connect(self._look_at_last)
        talk.grew.connect(self._grow)
        talk.changed.connect(self._refresh)
        talk.removed.connect(self._remove)
        talk.busy_changed.connect(self._set_busy)
        talk.saved.connect(wishes.conversations_changed)
        talk.named.connect(wishes.conversation_shown)
        self.field.asked.connect(self._ask)
        self.field.stopped.connect(talk.stop)
        self.field.dropped.connect(self.chips.take)
        self.field.recalled.connect(self._recall)
        self.field.cut_off.connect(self._tell_cut)
        self.chips.pictures_given.connect(self.field.pictures.read_files)
        self._start.chosen.connect(self._ask_about)
        wishes.ask.connect(self._take_wish)
        wishes.conversation.connect(self._open)
        wishes.preview_closed.connect(self._choose_none)
        self._desk.theme.changed.connect(self._redress)
        if self._desk.pulse is not None:
            self._desk.pulse.changed.connect(self._say_loading)
            self._desk.pulse.changed.connect(self._notice_run)

    def _ask(self, text: str) -> None:
        self.column.stick()
        self.talk.ask(text, self.chips.scope)

    def _ask_about(self, path: str) -> None:
        self.chips.limit((path,))
        self.field.setFocus()

    def _take_wish(self, wish: AskWish) -> None:
        if wish.send and not self.talk.busy and (wish.text or wish.context):
            self.talk.start_new()
            self.chips.set_scope(wish.scope)
            self.field.write(wish.text, wish.context)
            self.field.submit()
        else:
            self.chips.set_scope(wish.scope)
            self.field.write(wish.text, wish.context)

    def _open(self, conversation_id: str) -> None:
        if conversation_id and conversation_id == self.talk.id:
            return
        if conversation_id:
            self.talk.open(conversation_id)
        else:
            self.talk.start_new()
            self.chips.limit(())
        self.field.setFocus()

    def _tell_cut(self) -> None:
        self._desk.wishes.notice.emit(self.tr("Too long for a question: its end was left out. Add it as a file."))

    def _recall(self) -> None:
        if self.talk.exchanges and not self.talk.busy:
            context, question = context_of(self.talk.exchanges[-1].question)
            self.field.write(question, context)

    # --- exchanges

    def _clear(self) -> None:
        self.column.clear()
        self._views.clear()
        self._show_start()

    def _add(self, exchange: Exchange) -> None:
        view = TurnView(exchange, self._desk.theme)
        self._views[id(exchange)] = view
        view.cited.connect(self._show_citation)
        view.again.connect(lambda: self._ask_again(exchange, ""))
        view.edited.connect(lambda text: self._ask_again(exchange, text))
        self.column.add(view)
        view.editing.connect(self.column.show_widget)
        view.search_wanted.connect(self._desk.wishes.search)
        view.all_wanted.connect(lambda: self._ask_all(exchange))
        view.explained.connect(lambda: self._offering.look_at(exchange))
        self._show_start()
        if self._desk.pulse is not None and self._desk.pulse.latest is not None:
            self._say_loading(self._desk.pulse.latest)
        if exchange.phase is Phase.WAITING:
            view.tell()

    def _ask_again(self, exchange: Exchange, text: str) -> None:
        self.column.stick()
        self.field.setFocus()  # the button that was pressed goes with the old answer
        self.talk.ask_again(exchange, text)

    def _ask_all(self, exchange: Exchange) -> None:
        self.chips.limit(())
        self._ask(exchange.question)

    def _grow(self, exchange: Exchange, piece: str) -> None:
        if id(exchange) in self._views:
            self._views[id(exchange)].grow(piece)

    def _refresh(self, exchange: Exchange) -> None:
        view = self._views.get(id(exchange))
        if view is None:
            return
        view.refresh()
        view.tell()
        self._complete(exchange, view)

    def _complete(self, exchange: Exchange, view: TurnView) -> None:
        """What follows once an answer is there: the offer to ask further, and whether its files are unchanged."""
        in_order(self.column)
        if exchange.answer is not None:
            self._offering.look_at(exchange)
            self._freshness.check(exchange.answer.citations, view, view.mark_stale)

    def _look_again(self) -> None:
        """Files may have changed since."""
        for exchange in self.talk.exchanges[-LOOKED_AGAIN:]:
            if exchange.answer is not None and id(exchange) in self._views:
                view = self._views[id(exchange)]
                self._freshness.check(exchange.answer.citations, view, view.mark_stale)

    def _notice_run(self, state: EngineState) -> None:
        if state.fresh_at != self._fresh_at:
            self._fresh_at = state.fresh_at
            self._look_again()

    def _look_at_last(self) -> None:
        """Of a saved conversation: what is in sight first. The others are looked at when somebody asks why."""
        for exchange in self.talk.exchanges[-LOOKED_AT:]:
            self._complete(exchange, self._views[id(exchange)])
        self._look_again()

    def _view_of(self, exchange: Exchange) -> TurnView | None:
        return self._views.get(id(exchange))

    def _remove(self, exchange: Exchange) -> None:
        view = self._views.pop(id(exchange), None)
        if view is not None:
            self.column.remove(view)

    def _say_loading(self, state: EngineState) -> None:
        for view in self._views.values():
            if view.exchange.phase is Phase.WAITING and not view.exchange.offer:
                view.say_loading(not state.answer_device)

    def _set_busy(self, busy: bool) -> None:
        self.field.set_busy(busy)
        for view in self._views.values():
            view.allow_changes(not busy)

    def _redress(self) -> None:
        self._fit()
        for view in self._views.values():
            view.redress()

    # --- citations

    def _open_citation(self, number: int) -> None:
        """Citation `number` of the last answer that has one of that number."""
        for view in reversed(self.views):
            for citation in view.citations:
                if citation.marker == number:
                    view.mark_chosen(number)
                    self._choose(view, citation)
                    return

    def _choose_none(self) -> None:
        for view in self._views.values():
            view.mark_chosen(0)

    def _show_citation(self, citation: Citation) -> None:
        view = self.sender()
        if isinstance(view, TurnView):
            self._choose(view, citation)

    def _choose(self, view: TurnView, citation: Citation) -> None:
        for other in self._views.values():
            if other is not view:
                other.mark_chosen(0)
        self._desk.wishes.place.emit(place_of(citation))
