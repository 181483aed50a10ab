"""Selected text on Windows, over stand-ins: COM's tables as they lie in memory, and a system that copies when asked."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from copilot.calls import Compose
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.quick import automation
from ui.quick.automation import Automation
from ui.quick.bar import QuickBar
from ui.quick.selection import Selected, Selection, Source
from ui.quick.windows_selection import UNICODE_TEXT, WindowsSelection

LONGEST = 1000

# --- COM, as it lies in memory


class Object:
    """Something with a table of methods, as COM has it. Counts how often it was given back."""

    def __init__(self, methods: dict[int, tuple[Callable[..., int], tuple[Any, ...]]], size: int = 20) -> None:
        self.released = 0
        self._kept = []
        table = (ctypes.c_void_p * size)()
        methods = methods | {automation.RELEASE: (self._release, ())}
        for number, (function, kinds) in methods.items():
            made = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, *kinds)(lambda _, *rest, f=function: f(*rest))
            self._kept.append(made)
            table[number] = ctypes.cast(made, ctypes.c_void_p).value
        self._table = table
        self._body = ctypes.pointer(table)
        self.address = ctypes.addressof(self._body)

    def _release(self) -> int:
        self.released += 1
        return 0


def giving(thing: Object | None) -> Callable[..., int]:
    """A method that gives an object through its last argument."""

    def give(*arguments: Any) -> int:
        ctypes.cast(arguments[-1], ctypes.POINTER(ctypes.c_void_p))[0] = thing.address if thing is not None else None
        return 0

    return give


class Libraries:
    """ole32 and oleaut32 over one focused element with these ranges selected."""

    def __init__(self, *ranges: str, patterns: bool = True) -> None:
        self.freed = 0
        self._buffers = []
        self._lengths: dict[int, int] = {}
        self.ranges = [self._range(text) for text in ranges]

        def length(to: int) -> int:
            ctypes.cast(to, ctypes.POINTER(ctypes.c_int))[0] = len(self.ranges)
            return 0

        def element(number: int, to: int) -> int:
            return giving(self.ranges[number])(to)

        out = ctypes.c_void_p
        self.array = Object({automation.LENGTH: (length, (out,)), automation.ELEMENT: (element, (ctypes.c_int, out))})
        self.pattern = Object({automation.SELECTION: (giving(self.array), (out,))})
        pattern = giving(self.pattern if patterns else None)
        self.element = Object({automation.PATTERN: (pattern, (ctypes.c_int, out))})
        self.root = Object({automation.FOCUSED_ELEMENT: (giving(self.element), (out,))})
        self.SysStringLen = self._Function(lambda address: self._lengths[address])
        self.SysFreeString = self._Function(self._free)

    class _Function:
        argtypes: Any = ()

        def __init__(self, function: Callable[[int], int]) -> None:
            self._function = function

        def __call__(self, address: Any) -> int:
            return self._function(address.value)

    def CoInitializeEx(self, *_: Any) -> int:  # noqa: N802 Windows' name
        return 0

    def CoCreateInstance(self, *arguments: Any) -> int:  # noqa: N802 Windows' name
        assert bytes(arguments[0]) == automation.CLASS.bytes_le
        assert bytes(arguments[3]) == automation.INTERFACE.bytes_le
        ctypes.cast(arguments[-1], ctypes.POINTER(ctypes.c_void_p))[0] = self.root.address
        return 0

    def _range(self, text: str) -> Object:
        buffer = ctypes.create_string_buffer(text.encode("utf-16-le"))
        self._buffers.append(buffer)
        self._lengths[ctypes.addressof(buffer)] = len(text)

        def give(_: int, to: int) -> int:
            ctypes.cast(to, ctypes.POINTER(ctypes.c_void_p))[0] = ctypes.addressof(buffer)
            return 0

        return Object({automation.RANGE_TEXT: (give, (ctypes.c_int, ctypes.c_void_p))})

    def _free(self, _: int) -> int:
        self.freed += 1
        return 0


def test_the_selection_is_read_through_coms_tables_and_everything_given_back() -> None:
    libraries = Libraries("The lease ends", "im August 租约")
    one = Automation(libraries, libraries)
    element = one.focused()
    assert element is not None
    assert one.selected(element, LONGEST) == "The lease ends\nim August 租约"
    one.release(element)
    one.close()
    objects = (libraries.root, libraries.element, libraries.pattern, libraries.array, *libraries.ranges)
    assert [thing.released for thing in objects] == [1] * 6
    assert libraries.freed == 2


def test_what_has_no_text_has_no_selection() -> None:
    libraries = Libraries(patterns=False)
    one = Automation(libraries, libraries)
    element = one.focused()
    assert element is not None
    assert one.selected(element, LONGEST) == ""


def test_without_ui_automation_it_says_so() -> None:
    class Nothing(Libraries):
        def CoCreateInstance(self, *_: Any) -> int:  # noqa: N802 Windows' name
            return -2147221164

    nothing = Nothing()
    with pytest.raises(OSError, match="0x80040154"):
        Automation(nothing, nothing)


# --- which way is taken


class PlayedSystem:
    """A Windows whose program in front has `automated` for UI Automation and copies `copies` when it is asked to."""

    def __init__(self, automated: str = "", copies: str = "", names: tuple[str, ...] = ("Edit", "Notepad")) -> None:
        self.automated, self.copies, self.names = automated, copies, names
        self.text = "what I had copied"
        self.kinds = frozenset({UNICODE_TEXT})
        self.asked: list[int] = []
        self._changes = 0

    def focused_element(self) -> Any:
        return "element"

    def selected(self, element: Any) -> str:
        return self.automated

    def focused_window(self) -> tuple[int, tuple[str, ...]]:
        return 7, self.names

    def formats(self) -> frozenset[int]:
        return self.kinds

    def clipboard(self) -> str:
        return self.text

    def put(self, text: str) -> None:
        self.text = text
        self._changes += 1

    def changes(self) -> int:
        return self._changes

    def ask_to_copy(self, window: int) -> None:
        self.asked.append(window)
        if self.copies:
            self.put(self.copies)


def read(system: PlayedSystem) -> str:
    return WindowsSelection(lambda: system).read(lambda: None)


def test_ui_automation_comes_first_and_the_clipboard_is_not_touched() -> None:
    system = PlayedSystem(automated="selected", copies="other")
    assert read(system) == "selected"
    assert system.asked == []
    assert system.changes() == 0


def test_a_program_that_only_copies_is_asked_to_and_the_clipboard_is_put_back() -> None:
    system = PlayedSystem(copies="copied on request")
    assert read(system) == "copied on request"
    assert system.asked == [7]
    assert system.text == "what I had copied"


def test_a_program_that_copies_nothing_changes_nothing() -> None:
    system = PlayedSystem()
    assert read(system) == ""
    assert system.changes() == 0


@pytest.mark.parametrize("name", ["ConsoleWindowClass", "CASCADIA_HOSTING_WINDOW_CLASS", "mintty"])
def test_a_console_is_never_asked(name: str) -> None:
    system = PlayedSystem(copies="ls", names=("Pane", name))
    assert read(system) == ""
    assert system.asked == []


def test_a_clipboard_with_more_than_text_is_left_alone() -> None:
    system = PlayedSystem(copies="copied on request")
    system.kinds = frozenset({UNICODE_TEXT, 2})
    assert read(system) == ""
    assert system.asked == []


def test_the_bar_need_not_wait_for_a_system_that_fails() -> None:
    looked = threading.Event()

    def broken() -> PlayedSystem:
        raise OSError("no UI Automation")

    with pytest.raises(OSError, match="no UI"):
        WindowsSelection(broken).read(looked.set)
    assert looked.is_set()


# --- in the bar


class Slow:
    """Answers when the test says so."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.go = threading.Event()
        self.remembered = threading.Event()

    def read(self, looked: Callable[[], None]) -> str:
        looked()
        self.remembered.set()
        self.go.wait(5)
        return self.text


