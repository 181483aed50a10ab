"""One thread that owns something which only one thread may touch; calls from others queue up and wait.

What the calls do is their own affair. Nothing here knows models.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from indexer.reporter import Cancelled, Reporter, Silent

T = TypeVar("T")


class Worker:
    """A queue with one thread behind it, started with the first call."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)

    def call(self, run: Callable[[Reporter], T], reporter: Reporter | None = None) -> T:
        """Run on the worker's thread and wait for the result; errors come back to the caller.

        The reporter that `run` receives is the caller's, which also cancels once the caller has stopped waiting
        (Ctrl+C): otherwise the next call would wait for an answer nobody wants.
        """
        listening = _Listening(reporter or Silent())
        result = self._thread.submit(run, listening)
        try:
            return result.result()
        except BaseException:
            listening.abandoned.set()
            raise

    def close(self) -> None:
        """Wait for the calls that have begun; there can be no new ones."""
        self._thread.shutdown()


class _Listening:
    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self.abandoned = threading.Event()

    def report(self, event: object) -> None:
        self._reporter.report(event)

    def check(self) -> None:
        if self.abandoned.is_set():
            raise Cancelled
        self._reporter.check()
