"""Whether a program fills the screen, told to the engine while it indexes: work that nobody waits for waits then.

X11's window manager says which window is in front and whether it fills the screen; Windows says whether it is a moment
for notices. On Wayland and macOS no program is told, and nothing is claimed. What Windows says was written from its
documentation and tried with a stand-in.

Decision: looked at every two seconds while the engine indexes and not at all otherwise: an idle program stays idle.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from copilot.calls import FillsScreen
from copilot.paths import on_wayland
from copilot.reports import EngineState
from ui import background
from ui.desk import Desk
from ui.engine_link import Ticket

LOOK_MS = 2000
FULL_SCREEN_STATES = (2, 3, 4)
"""Of SHQueryUserNotificationState: a full-screen program, one that draws in 3D, a presentation."""


class FullScreens(QObject):
    """One for the whole program."""

    def __init__(self, desk: Desk, look: Callable[[], bool] | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._look_there = look or fills_screen
        self._told: Ticket | None = None
        self._looking = False
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self._look)
        if desk.pulse is not None:
            desk.pulse.changed.connect(self._follow)

    @property
    def told(self) -> bool:
        """Whether the engine has been told that a program fills the screen."""
        return self._told is not None

    def close(self) -> None:
        self._clock.stop()
        self._take_back()

    def _follow(self, state: EngineState) -> None:
        if state.indexing and not self._clock.isActive():
            self._clock.start()
            self._look()
        elif not state.indexing and self._clock.isActive():
            self.close()

    def _look(self) -> None:
        if not self._looking:
            self._looking = True
            background.run(self._look_there, self._take, lambda _: self._take(False), owner=self)

    def _take(self, fills: bool) -> None:
        self._looking = False
        if not fills or not self._clock.isActive():
            self._take_back()
        elif self._told is None:
            self._told = self._desk.link.perform(FillsScreen(), failed=self._forget, done=self._forget, owner=self)

    def _take_back(self) -> None:
        if self._told is not None:
            self._told.drop()
            self._told = None

    def _forget(self, _: object) -> None:
        """The engine went away, or is too old to know: the next look tells it again."""
        self._told = None


def fills_screen() -> bool:
    """Whether a program that is not ours fills the screen now; False where that is not known."""
    if sys.platform == "win32":
        return windows_state(getattr(ctypes, "windll").shell32) in FULL_SCREEN_STATES  # noqa: B009 not there elsewhere
    if sys.platform.startswith("linux") and not on_wayland():
        return _fills_x11()
    return False


def windows_state(shell: Any) -> int:
    """Of this moment, as Windows puts it; 0 where it says nothing."""
    state = ctypes.c_int(0)
    failed = shell.SHQueryUserNotificationState(ctypes.byref(state))
    return 0 if failed else state.value


def _fills_x11() -> bool:
    from Xlib import X, display

    try:
        server = display.Display()
    except Exception:  # no server, no permission: each raises its own
        return False
    try:
        root = server.screen().root
        active = root.get_full_property(server.intern_atom("_NET_ACTIVE_WINDOW"), X.AnyPropertyType)
        if active is None or not active.value[0]:
            return False
        window = server.create_resource_object("window", active.value[0])
        owner = window.get_full_property(server.intern_atom("_NET_WM_PID"), X.AnyPropertyType)
        if owner is not None and owner.value[0] == os.getpid():
            return False
        state = window.get_full_property(server.intern_atom("_NET_WM_STATE"), X.AnyPropertyType)
        return state is not None and server.intern_atom("_NET_WM_STATE_FULLSCREEN") in state.value
    except Exception:  # the window went away while it was looked at
        return False
    finally:
        server.close()
