"""Companies by their endings, where an ending is also a word."""

from __future__ import annotations

import pytest

from copilot.privacy.detectors import organization


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Nordlicht Optics AS, Strandgaten 91, Bergen", ["Nordlicht Optics AS"]),
        ("The offer is from Bergen Elektro AS", ["Bergen Elektro AS"]),
        ("SAVE AS PDF, the same AS above", []),
    ],
)
def test_a_norwegian_ending_is_not_the_word_in_capitals(text: str, names: list[str]) -> None:
    assert [found.text for found in organization.find(text)] == names
