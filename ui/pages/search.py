"""Search as one types: files by name first, then passages by meaning. How it looks is widgets/hit_list.py's."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from copilot.calls import FindFiles, Found, GetFolders, Search
from copilot.failures import Failure
from copilot.reports import FileRow, FileRows, FolderReports
from indexer.errors import EmptyQuery, NearsideError, QuerySyntax
from indexer.query import Filter, Hit
from indexer.query_parser import parse
from ui import wording
from ui.desk import Desk
from ui.engine_link import Ticket
from ui.tokens import GRID, PAGE_WIDTH
from ui.widgets.hit_list import PAD, HitList, rows_of
from ui.widgets.page_frame import SIDES, TOP
from ui.widgets.parts import push, row, text_label
from ui.widgets.query_chips import QueryChips
from ui.widgets.trouble import Trouble
from ui.wishes import AskWish, Place

PAGE_ID = "search"
ORDER = 20

DEBOUNCE_MS = 120
HITS, NAMES = 40, 6


def title() -> str:
    return QCoreApplication.translate("Search", "Search")


def build(desk: Desk) -> QWidget:
    return SearchPage(desk)


class SearchPage(QWidget):
    """Down goes from the field into the list, Enter previews, Ctrl+Enter asks about the file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._tickets: list[Ticket] = []
        self._files: tuple[FileRow, ...] = ()
        self._hits: tuple[Hit, ...] = ()
        self._without_folders = False
        self.field = QLineEdit()
        self.field.setProperty("kind", "search")
        self.field.setPlaceholderText(self.tr("Search your files"))
        self.field.setAccessibleName(self.tr("Search your files"))
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self._chips = QueryChips()
        self._note = text_label("", "muted", wraps=True)
        self._trouble = Trouble()
        self._list = HitList(desk.theme)
        self._ask = push("", "primary")
        self._ask.hide()
        self._wait = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._lay_out()
        self._connect()
        self._say_hint()
        self.setFocusProxy(self.field)

    def shown(self) -> None:
        """The page came to the front."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._desk.link.perform(GetFolders(), done=self._take_folders, failed=lambda _: None, owner=self)

    def again(self) -> SearchPage:
        """The same page, with what was looked for, in the words that the window speaks now."""
        page = SearchPage(self._desk)
        page.field.setText(self.field.text())
        page.search()
        return page

    # --- asking

    def search(self) -> None:
        """Ask for what stands in the field now; whatever was asked before is let go."""
        self._wait.stop()
        for ticket in self._tickets:
            ticket.drop()
        self._tickets = []
        text = self.field.text().strip()
        self._ask.setVisible(bool(text))
        try:
            query = parse(text)
        except EmptyQuery:
            self._trouble.hide()
            self._clear()
            return
        except QuerySyntax as error:
            self._say_part(text, error.position)
            return
        self._trouble.hide()
        link = self._desk.link
        if query.text and query.filter == Filter(phrases=query.filter.phrases):
            self._tickets.append(
                link.perform(FindFiles(query.text, NAMES), done=self._take_files, failed=lambda _: None, owner=self)
            )
        else:
            self._files = ()
        self._tickets.append(
            link.perform(Search(text, HITS, at_once=True), done=self._take_first, failed=self._failed, owner=self)
        )

    def _say_part(self, text: str, position: int) -> None:
        """Which part of the line can't be read, and what could stand there."""
        part = text[position:].split(maxsplit=1)[0] if text[position:].strip() else text
        self._trouble.tell(
            self.tr("“{part}” can't be read.").format(part=part),
            self.tr(
                'Filters are type:pdf, in:"My folder", name:budget, after:2026-01-31, before:7d. Close quotation marks.'
            ),
        )

    def _take_files(self, found: FileRows) -> None:
        self._files = found.files
        self._show()

    def _take_first(self, found: Found) -> None:
        """What could be had without waiting; where a model was still loading, the whole follows."""
        self._take_hits(found)
        if found.note:
            self._note.setText(self.tr("By words so far. What means the same follows in a moment."))
            call = Search(found.query, HITS)
            self._tickets.append(self._desk.link.perform(call, done=self._take_hits, failed=self._failed, owner=self))

    def _take_hits(self, found: Found) -> None:
        self._hits = found.hits
        self._show()
        self._note.setText(self._told(found))

    def _told(self, found: Found) -> str:
        if not found.hits:
            return self._nothing()
        if found.note:
            return self.tr("By words only: the model that compares meanings is not on this computer.")
        return self.tr("{count} passages in {files}, {seconds}").format(
            count=wording.number(len(found.hits)),
            files=wording.files(len({hit.path for hit in found.hits})),
            seconds=wording.seconds(found.seconds),
        )

    def _failed(self, failure: Failure) -> None:
        self._clear()
        self._trouble.say(failure)

    def _search_again(self) -> None:
        """The engine is back."""
        if self._trouble.sentence:
            self.search()

    def _take_folders(self, reports: FolderReports) -> None:
        self._without_folders = not reports.folders
        if not self.field.text():
            self._say_hint()
        self._chips.set_folders(tuple(wording.file_name(folder.path) for folder in reports.folders))

    # --- showing

    def _show(self) -> None:
        heads = (self.tr("Files"), self.tr("In your files"))
        self._list.show_rows(rows_of(self.field.text(), self._files, self._hits, heads))

    def _clear(self) -> None:
        self._files, self._hits = (), ()
        self._list.show_rows(())
        self._say_hint()

    def _say_hint(self) -> None:
        if self._without_folders:
            self._note.setText(self._nothing_yet())
            return
        self._note.setText(
            self.tr('Words find meaning as well. "In quotes" finds the exact words, -word leaves some out.')
        )

    def _nothing(self) -> str:
        if self._files:
            return ""
        if self._without_folders:
            return self._nothing_yet()
        return self.tr("Nothing like this is in your files. Try other words, or take a filter away.")

    def _nothing_yet(self) -> str:
        return self.tr("There is nothing to search yet. Add a folder on the Library page (Ctrl+L).")

    def _typed(self, text: str) -> None:
        self._chips.show_query(text)
        self._ask.setText(self.tr("Ask this"))
        self._wait.start()

    def _write(self, query: str) -> None:
        self.field.setText(query)
        self.field.setFocus()
        self.search()

    # --- keys and wishes

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt's name
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self._list.rows():
                self._list.enter()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self._ask_this()
                elif self._wait.isActive():
                    self.search()
                else:
                    self._list.enter()
                return True
        return super().eventFilter(watched, event)

    def _ask_about(self, place: Place) -> None:
        self._desk.wishes.ask.emit(AskWish("", Filter(folders=(place.path,)), send=False))

    def _ask_this(self) -> None:
        try:
            query = parse(self.field.text())
        except NearsideError:
            return
        self._desk.wishes.ask.emit(AskWish(query.text, query.filter))

    def _type_on(self, text: str) -> None:
        self.field.setFocus()
        self.field.end(False)
        self.field.insert(text)

    def _wished(self, text: str) -> None:
        self.field.setText(text)
        self.search()

    # --- making

    def _lay_out(self) -> None:
        pad = self._desk.theme.pixels(PAD)
        above = QVBoxLayout()
        above.setContentsMargins(pad, 0, pad, 0)
        above.setSpacing(GRID * 3)
        self._ask.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        above.addLayout(row(self.field, self._ask))
        above.addWidget(self._chips)
        above.addWidget(self._trouble)
        above.addWidget(self._note)
        holder = QWidget()
        holder.setMaximumWidth(self._desk.theme.pixels(PAGE_WIDTH) + 2 * pad)
        across = QHBoxLayout(self)
        across.setContentsMargins(max(0, SIDES - pad), TOP, max(0, SIDES - pad), GRID * 4)
        across.addWidget(holder, 1)
        across.addStretch(0)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID * 2)
        column.addLayout(above)
        column.addWidget(self._list, 1)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._typed)
        self._wait.timeout.connect(self.search)
        self._chips.written.connect(self._write)
        self._list.previewed.connect(self._desk.wishes.place)
        self._list.asked.connect(self._ask_about)
        self._list.left_upwards.connect(self.field.setFocus)
        self._list.typed.connect(self._type_on)
        self._ask.clicked.connect(self._ask_this)
        self._desk.wishes.search.connect(self._wished)
        if self._desk.pulse is not None:
            self._desk.pulse.back.connect(self._search_again)
