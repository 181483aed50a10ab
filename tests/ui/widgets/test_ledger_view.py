"""The record is shown in portions: what is here for the month's sum alone is laid out for nobody."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from copilot.calls import GetLedger
from copilot.privacy.entries import Entry, EntryKind, LedgerEntry
from copilot.reports import LedgerPage
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.widgets.ledger_view import AT_ONCE, LedgerView

COUNT = 3 * AT_ONCE
KINDS = (EntryKind.OFFERED, EntryKind.DECIDED, EntryKind.SENT, EntryKind.RECEIVED)
ENTRIES = tuple(
    LedgerEntry(COUNT - at, 1_700_000_000.0 - at, Entry(KINDS[at % 4], f"r{at // 4}", "acme"), "h")
    for at in range(COUNT)
)


def page_of(call: GetLedger) -> LedgerPage:
    rest = [one for one in ENTRIES if not call.before or one.number < call.before]
    return LedgerPage(tuple(rest[: call.limit]), COUNT)


def test_thousands_of_entries_come_into_the_table_when_they_are_asked_for(
    desk: Desk, link: FakeLink, qtbot: QtBot
) -> None:
    link.answers[GetLedger] = page_of
    view = LedgerView(desk)
    qtbot.addWidget(view)
    view.changed.connect(lambda _: None if view.complete else view.load_older())  # as the month's sum does
    view.show()
    view.refresh()
    qtbot.waitUntil(lambda: len(view._entries) == COUNT, timeout=3000)
    assert shown(view) == AT_ONCE
    assert not view._older.isHidden()
    view._older.click()
    assert shown(view) == 2 * AT_ONCE
    view._older.click()
    assert shown(view) == COUNT
    assert view._older.isHidden()
    view.look_for("acme")
    assert shown(view) == COUNT, "a search looks at everything"


def shown(view: LedgerView) -> int:
    """Rows of the table without the days' headings."""
    model = view._table.model()
    return sum(view._table._entries.row(model.index(at, 0)).written is not None for at in range(model.rowCount()))
