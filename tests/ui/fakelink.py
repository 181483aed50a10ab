"""A stand-in for ui.engine_link.EngineLink: keeps what was asked, answers out of a table a turn of the loop later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from copilot.calls import Call
from copilot.failures import Failure, failure_of
from ui.engine_link import LinkState, Ticket

C = TypeVar("C", bound=Call[Any])


@dataclass(slots=True)
class Asked:
    """One call that was made, and the way to answer it by hand."""

    call: Call[Any]
    ticket: Ticket
    done: Callable[[Any], None] | None
    failed: Callable[[Failure], None] | None
    event: Callable[[object], None] | None
    cancelled: Callable[[], None] | None
    over: bool = False

    def tell(self, event: object) -> None:
        """An event on its way, such as a Delta."""
        if not self.over and not self.ticket.dropped and self.event is not None:
            self.event(event)

    def give(self, result: object) -> None:
        """End the call: a Failure or an exception fails it, anything else is its result."""
        if self.over:
            return
        self.over = True
        if self.ticket.dropped:
            return
        if isinstance(result, BaseException):
            result = failure_of(result)
        listener = self.failed if isinstance(result, Failure) else self.done
        if listener is not None:
            listener(result)

    def let_go(self) -> None:
        """What the engine does after `ticket.cancel()`."""
        if not self.over:
            self.over = True
            if self.cancelled is not None and not self.ticket.dropped:
                self.cancelled()


class FakeLink(QObject):
    """`answers` maps a call's type to its result, to a Failure or exception, or to a function of the call that gives
    one of these. A call whose type is not in it stays open until the test says `link.last(Type).give(...)`."""

    state_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, answers: dict[type[Any], Any] | None = None) -> None:
        super().__init__()
        self.answers: dict[type[Any], Any] = dict(answers or {})
        self.asked: list[Asked] = []
        self.state = LinkState.READY

    def perform(
        self,
        call: Call[Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
        event: Callable[[object], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        ticket = Ticket(lambda _, __, payload: asked.tell(payload))
        asked = Asked(call, ticket, done, failed or self.failed.emit, event, cancelled)
        self.asked.append(asked)
        if owner is not None:
            owner.destroyed.connect(ticket.drop)
        if type(call) in self.answers:
            QTimer.singleShot(0, self, lambda: self._answer(asked))
        return ticket

    def calls(self, kind: type[C]) -> list[C]:
        """Every call of a type, in order."""
        return [asked.call for asked in self.asked if isinstance(asked.call, kind)]

    def last(self, kind: type[Any]) -> Asked:
        return next(asked for asked in reversed(self.asked) if isinstance(asked.call, kind))

    def settle(self) -> None:
        """Run the loop until every call that the table answers has its answer."""
        for _ in range(50):
            QCoreApplication.processEvents()

    def close(self) -> None:
        for asked in self.asked:
            asked.ticket.drop()

    def _answer(self, asked: Asked) -> None:
        if asked.over:
            return
        answer = self.answers.get(type(asked.call))
        try:
            asked.give(answer(asked.call) if callable(answer) else answer)
        except Exception as error:
            asked.give(error)
