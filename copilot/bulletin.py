"""What the engine is doing now, for everybody who follows it: kept by those who do it, told as EngineState events."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

from copilot.reports import EngineState
from indexer.reporter import Progress, Reporter
from indexer.store.records import Counts

_LEAST_SECONDS = 0.2
"""Between two events to one follower."""
_LOOK_SECONDS = 0.5
"""How often a follower looks for what nobody told, such as a model that was loaded."""
_QUIET_SECONDS, _QUIET_LOOK_SECONDS = 30.0, 4.0
"""Nothing asked and nothing new for so long: then it looks less often. A resident program must not wake in vain."""
_COUNT_SECONDS = 1.0


class Bulletin:
    """One for a process. `counts`, `loaded`, `answer_device` and `pause` are asked whenever something may have changed.

    `pause` gives whether the person paused, and the reason why work is held up.
    """

    def __init__(
        self,
        counts: Callable[[], Counts],
        loaded: Callable[[], tuple[str, ...]],
        answer_device: Callable[[], str],
        pause: Callable[[], tuple[bool, str]],
    ) -> None:
        self._ask_counts, self._loaded, self._answer_device, self._pause = counts, loaded, answer_device, pause
        self._news = threading.Condition()
        self._runs = 0
        self._progress: Progress | None = None
        self._fresh_at = 0.0
        self._counting = threading.Lock()
        self._counts = Counts(0, 0, 0, 0, 0, 0, 0)
        self._counted = 0.0
        self._stale = True
        self._stirred = time.monotonic()

    def stir(self) -> None:
        """Somebody asks something: what nobody tells may change now."""
        with self._news:
            self._stirred = time.monotonic()
            self._news.notify_all()

    def changed(self) -> None:
        """Something of what others are asked about has changed."""
        with self._news:
            self._stale = True
            self._news.notify_all()

    @contextlib.contextmanager
    def run(self, reporter: Reporter) -> Iterator[Reporter]:
        """A run of the index: gives the reporter it is to use."""
        with self._news:
            self._runs += 1
        self.changed()
        try:
            yield _Listening(reporter, self._progressed)
            self._fresh_at = time.time()
        finally:
            with self._news:
                self._runs -= 1
                self._progress = None if not self._runs else self._progress
            self.changed()

    def follow(self, reporter: Reporter) -> None:
        """Report the state now and at every change, until the reporter's check raises."""
        told: EngineState | None = None
        while True:
            state = self.state()
            if state != told:
                told, self._stirred = state, time.monotonic()
                reporter.report(state)
                self._wait(reporter, _LEAST_SECONDS, for_news=False)
            self._wait(reporter, self._look_seconds(), for_news=True)

    def state(self) -> EngineState:
        paused, reason = self._pause()
        return EngineState(
            indexing=self._runs > 0,
            paused=paused,
            pause_reason=reason,
            progress=self._progress,
            counts=self._fresh_counts(),
            loaded=self._loaded(),
            answer_device=self._answer_device(),
            fresh_at=self._fresh_at,
        )

    def _look_seconds(self) -> float:
        quiet = not self._runs and time.monotonic() - self._stirred > _QUIET_SECONDS
        return _QUIET_LOOK_SECONDS if quiet else _LOOK_SECONDS

    def _wait(self, reporter: Reporter, seconds: float, *, for_news: bool) -> None:
        reporter.check()
        if for_news:
            with self._news:
                self._news.wait(seconds)
        else:
            time.sleep(seconds)
        reporter.check()

    def _progressed(self, progress: Progress) -> None:
        with self._news:
            self._progress = progress
            self._stale = True
            self._news.notify_all()

    def _fresh_counts(self) -> Counts:
        """Counting a large library takes some milliseconds: once a second is enough while files stream in."""
        with self._counting:
            due = time.monotonic() - self._counted >= _COUNT_SECONDS or not self._runs
            if self._stale and due:
                self._stale = False
                self._counts, self._counted = self._ask_counts(), time.monotonic()
            return self._counts


class _Listening:
    """Hears the progress on its way to whoever asked for the run."""

    def __init__(self, reporter: Reporter, heard: Callable[[Progress], None]) -> None:
        self._reporter = reporter
        self._heard = heard

    def report(self, event: object) -> None:
        if isinstance(event, Progress) and event.stage != "wait":  # how far it is, stays true while it waits
            self._heard(event)
        self._reporter.report(event)

    def check(self) -> None:
        self._reporter.check()
