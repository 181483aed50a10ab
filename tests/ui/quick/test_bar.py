"""The quick bar over a stand-in engine: what is asked when, what Enter does, what is shown of it."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from copilot.calls import Ask, Compose, FindFiles, Search, SetPause
from copilot.conversation import Answer, Delta, Origin, Seconds, Tokens
from copilot.errors import EngineUnreachable
from copilot.reports import Composed, FileRow, FileRows
from tests.ui.fakelink import FakeLink
from tests.ui.quick.test_rows import FOUND
from ui.desk import Desk
from ui.quick.bar import QuickBar
from ui.quick.rows import RowKind
from ui.quick.selection import Selected
from ui.wishes import AskWish, Place

FILES = FileRows((FileRow("/home/a/Finance/Q3 report.pdf", "indexed", "", 1, 1, 1),), 1)
ORIGIN = Origin("OpenVINO", "small", "CPU")
ANSWER = Answer("q", "It fell.", True, (), (), ORIGIN, "", Seconds(0.1, 0.2, 1.0), Tokens(1, 2))


@pytest.fixture
def bar(qtbot: QtBot, desk: Desk, link: FakeLink) -> QuickBar:
    link.answers = {FindFiles: FILES, Search: FOUND}
    bar = QuickBar(desk)
    qtbot.addWidget(bar)
    bar.appear()
    return bar


def typed(bar: QuickBar, text: str) -> None:
    bar._field.setText(text)


def kinds(bar: QuickBar) -> list[RowKind]:
    return [row.kind for row in bar._list.rows]


def press(bar: QuickBar, key: Qt.Key, control: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(bar._field, key, modifier)


def test_names_come_at_once_and_meaning_after_a_pause(qtbot: QtBot, bar: QuickBar, link: FakeLink) -> None:
    typed(bar, "q3 margin")
    assert len(link.calls(FindFiles)) == 1
    assert link.calls(Search) == []
    qtbot.waitUntil(lambda: RowKind.PASSAGE in kinds(bar))
    assert kinds(bar) == [RowKind.HEADER, RowKind.FILE, RowKind.HEADER, RowKind.PASSAGE, RowKind.ASK]
    assert len(link.calls(Search)) == 1


def test_a_late_answer_to_an_older_line_is_not_shown(bar: QuickBar, link: FakeLink) -> None:
    del link.answers[FindFiles]
    typed(bar, "first")
    old = link.last(FindFiles)
    typed(bar, "second")
    old.give(FILES)
    assert RowKind.FILE not in kinds(bar)


def test_enter_asks_and_the_answer_grows_in_place(qtbot: QtBot, bar: QuickBar, link: FakeLink, desk: Desk) -> None:
    typed(bar, "why did it fall")
    press(bar, Qt.Key.Key_Return)
    asked = link.last(Ask)
    assert asked.call.question.text == "why did it fall"
    asked.tell(Delta("It "))
    asked.tell(Delta("fell"))
    assert bar._result.text == "It fell"
    asked.give(ANSWER)
    assert bar._result.text == "It fell."
    with qtbot.waitSignal(desk.wishes.conversation) as wished:
        press(bar, Qt.Key.Key_Return, control=True)
    assert wished.args == [asked.call.conversation_id]
    assert not bar.isVisible()


def test_arrows_choose_and_enter_shows_the_passage(qtbot: QtBot, bar: QuickBar, desk: Desk) -> None:
    typed(bar, "q3 margin")
    qtbot.waitUntil(lambda: RowKind.PASSAGE in kinds(bar))
    press(bar, Qt.Key.Key_Up)
    places: list[Place] = []
    desk.wishes.place.connect(places.append)
    with qtbot.waitSignal(bar.opened_window):
        press(bar, Qt.Key.Key_Return)
    assert [place.page for place in places] == [12]


def test_a_choice_stays_when_more_is_found(qtbot: QtBot, bar: QuickBar) -> None:
    typed(bar, "q3 margin")
    qtbot.waitUntil(lambda: RowKind.FILE in kinds(bar))
    press(bar, Qt.Key.Key_Down)
    chosen = bar._list.chosen()
    assert chosen is not None
    assert chosen.kind is RowKind.FILE
    qtbot.waitUntil(lambda: RowKind.PASSAGE in kinds(bar))
    assert bar._list.chosen() == chosen


def test_a_sum_is_copied(bar: QuickBar) -> None:
    typed(bar, "=6*7")
    press(bar, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "42"
    assert not bar.isVisible()


def test_a_command_is_done(bar: QuickBar, link: FakeLink) -> None:
    typed(bar, ">pause")
    press(bar, Qt.Key.Key_Return)
    assert link.calls(SetPause) == [SetPause(True)]
    assert not bar.isVisible()


def test_selected_text_is_made_into_something(bar: QuickBar, link: FakeLink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bar._given.selection, "read", lambda: Selected("The lease ends in 2029."))
    bar._look_at_selection()
    assert bar._given.strip.isVisibleTo(bar)
    bar._compose("translate")
    asked = link.last(Compose)
    assert (asked.call.action, asked.call.text) == ("translate", "The lease ends in 2029.")
    asked.give(Composed("租约于2029年到期。", ORIGIN, 0.5, 8))
    assert bar._result.text == "租约于2029年到期。"
    bar._copy()
    assert QGuiApplication.clipboard().text() == "租约于2029年到期。"


def test_a_question_about_the_selection_goes_to_the_chat(
    bar: QuickBar, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bar._given.selection, "read", lambda: Selected("The lease ends in 2029."))
    bar._look_at_selection()
    wished: list[AskWish] = []
    desk.wishes.ask.connect(wished.append)
    typed(bar, "is that late?")
    press(bar, Qt.Key.Key_Return)
    assert [(wish.text, wish.context, wish.send) for wish in wished] == [
        ("is that late?", "The lease ends in 2029.", True)
    ]


def test_a_failure_is_said_in_place(bar: QuickBar, link: FakeLink) -> None:
    typed(bar, "?anything")
    press(bar, Qt.Key.Key_Return)
    link.last(Ask).give(EngineUnreachable("it stopped"))
    assert "engine stopped" in bar._result.text


def test_escape_stops_first_and_hides_next(bar: QuickBar, link: FakeLink) -> None:
    typed(bar, "?anything")
    press(bar, Qt.Key.Key_Return)
    bar._escape()
    assert link.last(Ask).ticket._stop.is_set()
    assert bar.isVisible()
    link.last(Ask).let_go()
    bar._escape()
    assert not bar.isVisible()


def test_an_answer_that_found_nothing_cites_nothing(bar: QuickBar, link: FakeLink) -> None:
    typed(bar, "?anything")
    press(bar, Qt.Key.Key_Return)
    link.last(Ask).give(dataclasses.replace(ANSWER, found=False, text="Not found in your files."))
    assert bar._result.text == "Not found in your files."
