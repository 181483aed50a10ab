"""The rules of background indexing, as they are set, where the library is."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui import preferences
from ui.desk import Desk
from ui.widgets.pace_rules import PaceRules


def test_they_are_shown_as_they_are_set(desk: Desk, qtbot: QtBot) -> None:
    rules = PaceRules(desk)
    qtbot.addWidget(rules)
    assert "on battery below 50 %" in rules.text
    assert "full-screen" in rules.text
    preferences.put(desk, "pace_full_screen", False)
    preferences.put(desk, "pace_battery_percent", 30)
    assert "on battery below 30 %" in rules.text
    assert "full-screen" not in rules.text
    preferences.put(desk, "pace_battery_percent", 0)
    preferences.put(desk, "pace_power_saver", False)
    preferences.put(desk, "pace_cpu_percent", 100)
    assert rules.text.startswith("Indexing never waits")


def test_they_lead_to_where_they_are_changed(desk: Desk, qtbot: QtBot) -> None:
    rules = PaceRules(desk)
    qtbot.addWidget(rules)
    with qtbot.waitSignal(desk.wishes.page) as wished:
        rules.findChild(QPushButton).click()
    assert wished.args == ["settings"]


def test_settings_that_can_not_be_read_do_not_close_the_library(desk: Desk, qtbot: QtBot) -> None:
    desk.paths.settings.parent.mkdir(parents=True, exist_ok=True)
    desk.paths.settings.write_text("theme = 5", "utf-8")
    rules = PaceRules(desk)
    qtbot.addWidget(rules)
    assert "on battery below 50 %" in rules.text
