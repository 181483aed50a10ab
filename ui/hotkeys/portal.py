"""Shortcuts by way of the desktop's GlobalShortcuts portal, over D-Bus: the way on Wayland, where the desktop asks the
person and decides which keys it will be.

Decision: jeepney in a thread of its own. QtDBus can't build the signature a(sa{sv}) from Python.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from copilot.paths import on_wayland
from ui import desktop_portal
from ui.desktop_portal import OBJECT, named, session_bus
from ui.keystroke import Keystroke, Refused, Wanted

ORDER = 30
INTERFACE = "org.freedesktop.portal.GlobalShortcuts"
LOOK_SECONDS = 1.0
TRIGGERS = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Meta": "LOGO"}
KEYSYMS = {"Space": "space", "PgUp": "Prior", "PgDown": "Next"}


def unavailable() -> str:
    if not on_wayland():
        return "it is for Wayland sessions; this one is not"
    return desktop_portal.missing(INTERFACE, "global shortcuts")


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
        try:
            with session_bus() as bus:
                session = self._bind(bus)
                if session:
                    self._hear(bus, session)
        except Exception:  # the bus went away: the session ends
            self._refuse(self._wanted)

    def _bind(self, bus: Any) -> str:
        code, given = desktop_portal.request(
            bus,
            INTERFACE,
            "CreateSession",
            "a{sv}",
            lambda token: ({**named(token), "session_handle_token": ("s", token)},),
        )
        session = str(given.get("session_handle", ("s", ""))[1])
        if code or not session:
            self._refuse(self._wanted)
            return ""
        shortcuts = [
            (one.name, {"description": ("s", one.about), "preferred_trigger": ("s", trigger(one.keys))})
            for one in self._wanted
        ]
        code, given = desktop_portal.request(
            bus, INTERFACE, "BindShortcuts", "oa(sa{sv})sa{sv}", lambda token: (session, shortcuts, "", named(token))
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
