"""A change inside of a place: seen going by, or at once."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.fading import _Before, fade


def place_of(qtbot: QtBot) -> tuple[QWidget, QLabel]:
    place, label = QWidget(), QLabel("before")
    QVBoxLayout(place).addWidget(label)
    qtbot.addWidget(place)
    place.show()
    return place, label


def test_what_was_there_goes_by_itself(theme: Theme, qtbot: QtBot) -> None:
    place, label = place_of(qtbot)
    fade(place, theme, lambda: label.setText("after"))
    assert label.text() == "after", "nothing waits for the picture to go"
    assert [before.isVisible() for before in place.findChildren(_Before)] == [True]
    qtbot.waitUntil(lambda: not place.findChildren(_Before), timeout=2000)


def test_without_motion_there_is_no_picture(theme: Theme, qtbot: QtBot) -> None:
    theme.motion = 0
    place, label = place_of(qtbot)
    fade(place, theme, lambda: label.setText("after"))
    assert label.text() == "after"
    assert not place.findChildren(_Before)


def test_a_place_that_is_slow_to_picture_changes_at_once_from_then_on(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, label = place_of(qtbot)
    monkeypatch.setattr("ui.widgets.fading.LONGEST_SECONDS", 0)
    fade(place, theme, lambda: label.setText("after"))
    qtbot.waitUntil(lambda: not place.findChildren(_Before), timeout=2000)
    fade(place, theme, lambda: label.setText("again"))
    assert label.text() == "again"
    assert not place.findChildren(_Before)
