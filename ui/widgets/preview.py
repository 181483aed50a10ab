"""The preview pane: the cited file at the cited spot. Which way a file is shown (pages, rows, text) is decided here;
each way is a widget of its own. Everything in it is plain text or a picture that the engine drew.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QMessageBox, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from copilot.calls import GetDocument
from copilot.failures import Failure
from copilot.reports import DocumentView, EngineState
from indexer.document import MEMBER_SEPARATOR, Section, SectionKind
from ui import wording
from ui.desk import Desk
from ui.engine_link import Ticket
from ui.file_words import why_no_text
from ui.tokens import GRID
from ui.widgets.elided import Elided
from ui.widgets.parts import line, push, row, set_role, set_tip, text_label
from ui.widgets.preview_page import PagePreview
from ui.widgets.preview_table import TablePreview
from ui.widgets.preview_text import TextPreview
from ui.widgets.trouble import Trouble
from ui.wishes import Place

NARROWEST = 240
FORGOTTEN = "file_unknown"
DRAWN = frozenset(("pdf", "image"))
"""Formats whose pages the engine draws."""
PROGRAMS = frozenset(
    (
        *(
            ".exe",
            ".bat",
            ".cmd",
            ".com",
            ".msi",
            ".ps1",
            ".vbs",
            ".js",
            ".jse",
            ".wsf",
            ".hta",
            ".lnk",
            ".scr",
            ".reg",
        ),
        *(".pif", ".cpl", ".msc", ".url", ".docm", ".xlsm", ".pptm", ".html", ".htm", ".xhtml", ".svg", ".sh", ".bash"),
        *(".py", ".pyw", ".pl", ".rb", ".php", ".jar", ".desktop", ".appimage", ".run", ".command", ".app"),
    )
)
"""Kinds that may do something when they are opened, not only be shown: asked about first."""


class Preview(QFrame):
    """Shows one Place at a time."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("preview")
        self.setAccessibleName(self.tr("Preview"))
        self.setMinimumWidth(desk.theme.pixels(NARROWEST))
        self._desk = desk
        self._place: Place | None = None
        self._document: DocumentView | None = None
        self._ticket: Ticket | None = None
        self._pages = PagePreview(desk)
        self._rows = TablePreview(desk.theme)
        self._text = TextPreview(desk.theme)
        self._ways = QStackedWidget()
        for way in (self._text, self._pages, self._rows):
            self._ways.addWidget(way)
        self._pages.page_changed.connect(lambda _: self._write_about())
        self._pages.failed.connect(self._show_as_text)
        self._fresh_at = 0.0
        if desk.pulse is not None:
            desk.pulse.changed.connect(self._notice_run)
        self._lay_out()

    @property
    def way(self) -> QWidget | None:
        """The widget that shows the file now."""
        return self._ways.currentWidget()

    @property
    def place(self) -> Place | None:
        """What is shown."""
        return self._place

    @property
    def about(self) -> str:
        return self._about.text()

    @property
    def open_button(self) -> QPushButton:
        return self._open_file

    @property
    def show_button(self) -> QPushButton:
        return self._show_file

    @property
    def other_way_button(self) -> QPushButton:
        return self._other_way

    @property
    def trouble(self) -> Trouble:
        return self._trouble

    def open(self, place: Place) -> None:
        """Fetch the document and show the spot; what was shown stays until it is there."""
        same = self._document is not None and self._document.path == place.path
        self._place = place
        self._trouble.hide()
        self._name.setText(wording.file_name(place.path))
        set_tip(self._name, place.path)
        self._show_file.setEnabled(True)
        self._open_file.setEnabled(True)
        if not same:
            self._document = None
            self._about.setText(self.tr("Opening"))
        if self._ticket is not None:
            self._ticket.drop()
        self._ticket = self._desk.link.perform(GetDocument(place.path), done=self._show, failed=self._fail, owner=self)

    def _notice_run(self, state: EngineState) -> None:
        """A run of indexing has ended: what is shown may have been read anew."""
        first, self._fresh_at = not self._fresh_at or state.fresh_at == self._fresh_at, state.fresh_at
        if not first and self._place is not None and self.isVisible():
            self.open(self._place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- layout

    def _lay_out(self) -> None:
        self._name = Elided("", "subheading")
        self._about = text_label("", "muted", wraps=True)
        close = push("\u00d7", "quiet", name=self.tr("Close the preview"))
        close.setToolTip(self.tr("Close the preview (Esc)"))
        close.clicked.connect(self.closed)
        self._open_file = push(self.tr("Open"), "link", name=self.tr("Open in its program"))
        self._open_file.setToolTip(self.tr("Open in its program"))
        self._open_file.clicked.connect(self._open_outside)
        self._show_file = push(self.tr("Show in folder"), "link")
        self._show_file.clicked.connect(self._show_outside)
        head = QWidget()
        top = QVBoxLayout(head)
        top.setContentsMargins(GRID * 5, GRID * 4, GRID * 3, GRID * 3)
        top.setSpacing(GRID // 2)
        first = row(self._name, close)
        first.setStretch(0, 1)
        top.addLayout(first)
        top.addWidget(self._about)
        self._other_way = push(self.tr("Show text"), "link")
        self._other_way.clicked.connect(self._turn_over)
        self._other_way.hide()
        deeds = row(self._open_file, self._show_file, self._other_way, None)
        deeds.setContentsMargins(0, GRID // 2, 0, 0)
        self._open_file.setProperty("flush", True)
        top.addLayout(deeds)
        self._trouble = Trouble()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(line())
        column.addWidget(self._trouble)
        column.addWidget(self._ways, 1)

    # --- what came

    def _fail(self, failure: Failure) -> None:
        self._ticket = None
        self._about.setText("")
        self._document = None
        self._text.clear_text()
        self._ways.setCurrentWidget(self._text)
        self._open_file.setEnabled(False)
        self._show_file.setEnabled(False)
        if failure.code == FORGOTTEN and self._place is not None and self._place.quote:
            self._show_as_it_was(self._place)
        else:
            self._trouble.say(failure)

    def _show_as_it_was(self, place: Place) -> None:
        """A file that is gone: what was quoted of it is still known."""
        text = place.around or place.quote
        start = max(0, text.find(place.quote))
        self._text.show_text(kept_passage(place.path, text), start, start + len(place.quote))
        self._trouble.tell(
            self.tr("This file is not in the library any more."), self.tr("Below is the passage as it was read.")
        )

    def _show(self, document: DocumentView) -> None:
        self._ticket = None
        place = self._place
        if place is None or place.path != document.path:
            return
        self._document = document
        self._open_file.setEnabled(not document.missing)
        self._show_file.setEnabled(not document.missing)
        start, end = span_of(document, place)
        sheet = section_of(document, start)
        if document.format_id in DRAWN and not document.missing:
            self._show_as_pages()
        elif sheet is not None and sheet.kind is SectionKind.TABLE and sheet.first_row is not None:
            self._other_way.hide()
            self._ways.setCurrentWidget(self._rows)
            self._rows.show_rows(document, sheet, start, end)
        else:
            self._show_as_text()
        if not document.text and document.reason:
            self._trouble.tell(wording.file_state(document.state), why_no_text(document.state, document.reason))
        self._write_about()

    def _show_as_pages(self) -> None:
        if self._document is None or self._place is None:
            return
        place, section = self._place, section_of(self._document, span_of(self._document, self._place)[0])
        page = place.page or (section.page if section is not None else None) or 1
        self._ways.setCurrentWidget(self._pages)
        picture = self._document.format_id == "image"
        self._pages.show_page(self._document.path, page, place.quote, place.around, whole=picture)
        self._say_other_way()

    def _say_other_way(self) -> None:
        """What is drawn can be read as text as well, and the other way round."""
        document, drawn = self._document, self._ways.currentWidget() is self._pages
        both = document is not None and document.format_id in DRAWN and bool(document.text) and not document.missing
        self._other_way.setVisible(both)
        self._other_way.setText(self.tr("Show text") if drawn else self.tr("Show page"))

    def _turn_over(self) -> None:
        if self._ways.currentWidget() is self._pages:
            self._show_as_text()
        else:
            self._show_as_pages()
            self._write_about()

    def _show_as_text(self, failure: Failure | None = None) -> None:
        if self._document is None or self._place is None:
            return
        if failure is not None:
            self._trouble.say(failure)
        start, end = span_of(self._document, self._place)
        self._ways.setCurrentWidget(self._text)
        self._text.show_text(self._document, start, end)
        self._say_other_way()
        self._write_about()

    def _write_about(self) -> None:
        """Folder, spot, and whether the file is still what was read."""
        if self._document is None or self._place is None:
            return
        parts = [wording.folder_name(self._document.path), self._spot(), self._freshness()]
        self._about.setText(", ".join(part for part in parts if part))
        stale = self._document.changed or self._document.missing or not quote_holds(self._document, self._place)
        set_role(self._about, "warning" if stale else "muted")

    def _spot(self) -> str:
        if self._document is None or self._place is None:
            return ""
        if self._ways.currentWidget() is self._pages and self._pages.pages:
            if self._document.format_id == "image" and self._pages.pages == 1:
                return self.tr("picture")
            return self.tr("page {page} of {pages}").format(page=self._pages.page, pages=self._pages.pages)
        section = section_of(self._document, span_of(self._document, self._place)[0])
        if section is None:
            return ""
        if section.slide is not None:
            return self.tr("slide {slide}").format(slide=section.slide)
        return section.sheet or (self.tr("page {page}").format(page=section.page) if section.page is not None else "")

    def _freshness(self) -> str:
        if self._document is None or self._place is None:
            return ""
        if self._document.missing:
            return self.tr("not on this computer any more")
        if self._document.changed or not quote_holds(self._document, self._place):
            return self.tr("changed since it was read")
        return self.tr("unchanged since indexed")

    # --- outside

    def _open_outside(self) -> None:
        if self._document is None or self._desk.outside is None:
            return
        path = self._document.path.split(MEMBER_SEPARATOR)[0]
        if Path(path).suffix.lower() not in PROGRAMS:
            self._desk.outside.open(path)
            return
        asking = QMessageBox(self)
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.setTextFormat(Qt.TextFormat.PlainText)
        asking.setText(self.tr("Open {name}?").format(name=wording.file_name(path)))
        asking.setInformativeText(self.tr("A file of this kind can run as a program when it is opened."))
        opening = asking.addButton(self.tr("Open"), QMessageBox.ButtonRole.AcceptRole)
        leave = asking.addButton(self.tr("Don't open"), QMessageBox.ButtonRole.RejectRole)
        asking.setDefaultButton(leave)
        asking.setEscapeButton(leave)
        outside = self._desk.outside
        opening.clicked.connect(lambda: outside.open(path))
        asking.open()

    def _show_outside(self) -> None:
        if self._document is not None and self._desk.outside is not None:
            self._desk.outside.show(self._document.path.split(MEMBER_SEPARATOR)[0])


def kept_passage(path: str, text: str) -> DocumentView:
    """What is left of a file that the library has forgotten: the passage that was quoted."""
    return DocumentView(path, "", "text", text, (), 0, 0, changed=True, missing=True)


def span_of(document: DocumentView, place: Place) -> tuple[int, int]:
    """Where the quote stands in the text as it is now: at its place, else where it is found, else its old place."""
    start, end = place.start, min(place.end, len(document.text))
    if place.quote and document.text[start:end] != place.quote:
        found = document.text.find(place.quote)
        if found >= 0:
            return found, found + len(place.quote)
    return min(start, len(document.text)), max(start, end) if start <= len(document.text) else len(document.text)


def quote_holds(document: DocumentView, place: Place) -> bool:
    """Whether the quoted words still stand somewhere in the file's text."""
    return not place.quote or place.quote in document.text


def section_of(document: DocumentView, position: int) -> Section | None:
    """The section that a position is in; the last that begins before it."""
    within = None
    for section in document.sections:
        if section.span.start > position:
            break
        within = section
    return within or (document.sections[0] if document.sections else None)
