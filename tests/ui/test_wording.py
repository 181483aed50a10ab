"""Numbers, times and states in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from copilot.privacy.placeholders import namings
from indexer.document import Chunk, FileState, Span
from ui import wording


@pytest.mark.parametrize(
    ("left", "said"),
    [(2, "a few seconds"), (31, "about 30 s"), (62, "about 1 min"), (3000, "about 50 min"), (8000, "about 2 h")],
)
def test_time_left_is_as_rough_as_it_is_known(qapp: QApplication, left: float, said: str) -> None:
    assert wording.time_left(left) == said


def test_every_state_and_kind_has_words(qapp: QApplication) -> None:
    assert all(wording.file_state(state.value) != state.value for state in FileState)
    assert all(wording.finding_kind(kind) != "" for kind in namings())
    assert {kind for kind in namings() if wording.finding_kind(kind) == kind} <= {
        "address",
        "amount",
        "date",
        "person",
    } | {
        "passport",
        "phone",
        "value",
    }


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"page": 12}, "p. 12"),
        ({"slide": 3}, "slide 3"),
        ({"sheet": "Budget", "rows": (4, 9)}, "Budget, row 4-9"),
        ({"lines": (7, 7)}, "line 7"),
        ({}, ""),
    ],
)
def test_places_are_named_as_the_file_names_them(qapp: QApplication, facts: dict[str, object], said: str) -> None:
    chunk = Chunk(0, "text", Span(0, 4), **facts)  # type: ignore[arg-type]
    assert wording.place_of(chunk, "/d/a.pdf") == said


def test_days_count_from_midnight(qapp: QApplication) -> None:
    noon = 1_700_000_000
    assert wording.day(noon, noon) == "Today"
    assert wording.day(noon - 86_400, noon) == "Yesterday"
    assert "2023" in wording.day(noon - 10 * 86_400, noon)


def test_a_tenth_of_a_cent_still_shows(qapp: QApplication) -> None:
    assert wording.money(0.0012, "EUR").endswith("0.001 EUR")
    assert wording.money(0.00021, "EUR").endswith("0.0002 EUR")
    assert wording.money(3, "EUR").endswith("3.00 EUR")


def test_members_are_known_by_their_own_names(qapp: QApplication) -> None:
    assert wording.file_name("/mail/offer.eml!/contract.pdf") == "contract.pdf"
    assert wording.folder_name("/mail/offer.eml!/contract.pdf") == "offer.eml"
    assert wording.folder_name("/home/li/Finance/2026/Q3.pdf") == "Finance / 2026"


def test_a_passage_of_a_picture_stands_in_a_picture() -> None:
    chunk = Chunk(0, "words", Span(0, 5), page=1)
    assert wording.place_of(chunk, "/d/mail.eml!/receipt.JPG") == "picture"
    assert wording.place_of(replace(chunk, page=2), "/d/fax.tif") == "p. 2"
