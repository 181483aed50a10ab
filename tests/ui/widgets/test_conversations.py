"""The list of conversations: groups, search, and what can be done with one."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QMessageBox
from pytestqt.qtbot import QtBot

from copilot.calls import (
    DeleteConversation,
    Done,
    GetConversation,
    ListConversations,
    PinConversation,
    RenameConversation,
)
from copilot.reports import ConversationRow, Conversations
from tests.ui.answers import answer, conversation, turn
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.engine_link import LinkState
from ui.widgets.conversations import REFRESH_MS, ConversationList, grouped

DAY = 86_400
NOON = time.mktime((2026, 6, 10, 12, 0, 0, 0, 0, -1))


def row(conversation_id: str, title: str, at: float, *, pinned: bool = False) -> ConversationRow:
    return ConversationRow(conversation_id, title, pinned, at, 1)


def rows(count: int = 3) -> Conversations:
    return Conversations(tuple(row(f"c{n}", f"Conversation {n}", time.time() - n) for n in range(count)))


@pytest.fixture
def panel(desk: Desk, link: FakeLink, qtbot: QtBot) -> ConversationList:
    link.answers |= {
        ListConversations: rows(),
        PinConversation: Done(),
        RenameConversation: Done(),
        DeleteConversation: Done(),
        GetConversation: conversation(turn(1, "Why?", answer())),
    }
    panel = ConversationList(desk)
    qtbot.addWidget(panel)
    panel.resize(208, 400)
    panel.show()
    link.settle()
    return panel


def item(panel: ConversationList, title: str) -> QListWidgetItem:
    return panel.list.findItems(title, Qt.MatchFlag.MatchExactly)[0]


def choose(panel: ConversationList, of: QListWidgetItem, words: str) -> None:
    menu = panel.menu_for(of)
    for action in menu.actions():
        if action.text() == words:
            action.trigger()
    menu.close()


def test_pinned_come_first_then_days() -> None:
    groups = grouped(
        (
            row("p", "pinned", NOON - 9 * DAY, pinned=True),
            row("t", "today", NOON - 3600),
            row("y", "yesterday", NOON - DAY),
            row("w", "this week", NOON - 3 * DAY),
            row("m", "this month", NOON - 20 * DAY),
            row("e", "earlier", NOON - 90 * DAY),
        ),
        NOON,
    )
    assert [(name, [one.id for one in found]) for name, found in groups] == [
        ("Pinned", ["p"]),
        ("Today", ["t"]),
        ("Yesterday", ["y"]),
        ("Last 7 days", ["w"]),
        ("Last 30 days", ["m"]),
        ("Earlier", ["e"]),
    ]


def test_a_list_that_is_the_same_is_not_made_anew(panel: ConversationList, link: FakeLink, desk: Desk) -> None:
    first = item(panel, "Conversation 1")
    panel.refresh()
    link.settle()
    assert item(panel, "Conversation 1") is first
    link.answers[ListConversations] = rows(4)
    panel.refresh()
    link.settle()
    assert item(panel, "Conversation 3") is not None
    assert panel.list.count() == 5


def test_the_list_stays_where_it_was_scrolled_to(panel: ConversationList, link: FakeLink, qtbot: QtBot) -> None:
    for count in (500, 501):
        link.answers[ListConversations] = rows(count)
        panel.refresh()
        link.settle()
        qtbot.wait(1)
        if count == 500:
            panel.list.verticalScrollBar().setValue(3_000)
    assert panel.list.verticalScrollBar().value() == 3_000


def test_a_click_opens_a_conversation(panel: ConversationList, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.wishes.conversation) as heard:
        panel.list.itemClicked.emit(item(panel, "Conversation 1"))
    assert heard.args == ["c1"]


def test_headings_open_nothing(panel: ConversationList, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(desk.wishes.conversation):
        panel.list.itemClicked.emit(panel.list.item(0))


def test_the_one_that_is_shown_is_marked(panel: ConversationList, desk: Desk) -> None:
    desk.wishes.conversation_shown.emit("c2")
    assert panel.list.currentItem().text() == "Conversation 2"
    desk.wishes.conversation_shown.emit("")
    assert not panel.list.selectedItems()


def test_search_appears_with_many_and_asks_the_engine(panel: ConversationList, link: FakeLink, qtbot: QtBot) -> None:
    assert not panel.search_field.isVisible()
    link.answers[ListConversations] = rows(8)
    panel.refresh()
    link.settle()
    assert panel.search_field.isVisible()
    qtbot.keyClicks(panel.search_field, "lease")
    qtbot.waitUntil(lambda: link.calls(ListConversations)[-1].text == "lease")


def test_a_new_title_is_saved_and_an_empty_one_is_not(panel: ConversationList, link: FakeLink) -> None:
    one = item(panel, "Conversation 1")
    one.setText("Rotterdam")
    assert link.calls(RenameConversation) == [RenameConversation("c1", "Rotterdam")]
    other = item(panel, "Conversation 2")
    other.setText("  ")
    assert other.text() == "Conversation 2"
    assert len(link.calls(RenameConversation)) == 1


def test_pinning(panel: ConversationList, link: FakeLink) -> None:
    choose(panel, item(panel, "Conversation 0"), "Pin")
    assert link.calls(PinConversation) == [PinConversation("c0", True)]


def test_delete_asks_first_and_keeping_is_the_default(panel: ConversationList, link: FakeLink, qtbot: QtBot) -> None:
    panel.list.setCurrentItem(item(panel, "Conversation 1"))
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    (asking,) = panel.findChildren(QMessageBox)
    default = asking.defaultButton()
    assert default is not None
    assert default.text() == "Keep"
    assert not link.calls(DeleteConversation)
    next(button for button in asking.buttons() if button.text() == "Delete").click()
    assert link.calls(DeleteConversation) == [DeleteConversation("c1")]


def test_deleting_the_one_that_is_shown_begins_a_new_one(
    panel: ConversationList, desk: Desk, link: FakeLink, qtbot: QtBot
) -> None:
    desk.wishes.conversation_shown.emit("c1")
    choose(panel, item(panel, "Conversation 1"), "Delete")
    (asking,) = panel.findChildren(QMessageBox)
    with qtbot.waitSignal(desk.wishes.conversation) as heard:
        next(button for button in asking.buttons() if button.text() == "Delete").click()
    assert heard.args == [""]


def test_a_conversation_is_saved_as_a_file(panel: ConversationList, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "talk.md"
    with qtbot.waitSignal(desk.wishes.notice, timeout=5000) as heard:
        panel.export("c1", str(target))
    assert "talk.md" in heard.args[0]
    assert "Why?" in target.read_text("utf-8")


def test_a_file_that_cannot_be_written_is_told(
    panel: ConversationList, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(desk.wishes.notice, timeout=5000) as heard:
        panel.export("c1", str(tmp_path / "nowhere" / "talk.md"))
    assert "talk.md" not in heard.args[0]


def test_a_change_elsewhere_reads_the_list_again(
    panel: ConversationList, desk: Desk, link: FakeLink, qtbot: QtBot
) -> None:
    before = len(link.calls(ListConversations))
    desk.wishes.conversations_changed.emit()
    qtbot.waitUntil(lambda: len(link.calls(ListConversations)) > before)


def test_an_engine_that_is_gone_is_not_started_by_the_list(
    panel: ConversationList, link: FakeLink, qtbot: QtBot
) -> None:
    """When that is tried again is the pulse's to say: it waits longer and longer."""
    before = len(link.calls(ListConversations))
    link.state_changed.emit(LinkState.LOST)
    qtbot.wait(3 * REFRESH_MS)
    assert len(link.calls(ListConversations)) == before
    link.state_changed.emit(LinkState.READY)
    qtbot.waitUntil(lambda: len(link.calls(ListConversations)) == before + 1, timeout=3000)
