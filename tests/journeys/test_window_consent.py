"""A question that the files don't answer, in the window: the offer, the dialog, a no that sends nothing, a yes that
sends exactly what was shown. The engine and the gateway are real, the far side is a server on this computer.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from copilot.paths import find_paths
from tests.journeys.cli import Nearside
from tests.journeys.test_offer import KEY, OPEN, QUESTION, Office
from tests.keyringsession import NEEDS_KEYRING, keep_api_key, keyring_session
from tests.loopback import Loopback, answer, streams
from tests.packs import packs_folder
from ui.desk import Desk
from ui.dialogs.consent import ConsentDialog
from ui.engine_link import EngineLink
from ui.main_window import MainWindow
from ui.theme import Theme
from ui.wishes import AskWish, Wishes

pytestmark = [
    NEEDS_KEYRING,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Secret Service is Linux's"),
]
SHOW, ONCE = "Show what would be sent", "Send once"


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback(streams(*answer("openai", "The pump costs ", "4,310 euros."))) as server:
        yield server


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory, server: Loopback) -> Iterator[Nearside]:
    with keyring_session(tmp_path_factory.mktemp("keyring")) as session:
        keep_api_key("acme", KEY, session)
        office = Office(tmp_path_factory.mktemp("window") / "home", packs_folder(), tuple(session.items()))
        documents = office.home.parent / "documents"
        documents.mkdir()
        (documents / "pump.txt").write_text(OPEN, "utf-8")
        assert office.run("index", "add", documents).code == 0
        assert office.run("label", documents, "redacted").code == 0
        added = office.run("providers", "add", "acme", "--kind", "openai", "--url", server.url, "--model", "large")
        assert added.code == 0, added.err
        assert office.run("engine", "start").code == 0
        yield office
        office.run("engine", "stop")


@pytest.fixture
def window(qtbot: QtBot, office: Nearside) -> Iterator[MainWindow]:
    paths = find_paths(office.home)
    theme = Theme("light")
    theme.apply()
    link = EngineLink(paths)
    window = MainWindow(Desk(link, theme, Wishes(), paths))
    qtbot.addWidget(window)
    window.show_page("chat")
    window.show()
    yield window
    link.close()


def button(root: QWidget, text: str) -> QPushButton | None:
    return next((b for b in root.findChildren(QPushButton) if b.text() == text and b.isVisible()), None)


def dialog() -> ConsentDialog | None:
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, ConsentDialog) and w.isVisible()), None)


def offered(qtbot: QtBot, window: MainWindow) -> ConsentDialog:
    """Ask, and open what would be sent."""
    window._desk.wishes.conversation.emit("")
    window._desk.wishes.ask.emit(AskWish(QUESTION))
    qtbot.waitUntil(lambda: button(window, SHOW) is not None, timeout=120_000)
    show = button(window, SHOW)
    assert show is not None
    show.setFocus()
    QTest.keyClick(show, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog() is not None, timeout=120_000)
    shown = dialog()
    assert shown is not None
    return shown


def said(root: QWidget) -> str:
    texts = [label.text() for label in root.findChildren(QLabel)]
    return "\n".join(texts + [view.toPlainText() for view in root.findChildren(QTextEdit)])


def test_a_no_sends_nothing_and_a_yes_what_was_shown(qtbot: QtBot, window: MainWindow, server: Loopback) -> None:
    first = offered(qtbot, window)
    assert "127.0.0.1" in said(first)
    assert "Vogelsang" not in said(first)
    QTest.keyClick(first, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog() is None, timeout=10_000)
    qtbot.wait(500)
    assert server.received == []
    second = offered(qtbot, window)
    body = second.request.body
    once = button(second, ONCE)
    assert once is not None
    once.setFocus()
    QTest.keyClick(once, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(server.received), timeout=60_000)
    (received,) = server.received
    assert received.body == body
    qtbot.waitUntil(lambda: "4,310 euros" in said(window), timeout=60_000)
