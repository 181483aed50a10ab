"""The story of the window's start and end, and what joins its parts. Top to bottom is the order of things.

`__main__` has looked for a window that is open already. Then: the crash file; the launcher, which must be older than
the seal; Qt; the seal, after which nothing here can open a connection to anywhere; settings, words and looks; the
window. What takes longer (engine, tray, shortcuts, quick bar) comes after the first picture.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import linecache
import logging
import os
import signal
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from copilot.host.launcher import Launcher
from copilot.logs import start_log
from copilot.paths import Paths, use_activation_token
from copilot.sealing import seal
from copilot.settings.policy import resolve
from copilot.settings.schema import Settings
from indexer.errors import NearsideError
from ui import background, icons
from ui.caret import Caret
from ui.crash import CrashFile, log_what_goes_wrong
from ui.desk import Desk
from ui.engine_link import EngineLink
from ui.instance import Doorbell, Summons
from ui.language import Speaking
from ui.main_window import MainWindow
from ui.pulse import Pulse
from ui.remembered import recall, remember
from ui.slices import Slices
from ui.theme import Theme
from ui.wishes import AskWish, Place, Wishes

if TYPE_CHECKING:
    from ui.resident import Resident

log = logging.getLogger("nearside.window")

BEHIND = (
    "ui.highlighting", "ui.widgets.answer_view", "ui.widgets.turn_view", "ui.quick.rows", "ui.quick.given",
    "ui.quick.result", "ui.quick.commands", "ui.quick.region", "ui.quick.bar", "ui.dialogs.first_run", "ui.tray",
    "ui.hotkey_choice",
)  # fmt: skip
"""What takes long to import and is not needed for the first picture, in steps."""


def run(paths: Paths, words: Summons, *, hidden: bool) -> int:
    """The window's life. The caller holds the lock."""
    began = time.monotonic()
    gc.disable()  # until everything stands: nothing of it is garbage
    crash = CrashFile(paths)
    start_log(paths.logs, "window.log")
    log_what_goes_wrong()
    launcher = Launcher(paths)
    application = QApplication([sys.argv[0]])
    seal()
    application.setApplicationName("Nearside")
    application.setDesktopFileName("app.nearside.Nearside")
    application.setQuitOnLastWindowClosed(False)
    desktop = Desktop(paths, launcher, crash)
    desktop.begin(words, hidden=hidden)
    Caret(application)
    log.info("window ready after %d ms", (time.monotonic() - began) * 1000)
    ears = _hear_signals(application)
    code = application.exec()
    ears.setEnabled(False)
    desktop.end()
    crash.close()
    return code


