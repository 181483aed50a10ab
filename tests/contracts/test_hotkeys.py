"""Every way to hear global shortcuts: what it must have, and where it can run, that it hears, frees and refuses."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests import display
from tests.display import Screen, until
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


class PlayedPortal:
    """A GlobalShortcuts portal that grants what it is asked for but `denied`, and can press a key."""

    def __init__(self, denied: tuple[str, ...] = ()) -> None:
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self._bus = open_dbus_connection("SESSION")
        self._bus.send_and_get_reply(message_bus.RequestName(portal.BUS_NAME))
        self._denied = denied
        self.asked: list[tuple[str, str]] = []
        self.session = ""
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Once the bus is gone: the thread ends with it."""
        self._thread.join(5)
        self._bus.close()

    def press(self, name: str, session: str = "") -> None:
        from jeepney import DBusAddress, new_signal

        address = DBusAddress(portal.OBJECT, interface=portal.INTERFACE)
        body = (session or self.session, name, 1, {})
        self._bus.send(new_signal(address, "Activated", "osta{sv}", body))

    def _serve(self) -> None:
        from jeepney import HeaderFields, MessageType, new_method_return

        with contextlib.suppress(Exception):
            while True:
                message = self._bus.receive()
                fields = message.header.fields
                if message.header.message_type is not MessageType.method_call:
                    continue
                member, sender = fields[HeaderFields.member], fields[HeaderFields.sender]
                caller = sender[1:].replace(".", "_")
                if member == "Get":
                    self._bus.send(new_method_return(message, "v", (("u", 1),)))
                elif member == "CreateSession":
                    token = message.body[0]["handle_token"][1]
                    self.session = f"{portal.OBJECT}/session/{caller}/{token}"
                    self._answer(message, caller, token, {"session_handle": ("s", self.session)})
                elif member == "BindShortcuts":
                    shortcuts = message.body[1]
                    self.asked = [(name, about["preferred_trigger"][1]) for name, about in shortcuts]
                    granted = [(name, {}) for name, _ in shortcuts if name not in self._denied]
                    token = message.body[3]["handle_token"][1]
                    self._answer(message, caller, token, {"shortcuts": ("a(sa{sv})", granted)})

    def _answer(self, message: Any, caller: str, token: str, results: dict[str, Any]) -> None:
        from jeepney import DBusAddress, new_method_return, new_signal

        request = f"{portal.OBJECT}/request/{caller}/{token}"
        self._bus.send(new_method_return(message, "o", (request,)))
        address = DBusAddress(request, interface="org.freedesktop.portal.Request")
        self._bus.send(new_signal(address, "Response", "ua{sv}", (0, results)))


@pytest.fixture
def session_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[contextlib.ExitStack]:
    """A bus for this test alone; what is pushed on the stack is closed after it."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("needs dbus-daemon: sh installers/debian_packages.sh test")
    address = f"unix:path={tmp_path / 'bus'}"
    command = ["dbus-daemon", "--session", "--nofork", f"--address={address}"]
    daemon = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    until(lambda: (tmp_path / "bus").exists(), 10, "no bus came up")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with contextlib.ExitStack() as later:
        yield later
        daemon.terminate()
        daemon.wait(10)


def test_the_portal_is_asked_and_heard(session_bus: contextlib.ExitStack) -> None:
    assert "portal" in portal.unavailable()
    played = PlayedPortal(denied=("summarize",))
    session_bus.callback(played.close)
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
