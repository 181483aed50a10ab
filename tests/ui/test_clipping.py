"""Nothing that is to be read is cut off: every page, dialog and the quick bar, in both languages, at usual and at twice
the text size.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QWidget,
)
from pytestqt.qtbot import QtBot

from copilot.calls import Ask, Follow, GetDocument, GetFolders, GetModels, ListConversations
from copilot.reports import (
    ConversationRow,
    Conversations,
    DeviceRow,
    FolderReport,
    FolderReports,
    ModelsReport,
    PackRow,
    RoleRow,
)
from copilot.settings.providers import Provider
from tests.ui.answers import answer, document, request
from tests.ui.fakelink import FakeLink
from tests.ui.test_pulse import state
from ui.desk import Desk
from ui.dialogs.consent import ConsentDialog
from ui.dialogs.first_run import FirstRun
from ui.dialogs.key import KeyDialog
from ui.dialogs.provider import ProviderDialog
from ui.dialogs.shortcut_sheet import ShortcutSheet
from ui.language import Speaking
from ui.main_window import MainWindow
from ui.pulse import Pulse
from ui.quick.bar import QuickBar
from ui.registry import entries
from ui.theme import Theme
from ui.wishes import Place, Wishes

SLACK = 2
FOLDERS = FolderReports(
    (
        FolderReport("/home/a/Documents", "local", False, (), 8213, 8200, 10, 3, 90_000, 10**9, False),
        FolderReport("/home/a/合同", "redacted", True, ("*.log",), 255, 255, 0, 0, 9_000, 10**7, False),
    )
)
PACK = PackRow("small", "Small", "generator", "1", "Apache-2.0", 10**9, "INT4", ("CPU", "NPU"), "here", True)
MODELS = ModelsReport(
    (DeviceRow("CPU", "AMD EPYC", True, ""), DeviceRow("NPU", "", False, "there is no NPU in this computer")),
    (RoleRow("generator", "small", "Small", "CPU", "AMD EPYC", (), True),),
    (PACK,),
)


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    before, speaking = QLocale(), Speaking()
    speaking.speak(request.param)
    yield request.param
    speaking.silence()
    QLocale.setDefault(before)


@pytest.fixture(params=[1.0, 2.0], ids=["100 %", "200 %"])
def scale(request: pytest.FixtureRequest, theme: Theme) -> Iterator[float]:
    theme.apply(scale=request.param)
    yield request.param
    theme.apply(scale=1.0)


@pytest.fixture
def window(qtbot: QtBot, link: FakeLink, desk: Desk, language: str, scale: float) -> MainWindow:
    link.answers = {
        GetFolders: FOLDERS,
        GetModels: MODELS,
        ListConversations: Conversations((ConversationRow("1", "Lease terms, Rotterdam", True, 1e9, 2),)),
    }
    window = MainWindow(Desk(link, desk.theme, Wishes(), desk.paths, Pulse(link)))
    qtbot.addWidget(window)
    window.resize(round(1240 * max(1.0, scale * 0.85)), 900)
    window.show()
    return window


def cut(root: QWidget) -> list[str]:
    """What has less room than its text needs."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root) or widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored:
            continue
        if isinstance(widget, QComboBox | QLineEdit):
            found += _cut_field(widget)
            continue
        text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
        if not text or text.isspace():
            continue
        metrics = widget.fontMetrics()
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            room = widget.height()
            longest = max(metrics.horizontalAdvance(word) for word in text.split())
            if longest > widget.width() + SLACK and text.isascii():
                found.append(f"a word of {text!r}")
        else:
            lines = text.replace("&&", "&").splitlines() or [text]
            needed = max(metrics.size(Qt.TextFlag.TextShowMnemonic, line).width() for line in lines)
            room = widget.width()
        if needed > room + SLACK:
            found.append(f"{type(widget).__name__} {text!r}: {needed} in {room}")
    return found


def _cut_field(field: QComboBox | QLineEdit) -> list[str]:
    """What is chosen in a list, or stands in an empty field, with less room than it needs."""
    text = field.currentText() if isinstance(field, QComboBox) else field.placeholderText()
    part = (
        QStyle.SubElement.SE_ComboBoxFocusRect
        if isinstance(field, QComboBox)
        else QStyle.SubElement.SE_LineEditContents
    )
    look = QStyleOptionComboBox() if isinstance(field, QComboBox) else QStyleOptionFrame()
    look.initFrom(field)
    room = min(field.width(), field.style().subElementRect(part, look, field).width())
    needed = field.fontMetrics().horizontalAdvance(text)
    return [f"{type(field).__name__} {text!r}: {needed} in {room}"] if needed > room + SLACK else []


def test_pages(qtbot: QtBot, window: MainWindow, link: FakeLink) -> None:
    for entry in entries():
        window.show_page(entry.page_id)
        link.settle()
        assert cut(window) == [], entry.page_id


def test_first_steps_and_the_sheet_of_keys(qtbot: QtBot, window: MainWindow, link: FakeLink, desk: Desk) -> None:
    steps = FirstRun(desk, window.inside)
    steps.show()
    for _ in range(3):
        link.settle()
        assert cut(steps) == []
        steps._next.click()
    sheet = ShortcutSheet(desk, window)
    qtbot.addWidget(sheet)
    sheet.open_or_close()
    QApplication.processEvents()
    assert cut(sheet) == []


def test_dialogs(qtbot: QtBot, window: MainWindow, link: FakeLink, desk: Desk) -> None:
    provider = Provider("deepseek", "openai", "https://api.deepseek.com", "deepseek-chat")
    dialogs: list[QWidget] = [
        KeyDialog(desk, "deepseek", window),
        ProviderDialog(desk, None, window),
        ProviderDialog(desk, provider, window),
        ConsentDialog(desk, request(), window, None),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
        link.settle()
        assert cut(dialog) == [], type(dialog).__name__


def test_an_answer_and_its_source(qtbot: QtBot, window: MainWindow, link: FakeLink) -> None:
    link.answers |= {Ask: answer(doubtful="The margin fell to 9.8 % [1]."), GetDocument: document()}
    window.show_page("chat")
    page = window._pages["chat"]
    page.field.asked.emit("How did the margin do?")  # type: ignore[attr-defined]
    link.settle()
    (view,) = page.views  # type: ignore[attr-defined]
    view.foot.why.click()
    window._desk.wishes.place.emit(Place(document().path))
    link.settle()
    qtbot.waitUntil(lambda: cut(window) == [], timeout=2000)


def test_the_quick_bar(qtbot: QtBot, window: MainWindow, link: FakeLink, desk: Desk, scale: float) -> None:
    """The tests' screen is 800 pixels wide, so that at twice the size the hint in the field ends early there."""
    hint = 0 if scale == 1 else 1
    link.answers[Ask] = answer()
    bar = QuickBar(desk)
    qtbot.addWidget(bar)
    bar.show_keys("Ctrl+Alt+Space")
    bar.show()
    QApplication.processEvents()
    assert len(cut(bar)) <= hint, cut(bar)
    bar._ask("How did the margin do?")
    link.settle()
    assert len(cut(bar)) <= hint, cut(bar)


def test_the_foot_of_the_navigation(window: MainWindow, link: FakeLink) -> None:
    desk_pulse = window._desk.pulse
    assert desk_pulse is not None
    desk_pulse.start()
    link.last(Follow).tell(state(answer_device="NPU"))
    QApplication.processEvents()
    assert cut(window._navigation) == []
