"""What pages say when something is wrong or nothing is there: one sentence and one advice, nothing untrue; and that it
goes when all is well again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from copilot.calls import (
    Follow,
    GetFolders,
    GetLedger,
    GetModels,
    ListConversations,
    ListFiles,
    Search,
)
from copilot.errors import EngineUnreachable, PolicyInvalid
from copilot.reports import Conversations, FileRows, FolderReports, LedgerPage, ModelsReport
from copilot.settings import policy
from tests.ui.fakelink import FakeLink
from tests.ui.test_pulse import state
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.pages.search import SearchPage
from ui.pulse import Pulse
from ui.widgets.trouble import Trouble

GONE = EngineUnreachable("no answer")
WELL = {
    GetFolders: FolderReports(()),
    GetLedger: LedgerPage((), 0),
    GetModels: ModelsReport((), (), ()),
    ListConversations: Conversations(()),
    ListFiles: FileRows((), 0),
}


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, link: FakeLink) -> Iterator[MainWindow]:
    link.answers = dict.fromkeys((*WELL, Search, Follow), GONE)
    pulse = Pulse(link)
    window = MainWindow(replace(desk, pulse=pulse))
    qtbot.addWidget(window)
    window.show()
    pulse.start()
    yield window
    pulse.stop()


def said(window: MainWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def troubles(window: MainWindow) -> list[str]:
    return [one.sentence for one in window.findChildren(Trouble) if one.isVisible()]


@pytest.mark.parametrize("page", ["library", "privacy", "models"])
def test_without_an_engine_nothing_untrue_is_said(window: MainWindow, link: FakeLink, page: str) -> None:
    window.show_page(page)
    link.settle()
    assert "The engine stopped in the middle of its work." in troubles(window)
    text = said(window)
    for claim in ("No folder is in", "Every folder is local only", "This month nothing was sent", "Nothing has left"):
        assert claim not in text
    link.answers = dict(WELL)
    link.last(Follow).over = False
    window._desk.pulse.start()  # type: ignore[union-attr]
    link.last(Follow).tell(state(answer_device="CPU"))
    link.settle()
    assert troubles(window) == []


def test_a_search_is_made_again_when_the_engine_is_back(window: MainWindow, link: FakeLink) -> None:
    window.show_page("search")
    page = window._pages["search"]
    assert isinstance(page, SearchPage)
    page.field.setText("margin")
    page.search()
    link.settle()
    assert troubles(window)
    del link.answers[Search], link.answers[Follow]
    before = len(link.calls(Search))
    window._desk.pulse.start()  # type: ignore[union-attr]
    link.last(Follow).tell(state(answer_device="CPU"))
    link.settle()
    assert len(link.calls(Search)) == before + 1
    assert troubles(window) == []


def test_without_a_folder_the_search_page_says_where_to_add_one(window: MainWindow, link: FakeLink) -> None:
    link.answers = dict(WELL)
    window.show_page("search")
    link.settle()
    assert "Add a folder on the Library page" in said(window)


def test_a_rule_that_cannot_be_read_is_said_alone(
    window: MainWindow, link: FakeLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> policy.Machine:
        raise PolicyInvalid("/etc/policy.json", "It is not a JSON object.")

    link.answers = dict(WELL)
    monkeypatch.setattr(policy, "machine_policies", broken)
    window.show_page("settings")
    link.settle()
    assert "A rule of your IT department can't be read: /etc/policy.json." in troubles(window)
    assert "No setting is called that." not in said(window)
