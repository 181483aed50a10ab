"""Ten thousand pieces of an answer through the real path: a call's own thread, queued signals, the page."""

from __future__ import annotations

import gc
import threading
import time
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from copilot.calls import Ask, Call
from copilot.conversation import Delta
from copilot.errors import EngineUnreachable
from indexer.reporter import Cancelled, Reporter
from tests.ui.answers import answer
from ui.desk import Desk
from ui.engine_link import EngineLink
from ui.pages.chat import ChatPage
from ui.talk import Phase
from ui.theme import Theme
from ui.widgets.turn_view import TurnView
from ui.wishes import Wishes

TOKENS = 10_000
HELD_SECONDS = 0.05
SENTENCE = (
    "The **operating margin** fell, because of `logistics` in Asia.\n\n"
    "- first\n- second\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
)


class _Remote:
    """Stands at the end of the pipe and writes as fast as a fast device: ten tokens a millisecond."""

    def __init__(self, pieces: list[str], *, endless: bool = False) -> None:
        self._pieces, self._endless = pieces, endless
        self.cancelled_after = 0.0

    def perform(self, call: Call[Any], reporter: Reporter, *, look_seconds: float | None = None) -> Any:
        if not isinstance(call, Ask):
            raise EngineUnreachable("only questions are answered here")
        for number, piece in enumerate(self._pieces):
            reporter.report(Delta(piece))
            if number % 10 == 0:
                time.sleep(0.001)
        while self._endless:
            time.sleep(0.01)
            reporter.check()
        return answer("".join(self._pieces), citations=())

    def interrupt(self) -> None:
        """It looks for a cancel by itself."""

    def close(self) -> None:
        return None


class _Link(EngineLink):
    def __init__(self, desk: Desk, remote: _Remote) -> None:
        super().__init__(desk.paths, lambda _: None)
        self.remote = remote

    def _connected(self) -> Any:
        return self.remote


class _Watchdog(QTimer):
    """The longest time, in processor seconds of this thread, between two turns of the event loop."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.longest = 0.0
        self._last = time.thread_time()
        self.timeout.connect(self._look)
        self.start(0)

    def _look(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def page_with(desk: Desk, theme: Theme, remote: _Remote, qtbot: QtBot) -> tuple[ChatPage, _Link]:
    link = _Link(desk, remote)
    page = ChatPage(Desk(link, theme, Wishes(), desk.paths))
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    return page, link


def first_view(page: ChatPage) -> TurnView:
    return page.views[0]


@pytest.mark.parametrize("kind", ["mixed", "one paragraph", "one table"])
def test_ten_thousand_tokens_hold_the_window_no_longer_than_fifty_milliseconds(
    desk: Desk, theme: Theme, qtbot: QtBot, kind: str
) -> None:
    text = {
        "mixed": SENTENCE * (4 * TOKENS // len(SENTENCE) + 1),
        "one paragraph": "Words without any end, " * (4 * TOKENS // 23 + 1),
        "one table": "| a | b |\n|---|---|\n" + "| one cell | another |\n" * (4 * TOKENS // 23 + 1),
    }[kind][: 4 * TOKENS]
    pieces = [text[at : at + 4] for at in range(0, len(text), 4)]
    assert len(pieces) == TOKENS
    page, link = page_with(desk, theme, _Remote(pieces), qtbot)
    qtbot.wait(50)
    gc.collect()
    gc.freeze()  # what the test runner holds is not the window's to sweep through
    page.talk.ask("Tell me everything.")
    watchdog = _Watchdog(page)
    qtbot.waitUntil(lambda: page.talk.exchanges[0].phase is Phase.DONE, timeout=60_000)
    qtbot.waitUntil(lambda: not first_view(page).answer_view.busy, timeout=60_000)
    gc.unfreeze()
    assert page.talk.exchanges[0].text == text
    shown = first_view(page).answer_view.toPlainText()
    assert shown.count("another") == text.count("another")
    assert shown.count("logistics") == text.count("logistics")
    assert shown.count("Words") == text.count("Words")
    assert watchdog.longest < HELD_SECONDS, f"held for {watchdog.longest * 1000:.0f} ms"
    link.close()


def test_stop_is_heard_at_once_on_both_sides(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    remote = _Remote(["Some ", "words"], endless=True)
    page, link = page_with(desk, theme, remote, qtbot)
    ended = threading.Event()
    perform = remote.perform

    def watched(call: Call[Any], reporter: Reporter, *, look_seconds: float | None = None) -> Any:
        try:
            return perform(call, reporter)
        except Cancelled:
            ended.set()
            raise

    remote.perform = watched  # type: ignore[method-assign]
    page.talk.ask("Why?")
    qtbot.waitUntil(lambda: page.talk.exchanges[0].text == "Some words", timeout=5000)
    began = time.monotonic()
    page.talk.stop()
    assert page.talk.exchanges[0].phase is Phase.STOPPED
    assert ended.wait(0.2)
    assert time.monotonic() - began < 0.2
    link.close()


def test_a_page_that_goes_while_an_answer_streams_takes_nothing_down(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    link = _Link(desk, _Remote(["word "] * 2000))
    page = ChatPage(Desk(link, theme, Wishes(), desk.paths))
    page.show()
    page.talk.ask("Why?")
    qtbot.waitUntil(lambda: bool(page.talk.exchanges[0].text), timeout=5000)
    page.close()
    page.deleteLater()
    qtbot.wait(300)
    link.close()
