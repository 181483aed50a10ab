"""Calls go out on threads of their own; what comes back arrives in the window's thread, or not at all."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from copilot.calls import GetStatus, Search
from copilot.errors import EngineUnreachable
from copilot.failures import Failure
from copilot.paths import find_paths
from indexer.reporter import Cancelled, Progress, Reporter
from ui import engine_link
from ui.engine_link import EngineLink, LinkState


class Far:
    """The other end of a pipe: does what it is told to do with a call."""

    def __init__(self, answer: Any) -> None:
        self._answer = answer
        self.closed = False
        self.interrupted = threading.Event()

    def perform(self, call: object, reporter: Reporter, *, look_seconds: float | None) -> object:
        return self._answer(call, reporter)

    def interrupt(self) -> None:
        self.interrupted.set()

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def link(tmp_path: Path) -> Any:
    links: list[EngineLink] = []

    def made(answer: Any, monkeypatch: pytest.MonkeyPatch, started: list[object] | None = None) -> EngineLink:
        monkeypatch.setattr(engine_link, "connect", lambda _: Far(answer) if started is None else None)
        starts = started if started is not None else []
        links.append(EngineLink(find_paths(tmp_path), start=starts.append))
        return links[-1]

    yield made
    for one in links:
        one.close()


def test_events_and_the_result_come_in_order_in_the_windows_thread(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, link: Any
) -> None:
    def answer(_: object, reporter: Reporter) -> str:
        for done in range(3):
            reporter.report(Progress("scan", done))
        return "found"

    told: list[tuple[object, int]] = []

    def keep(what: object) -> None:
        told.append((what, threading.get_ident()))

    link(answer, monkeypatch).perform(GetStatus(), done=keep, event=keep)
    qtbot.waitUntil(lambda: bool(told) and told[-1][0] == "found")
    assert [getattr(what, "done", what) for what, _ in told] == [0, 1, 2, "found"]
    assert {thread for _, thread in told} == {threading.get_ident()}


def test_a_dropped_call_is_heard_of_no_more(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, link: Any) -> None:
    going, ended = threading.Event(), threading.Event()

    def answer(_: object, reporter: Reporter) -> str:
        going.wait(5)
        try:
            reporter.check()
        except Cancelled:
            ended.set()
            raise
        return "late"

    told: list[object] = []
    ticket = link(answer, monkeypatch).perform(
        Search("x"), done=told.append, cancelled=lambda: told.append("cancelled")
    )
    ticket.drop()
    going.set()
    qtbot.waitUntil(ended.is_set)
    qtbot.wait(50)
    assert told == []


def test_a_cancel_goes_to_the_engine_at_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, link: Any) -> None:
    """Nobody looks in vain, many times a second, whether somebody has cancelled."""
    begun, ended = threading.Event(), threading.Event()

    def answer(_: object, __: Reporter) -> str:
        begun.set()
        ended.wait(5)
        return "x"

    to = link(answer, monkeypatch)
    far = Far(answer)
    monkeypatch.setattr(engine_link, "connect", lambda _: far)
    ticket = to.perform(GetStatus())
    assert begun.wait(5)
    assert not far.interrupted.is_set()
    ticket.cancel()
    assert far.interrupted.is_set()
    ended.set()


def test_who_drops_a_call_that_is_over_cancels_no_other(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, link: Any
) -> None:
    """Its connection is the next call's by then."""
    begun, ended = threading.Event(), threading.Event()

    def answer(call: object, _: Reporter) -> str:
        if isinstance(call, GetStatus):
            begun.set()
            ended.wait(5)
        return "x"

    to = link(answer, monkeypatch)
    far = Far(answer)
    monkeypatch.setattr(engine_link, "connect", lambda _: far)
    told: list[object] = []
    over = to.perform(Search("x"), done=told.append)
    qtbot.waitUntil(lambda: bool(told))
    running = to.perform(GetStatus(), done=told.append)
    assert begun.wait(5)
    over.drop()
    assert not far.interrupted.is_set()
    running.cancel()
    assert far.interrupted.is_set()
    ended.set()


def test_a_lost_engine_is_said_once_and_the_call_fails(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, link: Any
) -> None:
    def answer(_: object, reporter: Reporter) -> str:
        raise EngineUnreachable("it stopped in the middle of its work")

    states: list[LinkState] = []
    failures: list[Failure] = []
    to = link(answer, monkeypatch)
    to.state_changed.connect(states.append)
    to.perform(GetStatus(), failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0].code == EngineUnreachable.code
    assert states[-1] is LinkState.LOST


def test_a_closed_window_starts_no_engine(monkeypatch: pytest.MonkeyPatch, link: Any) -> None:
    started: list[object] = []
    to = link(None, monkeypatch, started)
    to.close()
    with pytest.raises(EngineUnreachable):
        to._connected()
    assert started == []
