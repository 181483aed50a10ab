"""Settings are drawn from the table, found by their words, written as they change, and locked where policy says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QKeySequenceEdit, QLabel, QPlainTextEdit, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from copilot.calls import ReloadSettings
from copilot.settings import policy
from copilot.settings.policy import Machine
from copilot.settings.schema import rows
from copilot.settings.store import read_settings, write_settings
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.doctor import Found
from ui.doctor_words import report
from ui.pages.settings import SettingsPage, build
from ui.widgets.choice import Switch
from ui.widgets.setting_row import SettingRow
from ui.wishes import ShortcutNews


@pytest.fixture
def page(desk: Desk, link: FakeLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> SettingsPage:
    monkeypatch.setattr(policy, "machine_policies", Machine)
    link.answers[ReloadSettings] = None
    return shown(desk, qtbot)


def shown(desk: Desk, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.resize(900, 900)
    page.show()
    page.shown()
    return page


def row(page: SettingsPage, name: str) -> SettingRow:
    return next(one for group in page._groups for one in group.rows if one.name == name)


def visible(page: SettingsPage) -> set[str]:
    return {one.name for group in page._groups for one in group.rows if one.isVisible()}


def test_every_setting_of_the_person_is_there_and_none_of_policy(page: SettingsPage) -> None:
    assert visible(page) == {one.name for one in rows() if not one.policy_only}


def test_each_type_has_its_control_and_is_written_at_once(page: SettingsPage, desk: Desk, link: FakeLink) -> None:
    heard: list[str] = []
    desk.wishes.settings_changed.connect(heard.append)
    theme = row(page, "theme").findChild(QComboBox)
    assert theme is not None
    theme.setCurrentIndex(theme.findData("dark"))
    theme.activated.emit(theme.currentIndex())
    switch = row(page, "watch").findChild(Switch)
    assert switch is not None
    switch.click()
    size = row(page, "text_size").findChild(QSpinBox)
    assert size is not None
    size.setValue(150)
    words = row(page, "redact_also").findChild(QPlainTextEdit)
    assert words is not None
    words.setPlainText("Projekt Nachtigall\n\n极光\n")
    words.left.emit()  # type: ignore[attr-defined]
    kept = read_settings(desk.paths.settings)
    assert (kept.theme, kept.watch, kept.text_size) == ("dark", False, 150)
    assert kept.redact_also == ("Projekt Nachtigall", "极光")
    assert heard == ["theme", "watch", "text_size", "redact_also"]
    assert len(link.calls(ReloadSettings)) == 4


def test_a_search_finds_by_words_and_names(page: SettingsPage) -> None:
    page._search.setText("battery")
    assert visible(page) == {"pace_battery_percent"}
    page._search.setText("answer_tokens")
    assert "answer_tokens" in visible(page)
    page._search.setText("no such thing")
    assert visible(page) == set()
    assert page._nothing.isVisible()
    page._search.clear()
    assert len(visible(page)) > 20


def test_what_policy_forces_is_locked_with_its_source(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "/etc/nearside/policies/managed/office.json"
    forced = Machine(managed=((source, {"cloud_mode": "local", "forced_labels": ["/d/*=local"], "watch": False}),))
    monkeypatch.setattr(policy, "machine_policies", lambda: forced)
    page = shown(desk, qtbot)
    locked = row(page, "cloud_mode")
    choice = locked.findChild(QComboBox)
    assert choice is not None
    assert not choice.isEnabled()
    assert choice.currentData() == "local"
    assert any(source in label.text() for label in locked.findChildren(QLabel))
    assert any("/d/*=local" in label.text() for label in row(page, "forced_labels").findChildren(QLabel))


def test_a_policy_that_cannot_be_meant_is_said(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "machine_policies", lambda: Machine(managed=(("p.json", {"watch": 7}),)))
    page = shown(desk, qtbot)
    assert page._trouble.sentence


def test_a_shortcut_that_is_taken_is_refused_in_words(page: SettingsPage, desk: Desk) -> None:
    explain = row(page, "explain_shortcut")
    keys = explain.findChild(QKeySequenceEdit)
    assert keys is not None
    keys.setKeySequence(QKeySequence("Ctrl+Alt+Space"))
    keys.editingFinished.emit()
    assert "Quick bar" in explain.trouble.sentence
    assert read_settings(desk.paths.settings).explain_shortcut == ""
    keys.setKeySequence(QKeySequence("E"))
    keys.editingFinished.emit()
    assert "can't be a shortcut" in explain.trouble.sentence
    keys.setKeySequence(QKeySequence("Ctrl+Alt+E"))
    keys.editingFinished.emit()
    assert explain.trouble.sentence == ""
    assert read_settings(desk.paths.settings).explain_shortcut == "Ctrl+Alt+E"


def test_the_way_back_to_the_default(page: SettingsPage, desk: Desk) -> None:
    spin = row(page, "passages").findChild(QSpinBox)
    assert spin is not None
    spin.setValue(12)
    page.fill()
    back = next(one for one in row(page, "passages").findChildren(QPushButton) if one.text() == "Reset")
    back.click()
    assert read_settings(desk.paths.settings).passages == 6
    after = row(page, "passages").findChild(QSpinBox)
    assert after is not None
    assert after.value() == 6


def test_the_report_names_no_folder_of_the_person(
    page: SettingsPage, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr("ui.doctor_words.Path.home", lambda: tmp_path)
    findings = (
        Found("log", "note", f"The log is {tmp_path}/logs/engine.log."),
        Found("x", "bad", "Broken.", "Mend it."),
    )
    assert str(tmp_path) not in report(findings)
    page._show_findings(findings)
    said = [label.text() for label in page._health.findChildren(QLabel)]
    assert any("~/logs/engine.log" in text for text in said)
    assert "Broken. Mend it." in said
    assert page._copy.isVisible()


def test_keys_that_another_program_has_are_said_beside_them(page: SettingsPage, desk: Desk) -> None:
    desk.wishes.shortcuts = ShortcutNews((("quick_shortcut", "taken"),))
    desk.wishes.shortcuts_settled.emit()
    assert "Another program" in row(page, "quick_shortcut").trouble.sentence
    assert row(page, "explain_shortcut").trouble.sentence == ""


def test_where_no_shortcut_can_be_heard_another_way_is_said(page: SettingsPage, desk: Desk) -> None:
    desk.wishes.shortcuts = ShortcutNews(reasons=("the portal is missing",))
    desk.wishes.shortcuts_settled.emit()
    said = [group._trouble for group in page._groups if group._trouble.sentence]
    assert len(said) == 1
    assert "the portal is missing" in said[0].sentence
    assert "nearside quick" in said[0].accessibleName()


def test_rows_that_show_what_is_set_stay_when_the_page_comes_again(page: SettingsPage, desk: Desk) -> None:
    """To make them all anew takes longer than a window may be held."""
    kept, changed = row(page, "theme"), row(page, "passages")
    write_settings(desk.paths.settings, replace(read_settings(desk.paths.settings), passages=12))
    page.shown()
    assert row(page, "theme") is kept
    assert row(page, "passages") is not changed
    spin = row(page, "passages").findChild(QSpinBox)
    assert spin is not None
    assert spin.value() == 12


def test_the_settings_come_in_slices_when_the_window_builds_them(desk: Desk, qtbot: QtBot) -> None:
    page = build(desk)
    assert isinstance(page, SettingsPage)
    qtbot.addWidget(page)
    assert len(page.findChildren(SettingRow)) < len(visible_rows())
    qtbot.waitUntil(lambda: len(page.findChildren(SettingRow)) == len(visible_rows()), timeout=5000)


def visible_rows() -> tuple[str, ...]:
    return tuple(one.name for one in rows() if not one.policy_only)
