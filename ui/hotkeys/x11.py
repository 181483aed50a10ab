"""Shortcuts on an X11 session: the server is asked for these keys alone (XGrabKey), over a connection of its own.

A grab is made for every state of Caps Lock and Num Lock, because X11 takes them for modifiers. The server refuses what
another program has: that is the conflict.
"""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable
from typing import Any

from copilot.paths import on_wayland
from ui.keystroke import Keystroke, Refused, Wanted

ORDER = 20
SHIFT, LOCK, CONTROL, ALT, NUM_LOCK, META = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 6
LOCKS = (0, LOCK, NUM_LOCK, LOCK | NUM_LOCK)
MASKS = {"Ctrl": CONTROL, "Alt": ALT, "Shift": SHIFT, "Meta": META}
KEYSYMS = {"Space": "space", "PgUp": "Prior", "PgDown": "Next"}


def unavailable() -> str:
    if on_wayland():
        return "this session is Wayland, where no program can hear keys by itself"
    try:
        from Xlib import display

        display.Display().close()
    except Exception as error:  # no library, no server, no permission: each raises its own
        return f"there is no X11 server to ask ({type(error).__name__})"
    return ""


def listen(wanted: tuple[Wanted, ...], heard: Callable[[str], None]) -> X11Listening:
    return X11Listening(wanted, heard)


class X11Listening:
    """One connection, one thread, until `close`."""

    def __init__(self, wanted: tuple[Wanted, ...], heard: Callable[[str], None]) -> None:
        from Xlib import display

        self._display = display.Display()
        self._root = self._display.screen().root
        self._wanted = wanted
        self._heard = heard
        self._names: dict[tuple[int, int], str] = {}
        self._released = (0, 0)
        self.refused = self._grab()
        self._ear, self._mouth = os.pipe()
        self._thread = threading.Thread(target=self._hear, name="hotkeys", daemon=True)
        self._thread.start()

    def close(self) -> None:
        os.write(self._mouth, b".")
        self._thread.join(2)
        os.close(self._mouth)
        os.close(self._ear)

    def _grab(self) -> tuple[Refused, ...]:
        from Xlib import X
        from Xlib.error import BadAccess, CatchError

        refused: list[Refused] = []
        for one in self._wanted:
            code, mask = self._code(one.keys), _mask(one.keys)
            if not code:
                refused.append(Refused(one.name, "impossible"))
                continue
            taken = CatchError(BadAccess)
            for locks in LOCKS:
                self._root.grab_key(code, mask | locks, False, X.GrabModeAsync, X.GrabModeAsync, onerror=taken)
            self._display.sync()
            if taken.get_error():
                for locks in LOCKS:
                    self._root.ungrab_key(code, mask | locks)
                refused.append(Refused(one.name, "taken"))
            else:
                self._names[code, mask] = one.name
        self._display.sync()
        return tuple(refused)

    def _code(self, keys: Keystroke) -> int:
        from Xlib import XK

        name = KEYSYMS.get(keys.key, keys.key.lower() if len(keys.key) == 1 else keys.key)
        return int(self._display.keysym_to_keycode(XK.string_to_keysym(name)))

    def _hear(self) -> None:
        try:
            while True:
                while self._display.pending_events():
                    self._take(self._display.next_event())
                ready, _, _ = select.select([self._display.fileno(), self._ear], [], [])
                if self._ear in ready:
                    break
        except Exception:  # the server went away: the session ends, and so do its shortcuts
            return
        self._display.close()

    def _take(self, event: Any) -> None:
        from Xlib import X

        if event.type == X.KeyRelease:
            self._released = (event.detail, event.time)
        elif event.type == X.KeyPress and (event.detail, event.time) != self._released:
            # A key that is held down comes as releases and presses of the same moment: those are not meant.
            name = self._names.get((event.detail, event.state & (SHIFT | CONTROL | ALT | META)))
            if name is not None:
                self._heard(name)
        elif event.type == X.MappingNotify and event.request != X.MappingPointer:
            self._display.refresh_keyboard_mapping(event)
            for code, mask in self._names:
                for locks in LOCKS:
                    self._root.ungrab_key(code, mask | locks)
            self._names = {}
            self.refused = self._grab()


def _mask(keys: Keystroke) -> int:
    return sum(MASKS[name] for name in keys.modifiers)
