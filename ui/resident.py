"""What stays when the window is closed: tray, global shortcuts, quick bar; and what is shown over the window.

Built behind the first picture. When all of it goes, the program ends.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication

from copilot.settings.schema import Settings
from ui import autostart, background
from ui.desk import Desk
from ui.dialogs.first_run import FirstRun
from ui.dialogs.shortcut_sheet import ShortcutSheet
from ui.full_screen import FullScreens
from ui.hotkey_choice import Shortcuts
from ui.keystroke import Refused, Wanted, read_keystroke
from ui.main_window import MainWindow
from ui.quick.bar import QuickBar
from ui.remembered import recall, remember
from ui.tray import Tray
from ui.wishes import ShortcutNews

SHORTCUT_SETTINGS = {
    "quick": "quick_shortcut",
    "region": "region_shortcut",
    "summarize": "summarize_shortcut",
    "translate": "translate_shortcut",
    "rewrite": "rewrite_shortcut",
    "explain": "explain_shortcut",
}


class Stage(Protocol):
    """What the program shows now; app.Desktop is it."""

    desk: Desk
    window: MainWindow

    def settings(self) -> Settings: ...

    def bring_to_front(self) -> None: ...


class Resident(QObject):
    """One for the whole program."""

    def __init__(self, desktop: Stage) -> None:
        super().__init__()
        self._desktop = desktop
        self._desk = desktop.desk
        self._shortcuts = Shortcuts()
        self._shortcuts.pressed.connect(self._press)
        self._shortcuts.settled.connect(self._tell_refused)
        self._full_screens = FullScreens(self._desk)
        self._bar: QuickBar
        self._tray: Tray | None
        self._sheet: ShortcutSheet | None = None
        self._first_run: FirstRun | None = None
        self._build()
        self._hear(self._desktop.settings())

    def show_bar(self, text: str = "") -> None:
        self._bar.appear(text)

    def read_screen(self) -> None:
        self._bar.read_screen()

    def welcome(self) -> None:
        """The first steps, over the window."""
        self._first_run = FirstRun(self._desk, self._desktop.window.inside)
        self._first_run.ended.connect(lambda: remember(self._desk.paths, welcomed=True))
        self._first_run.ended.connect(self._desktop.window.focus_page)
        self._first_run.show()

    def rebuild(self) -> None:
        """Build everything with words anew: the language has changed."""
        self._bar.close()
        self._bar.deleteLater()
        if self._tray is not None:
            self._tray.close()
            self._tray.deleteLater()
        if self._sheet is not None:
            self._sheet.deleteLater()
            self._sheet = None
        self._build()

    def follow_setting(self, name: str, settings: Settings) -> None:
        if name in SHORTCUT_SETTINGS.values():
            self._hear(settings)
            self._bar.show_keys(settings.quick_shortcut)
        elif name == "autostart":
            background.run(lambda: autostart.follow(settings.autostart), failed=self._tell_no_autostart)

    def close(self) -> None:
        self._shortcuts.close()
        self._full_screens.close()
        self._bar.close()
        if self._tray is not None:
            self._tray.close()

    # --- inside

    def _build(self) -> None:
        self._bar = QuickBar(self._desk)
        self._bar.opened_window.connect(self._desktop.bring_to_front)
        self._bar.show_keys(self._desktop.settings().quick_shortcut)
        self._tray = Tray(self._desk) if Tray.possible() else None
        if self._tray is not None:
            self._tray.opened.connect(self._desktop.bring_to_front)
            self._tray.quick_wished.connect(self.show_bar)
            self._tray.quit_wished.connect(QApplication.quit)
        self._desktop.window.closing.connect(self._close_window)
        self._desktop.window.leaving.connect(QApplication.quit)
        self._desktop.window.sheet_wished.connect(self._show_sheet)

    def _close_window(self) -> None:
        """To the tray, said once; or out, where there is no tray or the person does not want it."""
        if self._tray is None or not self._desktop.settings().keep_running:
            QApplication.quit()
            return
        if not recall(self._desk.paths).told_of_tray:
            remember(self._desk.paths, told_of_tray=True)
            self._tray.tell(
                QCoreApplication.translate("Resident", "Nearside is still here"),
                QCoreApplication.translate("Resident", "The quick bar stays at hand. Quit from this icon."),
            )

    def _show_sheet(self) -> None:
        if self._sheet is None:
            self._sheet = ShortcutSheet(self._desk, self._desktop.window)
        self._sheet.open_or_close()

    def _hear(self, settings: Settings) -> None:
        names = {
            "quick": QCoreApplication.translate("Resident", "Show the quick bar"),
            "region": QCoreApplication.translate("Resident", "Read text from the screen"),
            "summarize": QCoreApplication.translate("Resident", "Summarize the selected text"),
            "translate": QCoreApplication.translate("Resident", "Translate the selected text"),
            "rewrite": QCoreApplication.translate("Resident", "Rewrite the selected text"),
            "explain": QCoreApplication.translate("Resident", "Explain the selected text"),
        }
        wanted = []
        for name, setting in SHORTCUT_SETTINGS.items():
            keys = read_keystroke(getattr(settings, setting))
            if keys is not None:
                wanted.append(Wanted(name, keys, names[name]))
        self._shortcuts.hear(tuple(wanted))

    def _press(self, name: str) -> None:
        if name == "quick":
            self._bar.toggle()
        elif name == "region":
            self._bar.read_screen()
        else:
            self._bar.appear_with(name)

    def _tell_refused(self) -> None:
        refused: tuple[Refused, ...] = self._shortcuts.refused
        news = ShortcutNews(tuple((SHORTCUT_SETTINGS[one.name], one.why) for one in refused), self._shortcuts.reasons)
        self._desk.wishes.shortcuts = news
        self._desk.wishes.shortcuts_settled.emit()
        if not refused:
            return
        settings = self._desktop.settings()
        keys = ", ".join(getattr(settings, SHORTCUT_SETTINGS[one.name]) for one in refused)
        self._desk.wishes.notice.emit(
            QCoreApplication.translate(
                "Resident", "Another program has the keys {keys}. Choose others on the Settings page."
            ).format(keys=keys)
        )

    def _tell_no_autostart(self, _: object) -> None:
        self._desk.wishes.notice.emit(
            QCoreApplication.translate("Resident", "The list of programs that start with the session can't be written.")
        )
