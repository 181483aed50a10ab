"""Keys as a person writes them, `Ctrl+Alt+Space`, taken apart; and what a way to hear global shortcuts gives back.

Pure: how a system is asked for them is the room ui/hotkeys/.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
NAMED = ("Space", "Return", "Tab", "Insert", "Home", "End", "PgUp", "PgDown", "Left", "Right", "Up", "Down", "Pause")
_KEY = re.compile(r"[A-Z0-9]|F([1-9]|1[0-9]|2[0-4])")
_OTHER_NAMES = {"Control": "Ctrl", "Win": "Meta", "Super": "Meta", "Enter": "Return", "Option": "Alt", "Cmd": "Meta"}


@dataclass(frozen=True, slots=True)
class Keystroke:
    """Modifiers in the order of MODIFIERS and one key: a capital letter, a digit, F1 to F24, or one of NAMED."""

    modifiers: tuple[str, ...]
    key: str

    def __str__(self) -> str:
        return "+".join((*self.modifiers, self.key))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A shortcut that shall be heard; `about` is said where the system asks the person about it."""

    name: str
    keys: Keystroke
    about: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A shortcut that can't be had, and why: `taken` by another program, or `impossible`."""

    name: str
    why: str


class Listening(Protocol):
    """Shortcuts that are being heard, until it is closed."""

    refused: tuple[Refused, ...]

    def close(self) -> None: ...


def read_keystroke(text: str) -> Keystroke | None:
    """None for what is no shortcut. One without Ctrl, Alt or Meta is none either: it would swallow a letter
    everywhere; function keys may stand alone.
    """
    parts = [_OTHER_NAMES.get(part, part) for part in (part.strip().capitalize() for part in text.split("+"))]
    by_name = {name.capitalize(): name for name in NAMED}
    *modifiers, key = [by_name.get(part, part) for part in parts]
    if any(part not in MODIFIERS for part in modifiers) or len(set(modifiers)) != len(modifiers):
        return None
    if key not in NAMED and not _KEY.fullmatch(key):
        return None
    if not set(modifiers) - {"Shift"} and not _KEY.fullmatch(key if key.startswith("F") and len(key) > 1 else "-"):
        return None
    return Keystroke(tuple(part for part in MODIFIERS if part in modifiers), key)
