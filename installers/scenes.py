"""What is on the pictures of `make screenshots`: every page and dialog, and the moments that a still page doesn't have.

Pages show a real library, real answers and speeds measured on the computer that takes the pictures. What would take
minutes or another computer to come about is told to the page by hand: indexing half-way, a keyring, an empty library.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QWidget

from copilot.calls import GetConversation, GetFolders, ListFiles, MeasureDevice
from copilot.conversation import Delta, Question
from copilot.privacy.consent import ConsentRequest
from copilot.reports import (
    EngineState,
    FileRow,
    FileRows,
    FolderReport,
    FolderReports,
    Measured,
)
from indexer.reporter import Progress
from indexer.store.records import Counts
from ui.desk import Desk
from ui.dialogs.consent import ConsentDialog
from ui.dialogs.first_run import FirstRun
from ui.dialogs.key import KeyDialog
from ui.dialogs.provider import ProviderDialog
from ui.dialogs.shortcut_sheet import ShortcutSheet
from ui.engine_link import Ticket
from ui.main_window import MainWindow
from ui.quick.bar import QuickBar
from ui.quick.selection import Selected
from ui.tray import Tray

Shots = Iterator[tuple[str, QWidget]]
"""A name and a widget each time that there is something to take."""

OFFERED = "How does the warranty that we give on the HS-22 heads compare with what others in the industry give?"
OFFER_FILE = "offer.msgpack"
SPEEDS_FILE = "speeds.msgpack"
LOOKED_FOR = {"en": "warranty", "zh_CN": "加班"}
SELECTED = {
    "en": "Please confirm delivery of 1,200 heads by 14 March, otherwise we have to stop the line.",
    "zh_CN": "请确认1200只探头能在3月14日前交货，否则生产线将不得不停产。",
}


class StagedLink:
    """The link to the engine, with answers of our own to some calls."""

    def __init__(self, link: Any) -> None:
        self._link = link
        self.answers: dict[type[Any], Callable[[Any], Any]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._link, name)

    def perform(self, call: Any, **listeners: Any) -> Any:
        answer = self.answers.get(type(call))
        if answer is None:
            return self._link.perform(call, **listeners)
        if (done := listeners.get("done")) is not None:
            QTimer.singleShot(0, lambda: done(answer(call)))
        return Ticket(lambda *_: None)


@dataclass(frozen=True, slots=True)
class Stage:
    """What the pictures are taken of, in one language."""

    desk: Desk
    link: StagedLink
    window: MainWindow
    language: str
    home: Path
    settle: Callable[[], None]
    """Wait until nothing is on its way."""

    def show(self, page: str) -> Any:
        self.desk.wishes.page.emit(page)
        self.settle()
        shown = self.window._pages[page]
        while (slices := getattr(shown, "_slices", None)) is not None and slices.busy:
            self.settle()
        return shown

    def converse(self, conversation: str, turn: int | None = None, marker: int = 1) -> Any:
        """Open a saved conversation, and a citation of one of its turns."""
        self.desk.wishes.conversation.emit(f"{conversation}-{self.language}")
        self.settle()
        page: Any = self.window._pages["chat"]
        if turn is not None:
            view = page.views[turn]
            view.mark_chosen(marker, None)
            page._choose(view, next(one for one in view.citations if one.marker == marker))
            self.settle()
        return page

    def close_preview(self) -> None:
        self.window._close_preview()


# --- in each language, look and size


def chat(stage: Stage) -> Shots:
    stage.converse("shot", turn=0)
    yield "chat", stage.window
    stage.close_preview()


def search(stage: Stage) -> Shots:
    stage.desk.wishes.search.emit(LOOKED_FOR[stage.language])
    stage.settle()
    yield "search", stage.window


def other_pages(stage: Stage) -> Shots:
    for page in ("library", "privacy", "models", "settings"):
        stage.show(page)
        yield page, stage.window


def first_steps(stage: Stage) -> Shots:
    steps = FirstRun(stage.desk, stage.window.inside)
    for folder in ("/home/mira/Documents", "/home/mira/Kestrel"):
        steps._folders.offer(folder, chosen=True)
    steps.show()
    stage.settle()
    yield "first-steps", stage.window
    steps.hide()
    steps.deleteLater()


def quick_bar(stage: Stage) -> Shots:
    bar = QuickBar(stage.desk)
    bar.show_keys("Ctrl+Alt+Space")
    bar.appear(LOOKED_FOR[stage.language])
    stage.settle()
    yield "quick-bar", bar
    bar.close()


def consent(stage: Stage) -> Shots:
    request = msgspec.msgpack.decode((stage.home / OFFER_FILE).read_bytes(), type=ConsentRequest)
    dialog = ConsentDialog(stage.desk, request, stage.window, Question(OFFERED))
    dialog.open()
    stage.settle()
    yield "consent", dialog
    dialog.hide()


PAGES = (chat, search, other_pages, first_steps, quick_bar, consent)


# --- once in either language


def start(stage: Stage) -> Shots:
    stage.desk.wishes.conversation.emit("")
    stage.settle()
    yield "chat-start", stage.window


def table(stage: Stage) -> Shots:
    """An answer from rows of a sheet, with the sheet beside it, and why it was given."""
    page = stage.converse("sheet", turn=0)
    yield "chat-sheet", stage.window
    stage.close_preview()
    page.views[0].foot.why.click()
    stage.settle()
    yield "chat-why", stage.window


def indexing(stage: Stage) -> Shots:
    """A library half-way through its first reading, with files that could not be read."""
    done, total = 1204, 3940
    folders = (
        _folder("/home/mira/Documents", 8213, 0),
        _folder("/home/mira/Projects/2026", total, total - done, label="redacted"),
        _folder("/home/mira/合同", 255, 0, forced=True),
    )
    unread = {
        "encrypted": _unread("合同/Angebot_final.docx", "encrypted"),
        "damaged": _unread("合同/旧版报价.doc", "damaged"),
    }
    stage.link.answers = {
        GetFolders: lambda _: FolderReports(folders),
        ListFiles: lambda call: unread.get(call.state, FileRows((), 0)),
    }
    page = stage.show("library")
    progress = Progress("extract", done, total, seconds_left=66, subject="/home/mira/Projects/2026/plan.docx")
    counts = Counts(12_408, 9_672, 2_736, 2, 81_000, 80_000, 3)
    page._progress._stage, page._progress._began = "extract", (time.monotonic() - 29, 0)
    stage.desk.pulse.changed.emit(  # type: ignore[union-attr]
        EngineState(True, False, "", progress, counts, (), "CPU", 0)
    )
    stage.settle()
    yield "library-indexing", stage.window
    stage.link.answers = {GetFolders: lambda _: FolderReports(())}
    idle = EngineState(False, False, "", None, Counts(0, 0, 0, 0, 0, 0, 0), (), "", 0)
    stage.desk.pulse.changed.emit(idle)  # type: ignore[union-attr]
    stage.settle()
    page._needs.show_files((), 0)
    yield "library-empty", stage.window
    stage.link.answers = {}
    stage.desk.pulse.changed.emit(stage.desk.pulse.latest)  # type: ignore[union-attr]
    page.refresh()
    stage.settle()


def measured(stage: Stage) -> Shots:
    """The devices of this computer, with the speeds that were measured on it when it had nothing else to do."""
    speeds = speeds_here(stage.home)
    stage.link.answers = {MeasureDevice: lambda call: speeds[call.device]}
    page: Any = stage.show("models")
    page._measure.click()
    stage.settle()
    yield "models-measured", stage.window
    stage.link.answers = {}


def speeds_here(home: Path) -> dict[str, Measured]:
    return msgspec.msgpack.decode((home / SPEEDS_FILE).read_bytes(), type=dict[str, Measured])


def further_settings(stage: Stage) -> Shots:
    page = stage.show("settings")
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    stage.settle()
    yield "settings-further", stage.window
    bar.setValue(bar.maximum())
    stage.settle()
    yield "settings-diagnostics", stage.window
    bar.setValue(0)


def providers(stage: Stage) -> Shots:
    page = stage.show("privacy")
    for number, name in ((1, "privacy-providers"), (2, "privacy-rules")):
        page._tabs.setCurrentIndex(number)
        stage.settle()
        yield name, stage.window
    page._tabs.setCurrentIndex(0)


def further_steps(stage: Stage) -> Shots:
    speeds = speeds_here(stage.home)
    stage.link.answers = {MeasureDevice: lambda call: speeds[call.device]}
    steps = FirstRun(stage.desk, stage.window.inside)
    steps.show()
    for name in ("first-steps-device", "first-steps-boundary"):
        steps._turn(1)
        stage.settle()
        yield name, stage.window
    stage.link.answers = {}
    steps.hide()
    steps.deleteLater()


def quick_work(stage: Stage) -> Shots:
    """Text that was selected in another program, and an answer in the bar."""
    bar = QuickBar(stage.desk)
    bar.show_keys("Ctrl+Alt+Space")
    bar.appear()
    bar._given._offer(Selected(SELECTED[stage.language]))
    stage.settle()
    yield "quick-bar-selection", bar
    bar.close()
    bar = QuickBar(stage.desk)
    given: list[Any] = []
    stage.desk.link.perform(GetConversation(f"shot-{stage.language}"), done=given.append)
    stage.settle()
    turn = given[0].turns[0]
    bar.appear(turn.question)
    stage.settle()
    bar._drop()
    bar._begin("")
    bar._conversation = "quick"
    bar._grow(Delta(turn.answer.text))
    bar._finish_answer(turn.answer)
    stage.settle()
    yield "quick-bar-answer", bar
    bar.close()


def dialogs(stage: Stage) -> Shots:
    key = KeyDialog(stage.desk, "deepseek", stage.window)
    stage.settle()
    key._trouble.hide()
    key._where.show()
    key._found("GNOME Keyring", ())
    key._field.setText("x" * 35)
    key._field.setModified(True)
    for name, dialog in (
        ("dialog-key", key),
        ("dialog-provider", ProviderDialog(stage.desk, None, stage.window)),
        ("dialog-keys", ShortcutSheet(stage.desk, stage.window)),
    ):
        dialog.show()
        stage.settle()
        yield name, dialog
        dialog.hide()
        dialog.deleteLater()


def tray(stage: Stage) -> Shots:
    tray = Tray(stage.desk)
    tray._ask_latest()
    if stage.desk.pulse is not None and stage.desk.pulse.latest is not None:
        tray.show_state(stage.desk.pulse.latest)
    tray._menu.popup(QPoint(40, 40))
    stage.settle()
    yield "tray", tray._menu
    tray._menu.hide()
    tray.close()


STORY = (
    start,
    table,
    indexing,
    measured,
    further_settings,
    providers,
    further_steps,
    quick_work,
    dialogs,
    tray,
)


def _folder(path: str, files: int, pending: int, label: str = "local", *, forced: bool = False) -> FolderReport:
    return FolderReport(path, label, forced, (), files, files - pending, pending, 0, files * 9, files * 41_000, False)


def _unread(path: str, state: str) -> FileRows:
    return FileRows((FileRow(f"/home/mira/{path}", state, "", 48_000, 0, 0, "docx"),), 1)
