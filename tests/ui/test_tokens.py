"""Text can be read on what it stands on: contrast by WCAG 2.2's formula, at least 4.5:1."""

from __future__ import annotations

import pytest

from ui.tokens import CONTRAST, DARK, LIGHT, Tokens

PAIRS = (
    *((text, ground) for text in ("ink", "muted", "danger") for ground in ("background", "card")),
    ("ink", "accent_soft"),
    ("ink", "highlight"),
    ("accent", "background"),
    ("accent", "card"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("warning", "background"),
    ("warning", "card"),
    ("warning", "warning_soft"),
)


def luminance(color: str) -> float:
    parts = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(tokens: Tokens, text: str, ground: str) -> None:
    low, high = sorted((luminance(getattr(tokens, text)), luminance(getattr(tokens, ground))))
    assert (high + 0.05) / (low + 0.05) >= 4.5
