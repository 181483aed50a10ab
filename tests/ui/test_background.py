"""Slow work comes back in the window's thread, and not at all to an owner that is gone."""

from __future__ import annotations

import threading

from PySide6.QtCore import SIGNAL, QObject
from pytestqt.qtbot import QtBot

from copilot.errors import KeyringMissing
from copilot.failures import Failure
from ui import background


def test_the_result_arrives_in_the_windows_thread(qtbot: QtBot) -> None:
    seen: list[tuple[str, bool]] = []

    def done(worked_in: str) -> None:
        seen.append((worked_in, threading.current_thread() is threading.main_thread()))

    background.run(lambda: threading.current_thread().name, done)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0].startswith("background")
    assert seen[0][1]


def test_a_failure_has_its_code(qtbot: QtBot) -> None:
    failures: list[Failure] = []

    def work() -> None:
        raise KeyringMissing(())

    background.run(work, failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0].code == "keyring_missing"


def test_an_owner_that_is_gone_hears_nothing(qtbot: QtBot) -> None:
    heard: list[int] = []
    owner, started, go = QObject(), threading.Event(), threading.Event()

    def work() -> int:
        started.set()
        go.wait(5)
        return 1

    background.run(work, heard.append, owner=owner)
    assert started.wait(5)
    owner.deleteLater()
    qtbot.wait(20)
    go.set()
    last: list[int] = []
    background.run(lambda: 2, last.append)
    qtbot.waitUntil(lambda: bool(last))
    qtbot.wait(20)
    assert heard == []


def test_an_owner_that_lives_long_gathers_nothing(qtbot: QtBot) -> None:
    heard: list[int] = []
    owner = QObject()
    for number in range(5):
        background.run(lambda number=number: number, heard.append, owner=owner)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(heard) == 5)
    assert owner.receivers(SIGNAL("destroyed(QObject*)")) <= 1, "one may be Qt's Python layer itself"


def test_what_waits_for_a_person_holds_up_nothing(qtbot: QtBot) -> None:
    answered = threading.Event()
    threads: list[threading.Thread] = []
    heard: list[bool] = []

    def wait() -> bool:
        threads.append(threading.current_thread())
        return answered.wait(10)

    for _ in range(2):
        background.run(wait, heard.append, waits_for_person=True)
    quick: list[int] = []
    background.run(lambda: 1, quick.append)
    qtbot.waitUntil(lambda: quick == [1])
    assert heard == []
    answered.set()
    qtbot.waitUntil(lambda: heard == [True, True])
    assert all(thread.daemon for thread in threads), "the program's end would wait for it"
