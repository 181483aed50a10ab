"""Selected text on Windows: UI Automation is asked first; a program that does not tell may be asked to copy, and the
clipboard gets back what it held.

Decision: asked by the message WM_COPY, never by pressing Ctrl+C for the person: a key that arrives in a console ends
what runs there. Consoles get no message either, and a clipboard that holds more than plain text is left alone, because
only plain text can be put back as it was.

Tried under Wine 8 with its Notepad: focus, clipboard and WM_COPY work there; UI Automation is not registered in it. Not
run on Windows yet: what is decided here is tested over a stand-in for the system.
"""

from __future__ import annotations

import contextlib
import ctypes
import time
from collections.abc import Callable
from typing import Any, Protocol

from ui.quick.automation import Automation

CONSOLES = frozenset({"consolewindowclass", "cascadia_hosting_window_class", "mintty", "putty", "virtualconsoleclass"})
PLAIN_FORMATS = frozenset({1, 7, 13, 16})
"""Of the clipboard: CF_TEXT, CF_OEMTEXT, CF_UNICODETEXT, CF_LOCALE, which come and go together."""
UNICODE_TEXT = 13
WM_COPY = 0x0301
ABORT_IF_HUNG = 2
COPY_MS = 150
OPEN_TRIES, OPEN_PAUSE = 5, 0.02
"""The clipboard is one program's at a time."""
MOVEABLE = 2


class System(Protocol):
    """What is asked of Windows. `element` is whatever `focused_element` gave."""

    def focused_element(self) -> Any: ...

    def selected(self, element: Any) -> str: ...

    def focused_window(self) -> tuple[int, tuple[str, ...]]:
        """The window with the keyboard (0: none), and the names of its class and of its top window's."""

    def formats(self) -> frozenset[int]: ...

    def clipboard(self) -> str: ...

    def put(self, text: str) -> None:
        """Make this the clipboard's text; empty makes it empty."""

    def changes(self) -> int:
        """A number that is another one after every change of the clipboard."""

    def ask_to_copy(self, window: int) -> None: ...


class WindowsSelection:
    """Blocks for up to some hundred milliseconds: for a thread. `looked` is called once the other program has been
    remembered, so that the bar may take the keyboard from it."""

    def __init__(self, system: Callable[[], System]) -> None:
        self._system = system

    def read(self, looked: Callable[[], None]) -> str:
        try:
            system = self._system()
            window, names = system.focused_window()
            element = system.focused_element()
        finally:
            looked()
        text = system.selected(element) if element is not None else ""
        if text.strip() or not window or CONSOLES & {name.lower() for name in names}:
            return text
        return copied(system, window)


def copied(system: System, window: int) -> str:
    """What a window copies when it is asked to; the clipboard is as it was afterwards."""
    if not system.formats() <= PLAIN_FORMATS:
        return ""
    before, count = system.clipboard(), system.changes()
    system.ask_to_copy(window)
    if system.changes() == count:
        return ""
    text = system.clipboard()
    system.put(before)
    return text


class Win32:
    """The system itself, on the thread that made it."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        library: Any = getattr(ctypes, "WinDLL")  # noqa: B009 not there elsewhere
        self._user, self._kernel = library("user32"), library("kernel32")
        for name in ("GetClipboardData", "SetClipboardData", "GetForegroundWindow", "GetAncestor"):
            getattr(self._user, name).restype = ctypes.c_void_p
        self._user.SetClipboardData.argtypes = (ctypes.c_uint, ctypes.c_void_p)
        for name in ("GlobalAlloc", "GlobalLock"):
            getattr(self._kernel, name).restype = ctypes.c_void_p
        self._kernel.GlobalAlloc.argtypes = (ctypes.c_uint, ctypes.c_size_t)
        for name in ("GlobalLock", "GlobalUnlock"):
            getattr(self._kernel, name).argtypes = (ctypes.c_void_p,)
        self._automation: Automation | None = None
        with contextlib.suppress(OSError):  # not registered: programs can still be asked to copy
            self._automation = Automation(library("ole32"), library("oleaut32"))

    def focused_element(self) -> Any:
        return self._automation.focused() if self._automation is not None else None

    def selected(self, element: Any) -> str:
        assert self._automation is not None
        try:
            return self._automation.selected(element, self._longest)
        finally:
            self._automation.release(element)

    def focused_window(self) -> tuple[int, tuple[str, ...]]:
        top = self._user.GetForegroundWindow() or 0
        thread = self._user.GetWindowThreadProcessId(ctypes.c_void_p(top), None)
        state = _ThreadState()
        state.size = ctypes.sizeof(state)
        known = self._user.GetGUIThreadInfo(thread, ctypes.byref(state))
        window = (state.focus if known else None) or top
        return window, (self._class(window), self._class(top))

    def formats(self) -> frozenset[int]:
        found, one = set(), 0
        with _Opened(self._user):
            while one := self._user.EnumClipboardFormats(one):
                found.add(one)
        return frozenset(found)

    def clipboard(self) -> str:
        with _Opened(self._user):
            handle = self._user.GetClipboardData(UNICODE_TEXT)
            address = self._kernel.GlobalLock(handle) if handle else None
            if not address:
                return ""
            try:
                return str(ctypes.wstring_at(address))
            finally:
                self._kernel.GlobalUnlock(handle)

    def put(self, text: str) -> None:
        with _Opened(self._user):
            self._user.EmptyClipboard()
            if not text:
                return
            data = text.encode("utf-16-le") + b"\0\0"
            handle = self._kernel.GlobalAlloc(MOVEABLE, len(data))
            ctypes.memmove(self._kernel.GlobalLock(handle), data, len(data))
            self._kernel.GlobalUnlock(handle)
            self._user.SetClipboardData(UNICODE_TEXT, handle)  # the clipboard owns the memory from here on

    def changes(self) -> int:
        return int(self._user.GetClipboardSequenceNumber())

    def ask_to_copy(self, window: int) -> None:
        self._user.SendMessageTimeoutW(ctypes.c_void_p(window), WM_COPY, None, None, ABORT_IF_HUNG, COPY_MS, None)

    def _class(self, window: int) -> str:
        name = ctypes.create_unicode_buffer(128)
        self._user.GetClassNameW(ctypes.c_void_p(window), name, len(name))
        return str(name.value)


class _ThreadState(ctypes.Structure):
    """GUITHREADINFO."""

    _fields_ = (
        ("size", ctypes.c_uint),
        ("flags", ctypes.c_uint),
        ("active", ctypes.c_void_p),
        ("focus", ctypes.c_void_p),
        ("capture", ctypes.c_void_p),
        ("menu_owner", ctypes.c_void_p),
        ("move_size", ctypes.c_void_p),
        ("caret", ctypes.c_void_p),
        ("caret_box", ctypes.c_int32 * 4),
    )


class _Opened:
    """The clipboard, ours for a moment. Raises OSError where another program keeps it."""

    def __init__(self, user: Any) -> None:
        self._user = user

    def __enter__(self) -> None:
        for _ in range(OPEN_TRIES):
            if self._user.OpenClipboard(None):
                return
            time.sleep(OPEN_PAUSE)
        raise OSError("another program keeps the clipboard")

    def __exit__(self, *_: object) -> None:
        self._user.CloseClipboard()
