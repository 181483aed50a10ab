"""Every page and dialog of the Chinese window is looked through for English: texts, tool tips, names for screen
readers, what stands in empty fields, menus. Names of products, files and what a person set up stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from copilot.calls import (
    Ask,
    Follow,
    GetDocument,
    GetFolders,
    GetLedger,
    GetModels,
    ListConversations,
    ListFiles,
    Search,
)
from copilot.conversation import Answer
from copilot.errors import PackMissing
from copilot.failures import failure_of
from copilot.privacy.entries import Entry, EntryKind, LedgerEntry
from copilot.reports import ConversationRow, Conversations, FileRow, FileRows, LedgerPage, PackRow
from copilot.settings.providers import Provider, write_providers
from tests.ui.answers import NOT_FOUND, QUOTE, answer, document, request
from tests.ui.fakelink import FakeLink
from tests.ui.test_chinese import LATIN, NAMES
from tests.ui.test_clipping import FOLDERS, MODELS
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
from ui.tray import Tray
from ui.wishes import Place

OWN = re.compile(
    r"DeepSeek|deepseek-chat|api\.deepseek\.com|https://\S*|[\w.-]+\.(docx|pdf|txt|log|db)|/\S+|a / \w+|Documents|"
    r"Desktop|Downloads|Small|small|Apache-2\.0|AMD EPYC|English|SHA-256|JSON|E5|Lease terms, Rotterdam|Q3 report|"
    r"Anthropic|OpenAI|OpenRouter|Gemini|Mistral|llama\.cpp|Ollama|nearside quick|drafts|\*\.\w+|name:|after:|in:|"
    r"Esc|Space|Shift|Tab|Home|End|Del|Up|Down|F\d|a-model"
)


@pytest.fixture
def desk(desk: Desk, link: FakeLink) -> Iterator[Desk]:
    before, speaking = QLocale(), Speaking()
    speaking.speak("zh_CN")
    failed = FileRow("/d/scan.pdf", "damaged", "The file is damaged: its parts can't be unpacked.", 9, 1, 0)
    entry = Entry(EntryKind.SENT, "r1", "deepseek", "api.deepseek.com", "deepseek-chat", "question", "ab", 214)
    broken = replace(MODELS.packs[0], id="broken", state="damaged", failure=failure_of(PackMissing("small")))
    fetchable = PackRow("e5", "E5", "embedder", "1", "Apache-2.0", 10**8, "", ("CPU",), "fetchable", True)
    link.answers = {
        GetFolders: FOLDERS,
        GetModels: replace(MODELS, packs=(*MODELS.packs, broken, fetchable)),
        ListConversations: Conversations((ConversationRow("1", "Lease terms, Rotterdam", True, 1e9, 2),)),
        ListFiles: FileRows((failed,), 1),
        GetLedger: LedgerPage((LedgerEntry(1, 1e9, entry, "ff"),), 1),
        GetDocument: document(),
        Search: PackMissing("small"),
        Ask: NOT_FOUND,
    }
    provider = Provider("deepseek", "openai", "https://api.deepseek.com", "deepseek-chat")
    write_providers(desk.paths.providers, (provider,))
    yield replace(desk, pulse=Pulse(link))
    speaking.silence()
    QLocale.setDefault(before)


def english(root: QWidget) -> list[str]:
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        texts = [widget.accessibleName(), widget.accessibleDescription(), re.sub("<.*?>", " ", widget.toolTip())]
        match widget:
            case QLabel() | QAbstractButton():
                texts.append(widget.text())
            case QLineEdit() | QPlainTextEdit():
                texts.append(widget.placeholderText())
            case QComboBox():
                texts += [widget.itemText(number) for number in range(widget.count())]
            case QTabBar():
                texts += [widget.tabText(number) for number in range(widget.count())]
        found += texts
    found += [action.text() for action in root.findChildren(QAction)]
    return sorted({text for text in found if latin(text)})


def latin(text: str) -> list[str]:
    return LATIN.findall(NAMES.sub("", OWN.sub("", text)))


def test_pages(qtbot: QtBot, desk: Desk, link: FakeLink) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    assert desk.pulse is not None
    desk.pulse.start()
    link.last(Follow).tell(state(answer_device="CPU"))
    for entry in entries():
        window.show_page(entry.page_id)
        link.settle()
        assert english(window._pages[entry.page_id]) == [], entry.page_id
    assert english(window._navigation) == []
    desk.wishes.place.emit(Place("/d/Q3 report.docx"))
    link.settle()
    assert english(window._preview) == []


@pytest.mark.parametrize("given", [answer(), answer(doubtful="The margin fell to 9.8 % [1]."), NOT_FOUND])
def test_an_answer(qtbot: QtBot, desk: Desk, link: FakeLink, given: Answer) -> None:
    link.answers[Ask] = given
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show_page("chat")
    page = window._pages["chat"]
    page.field.asked.emit("利润率怎么样？")  # type: ignore[attr-defined]
    link.settle()
    (view,) = page.views  # type: ignore[attr-defined]
    view.foot.why.click()
    link.settle()
    quotes = {QUOTE, given.text}
    assert [text for text in english(view) if not any(quote in text for quote in quotes)] == []


def test_dialogs(qtbot: QtBot, desk: Desk, link: FakeLink) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    steps = FirstRun(desk, window.inside)
    link.settle()
    steps._turn(1)
    link.settle()
    dialogs: list[QWidget] = [
        steps,
        ShortcutSheet(desk, window),
        KeyDialog(desk, "deepseek", window),
        ProviderDialog(desk, None, window),
        ConsentDialog(desk, request(), window, None),
        QuickBar(desk),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        link.settle()
        assert english(dialog) == [], type(dialog).__name__
        assert latin(dialog.windowTitle()) == []


def test_the_tray(desk: Desk, link: FakeLink) -> None:
    tray = Tray(desk)
    tray.show_state(state(answer_device="CPU"))
    link.settle()
    texts = [action.text() for action in tray._menu.actions()] + [tray._icon.toolTip()]
    assert [text for text in texts if latin(text)] == []
    tray.close()
