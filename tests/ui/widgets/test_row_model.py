"""What a painted list tells Qt, and through it a screen reader, of its rows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ui.widgets.row_model import ROW, RowModel


def model(parent: QObject) -> RowModel[str]:
    return RowModel(
        parent,
        str.capitalize,
        heads=lambda row: row == "today",
        tip=lambda row: "" if row == "today" else f"about {row}",
    )


def test_rows_are_spoken_and_headings_are_not_chosen(qtbot: QtBot) -> None:
    owner = QObject()
    rows = model(owner)
    rows.fill(("today", "lease"))
    head, row = rows.index(0, 0), rows.index(1, 0)
    assert row.data(ROW) == "lease"
    assert row.data() == row.data(Qt.ItemDataRole.AccessibleTextRole) == "Lease"
    assert row.data(Qt.ItemDataRole.ToolTipRole) == "about lease"
    assert head.data(Qt.ItemDataRole.ToolTipRole) is None
    assert row.flags() & Qt.ItemFlag.ItemIsSelectable
    assert not head.flags() & Qt.ItemFlag.ItemIsSelectable
    rows.fill(())
    assert rows.rowCount() == 0


def test_qt_finds_no_fault_with_it(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    owner = QObject()
    rows = model(owner)
    rows.fill(("today", "lease"))
    qtmodeltester.check(rows)
