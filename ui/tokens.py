"""Colours and sizes of the window, and nothing else. The design's figures; no colour or size is written anywhere else.

Every pair of text and background here has a contrast of at least 4.5:1 (tests/ui/test_tokens.py).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours of one theme, `#rrggbb`."""

    name: str
    background: str
    card: str
    ink: str
    muted: str
    line: str
    handle: str
    accent: str
    accent_soft: str
    on_accent: str
    accent_hover: str
    warning: str
    warning_soft: str
    danger: str
    highlight: str
    shadow: str


LIGHT = Tokens(
    name="light",
    background="#f7f7f5",
    card="#ffffff",
    ink="#1d1f23",
    muted="#62676f",
    line="#e4e4e0",
    handle="#c9c9c4",
    accent="#1f6f5c",
    accent_soft="#e3f1ec",
    on_accent="#ffffff",
    accent_hover="#195c4c",
    warning="#8a5000",
    warning_soft="#fff3dd",
    danger="#a8322b",
    highlight="#fff1b8",
    shadow="#000000",
)
DARK = Tokens(
    name="dark",
    background="#17191c",
    card="#1f2226",
    ink="#e8e8e4",
    muted="#9aa0a8",
    line="#2e3237",
    handle="#464c53",
    accent="#5cc3a5",
    accent_soft="#1e3a33",
    on_accent="#0e1a16",
    accent_hover="#75d0b6",
    warning="#f0b35a",
    warning_soft="#3a2d16",
    danger="#f08a80",
    highlight="#5a4d14",
    shadow="#000000",
)
CONTRAST = Tokens(
    name="contrast",
    background="#000000",
    card="#000000",
    ink="#ffffff",
    muted="#ffffff",
    line="#ffffff",
    handle="#ffffff",
    accent="#ffff00",
    accent_soft="#333300",
    on_accent="#000000",
    accent_hover="#ffffaa",
    warning="#ffd000",
    warning_soft="#332a00",
    danger="#ff9a90",
    highlight="#4a4a00",
    shadow="#000000",
)

GRID = 4
RADIUS = 8
RADIUS_LARGE = 12
NAVIGATION_WIDTH = 208
READING_WIDTH = 720
PAGE_WIDTH = 984
PREVIEW_WIDTH = 408
QUICK_WIDTH, QUICK_SHADOW = 760, 28
FIRST_RUN_WIDTH = 560
BODY, SECONDARY, SMALL = 14.0, 12.5, 11.5
HEADINGS = (20, 18, 15)
MOTION_MS = 140
"""Longest animation; `Theme.motion` is 0 when the person wants none."""
