"""Where to look: folders from the menu, files dropped in, and files that the library does not know yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from copilot.calls import AddFolders, GetFolders, ListFiles
from copilot.errors import EngineUnreachable
from copilot.reports import FileRow, FileRows, FolderReport, FolderReports
from indexer.query import Filter
from indexer.runs import RunSummary
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.widgets.scope_chips import ScopeChips

SUMMARY = RunSummary(1, 1, 0, 0, 3, 0.1, ())


@pytest.fixture
def known(tmp_path: Path) -> Path:
    folder = tmp_path / "known"
    folder.mkdir()
    (folder / "Q3.docx").write_text("x")
    return folder


@pytest.fixture
def chips(desk: Desk, link: FakeLink, known: Path, qtbot: QtBot) -> ScopeChips:
    row = FileRow(str(known / "Q3.docx"), "indexed", "", 1, 1, 1)
    link.answers |= {
        GetFolders: FolderReports((FolderReport(str(known), "local", False, (), 1, 1, 0, 0, 1, 1, False),)),
        ListFiles: lambda call: FileRows((row,) if call.text == row.path else (), 1),
        AddFolders: SUMMARY,
    }
    chips = ScopeChips(desk)
    qtbot.addWidget(chips)
    chips.show()
    return chips


def button(chips: ScopeChips, words: str) -> QPushButton:
    return next(one for one in chips.findChildren(QPushButton) if one.text() == words)


def test_at_first_everything_is_looked_at(chips: ScopeChips) -> None:
    assert chips.scope == Filter()
    assert "All files" in chips.where_button.text()


def test_a_known_file_becomes_the_scope(chips: ScopeChips, link: FakeLink, known: Path) -> None:
    chips.take((str(known / "Q3.docx"),))
    link.settle()
    assert chips.scope == Filter(folders=(str(known / "Q3.docx"),))
    assert not chips.offer.isVisible()
    assert "Q3.docx" in chips.where_button.text()


def test_a_folder_below_a_known_one_becomes_the_scope(chips: ScopeChips, link: FakeLink, known: Path) -> None:
    below = known / "2026"
    below.mkdir()
    chips.take((str(below),))
    link.settle()
    assert chips.scope == Filter(folders=(str(below),))


def test_an_unknown_file_is_offered_and_taken_in_only_on_a_yes(
    chips: ScopeChips, link: FakeLink, tmp_path: Path, qtbot: QtBot
) -> None:
    stranger = tmp_path / "stranger.pdf"
    stranger.write_text("x")
    chips.take((str(stranger),))
    link.settle()
    assert chips.offer.isVisible()
    assert chips.scope == Filter()
    assert not link.calls(AddFolders)
    qtbot.mouseClick(button(chips, "Take in"), Qt.MouseButton.LeftButton)
    link.settle()
    assert link.calls(AddFolders) == [AddFolders((str(stranger),), waited_for=True)]
    assert chips.scope == Filter(folders=(str(stranger),))
    assert not chips.offer.isVisible()


def test_left_out_nothing_changes(chips: ScopeChips, link: FakeLink, tmp_path: Path, qtbot: QtBot) -> None:
    chips.take((str(tmp_path / "stranger.pdf"),))
    link.settle()
    qtbot.mouseClick(button(chips, "Leave out"), Qt.MouseButton.LeftButton)
    assert not chips.offer.isVisible()
    assert chips.scope == Filter()


def test_a_mix_takes_the_known_ones_and_offers_the_rest(
    chips: ScopeChips, link: FakeLink, known: Path, tmp_path: Path
) -> None:
    chips.take((str(known / "Q3.docx"), str(tmp_path / "stranger.pdf")))
    link.settle()
    assert chips.scope == Filter(folders=(str(known / "Q3.docx"),))
    assert chips.offer.isVisible()


def test_a_failure_is_told_where_it_happened(chips: ScopeChips, link: FakeLink, tmp_path: Path, qtbot: QtBot) -> None:
    link.answers[AddFolders] = EngineUnreachable("x")
    chips.take((str(tmp_path / "stranger.pdf"),))
    link.settle()
    qtbot.mouseClick(button(chips, "Take in"), Qt.MouseButton.LeftButton)
    link.settle()
    assert chips.trouble.sentence
    assert chips.scope == Filter()


def test_back_to_all_files(chips: ScopeChips, known: Path, qtbot: QtBot) -> None:
    chips.limit((str(known),))
    qtbot.mouseClick(button(chips, "All files again"), Qt.MouseButton.LeftButton)
    assert chips.scope == Filter()
