"""The engine's pulse: what it is doing now, for the navigation's foot, the tray and the pages; and its coming back.

While the engine lives its states arrive here; when it dies the next attempt follows after a wait that grows, and making
the attempt is what starts it (ui/engine_link.py).
"""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

from copilot.calls import Follow
from copilot.failures import Failure
from copilot.reports import EngineState
from ui.engine_link import Performs, Ticket

WAITS_MS = (300, 1000, 2000, 5000, 10_000, 30_000)
"""Between attempts to reach an engine that is gone; the last one repeats."""
STEADY_SECONDS = 60.0
"""An engine that lived so long is well: its end, if it comes, is the first one again."""
OFTEN = 3
"""So many ends in a row are no accident."""


class Pulse(QObject):
    """One for the whole window."""

    changed = Signal(object)
    """EngineState."""
    lost = Signal(object)
    """Failure: the engine went away or can't start. Sent once until it is back."""
    back = Signal()

    def __init__(self, link: Performs) -> None:
        super().__init__()
        self._link = link
        self._ticket: Ticket | None = None
        self._attempts = 0
        self._alive_since: float | None = None
        self.ends = 0
        """How often in a row the engine came up and ended soon after."""
        self.latest: EngineState | None = None
        """None until the engine answered for the first time."""
        self.failure: Failure | None = None
        """Why there is no engine now; None while there is one or the first is on its way."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.start)

    def start(self) -> None:
        """Begin to follow; starts the engine where there is none."""
        self._timer.stop()
        self._ticket = self._link.perform(Follow(), event=self._take, failed=self._lose, done=self._again)

    def try_now(self) -> None:
        """The person does not want to wait for the next attempt."""
        if self.failure is not None and self._timer.isActive():
            self.start()

    @property
    def wait_seconds(self) -> float:
        """Until the next attempt."""
        return max(0, self._timer.remainingTime()) / 1000

    def stop(self) -> None:
        self._timer.stop()
        if self._ticket is not None:
            self._ticket.drop()

    def _take(self, state: object) -> None:
        if not isinstance(state, EngineState):
            return
        if self._alive_since is None:
            self._alive_since = time.monotonic()
        self.latest = state
        if self.failure is not None:
            self.failure = None
            self.back.emit()
        self.changed.emit(state)

    def _lose(self, failure: Failure) -> None:
        first = self.failure is None
        self.failure = failure
        if self._alive_since is not None:
            steady = time.monotonic() - self._alive_since >= STEADY_SECONDS
            self._alive_since = None
            self.ends = 1 if steady else self.ends + 1
            self._attempts = 0 if steady else max(self._attempts, self.ends - 1)
        self._again()
        if first:
            self.lost.emit(failure)

    def _again(self, _: object = None) -> None:
        """An engine that ends again and again is started less and less often: it may be what it starts with."""
        self._timer.start(WAITS_MS[min(self._attempts, len(WAITS_MS) - 1)])
        self._attempts += 1
