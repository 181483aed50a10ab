"""The icon in the tray: what the engine is doing, the latest conversations, pausing, quitting. Where a desktop has no
tray there is none, and closing the window ends the program.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from copilot.calls import ListConversations, SetPause
from copilot.reports import Conversations, EngineState
from ui import icons
from ui.desk import Desk
from ui.widgets.navigation import files_words, where_words

LATEST = 5
LONGEST_TITLE = 40


class Tray(QObject):
    """Lives as long as the program."""

    opened = Signal()
    quick_wished = Signal()
    quit_wished = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._look = ""
        self._icon = QSystemTrayIcon(icons.tray(desk.theme, "ready"), self)
        self._menu = QMenu()
        self._state = self._menu.addAction("")
        self._state.setEnabled(False)
        self._menu.addSeparator()
        self._menu.addAction(QCoreApplication.translate("Tray", "Open Nearside"), self.opened.emit)
        self._menu.addAction(QCoreApplication.translate("Tray", "Quick bar"), self.quick_wished.emit)
        self._latest = self._menu.addMenu(QCoreApplication.translate("Tray", "Recent questions"))
        self._pause = self._menu.addAction(QCoreApplication.translate("Tray", "Pause indexing"))
        self._pause.setCheckable(True)
        self._pause.triggered.connect(self._set_pause)
        self._menu.addSeparator()
        self._menu.addAction(QCoreApplication.translate("Tray", "Quit"), self.quit_wished.emit)
        self._menu.aboutToShow.connect(self._ask_latest)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activate)
        desk.wishes.conversations_changed.connect(self._ask_latest)
        if desk.pulse is not None:
            desk.pulse.changed.connect(self.show_state)
            desk.pulse.lost.connect(self._show_lost)
            if desk.pulse.latest is not None:
                self.show_state(desk.pulse.latest)
        self._fill(Conversations(()))
        self._icon.show()

    @staticmethod
    def possible() -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show_state(self, state: EngineState) -> None:
        words = f"{where_words(state)}\n{files_words(state)}"
        self._state.setText(files_words(state))
        self._icon.setToolTip(f"Nearside\n{words}")
        self._pause.setChecked(state.paused)
        self._dress("paused" if state.pause_reason else "busy" if state.indexing else "ready")

    def tell(self, title: str, sentence: str) -> None:
        self._icon.showMessage(title, sentence, icons.application(self._desk.theme))

    def close(self) -> None:
        self._icon.hide()
        self._menu.deleteLater()

    def _show_lost(self, _: object) -> None:
        words = QCoreApplication.translate("Tray", "The engine is not running")
        self._state.setText(words)
        self._icon.setToolTip(f"Nearside\n{words}")
        self._dress("lost")

    def _dress(self, look: str) -> None:
        if look != self._look:
            self._look = look
            self._icon.setIcon(icons.tray(self._desk.theme, look))

    def _set_pause(self, paused: bool) -> None:
        self._desk.link.perform(SetPause(paused), failed=lambda _: None)

    def _ask_latest(self) -> None:
        self._desk.link.perform(ListConversations(), done=self._fill, failed=lambda _: None, owner=self)

    def _fill(self, conversations: Conversations) -> None:
        self._latest.clear()
        for row in sorted(conversations.rows, key=lambda row: -row.updated_at)[:LATEST]:
            title = row.title if len(row.title) <= LONGEST_TITLE else row.title[: LONGEST_TITLE - 1] + "…"
            action = self._latest.addAction(title.replace("&", "&&"))
            action.triggered.connect(lambda _, which=row.id: self._open(which))
        self._latest.setEnabled(not self._latest.isEmpty())

    def _open(self, conversation: str) -> None:
        self.opened.emit()
        self._desk.wishes.conversation.emit(conversation)

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.opened.emit()
