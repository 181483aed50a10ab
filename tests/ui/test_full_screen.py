"""A program that fills the screen: seen on a real screen, told to the engine while it indexes, taken back at once."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from copilot.calls import FillsScreen
from copilot.errors import EngineUnreachable
from copilot.paths import Paths
from copilot.reports import EngineState
from indexer.store.records import Counts
from tests import display
from tests.display import Screen, until
from tests.ui.fakelink import FakeLink
from ui import full_screen
from ui.desk import Desk
from ui.full_screen import FullScreens, fills_screen, windows_state
from ui.theme import Theme
from ui.wishes import Wishes

FILLING = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication(sys.argv)
label = QLabel("film")
label.setWindowTitle("Film")
label.showFullScreen() if sys.argv[1] == "full" else label.show()
application.exec()
"""


def state(*, indexing: bool) -> EngineState:
    counts = Counts(0, 0, 0, 0, 0, 0, 0)
    return EngineState(indexing, False, "", None, counts, (), "", 0.0)


class Beat(QObject):
    """A stand-in for the engine's pulse."""

    changed = Signal(object)


class Front:
    """What fills the screen, as a test has it."""

    def __init__(self) -> None:
        self.fills = False
        self.looks = 0

    def look(self) -> bool:
        self.looks += 1
        return self.fills


@pytest.fixture
def beat() -> Beat:
    return Beat()


@pytest.fixture
def front() -> Front:
    return Front()


@pytest.fixture
def watch(
    link: FakeLink, theme: Theme, paths: Paths, beat: Beat, front: Front, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FullScreens]:
    monkeypatch.setattr(full_screen, "LOOK_MS", 10)
    watch = FullScreens(Desk(link, theme, Wishes(), paths, beat), front.look)  # type: ignore[arg-type]
    yield watch
    watch.close()


def test_it_is_told_while_the_engine_indexes_and_taken_back(
    watch: FullScreens, link: FakeLink, beat: Beat, front: Front, qtbot: QtBot
) -> None:
    front.fills = True
    qtbot.wait(40)
    assert front.looks == 0  # idle: nobody looks
    beat.changed.emit(state(indexing=True))
    qtbot.waitUntil(lambda: watch.told)
    assert link.calls(FillsScreen) == [FillsScreen()]
    front.fills = False
    qtbot.waitUntil(lambda: not watch.told)
    assert link.last(FillsScreen).ticket.dropped
    front.fills = True
    qtbot.waitUntil(lambda: watch.told)
    beat.changed.emit(state(indexing=False))
    assert not watch.told
    looks = front.looks
    qtbot.wait(40)
    assert front.looks <= looks + 1


def test_an_engine_that_came_back_is_told_again(
    watch: FullScreens, link: FakeLink, beat: Beat, front: Front, qtbot: QtBot
) -> None:
    front.fills = True
    beat.changed.emit(state(indexing=True))
    qtbot.waitUntil(lambda: watch.told)
    link.last(FillsScreen).give(EngineUnreachable("it stopped"))
    qtbot.waitUntil(lambda: len(link.calls(FillsScreen)) == 2)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    if display.missing():
        pytest.skip(display.missing())
    with display.screen(640, 480) as shown:
        monkeypatch.setenv("DISPLAY", shown.name)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        yield shown


@pytest.mark.parametrize("size", ["full", "small"])
def test_x11_tells_a_window_that_fills_the_screen(screen: Screen, size: str) -> None:
    assert not fills_screen()
    other = subprocess.Popen([sys.executable, "-c", FILLING, size], env=screen.environment)
    try:
        screen.wait_for("Film")
        if size == "full":
            until(fills_screen, 10, "a full-screen window is not seen")
        else:
            screen.focus("Film")
            assert not fills_screen()
    finally:
        other.terminate()
        other.wait(10)
    until(lambda: not fills_screen(), 10, "a window that is gone still counts")


def test_where_nobody_tells_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert not fills_screen()
    monkeypatch.delenv("WAYLAND_DISPLAY")
    monkeypatch.setenv("DISPLAY", ":nothing")
    assert not fills_screen()


@pytest.mark.parametrize(("says", "code", "expected"), [(2, 0, 2), (4, 0, 4), (5, 0, 5), (2, -1, 0)])
def test_windows_is_asked_for_its_state(says: int, code: int, expected: int) -> None:
    class Shell:
        @staticmethod
        def SHQueryUserNotificationState(state: Any) -> int:  # noqa: N802 Windows' name
            ctypes.cast(state, ctypes.POINTER(ctypes.c_int))[0] = says
            return code

    assert windows_state(Shell()) == expected
