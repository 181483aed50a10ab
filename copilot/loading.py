"""Something slow to open (a model), opened in the background so that whoever needs it later waits less or not at all.

Decision: a callable that waits, not a generator that pretends to be loaded. Who takes `Callable[[], Generator]` gets
the real object, with its real context size and device, and asks for it as late as it can: after retrieval.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")


class Loading(Generic[T]):
    """Calls `open_it` once, on a thread of its own, from `start()` on. Calling the object waits for the result.

    Errors of `open_it` are raised to every caller; `forget()` makes the next call open again.
    """

    def __init__(self, open_it: Callable[[], T]) -> None:
        self._open = open_it
        self._lock = threading.Lock()
        self._result: Future[T] | None = None
        self.seconds: float | None = None
        """How long opening took, once it is over."""

    @property
    def ready(self) -> bool:
        """True when a call would not wait (it may still raise)."""
        result = self._result
        return result is not None and result.done()

    def start(self) -> None:
        """Begin opening unless that has begun before. Returns at once."""
        with self._lock:
            if self._result is None:
                self._result = Future()
                threading.Thread(target=self._run, args=(self._result,), name="loading", daemon=True).start()

    def __call__(self) -> T:
        while True:
            self.start()
            result = self._result
            if result is not None:
                return result.result()

    def forget(self) -> None:
        """Drop the result: the object it holds lives on as long as others hold it."""
        with self._lock:
            if self._result is not None and self._result.done():
                self._result = None

    def settle(self) -> None:
        """Wait for an opening that has begun, whatever comes of it: a process must not end in the middle of one."""
        with self._lock:
            result = self._result
        if result is not None:
            result.exception()

    def _run(self, result: Future[T]) -> None:
        began = time.perf_counter()
        try:
            opened = self._open()
        except BaseException as error:
            result.set_exception(error)
        else:
            self.seconds = time.perf_counter() - began
            result.set_result(opened)
