"""A page that is built anew, as after a change of language, leaves nothing behind that answers for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from copilot.calls import Follow, GetFolders, GetLedger, GetModels, ListFiles
from copilot.reports import EngineState, FileRows, FolderReports, LedgerPage, ModelsReport
from indexer.store.records import Counts
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.pulse import Pulse
from ui.registry import entries


@pytest.mark.parametrize("page_id", ["search", "library", "privacy", "models", "settings"])
def test_what_is_heard_afterwards_does_no_harm(desk: Desk, link: FakeLink, qtbot: QtBot, page_id: str) -> None:
    link.answers |= {
        GetFolders: FolderReports(()),
        ListFiles: FileRows((), 0),
        GetModels: ModelsReport((), (), ()),
        GetLedger: LedgerPage((), 0),
    }
    pulse = Pulse(link)
    pulse.start()
    desk = replace(desk, pulse=pulse)
    page = next(entry for entry in entries() if entry.page_id == page_id).build(desk)
    stays = QWidget()
    qtbot.addWidget(stays)
    page.show()
    page.shown()  # type: ignore[attr-defined]
    link.settle()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    with qtbot.captureExceptions() as raised:
        desk.wishes.settings_changed.emit("theme")
        desk.wishes.search.emit("margin")
        desk.wishes.shortcuts_settled.emit()
        desk.theme.changed.emit()
        pulse.back.emit()
        link.last(Follow).tell(EngineState(True, False, "", None, Counts(0, 0, 0, 0, 0, 0, 0), (), "", 0.0))
        stays.show()
        stays.setFocus()
        link.settle()
    assert raised == []
