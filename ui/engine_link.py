"""The one place where the engine's pipe meets Qt: calls go out on threads of their own, results come back as signals.

Nothing here knows what a call means. Results, events and failures arrive in the window's thread, in order, and never
after their owner is gone.

Decision: a thread a call in hand, each with a connection of its own out of a small pool: the pipe takes one call at a
time, a person searches while an answer streams, and a QThread that is the child of a page dies with it.
"""

from __future__ import annotations

import contextlib
import enum
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from copilot.calls import Call
from copilot.errors import EngineUnreachable
from copilot.failures import Failure, failure_of
from copilot.host.client import RemoteCopilot, connect, start_engine
from copilot.paths import Paths
from indexer.reporter import Cancelled

R = TypeVar("R")

IDLE_CONNECTIONS = 3


class LinkState(enum.StrEnum):
    STARTING = "starting"
    READY = "ready"
    LOST = "lost"
    """The engine went away; the next call starts it again."""


class Ticket:
    """One call on its way: a Reporter for it, and the handle by which it is cancelled."""

    def __init__(self, post: Callable[[Ticket, str, object], None]) -> None:
        self._post = post
        self._stop = threading.Event()
        self._turn = threading.Lock()
        self._interrupt: Callable[[], None] = _nothing
        self.dropped = False
        """Nobody wants its result any more: it is cancelled and stays silent."""

    def cancel(self) -> None:
        """Ask for an end; `cancelled` is called once the engine has let go."""
        self._stop.set()
        with self._turn:
            self._interrupt()

    def drop(self) -> None:
        """Cancel and hear nothing of it again."""
        self.dropped = True
        self.cancel()

    @contextlib.contextmanager
    def on_its_way(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Meanwhile a cancel reaches the engine by `interrupt`; one that came before is seen by `check`. One that comes
        after goes nowhere: the connection may be another call's by then.
        """
        with self._turn:
            self._interrupt = interrupt
        try:
            yield
        finally:
            with self._turn:
                self._interrupt = _nothing

    def report(self, event: object) -> None:
        self.check()
        self._post(self, "event", event)

    def check(self) -> None:
        if self._stop.is_set():
            raise Cancelled


@dataclass(frozen=True, slots=True)
class _Listeners:
    done: Callable[[Any], None] | None
    failed: Callable[[Failure], None] | None
    event: Callable[[object], None] | None
    cancelled: Callable[[], None] | None


class Performs(Protocol):
    """What the window asks calls of: EngineLink, or a stand-in in tests."""

    state_changed: Any
    failed: Any

    def perform(
        self,
        call: Call[R],
        *,
        done: Callable[[R], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
        event: Callable[[object], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        owner: QObject | None = None,
    ) -> Ticket: ...


class EngineLink(QObject):
    """Performs calls in the engine process and starts it when it is not there."""

    state_changed = Signal(object)
    """LinkState."""
    failed = Signal(object)
    """Failure of a call for which nobody listens to failures."""
    _arrived = Signal(object, str, object)

    def __init__(self, paths: Paths, start: Callable[[Paths], object] = start_engine) -> None:
        super().__init__()
        self._paths = paths
        self._start = start
        self._lock = threading.Lock()
        self._starting = threading.Lock()
        self._idle: list[RemoteCopilot] = []
        self._listeners: dict[Ticket, _Listeners] = {}
        self._closed = False
        self._state = LinkState.STARTING
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def state(self) -> LinkState:
        return self._state

    def perform(
        self,
        call: Call[R],
        *,
        done: Callable[[R], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
        event: Callable[[object], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        """Send `call`; returns at once. Listeners run in the window's thread. With `owner`, its end drops the call."""
        ticket = Ticket(self._send)
        self._listeners[ticket] = _Listeners(done, failed, event, cancelled)
        if owner is not None:
            owner.destroyed.connect(ticket.drop)
        threading.Thread(target=self._run, args=(call, ticket), daemon=True, name=type(call).__name__).start()
        return ticket

    def close(self) -> None:
        """Drop every call and let the connections go; the engine lives on."""
        self._closed = True
        for ticket in tuple(self._listeners):
            ticket.drop()
        with self._lock:
            idle, self._idle = self._idle, []
        for remote in idle:
            remote.close()

    # --- on a call's own thread

    def _send(self, ticket: Ticket | None, kind: str, payload: object) -> None:
        """To the window's thread; nowhere once the window is gone, which a thread may learn too late."""
        if not self._closed:
            with contextlib.suppress(RuntimeError):
                self._arrived.emit(ticket, kind, payload)

    def _run(self, call: Call[Any], ticket: Ticket) -> None:
        try:
            remote = self._connected()
        except Exception as error:
            self._send(ticket, "failure", failure_of(error))
            return
        try:
            with ticket.on_its_way(remote.interrupt):
                result = remote.perform(call, ticket, look_seconds=None)
        except Cancelled:
            self._give_back(remote)
            self._send(ticket, "cancelled", None)
        except EngineUnreachable as error:
            remote.close()
            self._send(ticket, "lost", failure_of(error))
        except Exception as error:
            self._give_back(remote)
            self._send(ticket, "failure", failure_of(error))
        else:
            self._give_back(remote)
            self._send(ticket, "result", result)

    def _connected(self) -> RemoteCopilot:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        with self._starting:
            if self._closed:
                raise EngineUnreachable("the window has closed")
            remote = connect(self._paths)
            if remote is None:
                self._start(self._paths)
                remote = connect(self._paths)
        if remote is None:
            raise EngineUnreachable("it left again at once")
        self._send(None, "state", LinkState.READY)
        return remote

    def _give_back(self, remote: RemoteCopilot) -> None:
        with self._lock:
            if not self._closed and len(self._idle) < IDLE_CONNECTIONS:
                self._idle.append(remote)
                return
        remote.close()

    # --- in the window's thread

    def _deliver(self, ticket: Ticket | None, kind: str, payload: Any) -> None:
        if self._closed:
            return
        if kind == "state" or ticket is None:
            self._enter(payload)
            return
        if kind == "lost":
            self._forget_connections()
            self._enter(LinkState.LOST)
        listeners = self._listeners.get(ticket) if kind == "event" else self._listeners.pop(ticket, None)
        if listeners is None or ticket.dropped:
            return
        match kind:
            case "event":
                _tell(listeners.event, payload)
            case "result":
                _tell(listeners.done, payload)
            case "cancelled":
                if listeners.cancelled is not None:
                    listeners.cancelled()
            case _:
                _tell(listeners.failed or self.failed.emit, payload)

    def _forget_connections(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for remote in idle:
            remote.close()

    def _enter(self, state: LinkState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)


def _nothing() -> None:
    return None


def _tell(listener: Callable[[Any], None] | None, payload: object) -> None:
    if listener is not None:
        listener(payload)
