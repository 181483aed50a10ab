"""Slow local work (keyring, files) off the window's thread, its result back in it. Engine calls go by engine_link.py.

Decision: one pool of two threads and one relay that lives as long as the program: a page may close while its work runs,
and whoever runs must not die with it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from copilot.failures import Failure, failure_of

R = TypeVar("R")

_pool = ThreadPoolExecutor(2, thread_name_prefix="background")


class _Relay(QObject):
    """Carries what is to be called from a worker's thread into the window's."""

    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def _call(self, then: Callable[[], None]) -> None:
        then()


_relay: _Relay | None = None


def run(
    function: Callable[[], R],
    done: Callable[[R], None] | None = None,
    failed: Callable[[Failure], None] | None = None,
    *,
    owner: QObject | None = None,
    waits_for_person: bool = False,
) -> None:
    """Call `function` on a thread, then `done` with its result or `failed` with what went wrong in the window's thread.

    To be called in the window's thread. With `owner`, its end silences both. What waits for a person takes none of the
    pool's two places, and the program's end does not wait for it.
    """
    relay = _the_relay()
    gone: list[bool] = []
    watch = owner.destroyed.connect(lambda: gone.append(True)) if owner is not None else None

    def tell(listener: Callable[[Any], None] | None, what: object) -> None:
        if watch is not None:
            QObject.disconnect(watch)
        if listener is not None and not gone:
            listener(what)

    def work() -> None:
        try:
            result = function()
        except Exception as error:
            failure = failure_of(error)
            relay.arrived.emit(lambda: tell(failed, failure))
        else:
            relay.arrived.emit(lambda: tell(done, result))

    if waits_for_person:
        threading.Thread(target=work, name="background, waiting", daemon=True).start()
    else:
        _pool.submit(work)


def _the_relay() -> _Relay:
    global _relay
    if _relay is None:
        _relay = _Relay()
        application = QCoreApplication.instance()
        assert application is not None
        _relay.moveToThread(application.thread())
    return _relay
