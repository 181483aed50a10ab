"""The language is changed while the window is in use: what was typed, shown and under way goes into the new window."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from copilot.calls import Ask, GetConversation, GetDocument, GetFolders, GetModels, ListConversations
from copilot.conversation import Delta
from copilot.host.launcher import Launcher
from copilot.reports import Conversations, FolderReports
from indexer.query import Filter
from tests.ui.answers import PATH, answer, conversation, document, turn
from tests.ui.fakelink import FakeLink
from tests.ui.pages.test_models import REPORT, StandInLauncher
from ui.desk import Desk
from ui.language import Speaking
from ui.main_window import MainWindow
from ui.pages.chat import ChatPage
from ui.pages.models import ModelsPage
from ui.pages.privacy import PrivacyPage
from ui.pages.search import SearchPage
from ui.pages.settings import SettingsPage
from ui.wishes import AskWish, Place


@pytest.fixture
def speaking(theme: object) -> Iterator[Speaking]:
    before, speaking = QLocale(), Speaking()
    speaking.speak("en")
    yield speaking
    speaking.silence()
    QLocale.setDefault(before)


@pytest.fixture
def desk(desk: Desk, link: FakeLink) -> Desk:
    link.answers |= {
        GetFolders: FolderReports(()),
        GetDocument: document(),
        GetModels: REPORT,
        ListConversations: Conversations(()),
    }
    return replace(desk, outside=cast(Launcher, StandInLauncher()))


Rebuild = Callable[[MainWindow], MainWindow]


@pytest.fixture
def rebuilt(qtbot: QtBot, desk: Desk, link: FakeLink, speaking: Speaking) -> Rebuild:
    def make(old: MainWindow) -> MainWindow:
        speaking.speak("zh_CN")
        new = MainWindow(desk)
        qtbot.addWidget(new)
        new.take_over(old)
        new.show()
        old.retire()
        link.settle()
        return new

    return make


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, speaking: Speaking) -> MainWindow:
    window = MainWindow(desk)
    window.resize(1100, 700)
    window.show_first_page()
    window.show()
    return window


def chat(window: MainWindow) -> ChatPage:
    return cast(ChatPage, window._pages["chat"])


def test_a_question_that_was_not_sent_stays(window: MainWindow, desk: Desk, rebuilt: Rebuild) -> None:
    desk.wishes.ask.emit(AskWish("What about the ", Filter(folders=("/d/A",)), send=False, context="The margin fell."))
    desk.wishes.page.emit("settings")
    new = rebuilt(window)
    assert new.current_page() == "settings"
    page = chat(new)
    assert page.field.text.toPlainText() == "What about the "
    assert page.field.text.textCursor().position() == len("What about the ")
    assert page.field.context == "The margin fell."
    assert page.chips.scope == Filter(folders=("/d/A",))
    assert re.search(r"[\u4e00-\u9fff]", page.field.text.placeholderText())


def test_an_answer_goes_on_being_written(window: MainWindow, link: FakeLink, rebuilt: Rebuild) -> None:
    chat(window).field.asked.emit("What did the margin do?")
    link.last(Ask).tell(Delta("The margin "))
    new = rebuilt(window)
    page = chat(new)
    assert page.talk.busy
    link.last(Ask).tell(Delta("fell."))
    (view,) = page.views
    assert view.answer_view.text == "The margin fell."
    link.last(Ask).give(answer())
    assert not page.talk.busy
    assert view.foot is not None
    assert len(link.calls(Ask)) == 1


def test_an_open_conversation_stays_where_it_was_read(
    window: MainWindow, desk: Desk, link: FakeLink, rebuilt: Rebuild, qtbot: QtBot
) -> None:
    long = answer("The margin fell [1].\n\n" * 60)
    link.answers[GetConversation] = conversation(*(turn(number, f"Question {number}?", long) for number in (1, 2)))
    desk.wishes.conversation.emit("c1")
    link.settle()
    bar = chat(window).column.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 900)
    bar.setValue(400)
    shown: list[str] = []
    desk.wishes.conversation_shown.connect(shown.append)
    new = rebuilt(window)
    assert [view.exchange.question for view in chat(new).views] == ["Question 1?", "Question 2?"]
    assert "c1" in shown
    qtbot.waitUntil(lambda: chat(new).column.verticalScrollBar().value() == 400)
    assert len(link.calls(GetConversation)) == 1


def test_pages_and_the_preview_stay(window: MainWindow, desk: Desk, link: FakeLink, rebuilt: Rebuild) -> None:
    for page in ("search", "privacy", "settings"):
        desk.wishes.page.emit(page)
    cast(SearchPage, window._pages["search"]).field.setText("margin type:pdf")
    old = cast(PrivacyPage, window._pages["privacy"])
    old._tabs.setCurrentIndex(2)
    old._labels._pattern.setText("*salary*")
    cast(SettingsPage, window._pages["settings"])._search.setText("battery")
    desk.wishes.place.emit(Place(PATH))
    new = rebuilt(window)
    assert new.current_page() == "settings"
    assert cast(SearchPage, new._pages["search"]).field.text() == "margin type:pdf"
    privacy = cast(PrivacyPage, new._pages["privacy"])
    assert (privacy._tabs.currentIndex(), privacy._labels.written_pattern) == (2, "*salary*")
    assert cast(SettingsPage, new._pages["settings"])._search.text() == "battery"
    assert new._preview.isVisible()
    assert new._preview.place == Place(PATH)


def test_a_settings_page_stays_scrolled(window: MainWindow, desk: Desk, rebuilt: Rebuild, qtbot: QtBot) -> None:
    desk.wishes.page.emit("settings")
    bar = cast(SettingsPage, window._pages["settings"]).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 600)
    bar.setValue(500)
    new = rebuilt(window)
    after = cast(SettingsPage, new._pages["settings"]).verticalScrollBar()
    qtbot.waitUntil(lambda: after.value() == 500)


def test_a_fetch_goes_on_in_sight(
    window: MainWindow, desk: Desk, link: FakeLink, rebuilt: Rebuild, qtbot: QtBot
) -> None:
    desk.wishes.page.emit("models")
    link.settle()
    outside = cast(StandInLauncher, desk.outside)
    buttons = window._pages["models"].findChildren(QPushButton)
    next(one for one in buttons if one.accessibleName() == "Fetch SmolLM2").click()
    new = rebuilt(window)
    page = cast(ModelsPage, new._pages["models"])
    assert page._fetch.pack == "smol"
    _, line, end = outside.runs[0]
    line('{"progress":{"stage":"fetch","done":46000000,"total":92000000}}')
    qtbot.waitUntil(lambda: "正在下载" in page._progress.sentence)
    end(0)
    qtbot.waitUntil(lambda: page._fetch.pack == "")
