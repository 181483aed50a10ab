"""Shortcuts by way of the desktop's GlobalShortcuts portal, over D-Bus: the way on Wayland, where the desktop asks the
person and decides which keys it will be.

Decision: jeepney in a thread of its own. QtDBus can't build the signature a(sa{sv}) from Python.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from typing import Any

from copilot.paths import on_wayland
from ui.keystroke import Keystroke, Refused, Wanted

ORDER = 30
BUS_NAME = "org.freedesktop.portal.Desktop"
OBJECT = "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.GlobalShortcuts"
ASK_SECONDS = 2.0
DECIDE_SECONDS = 120.0
"""What a person gets for the desktop's own question about the shortcuts."""
LOOK_SECONDS = 1.0
TRIGGERS = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Meta": "LOGO"}
KEYSYMS = {"Space": "space", "PgUp": "Prior", "PgDown": "Next"}


def unavailable() -> str:
    if not on_wayland():
        return "it is for Wayland sessions; this one is not"
    return missing()


def missing() -> str:
    """Why no portal answers on this session's bus; empty when one does."""
    try:
        from jeepney import DBusAddress, Properties
        from jeepney.io.blocking import open_dbus_connection

        with open_dbus_connection("SESSION") as bus:
            question = Properties(DBusAddress(OBJECT, bus_name=BUS_NAME, interface=INTERFACE)).get("version")
            reply = bus.send_and_get_reply(question, timeout=ASK_SECONDS)
            if reply.header.message_type.name == "error":
                return "this desktop's portal offers no global shortcuts"
    except Exception as error:  # no bus, no library, no answer: each raises its own
        return f"no desktop portal answers ({type(error).__name__})"
    return ""


def listen(wanted: tuple[Wanted, ...], heard: Callable[[str], None]) -> PortalListening:
    return PortalListening(wanted, heard)


class PortalListening:
    """One session with the portal. Which keys were given is known once the person has answered; nothing waits."""

    def __init__(self, wanted: tuple[Wanted, ...], heard: Callable[[str], None]) -> None:
        self.refused: tuple[Refused, ...] = ()
        self._wanted = wanted
        self._heard = heard
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live, name="hotkeys", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        self._thread.join(LOOK_SECONDS * 2)

    def _live(self) -> None:
        from jeepney.io.blocking import open_dbus_connection

        try:
            with open_dbus_connection("SESSION") as bus:
                session = self._bind(bus)
                if session:
                    self._hear(bus, session)
        except Exception:  # the bus went away: the session ends
            self._refuse(self._wanted)

    def _bind(self, bus: Any) -> str:
        code, given = _request(
            bus, "CreateSession", "a{sv}", lambda token: ({**_token(token), "session_handle_token": ("s", token)},)
        )
        session = str(given.get("session_handle", ("s", ""))[1])
        if code or not session:
            self._refuse(self._wanted)
            return ""
        shortcuts = [
            (one.name, {"description": ("s", one.about), "preferred_trigger": ("s", trigger(one.keys))})
            for one in self._wanted
        ]
        code, given = _request(
            bus, "BindShortcuts", "oa(sa{sv})sa{sv}", lambda token: (session, shortcuts, "", _token(token))
        )
        bound = {name for name, _ in given.get("shortcuts", ("", []))[1]} if code == 0 else set()
        self._refuse(tuple(one for one in self._wanted if one.name not in bound))
        return session

    def _hear(self, bus: Any, session: str) -> None:
        from jeepney import MatchRule, message_bus
        from jeepney.io.blocking import Proxy

        rule = MatchRule(type="signal", interface=INTERFACE, member="Activated", path=OBJECT)
        Proxy(message_bus, bus).AddMatch(rule)
        with bus.filter(rule) as queue:
            while not self._over.is_set():
                try:
                    body = bus.recv_until_filtered(queue, timeout=LOOK_SECONDS).body
                except TimeoutError:
                    continue
                if body[0] == session:
                    self._heard(body[1])

    def _refuse(self, which: tuple[Wanted, ...]) -> None:
        self.refused = tuple(Refused(one.name, "taken") for one in which)


def trigger(keys: Keystroke) -> str:
    """As the portal writes keys: CTRL+ALT+space."""
    key = KEYSYMS.get(keys.key, keys.key.lower() if len(keys.key) == 1 else keys.key)
    return "+".join((*(TRIGGERS[name] for name in keys.modifiers), key))


def _token(token: str) -> dict[str, tuple[str, str]]:
    return {"handle_token": ("s", token)}


def _request(bus: Any, method: str, signature: str, body: Callable[[str], tuple[Any, ...]]) -> tuple[int, Any]:
    """Ask the portal and wait for its answer, which comes as a signal at an address that is known before."""
    from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
    from jeepney.io.blocking import Proxy

    token = f"nearside{secrets.token_hex(4)}"
    sender = bus.unique_name[1:].replace(".", "_")
    rule = MatchRule(
        type="signal",
        interface="org.freedesktop.portal.Request",
        member="Response",
        path=f"{OBJECT}/request/{sender}/{token}",
    )
    Proxy(message_bus, bus).AddMatch(rule)
    address = DBusAddress(OBJECT, bus_name=BUS_NAME, interface=INTERFACE)
    with bus.filter(rule) as queue:
        bus.send_and_get_reply(new_method_call(address, method, signature, body(token)), timeout=ASK_SECONDS)
        code, given = bus.recv_until_filtered(queue, timeout=DECIDE_SECONDS).body
    return int(code), given
