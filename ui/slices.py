"""Long work of the window's thread in slices, so that the event loop gets its turn between them."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

SLICE_SECONDS = 0.012


class Slices(QObject):
    """One piece of work at a time; what begins puts an end to what went on before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] = iter(())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        return self._timer.isActive()

    def begin(self, steps: Iterator[object]) -> None:
        """Take some steps now, the others in later turns of the event loop."""
        self._steps = steps
        self._go_on()

    def finish(self) -> None:
        """Take all that are left at once."""
        self._timer.stop()
        for _ in self._steps:
            pass

    def _go_on(self) -> None:
        until = time.perf_counter() + SLICE_SECONDS
        for _ in self._steps:
            if time.perf_counter() >= until:
                self._timer.start(0)
                return
        self._timer.stop()
