"""The frame: navigation on the left, the page in the middle, the preview on the right. No behaviour of its own beyond
showing what is wished for.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QStackedWidget, QWidget

from ui.desk import Desk
from ui.registry import PageEntry, entries
from ui.tokens import PREVIEW_WIDTH
from ui.widgets.navigation import Navigation
from ui.widgets.preview import Preview
from ui.wishes import Place

SHORTCUTS = {"search": "Ctrl+K", "library": "Ctrl+L", "settings": "Ctrl+,"}


class MainWindow(QMainWindow):
    """Pages are built when they are first shown, so that the window is up before they are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._entries = {entry.page_id: entry for entry in entries()}
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._navigation = Navigation(desk, tuple(self._entries.values()))
        self._preview = Preview(desk)
        self._preview.hide()
        self._preview.closed.connect(self._preview.hide)
        self.setWindowTitle("Nearside")
        self.setMinimumSize(760, 520)
        self.resize(1240, 800)
        self._lay_out()
        self._bind_keys()
        desk.wishes.page.connect(self.show_page)
        desk.wishes.place.connect(self._show_place)
        desk.wishes.ask.connect(lambda _: self.show_page("chat"))
        desk.wishes.conversation.connect(lambda _: self.show_page("chat"))
        desk.wishes.search.connect(lambda _: self.show_page("search"))

    def show_page(self, page_id: str) -> None:
        """Bring a page to the front, building it if need be. Unknown ids change nothing."""
        entry = self._entries.get(page_id)
        if entry is None:
            return
        page = self._page(entry)
        self._stack.setCurrentWidget(page)
        self._navigation.mark(page_id)
        self.setWindowTitle(QCoreApplication.translate("MainWindow", "{page} - Nearside").format(page=entry.title))
        shown = getattr(page, "shown", None)
        if shown is not None:
            shown()

    def current_page(self) -> str:
        shown = self._stack.currentWidget()
        return next((page_id for page_id, page in self._pages.items() if page is shown), "")

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 Qt's name
        self._preview.hide()
        super().closeEvent(event)

    def _page(self, entry: PageEntry) -> QWidget:
        if entry.page_id not in self._pages:
            page = entry.build(self._desk)
            page.setObjectName("page")
            self._pages[entry.page_id] = page
            self._stack.addWidget(page)
        return self._pages[entry.page_id]

    def _show_place(self, place: Place) -> None:
        self._preview.open(place)
        self._preview.show()

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._stack)
        splitter.addWidget(self._preview)
        splitter.setStretchFactor(0, 1)
        splitter.setCollapsible(0, False)
        splitter.setSizes([1000, PREVIEW_WIDTH])
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._navigation)
        row.addWidget(splitter, 1)
        self.setCentralWidget(whole)

    def _bind_keys(self) -> None:
        for page_id, keys in SHORTCUTS.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda page_id=page_id: self.show_page(page_id))
        new = QShortcut(QKeySequence("Ctrl+N"), self)
        new.activated.connect(lambda: self._desk.wishes.conversation.emit(""))
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.activated.connect(self._preview.hide)
