"""One conversation as the chat page holds it: what was asked, what has come of it so far, and the calls that go out.

No widgets. What an exchange looks like is widgets/turn_view.py's; how conversations are kept is the engine's.
"""

from __future__ import annotations

import enum
import time
import uuid

from PySide6.QtCore import QObject, QTimer, Signal

from copilot.calls import Ask, Decide, DropTurns, GetConversation, Offer
from copilot.conversation import Answer, Delta, Question
from copilot.failures import Failure
from copilot.privacy.consent import ConsentRequest, Decision
from copilot.reports import Conversation, Turn
from indexer.query import Filter
from ui.engine_link import Performs, Ticket

ADDING_SECONDS = 0.012
"""Of the window's time at once for turns of a saved conversation."""


class Phase(enum.StrEnum):
    WAITING = "waiting"
    """Asked; nothing has been written yet."""
    WRITING = "writing"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """Program or engine ended while it was being written."""


RUNNING = (Phase.WAITING, Phase.WRITING)


class Exchange:
    """A question and what has come of it; changes as its answer grows. `offer` is not empty for an answer from a
    provider: it belongs to the exchange before."""

    def __init__(
        self,
        question: str,
        scope: Filter | None = None,
        phase: Phase = Phase.WAITING,
        *,
        text: str = "",
        answer: Answer | None = None,
        failure: Failure | None = None,
        offer: str = "",
        provider: str = "",
    ) -> None:
        self.question = question
        self.scope = scope or Filter()
        self.phase = phase
        self.text = text
        """What has been written so far."""
        self.answer = answer
        self.failure = failure
        self.offer = offer
        self.provider = provider
        self.offering: Ticket | None = None
        """The call under way that prepares what would be sent to a provider."""


