"""Chips and the typed line say the same thing."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ui.widgets.query_chips import QueryChips, part_of, with_part


@pytest.mark.parametrize(
    ("query", "key", "value", "line"),
    [
        ("margin", "type", "pdf", "margin type:pdf"),
        ("type:doc margin", "type", "pdf", "margin type:pdf"),
        ("margin in:Contracts", "in", "My Contracts", 'margin in:"My Contracts"'),
        ('in:"My Contracts" margin', "in", "", "margin"),
        ("after:7d", "after", "", ""),
        ("login:x", "in", "A", "login:x in:A"),
    ],
)
def test_a_filter_is_written_once(query: str, key: str, value: str, line: str) -> None:
    assert with_part(query, key, value) == line
    assert part_of(line, key) == value


def test_a_typed_filter_shows_on_its_chip(qtbot: QtBot) -> None:
    chips = QueryChips()
    qtbot.addWidget(chips)
    chips.show_query("margin type:pdf after:2026-01-02")
    texts = {key: chip.text() for key, chip in chips._chips.items()}
    assert texts["type"].startswith("PDF")
    assert "2026-01-02" in texts["after"]
    assert [chip.property("chosen") for chip in chips._chips.values()] == ["true", "false", "true"]
    assert chips._chips["type"].accessibleName() == "Kind: PDF"


def test_a_chosen_filter_gives_the_whole_line(qtbot: QtBot) -> None:
    chips = QueryChips()
    qtbot.addWidget(chips)
    chips.set_folders(("Contracts",))
    chips.show_query("margin")
    with qtbot.waitSignal(chips.written) as written:
        chips._write("in", "Contracts")
    assert written.args == ["margin in:Contracts"]
