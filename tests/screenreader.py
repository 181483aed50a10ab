"""A screen reader for tests: a real accessibility bus (at-spi2-core), what the window says on it, and what it hears.

It knows the window only by what AT-SPI tells: names, roles, states, the tree, texts, announcements, where the keyboard
is. The bus is spoken with jeepney, no assistive library is needed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.display import until

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
REGISTRY = "org.a11y.atspi.Registry"
ROOT = "/org/a11y/atspi/accessible/root"
ACCESSIBLE = "org.a11y.atspi.Accessible"
NOBODY = "/org/a11y/atspi/null"
STATES = {
    1: "active", 4: "checked", 5: "collapsed", 7: "editable", 8: "enabled", 9: "expandable", 10: "expanded",
    11: "focusable", 12: "focused", 20: "pressed", 23: "selected", 25: "showing", 30: "visible", 41: "checkable",
}  # fmt: skip
FOCUSED = "object:state-changed:focused"


def missing() -> str:
    """Why no bus can be had; empty when it can."""
    lost = [] if _launcher() else ["at-spi2-core"]
    lost += [] if shutil.which("dbus-daemon") else ["dbus"]
    return f"needs {', '.join(lost)}: sh installers/debian_packages.sh test" if lost else ""


@dataclass(frozen=True, slots=True)
class Thing:
    """One accessible object: where it is on the bus, and what it was when it was looked at."""

    owner: str
    path: str
    role: str
    name: str
    description: str
    states: frozenset[str]

    def __str__(self) -> str:
        return f"{self.role} {self.name!r}"


@dataclass(frozen=True, slots=True)
class Heard:
    """One event: `object:state-changed:focused` and the like."""

    at: float
    kind: str
    owner: str
    path: str
    number: int
    text: str


class ScreenReader:
    """Asks on one connection, hears on another."""

    def __init__(self, address: str) -> None:
        from jeepney.io.blocking import open_dbus_connection

        self._asking = open_dbus_connection(address)
        self._hearing = open_dbus_connection(address)
        self.heard: list[Heard] = []
        self._register()
        self._ears = threading.Thread(target=self._listen, daemon=True)
        self._ears.start()

    def close(self) -> None:
        """Once the bus is gone: the ears end with it."""
        self._ears.join(5)
        self._asking.close()
        self._hearing.close()

    # --- the tree

    def application(self, name: str = "Nearside") -> Thing:
        """The program of this name, once it is on the bus."""
        found: list[Thing] = []

        def look() -> bool:
            found[:] = [thing for thing in self.children(REGISTRY, ROOT) if thing.name == name]
            return bool(found)

        until(look, 30, f"{name} is not on the accessibility bus")
        return found[0]

    def children(self, owner: str, path: str) -> list[Thing]:
        (pairs,) = self._call(owner, path, ACCESSIBLE, "GetChildren")
        return [thing for pair in pairs if (thing := self.look_at(*pair)) is not None]

    def walk(self, top: Thing | None = None) -> Iterator[Thing]:
        """Everything below, that is shown, from top to bottom."""
        top = top or self.application()
        yield top
        for child in self.children(top.owner, top.path):
            if "showing" in child.states or child.role == "application":
                yield from self.walk(child)

    def find(self, role: str, name: str, top: Thing | None = None) -> Thing:
        """What is shown with this role and a name that begins so; waits until it is there."""
        found: list[Thing] = []

        def look() -> bool:
            found[:] = [thing for thing in self.walk(top) if thing.role == role and thing.name.startswith(name)][:1]
            return bool(found)

        until(look, 20, f"nobody finds {role} {name!r}")
        return found[0]

    def look_at(self, owner: str, path: str) -> Thing | None:
        """None where the object has gone meanwhile."""
        if path == NOBODY:
            return None
        try:
            (role,) = self._call(owner, path, ACCESSIBLE, "GetRoleName")
            ((words),) = self._call(owner, path, ACCESSIBLE, "GetState")
            name, about = (self._property(owner, path, ACCESSIBLE, one) for one in ("Name", "Description"))
        except Gone:
            return None
        bits = words[0] | words[1] << 32
        states = frozenset(said for bit, said in STATES.items() if bits >> bit & 1)
        return Thing(owner, path, role, name, about, states)

    def text(self, thing: Thing) -> str:
        """The whole text of something that holds one."""
        count = self._property(thing.owner, thing.path, "org.a11y.atspi.Text", "CharacterCount")
        (text,) = self._call(thing.owner, thing.path, "org.a11y.atspi.Text", "GetText", "ii", (0, count))
        return str(text)

    def interfaces(self, thing: Thing) -> frozenset[str]:
        (names,) = self._call(thing.owner, thing.path, ACCESSIBLE, "GetInterfaces")
        return frozenset(names)

    def place(self, thing: Thing) -> tuple[int, int, int, int]:
        """x, y, width, height on the screen."""
        (box,) = self._call(thing.owner, thing.path, "org.a11y.atspi.Component", "GetExtents", "u", (0,))
        x, y, width, height = box
        return x, y, width, height

    def parent(self, thing: Thing) -> Thing | None:
        return self.look_at(*self._property(thing.owner, thing.path, ACCESSIBLE, "Parent"))

    # --- where the keyboard is

    def focused(self) -> Thing | None:
        """What said last that it has the keyboard, if it still says so; else whoever says so now."""
        for heard in reversed(self.heard):
            if heard.kind == FOCUSED and heard.number:
                thing = self.look_at(heard.owner, heard.path)
                if thing is not None and {"focused", "showing"} <= thing.states:
                    return thing
                break
        return next((thing for thing in self.walk() if "focused" in thing.states and thing.role != "frame"), None)

    # --- what is heard

    def said(self, since: float = 0.0) -> list[str]:
        """The announcements, in order."""
        return [one.text for one in list(self.heard) if one.kind == "object:announcement" and one.at >= since]

    def _register(self) -> None:
        from jeepney import DBusAddress, new_method_call
        from jeepney.bus_messages import MatchRule, message_bus

        for member in ("Object", "Focus", "Window"):
            rule = MatchRule(type="signal", interface=f"org.a11y.atspi.Event.{member}")
            self._hearing.send_and_get_reply(message_bus.AddMatch(rule))
        registry = DBusAddress("/org/a11y/atspi/registry", bus_name=REGISTRY, interface=REGISTRY)
        for event in ("object", "window", "focus"):
            self._hearing.send_and_get_reply(new_method_call(registry, "RegisterEvent", "s", (event,)))

    def _listen(self) -> None:
        from jeepney import HeaderFields

        with contextlib.suppress(Exception):
            while True:
                message = self._hearing.receive()
                fields = message.header.fields
                interface = fields.get(HeaderFields.interface, "")
                if not interface.startswith("org.a11y.atspi.Event."):
                    continue
                detail, number, _, (_, data), *_ = message.body
                kind = f"{interface.rpartition('.')[2].lower()}:{_dashed(fields[HeaderFields.member])}"
                owner, path = fields[HeaderFields.sender], fields[HeaderFields.path]
                full = f"{kind}:{detail}" if detail else kind
                words = data if isinstance(data, str) else ""
                self.heard.append(Heard(time.monotonic(), full, owner, path, number, words))

    # --- the bus

    def _property(self, owner: str, path: str, interface: str, name: str) -> Any:
        (value,) = self._call(owner, path, "org.freedesktop.DBus.Properties", "Get", "ss", (interface, name))
        return value[1]

    def _call(self, owner: str, path: str, interface: str, member: str, kinds: str | None = None, of: Any = ()) -> Any:
        from jeepney import DBusAddress, MessageType, new_method_call

        message = new_method_call(DBusAddress(path, bus_name=owner, interface=interface), member, kinds, of)
        reply = self._asking.send_and_get_reply(message, timeout=20)
        if reply.header.message_type is MessageType.error:
            raise Gone(f"{member} of {path}: {reply.body}")
        return reply.body


class Gone(Exception):
    """Nobody is there any more."""


@dataclass(frozen=True, slots=True)
class Session:
    """A D-Bus session with an accessibility bus; `environment` puts a program into it."""

    environment: dict[str, str]
    reader: ScreenReader


@contextlib.contextmanager
def session(folder: Path) -> Iterator[Session]:
    """Both buses until the end of the test. `folder` becomes the session's runtime folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    address = f"unix:path={folder / 'bus'}"
    own = {"DBUS_SESSION_BUS_ADDRESS": address, "XDG_RUNTIME_DIR": str(folder), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    clean = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "AT_SPI_BUS_ADDRESS")} | own
    with contextlib.ExitStack() as later:
        for command, there in (
            (["dbus-daemon", "--session", "--nofork", f"--address={address}"], folder / "bus"),
            ([_launcher(), "--launch-immediately"], folder / "at-spi"),
        ):
            program = subprocess.Popen(command, env=clean, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            later.callback(program.wait, 10)
            later.callback(program.terminate)
            until(there.exists, 10, f"{command[0]} did not come up")
        reader = ScreenReader(_bus_address(address))
        try:
            yield Session(own, reader)
        finally:
            later.close()
            reader.close()


def _bus_address(session_address: str) -> str:
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    with open_dbus_connection(session_address) as connection:
        bus = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
        return str(connection.send_and_get_reply(new_method_call(bus, "GetAddress"), timeout=10).body[0])


def _launcher() -> str:
    return next((path for path in LAUNCHERS if os.access(path, os.X_OK)), "")


def _dashed(member: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in member).removeprefix("-")
