"""The library is looked through, and mended where it is not whole."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from copilot.calls import CheckLibrary
from indexer.errors import StoreDamaged
from indexer.store.records import CheckReport
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.widgets.library_check import LibraryCheck


def test_a_whole_library_is_said_to_be_whole(qtbot: QtBot, desk: Desk, link: FakeLink) -> None:
    check = LibraryCheck(desk)
    qtbot.addWidget(check)
    check.button.click()
    assert not check.button.isEnabled()
    link.last(CheckLibrary).give(CheckReport((), files=24))
    assert check.button.isEnabled()
    assert "is whole: 24" in check.sentence
    assert check.button.text() == "Check the library"


def test_what_is_found_can_be_repaired(qtbot: QtBot, desk: Desk, link: FakeLink) -> None:
    check = LibraryCheck(desk)
    qtbot.addWidget(check)
    check.button.click()
    link.last(CheckLibrary).give(CheckReport(("one", "two")))
    assert check.sentence.startswith("2 problem")
    assert check.button.text() == "Repair the library"
    check.button.click()
    assert link.calls(CheckLibrary) == [CheckLibrary(False), CheckLibrary(True)]
    link.last(CheckLibrary).give(CheckReport(("one", "two"), ("one", "two")))
    assert "is mended" in check.sentence
    assert check.button.text() == "Check the library"


def test_a_library_that_cannot_be_opened_is_offered_to_repair_once(qtbot: QtBot, desk: Desk, link: FakeLink) -> None:
    link.answers = {CheckLibrary: StoreDamaged("/x", "bad")}
    check = LibraryCheck(desk)
    qtbot.addWidget(check)
    check.button.click()
    link.settle()
    assert check.sentence.startswith("The library is damaged.")
    assert check.button.text() == "Repair the library"
    check.button.click()
    link.settle()
    assert check.button.text() == "Check the library"
