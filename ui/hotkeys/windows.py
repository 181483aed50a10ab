"""Shortcuts on Windows: RegisterHotKey, in a thread with a message loop of its own.

Written from Microsoft's documentation and not run on Windows yet: only what can be tested elsewhere is (names of keys
to their codes, and that it says so where there is no Windows).
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable
from typing import Any

from ui.keystroke import Keystroke, Refused, Wanted

ORDER = 10
ALREADY_REGISTERED = 1409
WM_HOTKEY, WM_QUIT = 0x0312, 0x0012
NO_REPEAT = 0x4000
MASKS = {"Alt": 1, "Ctrl": 2, "Shift": 4, "Meta": 8}
CODES = {
    "Space": 0x20,
    "Return": 0x0D,
    "Tab": 0x09,
    "Insert": 0x2D,
    "Home": 0x24,
    "End": 0x23,
    "PgUp": 0x21,
    "PgDown": 0x22,
    "Left": 0x25,
    "Up": 0x26,
    "Right": 0x27,
    "Down": 0x28,
    "Pause": 0x13,
}


def unavailable() -> str:
    return "" if sys.platform == "win32" else "this is not Windows"


def listen(wanted: tuple[Wanted, ...], heard: Callable[[str], None]) -> WindowsListening:
    return WindowsListening(wanted, heard)


class WindowsListening:
    """Shortcuts belong to the thread that registered them, which hears them until it is told to quit."""

    def __init__(self, wanted: tuple[Wanted, ...], heard: Callable[[str], None]) -> None:
        self.refused: tuple[Refused, ...] = ()
        self._heard = heard
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._live, args=(wanted,), name="hotkeys", daemon=True)
        self._thread.start()
        self._ready.wait(2)

    def close(self) -> None:
        _user32().PostThreadMessageW(self._thread.native_id, WM_QUIT, 0, 0)
        self._thread.join(2)

    def _live(self, wanted: tuple[Wanted, ...]) -> None:
        from ctypes import wintypes

        user32, refused = _user32(), []
        for number, one in enumerate(wanted, 1):
            mask, code = numbers(one.keys)
            if not user32.RegisterHotKey(None, number, mask | NO_REPEAT, code):
                error = int(getattr(ctypes, "get_last_error", int)())
                refused.append(Refused(one.name, "taken" if error == ALREADY_REGISTERED else "impossible"))
        self.refused = tuple(refused)
        message = wintypes.MSG()
        self._ready.set()
        while user32.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
            if message.message == WM_HOTKEY and 0 < message.wParam <= len(wanted):
                self._heard(wanted[message.wParam - 1].name)
        for number in range(1, len(wanted) + 1):
            user32.UnregisterHotKey(None, number)


def numbers(keys: Keystroke) -> tuple[int, int]:
    """Modifier bits and virtual-key code."""
    mask = sum(MASKS[name] for name in keys.modifiers)
    if keys.key in CODES:
        return mask, CODES[keys.key]
    if len(keys.key) == 1:
        return mask, ord(keys.key)
    return mask, 0x6F + int(keys.key[1:])


def _user32() -> Any:
    return getattr(ctypes, "WinDLL")("user32", use_last_error=True)  # noqa: B009 not there elsewhere