class Talk(QObject):
    """Asks one thing at a time. Signals carry the Exchange that they are about."""

    cleared = Signal()
    """Another conversation is here, without exchanges so far."""
    opened = Signal()
    """All turns of a saved conversation are here."""
    added = Signal(object)
    grew = Signal(object, str)
    """The next piece of the answer that is being written."""
    changed = Signal(object)
    """Its phase is another, or its answer is there."""
    removed = Signal(object)
    busy_changed = Signal(bool)
    offered = Signal(object, object)
    """An exchange, and the ConsentRequest that was made for it."""
    offer_failed = Signal(object, object)
    named = Signal(str)
    """The id of the conversation at hand has changed."""
    saved = Signal()
    """The list of conversations has changed."""

    def __init__(self, link: Performs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._running: tuple[Exchange, Ticket] | None = None
        self._opening: Ticket | None = None
        self._coming: list[Exchange] = []
        self._adding = QTimer(self)
        self._adding.setSingleShot(True)
        self._adding.timeout.connect(self._add_some)
        self.exchanges: list[Exchange] = []
        self.id = ""
        self.title = ""

    @property
    def busy(self) -> bool:
        return self._running is not None

    @property
    def loading(self) -> bool:
        """A saved conversation is on its way here."""
        return self._opening is not None or bool(self._coming)

    def leave_listeners(self) -> None:
        """Whoever listened hears nothing more: another page takes this conversation over."""
        for signal in (self.cleared, self.opened, self.added, self.grew, self.changed, self.removed, self.busy_changed):
            signal.disconnect()
        for signal in (self.offered, self.offer_failed, self.named, self.saved):
            signal.disconnect()

    # --- which conversation

    def start_new(self) -> None:
        self._let_go()
        self._name("")
        self.cleared.emit()

    def open(self, conversation_id: str) -> None:
        """Fetch a saved conversation and show its turns."""
        self._let_go()
        self._name(conversation_id)
        self.cleared.emit()
        self._opening = self._link.perform(
            GetConversation(conversation_id), done=self._opened, failed=self._not_opened, owner=self
        )

    def _name(self, conversation_id: str) -> None:
        self.id, self.title = conversation_id, ""
        self.named.emit(conversation_id)

    def _opened(self, conversation: Conversation) -> None:
        self._opening = None
        self.title = conversation.title
        self._coming = [_exchange(turn) for turn in conversation.turns]
        self._add_some()

    def _add_some(self) -> None:
        """Some of the saved turns, the others in later turns of the event loop: hundreds must not hold the window."""
        until = time.perf_counter() + ADDING_SECONDS
        while self._coming and time.perf_counter() < until:
            self._add(self._coming.pop(0))
        if self._coming:
            self._adding.start(0)
        else:
            self.opened.emit()

    def _not_opened(self, failure: Failure) -> None:
        self._opening = None
        self._add(Exchange("", phase=Phase.FAILED, failure=failure))

    def _let_go(self) -> None:
        """Nothing of the conversation before is heard of any more; the engine writes its turn to the end."""
        if self._opening is not None:
            self._opening.drop()
            self._opening = None
        if self._running is not None:
            _, ticket = self._running
            ticket.drop()
            self._rest()
        self._adding.stop()
        self._coming = []
        self.exchanges = []

    # --- asking

    def ask(self, text: str, scope: Filter | None = None) -> None:
        """Ask, in the conversation at hand or a new one. Nothing happens while an answer is being written."""
        if self.busy or self.loading or not text.strip():
            return
        if not self.id:
            self._name(uuid.uuid4().hex)
        exchange = Exchange(text.strip(), scope)
        self._add(exchange)
        call = Ask(Question(exchange.question, exchange.scope), self.id)
        self._run(exchange, call)
        self.saved.emit()

    def stop(self) -> None:
        """End what is being written. What is there stays; the engine lets go within its next token."""
        if self._running is None:
            return
        exchange, ticket = self._running
        ticket.drop()
        exchange.phase = Phase.STOPPED
        self._rest()
        self.changed.emit(exchange)

    def ask_again(self, exchange: Exchange, text: str = "") -> None:
        """Ask a question anew, in other words where `text` is given; it and what came after it are forgotten first."""
        if self.busy or exchange not in self.exchanges:
            return
        at = self.exchanges.index(exchange)
        question, scope = text.strip() or exchange.question, exchange.scope
        for gone in self.exchanges[at:]:
            self.removed.emit(gone)
        del self.exchanges[at:]
        renewed = Exchange(question, scope)
        self._add(renewed)
        self._begin(renewed)

        def drop(conversation: Conversation) -> None:
            first = _number_of(conversation, exchange.question, at)
            if not first:
                ask()
                return
            self._link.perform(DropTurns(self.id, first), done=lambda _: ask(), failed=lambda _: ask(), owner=self)

        def ask() -> None:
            if self._running is not None and self._running[0] is renewed:
                self._run(renewed, Ask(Question(question, scope), self.id))

        self._link.perform(GetConversation(self.id), done=drop, failed=lambda _: ask(), owner=self)

    def _begin(self, exchange: Exchange) -> None:
        """Count as asking while turns are being dropped, so that stop works and nothing else is asked."""
        self._running = exchange, Ticket(lambda *_: None)
        self.busy_changed.emit(True)

    def _run(self, exchange: Exchange, call: Ask | Decide) -> None:
        was_busy = self.busy
        ticket = self._link.perform(
            call,
            done=lambda answer: self._finish(exchange, answer),
            failed=lambda failure: self._fail(exchange, failure),
            event=lambda event: self._take(exchange, event),
            cancelled=lambda: self._end(exchange, Phase.STOPPED),
            owner=self,
        )
        self._running = exchange, ticket
        if not was_busy:
            self.busy_changed.emit(True)

    def _take(self, exchange: Exchange, event: object) -> None:
        if not isinstance(event, Delta) or exchange.phase not in RUNNING:
            return
        exchange.text += event.text
        if exchange.phase is Phase.WAITING:
            exchange.phase = Phase.WRITING
            self.changed.emit(exchange)
            self.saved.emit()
        self.grew.emit(exchange, event.text)

    def _finish(self, exchange: Exchange, answer: Answer) -> None:
        exchange.answer = answer
        self._end(exchange, Phase.DONE)

    def _fail(self, exchange: Exchange, failure: Failure) -> None:
        exchange.failure = failure
        self._end(exchange, Phase.FAILED)

    def _end(self, exchange: Exchange, phase: Phase) -> None:
        exchange.phase = phase
        self._rest()
        self.changed.emit(exchange)
        self.saved.emit()

    def _rest(self) -> None:
        self._running = None
        self.busy_changed.emit(False)

    def _add(self, exchange: Exchange) -> None:
        self.exchanges.append(exchange)
        self.added.emit(exchange)

    # --- providers

    def prepare_offer(self, exchange: Exchange, provider: str = "", send: str = "") -> None:
        """Have made what would be sent; `offered` brings it. Nothing leaves."""
        if exchange.offering is not None:
            return
        question = Question(exchange.question, exchange.scope)
        exchange.offering = self._link.perform(
            Offer(question, provider, send, self.id),
            done=lambda request: self._offer(exchange, request),
            failed=lambda failure: self._offer_failure(exchange, failure),
            owner=self,
        )

    def decide(self, exchange: Exchange, request: ConsentRequest, decision: Decision) -> None:
        """Pass on what the person said. After a yes the provider's answer becomes an exchange of its own."""
        call = Decide(request.id, request.digest, decision.value)
        if decision not in (Decision.ONCE, Decision.CONVERSATION):
            self._link.perform(call, failed=lambda _: None, owner=self)
            return
        if self.busy:
            return
        sent = Exchange(exchange.question, exchange.scope, offer=request.id, provider=request.provider)
        self._add(sent)
        self._run(sent, call)

    def _offer(self, exchange: Exchange, request: ConsentRequest) -> None:
        exchange.offering = None
        if exchange in self.exchanges:
            self.offered.emit(exchange, request)

    def _offer_failure(self, exchange: Exchange, failure: Failure) -> None:
        exchange.offering = None
        self.offer_failed.emit(exchange, failure)


def _exchange(turn: Turn) -> Exchange:
    """A saved turn as it is shown again. One that still runs, from another window, counts as interrupted here."""
    phase = Phase.INTERRUPTED if turn.state == "running" else Phase(turn.state)
    failure = Failure(turn.failure, 1, "", "") if phase is Phase.FAILED else None
    provider = turn.answer.origin.provider if turn.answer is not None else ""
    text = turn.answer.text if turn.answer is not None else turn.partial
    return Exchange(
        turn.question,
        turn.scope,
        phase,
        text=text,
        answer=turn.answer,
        failure=failure,
        offer=turn.offer,
        provider=provider,
    )


def _number_of(conversation: Conversation, question: str, at: int) -> int:
    """The number of the turn that asks `question`, the one nearest to place `at`; 0 when it was never saved."""
    candidates = [
        (abs(place - at), turn.number) for place, turn in enumerate(conversation.turns) if turn.question == question
    ]
    return min(candidates)[1] if candidates else 0
