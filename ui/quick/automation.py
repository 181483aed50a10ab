"""Windows' UI Automation, as much of it as selected text takes: the element with the keyboard, and its selection.

Decision: plain ctypes over COM's tables, not comtypes: five calls are needed, and comtypes writes code it makes from
type libraries into its own folder, which a program that is installed for all users may not.

Numbers of methods and of interfaces are those of UIAutomationClient.h. Not run on Windows yet; tests call these tables
on a stand-in with the same layout.
"""

from __future__ import annotations

import contextlib
import ctypes
import uuid
from collections.abc import Iterator
from typing import Any

CLASS = uuid.UUID("ff48dba4-60ef-4201-aa87-54103eef594e")
"""CUIAutomation."""
INTERFACE = uuid.UUID("30cbe57d-d9d0-452a-ab13-7ac5ac4825ee")
"""IUIAutomation."""
TEXT_PATTERN = 10014
IN_PROCESS = 1
MANY_THREADS = 0
RELEASE = 2
FOCUSED_ELEMENT = 8
"""IUIAutomation::GetFocusedElement."""
PATTERN = 16
"""IUIAutomationElement::GetCurrentPattern."""
SELECTION = 5
"""IUIAutomationTextPattern::GetSelection."""
LENGTH, ELEMENT = 3, 4
"""IUIAutomationTextRangeArray::get_Length, ::GetElement."""
RANGE_TEXT = 12
"""IUIAutomationTextRange::GetText."""

_METHOD = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)


class Automation:
    """To be used on one thread, which need not be the window's. `ole32` and `oleaut32` are the system's libraries."""

    def __init__(self, ole32: Any, oleaut32: Any) -> None:
        self._strings = oleaut32
        oleaut32.SysStringLen.argtypes = (ctypes.c_void_p,)
        oleaut32.SysFreeString.argtypes = (ctypes.c_void_p,)
        ole32.CoInitializeEx(None, MANY_THREADS)
        self._root = ctypes.c_void_p()
        class_id, interface_id = (ctypes.create_string_buffer(one.bytes_le, 16) for one in (CLASS, INTERFACE))
        failed = ole32.CoCreateInstance(class_id, None, IN_PROCESS, interface_id, ctypes.byref(self._root))
        if failed or not self._root:
            raise OSError(f"UI Automation is not there ({failed & 0xFFFFFFFF:#x})")

    def focused(self) -> ctypes.c_void_p | None:
        """The element with the keyboard; to be given back by `release`."""
        return self._get(self._root, FOCUSED_ELEMENT)

    def selected(self, element: ctypes.c_void_p, longest: int) -> str:
        """The text that is selected in it, up to so many characters; empty where it has none or can't tell."""
        with self._held(self._get(element, PATTERN, ctypes.c_int(TEXT_PATTERN))) as pattern:
            if pattern is None:
                return ""
            with self._held(self._get(pattern, SELECTION)) as ranges:
                return "" if ranges is None else self._text(ranges, longest)

    def release(self, thing: ctypes.c_void_p) -> None:
        _call(thing, RELEASE)

    def close(self) -> None:
        self.release(self._root)

    # --- inside

    def _text(self, ranges: ctypes.c_void_p, longest: int) -> str:
        count = ctypes.c_int(0)
        if _call(ranges, LENGTH, ctypes.byref(count)) < 0:
            return ""
        parts: list[str] = []
        for number in range(count.value):
            with self._held(self._get(ranges, ELEMENT, ctypes.c_int(number))) as one:
                if one is not None:
                    parts.append(self._string(one, longest))
        return "\n".join(filter(None, parts))[:longest]

    def _string(self, one: ctypes.c_void_p, longest: int) -> str:
        string = self._get(one, RANGE_TEXT, ctypes.c_int(longest))
        if string is None:
            return ""
        try:
            units = int(self._strings.SysStringLen(string))
            return ctypes.string_at(string, 2 * units).decode("utf-16-le", "replace")
        finally:
            self._strings.SysFreeString(string)

    @staticmethod
    def _get(thing: ctypes.c_void_p, method: int, *arguments: Any) -> ctypes.c_void_p | None:
        """What a method gives through its last argument; None where it fails or gives nothing."""
        result = ctypes.c_void_p()
        failed = _call(thing, method, *arguments, ctypes.byref(result)) < 0
        return None if failed or not result else result

    @contextlib.contextmanager
    def _held(self, thing: ctypes.c_void_p | None) -> Iterator[ctypes.c_void_p | None]:
        try:
            yield thing
        finally:
            if thing is not None:
                self.release(thing)


def _call(thing: ctypes.c_void_p, method: int, *arguments: Any) -> int:
    """Method `method` of the table that a COM object begins with; the object is its first argument."""
    table = ctypes.cast(thing, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
    address = table[method]
    kinds = [ctypes.c_int if isinstance(one, ctypes.c_int) else ctypes.c_void_p for one in arguments]
    return int(_METHOD(ctypes.c_int, ctypes.c_void_p, *kinds)(address)(thing, *arguments))