class Desktop:
    """Everything of the running program that is joined here: who listens to whom."""

    def __init__(self, paths: Paths, launcher: Launcher, crash: CrashFile) -> None:
        self._paths = paths
        self._launcher = launcher
        self._crash = crash
        settings, self._trouble = _settings(paths)
        self.speaking = Speaking()
        self.speaking.speak(settings.language)
        theme = Theme(settings.theme)
        theme.motion = 0 if settings.reduced_motion else theme.motion
        theme.apply(scale=settings.text_size / 100)
        theme.follow_system()
        QApplication.setWindowIcon(icons.application(theme))
        self._link = EngineLink(paths, launcher.start_engine)
        self.desk = Desk(self._link, theme, Wishes(), paths, Pulse(self._link), launcher)
        self.window = MainWindow(self.desk)
        self._resident: Resident | None = None
        self._settling = Slices()
        self._doorbell = Doorbell(paths)
        self._opener = _Opener(launcher)

    def begin(self, words: Summons, *, hidden: bool) -> None:
        """Show what is wanted; the rest follows behind the first picture."""
        for scheme in ("file", "http", "https"):
            QDesktopServices.setUrlHandler(scheme, self._opener, "open")  # type: ignore[arg-type]
        self.desk.wishes.settings_changed.connect(self._follow_setting)
        self._doorbell.rang.connect(self.answer)
        self._doorbell.listen()
        self._restore()
        if not hidden:
            self.window.show()
        if words.verb not in ("raise", "quick", "region"):
            self.answer(words)
        assert self.desk.pulse is not None
        self.desk.pulse.start()
        settle = self._settle(words, hidden=hidden)
        QTimer.singleShot(0, lambda: background.run(_warm_up, lambda _: self._settling.begin(settle)))

    def answer(self, words: Summons) -> None:
        """Show what a second start, or the first, asked for."""
        use_activation_token(words.activation)
        wishes = self.desk.wishes
        if words.verb in ("quick", "region"):
            self._show_quickly(words)
            return
        self.bring_to_front()
        match words.verb:
            case "ask":
                wishes.ask.emit(AskWish(words.text, send=False))
            case "file":
                wishes.place.emit(Place(words.text))
            case "page":
                wishes.page.emit(words.text)
            case _:
                pass

    def _show_quickly(self, words: Summons) -> None:
        """What stands over other programs and needs no window."""
        if self._resident is not None and words.verb == "quick":
            self._resident.show_bar(words.text)
        elif self._resident is not None and words.verb == "region":
            self._resident.read_screen()

    def bring_to_front(self) -> None:
        self.window.showNormal() if self.window.isMinimized() else self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def settings(self) -> Settings:
        """In force now, or the defaults where what is set can't be read."""
        return _settings(self._paths)[0]

    def end(self) -> None:
        """Let go in the order in which things were taken up, backwards. The engine lives on for a while by itself."""
        self._keep_geometry()
        if self._resident is not None:
            self._resident.close()
        self._doorbell.close()
        assert self.desk.pulse is not None
        self.desk.pulse.stop()
        self._link.close()
        self._launcher.close()

    # --- behind the first picture

    def _settle(self, words: Summons, *, hidden: bool) -> Iterator[None]:
        """Tray, shortcuts, quick bar: step by step, for somebody may be using the window already."""
        try:
            for name in BEHIND:
                importlib.import_module(name)
                yield
            from ui.resident import Resident

            yield
            self._resident = Resident(self)
            yield
            self._show_quickly(words)
            if self._crash.kept is not None:
                self.window.offer_crash_file(self._crash.kept)
            if self._trouble is not None:
                self.window.show_trouble(self._trouble)
            if not hidden and not recall(self._paths).welcomed:
                self._resident.welcome()
        finally:
            linecache.clearcache()  # Qt's Python layer reads the source of every module that is imported
            _collect_what_comes_from_now_on()

    def _follow_setting(self, name: str) -> None:
        settings = self.settings()
        theme = self.desk.theme
        match name:
            case "theme" | "text_size" | "reduced_motion":
                theme.motion = 0 if settings.reduced_motion else Theme().motion
                theme.apply(settings.theme, settings.text_size / 100)
            case "language":
                if self.speaking.speak(settings.language):
                    QTimer.singleShot(0, self._build_anew)
            case _:
                pass
        if self._resident is not None:
            self._resident.follow_setting(name, settings)

    def _build_anew(self) -> None:
        """The same window in other words: what is typed, shown and under way goes along."""
        old = self.window
        self.window = MainWindow(self.desk)
        self.window.take_over(old)
        self.window.setVisible(old.isVisible())
        old.retire()
        if (trouble := _settings(self._paths)[1]) is not None:
            self.window.show_trouble(trouble)
        if self._resident is not None:
            self._resident.rebuild()

    def _restore(self) -> None:
        kept = recall(self._paths)
        with contextlib.suppress(ValueError):
            self.window.restoreGeometry(bytes.fromhex(kept.geometry))
        self.window.show_page(kept.page)
        if not self.window.current_page():
            self.window.show_first_page()

    def _keep_geometry(self) -> None:
        geometry = bytes(self.window.saveGeometry().data()).hex()
        remember(self._paths, geometry=geometry, page=self.window.current_page() or "chat")


class _Opener(QObject):
    """Files and addresses go to the launcher: their programs keep the network that is closed to this process."""

    def __init__(self, launcher: Launcher) -> None:
        super().__init__()
        self._launcher = launcher

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        if url.isLocalFile():
            self._launcher.open(url.toLocalFile())
        else:
            self._launcher.browse(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


def _hear_signals(application: QApplication) -> QSocketNotifier:
    """Leave properly when the session ends or somebody asks. Python notices a signal only when it gets to run, so a
    pipe wakes the loop instead of a timer that ticks while nothing happens.
    """
    ear, mouth = os.pipe()
    os.set_blocking(mouth, False)
    if sys.platform != "win32":
        signal.set_wakeup_fd(mouth)
        for which in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(which, lambda *_: application.quit())
    notifier = QSocketNotifier(ear, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: os.read(ear, 64))
    return notifier


def _collect_what_comes_from_now_on() -> None:
    """Looking for cycles in all that was made for the window takes longer than a window may be held (a quarter of a
    second where others work, too), and finds none: it is never looked at again.
    """
    gc.freeze()
    gc.enable()


def _warm_up() -> None:
    from ui.quick import session

    with contextlib.suppress(Exception):  # whatever is missing is said by what needs it
        session.warm_up()


def _settings(paths: Paths) -> tuple[Settings, NearsideError | None]:
    """What is in force, or the defaults and what is wrong: a window must open to say so."""
    try:
        return resolve(paths.settings).settings, None
    except NearsideError as error:
        return Settings(), error
