"""Every setting that a person may set has a place and words on the settings page."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from copilot.settings.schema import rows
from ui import setting_words


def test_every_setting_has_words(qapp: QApplication) -> None:
    worded = {name for group in setting_words.groups() for name in group.words}
    assert {row.name for row in rows() if not row.policy_only} == worded


def test_what_policy_sets_has_a_name(qapp: QApplication) -> None:
    assert {row.name for row in rows() if row.policy_only} == set(setting_words.policy_words())


def test_every_choice_is_said_in_words(qapp: QApplication) -> None:
    for row in rows():
        if not row.policy_only:
            assert all(setting_words.choice_words(row.name, choice) != choice for choice in row.choices)
