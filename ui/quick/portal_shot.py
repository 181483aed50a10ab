"""A picture of the screen from the desktop's Screenshot portal: the only way on Wayland.

The portal is asked for all screens without a question of its own; where it won't give them so, it may let the person
choose with the desktop's own means. It hands the picture over as a file that it wrote itself. That file is read and
deleted at once: nothing that Nearside does puts pixels on a disk, and nothing of the portal's stays there.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ui import desktop_portal
from ui.desktop_portal import CANCELLED, DONE, named, session_bus

INTERFACE = "org.freedesktop.portal.Screenshot"


class NoPicture(Exception):
    """The portal is not there or gave nothing; the text says why, for whoever looks into it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """`picture` as a PNG's bytes, empty when the person said no; `chosen` when the person chose the part already."""

    picture: bytes
    chosen: bool


def take() -> Taken:
    """Ask and wait for the answer, up to two minutes: not for the window's thread. Raises NoPicture."""
    try:
        with session_bus() as bus:
            for interactive in (False, True):
                code, given = _ask(bus, interactive=interactive)
                if code == CANCELLED:
                    return Taken(b"", chosen=False)
                if code == DONE:
                    return Taken(_fetched(given), chosen=interactive)
    except NoPicture:
        raise
    except Exception as error:  # no bus, no library, no answer: each raises its own
        raise NoPicture(f"no desktop portal answers ({type(error).__name__})") from None
    raise NoPicture("its portal refused")


def _ask(bus: Any, *, interactive: bool) -> tuple[int, Any]:
    options = {"interactive": ("b", interactive), "modal": ("b", False)}
    return desktop_portal.request(bus, INTERFACE, "Screenshot", "sa{sv}", lambda token: ("", named(token) | options))


def _fetched(given: Any) -> bytes:
    """The bytes of the file that the portal wrote, which is deleted whatever happens."""
    parts = urlsplit(str(given.get("uri", ("s", ""))[1]))
    if parts.scheme != "file":
        raise NoPicture("its portal named no file")
    file = Path(unquote(parts.path))
    try:
        return file.read_bytes()
    except OSError:
        raise NoPicture("its portal's file can't be read") from None
    finally:
        with contextlib.suppress(OSError):
            file.unlink()