@pytest.fixture
def slow() -> Slow:
    return Slow("The lease ends in 2029.")


@pytest.fixture
def bar(qtbot: QtBot, desk: Desk, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> QuickBar:
    monkeypatch.setattr("ui.quick.given.Selection", lambda: Selection(slow))
    bar = QuickBar(desk)
    qtbot.addWidget(bar)
    return bar


def test_the_bar_comes_at_once_and_the_text_when_it_is_known(bar: QuickBar, slow: Slow, qtbot: QtBot) -> None:
    bar.appear()
    assert bar.isVisible()
    assert slow.remembered.is_set()  # before the bar had the keyboard
    qtbot.wait(20)
    assert bar._given.selected is None
    slow.go.set()
    qtbot.waitUntil(lambda: bar._given.selected == Selected(slow.text, Source.SELECTED))
    bar._given.use()
    bar.hide()
    bar.appear()
    qtbot.wait(50)
    assert bar._given.selected is None  # seen to already


def test_a_selection_takes_the_place_of_what_was_copied(bar: QuickBar, slow: Slow, qtbot: QtBot) -> None:
    bar.appear()
    bar._given._offer(Selected("copied", Source.COPIED))
    slow.go.set()
    qtbot.waitUntil(lambda: bar._given.selected == Selected(slow.text, Source.SELECTED))


def test_an_action_waits_for_the_text(bar: QuickBar, slow: Slow, link: FakeLink, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    bar.appear_with("summarize")
    assert link.calls(Compose) == []
    slow.go.set()
    qtbot.waitUntil(lambda: [call.text for call in link.calls(Compose)] == [slow.text])
