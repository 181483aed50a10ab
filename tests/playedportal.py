"""The desktop's portal, played on a D-Bus session bus of the test's own: real messages, no desktop."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.display import until
from ui import desktop_portal

Answer = Callable[[Any], tuple[int, dict[str, Any]]]
"""Of a method's arguments: the response's code and its results."""


class PlayedPortal:
    """Answers the methods that it is given, each by a Response signal as a portal does, until `close`."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self._bus = open_dbus_connection("SESSION")
        self._bus.send_and_get_reply(message_bus.RequestName(desktop_portal.BUS_NAME))
        self._answers = answers
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Once the bus is gone: the thread ends with it."""
        self._thread.join(5)
        self._bus.close()

    def signal(self, interface: str, member: str, signature: str, body: tuple[Any, ...], path: str = "") -> None:
        from jeepney import DBusAddress, new_signal

        address = DBusAddress(path or desktop_portal.OBJECT, interface=interface)
        self._bus.send(new_signal(address, member, signature, body))

    def _serve(self) -> None:
        from jeepney import HeaderFields, MessageType, new_method_return

        with contextlib.suppress(Exception):
            while True:
                message = self._bus.receive()
                fields = message.header.fields
                if message.header.message_type is not MessageType.method_call:
                    continue
                member = fields[HeaderFields.member]
                if member == "Get":
                    self._bus.send(new_method_return(message, "v", (("u", 1),)))
                elif member in self._answers:
                    caller = fields[HeaderFields.sender][1:].replace(".", "_")
                    self._answer(message, caller, *self._answers[member](message.body))

    def _answer(self, message: Any, caller: str, code: int, results: dict[str, Any]) -> None:
        from jeepney import new_method_return

        (options,) = (part for part in message.body if isinstance(part, dict) and "handle_token" in part)
        request = f"{desktop_portal.OBJECT}/request/{caller}/{options['handle_token'][1]}"
        self._bus.send(new_method_return(message, "o", (request,)))
        self.signal("org.freedesktop.portal.Request", "Response", "ua{sv}", (code, results), request)


@contextlib.contextmanager
def session_bus(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[contextlib.ExitStack]:
    """A bus in a Wayland session, for this test alone; what is pushed on the stack is closed after it."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("needs dbus-daemon: sh installers/debian_packages.sh test")
    address = f"unix:path={folder / 'bus'}"
    command = ["dbus-daemon", "--session", "--nofork", f"--address={address}"]
    daemon = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    until(lambda: (folder / "bus").exists(), 10, "no bus came up")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with contextlib.ExitStack() as later:
        yield later
        daemon.terminate()
        daemon.wait(10)
