"""Every way to hear global shortcuts: what it must have, and where it can run, that it hears, frees and refuses."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests import display
from tests.display import Screen, until
from tests.playedportal import PlayedPortal, session_bus
from ui import desktop_portal
from ui.hotkey_choice import ways
from ui.hotkeys import portal, windows, x11
from ui.keystroke import Keystroke, Refused, Wanted

QUICK = Wanted("quick", Keystroke(("Ctrl", "Alt"), "Space"), "Show the quick bar")
SUMMARIZE = Wanted("summarize", Keystroke(("Ctrl", "Shift"), "F8"), "Summarize the selected text")


@pytest.fixture(params=ways(), ids=lambda way: way.__name__.rsplit(".", 1)[-1])
def way(request: pytest.FixtureRequest) -> ModuleType:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    if display.missing():
        pytest.skip(display.missing())
    with display.screen(400, 300) as shown:
        monkeypatch.setenv("DISPLAY", shown.name)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        yield shown


def test_an_entry_has_what_the_room_asks_for(way: ModuleType) -> None:
    assert isinstance(way.ORDER, int)
    assert callable(way.listen)
    assert way.__doc__


def test_orders_are_not_shared() -> None:
    assert len({way.ORDER for way in ways()}) == len(ways()) >= 3


def test_without_its_system_it_says_why(way: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    reason = way.unavailable()
    assert reason
    assert reason[0].islower()
    assert not reason.endswith(".")


def test_x11_hears_its_keys_whatever_the_locks_are(screen: Screen) -> None:
    heard: list[str] = []
    assert x11.unavailable() == ""
    listening = x11.listen((QUICK, SUMMARIZE), heard.append)
    assert listening.refused == ()
    screen.press("ctrl+alt+space")
    screen.press("ctrl+shift+F8")
    screen.press("a", "ctrl+space")
    screen.press("Caps_Lock")
    screen.press("ctrl+alt+space")
    screen.press("Num_Lock")
    screen.press("ctrl+alt+space")
    until(lambda: len(heard) >= 4, 5, f"heard only {heard}")
    listening.close()
    assert heard == ["quick", "summarize", "quick", "quick"]
    screen.press("ctrl+alt+space")
    time.sleep(0.2)
    assert len(heard) == 4


def test_x11_says_what_another_program_has(screen: Screen) -> None:
    heard: list[str] = []
    first = x11.listen((QUICK,), lambda _: None)
    second = x11.listen((QUICK, SUMMARIZE), heard.append)
    assert second.refused == (Refused("quick", "taken"),)
    screen.press("ctrl+shift+F8")
    until(lambda: heard == ["summarize"], 5, "what is free is not heard")
    first.close()
    second.close()
    third = x11.listen((QUICK,), lambda _: None)
    assert third.refused == ()
    third.close()


def test_wayland_is_not_x11s(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert "Wayland" in x11.unavailable()


def test_windows_is_not_here() -> None:
    if sys.platform != "win32":
        assert windows.unavailable() == "this is not Windows"


# --- the portal, played on a bus of our own


class Shortcuts:
    """A GlobalShortcuts portal that grants what it is asked for but `denied`, and can press a key."""

    def __init__(self, denied: tuple[str, ...] = ()) -> None:
        self._denied = denied
        self.asked: list[tuple[str, str]] = []
        self.session = ""
        self.played = PlayedPortal({"CreateSession": self._create, "BindShortcuts": self._bind})

    def press(self, name: str, session: str = "") -> None:
        body = (session or self.session, name, 1, {})
        self.played.signal(portal.INTERFACE, "Activated", "osta{sv}", body)

    def _create(self, body: Any) -> tuple[int, dict[str, Any]]:
        self.session = f"{desktop_portal.OBJECT}/session/{body[0]['session_handle_token'][1]}"
        return desktop_portal.DONE, {"session_handle": ("s", self.session)}

    def _bind(self, body: Any) -> tuple[int, dict[str, Any]]:
        self.asked = [(name, about["preferred_trigger"][1]) for name, about in body[1]]
        granted = [(name, {}) for name, _ in body[1] if name not in self._denied]
        return desktop_portal.DONE, {"shortcuts": ("a(sa{sv})", granted)}


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[contextlib.ExitStack]:
    """A bus for this test alone; what is pushed on the stack is closed after it."""
    with session_bus(tmp_path, monkeypatch) as later:
        yield later


def test_the_portal_is_asked_and_heard(session: contextlib.ExitStack) -> None:
    assert "portal" in portal.unavailable()
    played = Shortcuts(denied=("summarize",))
    session.callback(played.played.close)
    assert portal.unavailable() == ""
    heard: list[str] = []
    listening = portal.listen((QUICK, SUMMARIZE), heard.append)
    until(lambda: listening.refused == (Refused("summarize", "taken"),), 5, "no answer about the shortcuts")
    assert played.asked == [("quick", "CTRL+ALT+space"), ("summarize", "CTRL+SHIFT+F8")]
    time.sleep(0.2)
    played.press("quick", session="/of/somebody/else")
    played.press("quick")
    until(lambda: bool(heard), 5, "the key is not heard")
    time.sleep(0.1)
    assert heard == ["quick"]
    listening.close()
