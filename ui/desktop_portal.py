"""Asking the desktop's portal (org.freedesktop.portal) over D-Bus: whether it is there, one request, its answer.

What is asked is told by those who ask: shortcuts in hotkeys/portal.py, a picture of the screen in quick/portal_shot.py.
A session bus is a Unix socket: the window's seal against the internet leaves it open.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

BUS_NAME = "org.freedesktop.portal.Desktop"
OBJECT = "/org/freedesktop/portal/desktop"
ASK_SECONDS = 2.0
DECIDE_SECONDS = 120.0
"""What a person gets for the desktop's own question."""
DONE, CANCELLED = 0, 1
"""Codes of an answer; others mean that the portal could not do it."""


def session_bus() -> Any:
    """A connection of its own, to be closed by `with`. Raises what the library raises where there is no bus."""
    from jeepney.io.blocking import open_dbus_connection

    return open_dbus_connection("SESSION")


def missing(interface: str, what: str) -> str:
    """Why the portal offers no such interface here, as the end of a sentence; empty when it does."""
    try:
        from jeepney import DBusAddress, Properties

        with session_bus() as bus:
            question = Properties(DBusAddress(OBJECT, bus_name=BUS_NAME, interface=interface)).get("version")
            reply = bus.send_and_get_reply(question, timeout=ASK_SECONDS)
            if reply.header.message_type.name == "error":
                return f"this desktop's portal offers no {what}"
    except Exception as error:  # no bus, no library, no answer: each raises its own
        return f"no desktop portal answers ({type(error).__name__})"
    return ""


def named(token: str) -> dict[str, tuple[str, str]]:
    """The option that names a request."""
    return {"handle_token": ("s", token)}


def request(
    bus: Any, interface: str, method: str, signature: str, body: Callable[[str], tuple[Any, ...]]
) -> tuple[int, Any]:
    """Ask the portal and wait for its answer, which comes as a signal at an address that is known before. `body` is
    given the request's token. Blocks: not for the window's thread. Raises OSError, and what the library raises.
    """
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
    address = DBusAddress(OBJECT, bus_name=BUS_NAME, interface=interface)
    with bus.filter(rule) as queue:
        said = bus.send_and_get_reply(new_method_call(address, method, signature, body(token)), timeout=ASK_SECONDS)
        if said.header.message_type.name == "error":
            raise ConnectionError(f"the portal has no {method}")
        code, given = bus.recv_until_filtered(queue, timeout=DECIDE_SECONDS).body
    return int(code), given
