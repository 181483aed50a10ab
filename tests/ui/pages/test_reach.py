"""Every page can be used by keyboard and by ear: what takes the keyboard has a name, and Tab reaches it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from copilot.calls import FindFiles, Found, GetFolders, GetLedger, GetModels, ListFiles, Search
from copilot.reports import FileRow, FileRows, FolderReport, FolderReports, LedgerPage, ModelsReport, PackRow
from copilot.settings import policy
from copilot.settings.policy import Machine
from copilot.settings.providers import Provider, write_providers
from tests.ui.fakelink import FakeLink
from ui import far_sides
from ui.desk import Desk
from ui.registry import entries

MINE = ("search", "library", "privacy", "models", "settings")


@pytest.fixture(params=MINE)
def page(
    request: pytest.FixtureRequest, desk: Desk, link: FakeLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> QWidget:
    monkeypatch.setattr(policy, "machine_policies", Machine)
    monkeypatch.setattr(far_sides, "masked_api_key", lambda _: None)
    write_providers(desk.paths.providers, (Provider("mine", "openai", "http://localhost:1/v1", "m"),))
    files = FileRows((FileRow("/d/a.docx", "encrypted", "", 1, 1, 0),), 1)
    pack = PackRow("qwen", "Qwen", "generator", "1", "MIT", 1, "int4", ("CPU",), "here")
    link.answers |= {
        GetFolders: FolderReports((FolderReport("/d", "local", False, (), 1, 1, 0, 0, 1, 1, False),)),
        ListFiles: files,
        GetModels: ModelsReport((), (), (pack,)),
        GetLedger: LedgerPage((), 0),
        FindFiles: files,
        Search: Found("", (), 0.1),
    }
    made = next(entry for entry in entries() if entry.page_id == request.param).build(desk)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    qtbot.waitExposed(made)
    made.shown()  # type: ignore[attr-defined]
    link.settle()
    return made


def reachable(page: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def test_what_takes_the_keyboard_has_a_name(page: QWidget) -> None:
    nameless = []
    for widget in reachable(page):
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        inner = isinstance(widget, QLineEdit) and isinstance(widget.parent(), QWidget) and widget.parent() is not page
        parent = widget.parentWidget()
        named = bool(widget.accessibleName() or text or (inner and parent is not None and parent.accessibleName()))
        if not named and not isinstance(widget, QAbstractScrollArea):
            nameless.append(widget)
    assert nameless == []


def test_tab_goes_through_everything_and_comes_back(page: QWidget, qtbot: QtBot) -> None:
    wanted = {widget for widget in reachable(page) if widget.focusProxy() is None and not widget.inherits("QScrollBar")}
    page.activateWindow()
    seen: set[QWidget | None] = set()
    page.focusNextChild()
    for _ in range(len(wanted) * 2 + 10):
        seen.add(QApplication.focusWidget())
        page.focusNextChild()
    missed = {
        widget for widget in wanted if widget not in seen and not any(widget.isAncestorOf(one) for one in seen if one)
    }
    inner = {widget for widget in missed if widget.parentWidget() in seen}
    assert missed - inner == set()
