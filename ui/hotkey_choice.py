"""Which way of hearing global shortcuts works in this session: the first of the room ui/hotkeys that can.

Looking takes a moment and happens on a thread; what is heard arrives in the window's.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from types import ModuleType

from PySide6.QtCore import QObject, Qt, Signal

from ui import background, hotkeys
from ui.keystroke import Listening, Refused, Wanted


def ways() -> tuple[ModuleType, ...]:
    """Every module of the room, in its order."""
    found = [
        importlib.import_module(f"{hotkeys.__name__}.{entry.name}") for entry in pkgutil.iter_modules(hotkeys.__path__)
    ]
    return tuple(sorted(found, key=lambda module: int(module.ORDER)))


class Shortcuts(QObject):
    """The global shortcuts of this program; `hear` may be called again with others."""

    pressed = Signal(str)
    """A shortcut's name."""
    settled = Signal()
    """What can be heard and what can't is known: see `refused` and `reasons`."""
    _heard = Signal(str)

    def __init__(self, choose: Callable[[], tuple[ModuleType, ...]] = ways) -> None:
        super().__init__()
        self._heard.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)  # from a thread into the window's
        self._choose = choose
        self._listening: Listening | None = None
        self._round = 0
        self.reasons: tuple[str, ...] = ()
        """Why no way works here; empty while one does."""

    @property
    def refused(self) -> tuple[Refused, ...]:
        return self._listening.refused if self._listening is not None else ()

    def hear(self, wanted: tuple[Wanted, ...]) -> None:
        """Hear these from now on, and no others."""
        self._round += 1
        this = self._round
        earlier, self._listening = self._listening, None

        def begin() -> tuple[Listening | None, tuple[str, ...]]:
            if earlier is not None:
                earlier.close()
            reasons: list[str] = []
            for way in self._choose() if wanted else ():
                reason = way.unavailable()
                if not reason:
                    return way.listen(wanted, self._heard.emit), ()
                reasons.append(reason)
            return None, tuple(reasons)

        def done(found: tuple[Listening | None, tuple[str, ...]]) -> None:
            listening, self.reasons = found
            if this != self._round:
                if listening is not None:
                    listening.close()
                return
            self._listening = listening
            self.settled.emit()

        background.run(begin, done, owner=self)

    def close(self) -> None:
        self._round += 1
        if self._listening is not None:
            self._listening.close()
            self._listening = None

    def _pass_on(self, name: str) -> None:
        self.pressed.emit(name)
