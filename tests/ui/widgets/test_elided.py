"""Names that are longer than their place."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.elided import Elided

NAME = "Quarterly_review_of_everything_that_was_measured_in_Suzhou_final_v3.pptx"


def test_a_long_name_loses_its_middle_and_claims_no_more_room_than_it_gets(theme: Theme, qtbot: QtBot) -> None:
    label = Elided(NAME)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < label.sizeHint().width() < label.fontMetrics().horizontalAdvance(NAME)
    label.resize(200, 20)
    label.show()
    assert label.shown().startswith("Quarterly")
    assert label.shown().endswith(".pptx")
    assert len(label.shown()) < len(NAME)
    assert label.text() == NAME


def test_a_short_name_is_shown_whole(theme: Theme, qtbot: QtBot) -> None:
    label = Elided("plan.odt")
    qtbot.addWidget(label)
    label.resize(200, 20)
    assert label.shown() == "plan.odt"
