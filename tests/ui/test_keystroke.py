"""Shortcuts as they are written."""

from __future__ import annotations

import pytest

from ui.hotkeys import portal, windows, x11
from ui.keystroke import Keystroke, read_keystroke

QUICK = Keystroke(("Ctrl", "Alt"), "Space")


@pytest.mark.parametrize("text", ["Ctrl+Alt+Space", "ctrl + alt + space", "Alt+Ctrl+Space", "Control+Alt+SPACE"])
def test_ways_to_write_the_same(text: str) -> None:
    assert read_keystroke(text) == QUICK


@pytest.mark.parametrize(
    "text", ["", "Space", "Shift+A", "Ctrl", "Ctrl+Ctrl+A", "Ctrl+Nonsense", "Ctrl+A+B", "Ctrl+F25"]
)
def test_what_is_no_shortcut(text: str) -> None:
    assert read_keystroke(text) is None


def test_function_keys_may_stand_alone() -> None:
    assert read_keystroke("F9") == Keystroke((), "F9")
    assert str(read_keystroke("Win+Shift+j")) == "Shift+Meta+J"


def test_names_for_each_system() -> None:
    assert portal.trigger(QUICK) == "CTRL+ALT+space"
    assert windows.numbers(QUICK) == (3, 0x20)
    assert windows.numbers(Keystroke(("Meta",), "J")) == (8, ord("J"))
    assert windows.numbers(Keystroke((), "F9")) == (0, 0x78)
    assert x11.KEYSYMS["Space"] == "space"
