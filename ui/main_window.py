"""The frame: navigation on the left, the page in the middle, the preview on the right, notices at the edges. No
behaviour of its own beyond showing what is wished for.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from copilot.errors import SettingInvalid
from copilot.failures import Failure, failure_of
from indexer.errors import NearsideError
from ui import messages, preferences
from ui.desk import Desk
from ui.pulse import OFTEN
from ui.registry import PageEntry, entries
from ui.tokens import PREVIEW_WIDTH
from ui.widgets.fading import fade
from ui.widgets.keyboard import stops_in
from ui.widgets.navigation import Navigation
from ui.widgets.notices import Banner, Notice
from ui.widgets.page_frame import PageFrame
from ui.widgets.preview import Preview
from ui.widgets.reading_scroll import scroll_once
from ui.wishes import Place

SHORTCUTS = {"search": "Ctrl+K", "library": "Ctrl+L", "settings": "Ctrl+,"}
SMALLEST = (760, 520)
USUAL = (1280, 800)
HANDLE = 6
"""Pixels that a pointer can take hold of; one of them is the line."""


class MainWindow(QMainWindow):
    """Pages are built when they are first shown, so that the window is up before they are."""

    closing = Signal()
    """The person closed it; whether the program ends with it is not decided here."""
    leaving = Signal()
    """Ctrl+Q: the program is to end, tray or not."""
    sheet_wished = Signal()
    """F1."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._entries = {entry.page_id: entry for entry in entries()}
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._banner = Banner()
        self._navigation = Navigation(desk, tuple((entry.page_id, entry.title) for entry in self._entries.values()))
        self._preview = Preview(desk)
        self._preview.hide()
        self._preview.closed.connect(self._close_preview)
        self._before_preview: QWidget | None = None
        self.setWindowTitle("Nearside")
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.inside = QWidget()
        """Everything in the window; what covers all of it is put into this."""
        self._lay_out()
        self._notice = Notice(self.inside)
        self._bind_keys()
        self._listen()

    # --- what is shown

    def show_page(self, page_id: str) -> None:
        """Bring a page to the front, building it if need be. Unknown ids change nothing."""
        entry = self._entries.get(page_id)
        if entry is None:
            return
        page = self._page(entry)
        if page is not self._stack.currentWidget():
            fade(self._stack, self._desk.theme, lambda: self._stack.setCurrentWidget(page))
        self._navigation.mark(page_id)
        self.setWindowTitle(QCoreApplication.translate("MainWindow", "{page} - Nearside").format(page=entry.title))
        shown = getattr(page, "shown", None)
        if shown is not None:
            shown()

    def show_first_page(self) -> None:
        self.show_page(next(iter(self._entries), ""))

    def current_page(self) -> str:
        shown = self._stack.currentWidget()
        return next((page_id for page_id, page in self._pages.items() if page is shown), "")

    def focus_page(self) -> None:
        """Take the keyboard to the page, where its work begins."""
        _first_stop(self._stack).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_trouble(self, trouble: Failure | NearsideError) -> None:
        """What concerns the whole window: settings that can't be read, an engine that does not start."""
        failure = failure_of(trouble) if isinstance(trouble, NearsideError) else trouble
        if failure.code == SettingInvalid.code:
            self._offer_usual_settings(failure)
        else:
            self._banner.say("trouble", *messages.said(failure))

    def offer_crash_file(self, file: Path) -> None:
        """Tell that the last window died, and where its report is."""
        outside = self._desk.outside
        self._banner.say(
            "crash",
            QCoreApplication.translate("MainWindow", "Nearside ended unexpectedly last time. Nothing saved is lost."),
            QCoreApplication.translate(
                "MainWindow", "A report names the places in the program where it was, and nothing of yours."
            ),
            QCoreApplication.translate("MainWindow", "Show the report"),
            (lambda: outside.open(str(file))) if outside is not None else None,
        )

    def take_over(self, old: MainWindow) -> None:
        """Show what another window showed, in the words of today: pages with what is typed in them, and the preview."""
        self.restoreGeometry(old.saveGeometry())
        for page_id, page in old._pages.items():
            if page_id in self._entries and hasattr(page, "again"):
                self._take_in(page_id, page.again())
        self.show_page(old.current_page())
        for page_id, page in old._pages.items():
            if isinstance(page, PageFrame):
                scroll_once(self._scrolled(page_id), page.verticalScrollBar().value())
        if old._preview.isVisible() and old._preview.place is not None:
            self._show_place(old._preview.place)

    def _scrolled(self, page_id: str) -> PageFrame:
        page = self._page(self._entries[page_id])
        assert isinstance(page, PageFrame)
        return page

    def retire(self) -> None:
        """Go for good: another window has taken its place."""
        self._desk.wishes.disconnect(self)
        self.hide()
        self.deleteLater()

    # --- Qt's own

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 Qt's name
        event.accept()  # hidden, not gone; a session that ends must not be held up
        self.closing.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt's name
        super().resizeEvent(event)
        if self._notice.isVisible():
            self._notice.place()

    # --- inside

    def _page(self, entry: PageEntry) -> QWidget:
        if entry.page_id not in self._pages:
            self._take_in(entry.page_id, entry.build(self._desk))
        return self._pages[entry.page_id]

    def _take_in(self, page_id: str, page: QWidget) -> None:
        page.setObjectName("page")
        self._pages[page_id] = page
        self._stack.addWidget(page)

    def _show_place(self, place: Place) -> None:
        if not self._preview.isVisible():
            self._before_preview = self.focusWidget()
            fade(self._columns, self._desk.theme, self._show_preview)
        self._preview.open(place)  # at the width that it has now: a page is drawn once

    def _show_preview(self) -> None:
        """Beside the page; in a narrow window each gets half."""
        self._preview.show()
        room = self._columns.width()
        if room < 2 * self._desk.theme.pixels(PREVIEW_WIDTH):
            self._columns.setSizes([room // 2, room // 2])
        self._columns.refresh()

    def _close_preview(self) -> None:
        if not self._preview.isVisible():
            return
        fade(self._columns, self._desk.theme, self._preview.hide)
        self._desk.wishes.preview_closed.emit()
        if self._before_preview is not None:
            self._before_preview.setFocus()
            self._before_preview = None

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._banner)
        column.addWidget(self._stack, 1)
        self._columns = splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(middle)
        splitter.addWidget(self._preview)
        splitter.setHandleWidth(HANDLE)
        splitter.setStretchFactor(0, 1)
        splitter.setCollapsible(0, False)
        splitter.setSizes([USUAL[0], PREVIEW_WIDTH])
        row = QHBoxLayout(self.inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._navigation)
        row.addWidget(splitter, 1)
        self.setCentralWidget(self.inside)

    def _bind_keys(self) -> None:
        for page_id, keys in SHORTCUTS.items():
            self._bind(keys, functools.partial(self.show_page, page_id))
        self._bind("Ctrl+N", lambda: self._desk.wishes.conversation.emit(""))
        self._bind("Esc", self._close_preview)
        self._bind("Ctrl+Q", self.leaving.emit)
        self._bind("F1", self.sheet_wished.emit)
        self._bind("F6", lambda: self._next_pane(1))
        self._bind("Shift+F6", lambda: self._next_pane(-1))

    def _bind(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _next_pane(self, step: int) -> None:
        """Take the keyboard to the next of navigation, page and preview."""
        panes: list[QWidget] = [self._navigation, self._stack]
        if self._preview.isVisible():
            panes.append(self._preview)
        focused = self.focusWidget()
        here = next((n for n, pane in enumerate(panes) if focused is not None and pane.isAncestorOf(focused)), 0)
        pane = panes[(here + step) % len(panes)]
        if pane is self._navigation:
            self._navigation.focus_page()
        else:
            _first_stop(pane).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _listen(self) -> None:
        wishes = self._desk.wishes
        wishes.page.connect(self.show_page)
        wishes.place.connect(self._show_place)
        wishes.ask.connect(self._show_question)
        wishes.conversation.connect(self._show_conversation)
        wishes.search.connect(self._show_search)
        wishes.notice.connect(self._notice.say)
        if self._desk.pulse is not None:
            self._desk.pulse.lost.connect(self._tell_lost)
            self._desk.pulse.back.connect(self._tell_back)

    def _show_question(self, wish: object) -> None:
        self._bring("chat", self._desk.wishes.ask, wish)

    def _show_conversation(self, conversation_id: str) -> None:
        self._bring("chat", self._desk.wishes.conversation, conversation_id)

    def _show_search(self, text: str) -> None:
        self._bring("search", self._desk.wishes.search, text)

    def _bring(self, page_id: str, wish: SignalInstance, of: object) -> None:
        """Show the page that a wish is for. One that is built for it hears the wish again: it was not listening yet."""
        built = page_id in self._pages
        self.show_page(page_id)
        if not built:
            wish.emit(of)

    def _offer_usual_settings(self, failure: Failure) -> None:
        """Whatever is wrong with them: with the usual ones the engine starts."""
        sentence, _ = messages.said(failure)
        advice = QCoreApplication.translate(
            "MainWindow",
            "Until then nothing is read or answered. Start with the usual settings; yours are kept beside them.",
        )
        button = QCoreApplication.translate("MainWindow", "Use the usual settings")
        self._banner.say("engine", sentence, advice, button, self._use_usual_settings)

    def _use_usual_settings(self) -> None:
        try:
            preferences.set_aside(self._desk)
        except OSError:
            return
        if self._desk.pulse is not None:
            self._desk.pulse.try_now()

    def _tell_lost(self, failure: Failure) -> None:
        if failure.code == SettingInvalid.code:
            self._offer_usual_settings(failure)
            return
        sentence, advice = messages.said(failure)
        pulse = self._desk.pulse
        assert pulse is not None
        if pulse.ends >= OFTEN:
            sentence = QCoreApplication.translate("MainWindow", "The engine has ended {count} times in a row.")
            sentence = sentence.format(count=pulse.ends)
            advice = QCoreApplication.translate(
                "MainWindow", "It is tried again, less and less often. Settings can look at this computer and say more."
            )
        self._notice.hide()
        again = QCoreApplication.translate("MainWindow", "Try again now")
        self._banner.say("engine", sentence, advice, again, pulse.try_now)

    def _tell_back(self) -> None:
        self._banner.clear("engine")
        page = self._stack.currentWidget()
        if isinstance(page, PageFrame):
            page.shown()  # what it could not say without the engine
        self._notice.say(QCoreApplication.translate("MainWindow", "The engine is back. Nothing saved was lost."))


def _first_stop(pane: QWidget) -> QWidget:
    """The first widget in a pane that takes the keyboard; the pane itself where there is none."""
    shown = pane.currentWidget() if isinstance(pane, QStackedWidget) else pane
    if shown is None:
        return pane
    preferred = shown.focusProxy()
    if preferred is not None:
        return preferred
    return next(stops_in(shown), pane)
