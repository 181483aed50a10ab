"""The frame: pages by wish and by key, notices, panes, the preview; and everything by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from copilot.calls import Ask, Follow
from copilot.errors import EngineUnreachable, SettingInvalid
from tests.ui.fakelink import FakeLink
from tests.ui.test_pulse import state
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.pulse import Pulse
from ui.registry import entries
from ui.wishes import AskWish, Place, Wishes


@pytest.fixture
def desk(link: FakeLink, desk: Desk) -> Desk:
    return Desk(link, desk.theme, Wishes(), desk.paths, Pulse(link))


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> MainWindow:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show_first_page()
    window.show()
    return window


def words(window: MainWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window))


@pytest.mark.parametrize("page", [entry.page_id for entry in entries()])
def test_every_page_comes_by_wish(window: MainWindow, desk: Desk, page: str) -> None:
    desk.wishes.page.emit(page)
    assert window.current_page() == page
    assert window.windowTitle().endswith("Nearside")
    desk.wishes.page.emit("no such page")
    assert window.current_page() == page


def test_a_wish_reaches_a_page_that_is_built_for_it(qtbot: QtBot, desk: Desk, link: FakeLink) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show_page("library")
    desk.wishes.ask.emit(AskWish("Why?"))
    assert window.current_page() == "chat"
    assert [call.question.text for call in link.calls(Ask)] == ["Why?"]


@pytest.mark.parametrize(("keys", "page"), [("K", "search"), ("L", "library"), (",", "settings")])
def test_pages_come_by_key(qtbot: QtBot, window: MainWindow, keys: str, page: str) -> None:
    QTest.keyClick(window, {"K": Qt.Key.Key_K, "L": Qt.Key.Key_L, ",": Qt.Key.Key_Comma}[keys], _CONTROL)
    qtbot.waitUntil(lambda: window.current_page() == page)


_CONTROL = Qt.KeyboardModifier.ControlModifier


def test_f6_goes_round_the_panes(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    window._navigation.focus_page()
    QTest.keyClick(window, Qt.Key.Key_F6)
    focused = window.focusWidget()
    assert focused is not None
    assert window._stack.isAncestorOf(focused)
    QTest.keyClick(window, Qt.Key.Key_F6)
    focused = window.focusWidget()
    assert focused is not None
    assert window._navigation.isAncestorOf(focused)


def test_a_place_opens_the_preview_and_escape_closes_it(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    desk.wishes.place.emit(Place("/home/a/lease.pdf", 0, 10, 1, "lease"))
    assert window._preview.isVisibleTo(window)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window._preview.isVisibleTo(window))


def test_an_engine_that_dies_is_said_and_its_return_too(window: MainWindow, desk: Desk, link: FakeLink) -> None:
    assert desk.pulse is not None
    desk.pulse.start()
    link.last(Follow).give(EngineUnreachable("it stopped"))
    assert "The engine stopped in the middle of its work." in words(window)
    assert "The engine is not running" in words(window)
    desk.pulse.start()
    link.last(Follow).tell(state(answer_device="CPU"))
    assert "The engine is back." in words(window)
    assert "The engine stopped" not in words(window)
    assert "Processor (CPU), on this computer" in words(window)


def test_settings_that_cannot_be_read_are_said(window: MainWindow) -> None:
    window.show_trouble(SettingInvalid("theme", "pink", "one of system, light, dark"))
    assert "The setting “Look” can't have this value." in words(window)


def test_closing_hides_and_tells(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closing):
        window.close()
    assert not window.isVisible()


def test_every_button_has_a_name(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    nameless = []
    for entry in entries():
        desk.wishes.page.emit(entry.page_id)
        QApplication.processEvents()
        nameless += [
            (entry.page_id, button.objectName() or type(button).__name__)
            for button in window.findChildren(QAbstractButton)
            if button.isVisibleTo(window) and not (button.text() or button.accessibleName() or _is_qts_own(button))
        ]
    assert nameless == []


def _is_qts_own(button: QAbstractButton) -> bool:
    """The cross in a field, which Qt makes; Esc does the same."""
    return isinstance(button.parentWidget(), QLineEdit)


def test_settings_that_can_not_be_read_are_set_aside_when_the_person_wants_it(
    window: MainWindow, desk: Desk, link: FakeLink
) -> None:
    desk.paths.settings.parent.mkdir(parents=True, exist_ok=True)
    desk.paths.settings.write_text("passages = many", "utf-8")
    assert desk.pulse is not None
    desk.pulse.start()
    link.last(Follow).give(SettingInvalid(str(desk.paths.settings), "this text", "TOML"))
    banner = window._banner
    assert not banner.isHidden()
    assert str(desk.paths.settings) not in banner.accessibleName(), "a path says nothing to a person"
    attempts = len(link.calls(Follow))
    banner._act.click()
    assert not desk.paths.settings.exists()
    (kept,) = desk.paths.settings.parent.glob("*set-aside*")
    assert kept.read_text("utf-8") == "passages = many"
    assert len(link.calls(Follow)) == attempts + 1
