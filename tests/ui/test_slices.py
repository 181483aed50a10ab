"""Long work goes on between other things of the event loop, in order and to its end."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from ui.slices import SLICE_SECONDS, Slices


def work(done: list[int], steps: int, name: int = 0) -> Iterator[None]:
    for number in range(steps):
        time.sleep(SLICE_SECONDS / 3)
        done.append(name + number)
        yield


def test_other_things_get_their_turn(qtbot: QtBot) -> None:
    done: list[int] = []
    seen: list[int] = []
    slices = Slices()
    QTimer.singleShot(0, lambda: seen.append(len(done)))
    slices.begin(work(done, 40))
    assert 0 < len(done) < 40
    assert slices.busy
    qtbot.waitUntil(lambda: not slices.busy, timeout=5000)
    assert done == list(range(40))
    assert 0 < seen[0] < 40


def test_what_begins_ends_what_went_on_and_finish_takes_the_rest(qtbot: QtBot) -> None:
    first: list[int] = []
    second: list[int] = []
    slices = Slices()
    slices.begin(work(first, 40))
    before = len(first)
    slices.begin(work(second, 40))
    slices.finish()
    assert second == list(range(40))
    qtbot.wait(50)
    assert len(first) == before
    assert not slices.busy
