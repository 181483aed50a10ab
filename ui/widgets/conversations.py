"""Saved conversations under the navigation: pinned ones, then by day; search, rename, pin, export, delete."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import (
    QCoreApplication,
    QDateTime,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QMessageBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from copilot.calls import DeleteConversation, GetConversation, ListConversations, PinConversation, RenameConversation
from copilot.failures import Failure
from copilot.reports import Conversation, ConversationRow, Conversations
from ui import background, exporting, messages, wording
from ui.desk import Desk
from ui.engine_link import LinkState, Ticket
from ui.tokens import GRID, SECONDARY, SMALL
from ui.widgets.announcing import tell_row
from ui.widgets.parts import plain_tip

SEARCH_FROM = 6
"""With fewer conversations than these there is nothing to search."""
SEARCH_MS = 180
REFRESH_MS = 60
HEADING_HEIGHT = 32
AGES = ((0, "today"), (1, "yesterday"), (7, "week"), (30, "month"))
"""Days ago at most, and the group."""

Id, Title, Pinned = (Qt.ItemDataRole.UserRole + number for number in range(3))


class ConversationList(QWidget):
    """Opens conversations through the window's wishes and follows which one is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown = ""
        self._told: list[tuple[str, list[tuple[str, str, bool]]]] = []
        """What the list shows, as it was made."""
        self._ticket: Ticket | None = None
        self._search = QLineEdit()
        self._search.setProperty("kind", "small")
        self._search.setPlaceholderText(self.tr("Search conversations"))
        self._search.setAccessibleName(self.tr("Search conversations"))
        self._search.setClearButtonEnabled(True)
        self._search.hide()
        self._list = _List()
        self._list.setAccessibleName(self.tr("Conversations"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._search)
        column.addWidget(self._list, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self.refresh)
        self._listen()
        self.refresh()

    @property
    def list(self) -> QListWidget:
        return self._list

    @property
    def search_field(self) -> QLineEdit:
        return self._search

    def refresh(self) -> None:
        """Read the list again."""
        if self._ticket is not None:
            self._ticket.drop()
        self._ticket = self._desk.link.perform(
            ListConversations(self._search.text().strip()), done=self._show, failed=lambda _: None, owner=self
        )

    def mark(self, conversation_id: str) -> None:
        """Show which conversation is open; empty for none."""
        self._shown = conversation_id
        for item in self._items():
            if item.data(Id) == conversation_id:
                self._list.setCurrentItem(item)
                return
        self._list.setCurrentRow(-1)
        self._list.clearSelection()

    # --- what is shown

    def _listen(self) -> None:
        wishes = self._desk.wishes
        wishes.conversations_changed.connect(lambda: self._wait.start(REFRESH_MS))
        wishes.conversation_shown.connect(self.mark)
        self._search.textChanged.connect(lambda _: self._wait.start(SEARCH_MS))
        self._list.itemClicked.connect(self._open)
        self._list.itemActivated.connect(self._open)
        self._list.menu_wanted.connect(self._show_menu)
        self._list.itemChanged.connect(self._rename)
        self._list.delete_wanted.connect(self._ask_delete)
        self._desk.theme.changed.connect(self._redress)
        self._desk.link.state_changed.connect(self._follow_engine)

    def _follow_engine(self, state: LinkState) -> None:
        """Only once it is there: a call starts it, and when that is tried again is the pulse's to say."""
        if state is LinkState.READY:
            self._wait.start(REFRESH_MS)

    def _show(self, found: Conversations) -> None:
        self._ticket = None
        if self._list.state() is QAbstractItemView.State.EditingState:
            return
        searching = bool(self._search.text())
        self._search.setVisible(searching or len(found.rows) >= SEARCH_FROM)
        groups = grouped(found.rows)
        told = [(heading, [(row.id, row.title, row.pinned) for row in rows]) for heading, rows in groups]
        if told == self._told and told:
            return  # as a rule while an answer is written: hundreds of rows are not made anew
        self._told = told
        above = self._list.verticalScrollBar().value()
        self._list.blockSignals(True)
        self._list.clear()
        for heading, rows in groups:
            self._add_heading(heading)
            for row in rows:
                self._add(row)
        if searching and not found.rows:
            self._add_heading(self.tr("Nothing found"))
        self._list.blockSignals(False)
        self.mark(self._shown)
        self._list.verticalScrollBar().setValue(above)

    def _redress(self) -> None:
        """Make the list anew, whatever it shows."""
        self._told = []
        self.refresh()

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(self._desk.theme.font(SMALL, strong=True))
        item.setForeground(self._desk.theme.color("muted"))
        item.setTextAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        item.setSizeHint(QSize(0, self._desk.theme.pixels(HEADING_HEIGHT)))
        self._list.addItem(item)

    def _add(self, row: ConversationRow) -> None:
        item = QListWidgetItem(row.title)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable)
        item.setFont(self._desk.theme.font(SECONDARY))
        item.setForeground(self._desk.theme.color("muted"))
        item.setData(Id, row.id)
        item.setData(Title, row.title)
        item.setData(Pinned, row.pinned)
        item.setToolTip(plain_tip(row.title))
        self._list.addItem(item)

    def _items(self) -> Iterable[QListWidgetItem]:
        return (item for row in range(self._list.count()) if (item := self._list.item(row)).data(Id))

    # --- what is done

    def _open(self, item: QListWidgetItem) -> None:
        if item.data(Id):
            self._desk.wishes.conversation.emit(str(item.data(Id)))

    def _show_menu(self, item: QListWidgetItem, at: QPoint) -> None:
        self.menu_for(item).popup(at)

    def menu_for(self, item: QListWidgetItem) -> QMenu:
        """What can be done with a conversation."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pinned = bool(item.data(Pinned))
        conversation_id, title = str(item.data(Id)), str(item.data(Title))
        menu.addAction(self.tr("Rename")).triggered.connect(lambda: self._list.editItem(item))
        pin = menu.addAction(self.tr("Unpin") if pinned else self.tr("Pin"))
        pin.triggered.connect(lambda: self._do(PinConversation(conversation_id, not pinned)))
        export = menu.addMenu(self.tr("Save as"))
        for name, ending in (
            (self.tr("Markdown"), ".md"),
            (self.tr("Word document"), ".docx"),
            (self.tr("PDF"), ".pdf"),
        ):
            export.addAction(name).triggered.connect(partial(self._choose_file, conversation_id, title, ending))
        menu.addSeparator()
        menu.addAction(self.tr("Delete")).triggered.connect(lambda: self._ask_delete(item))
        return menu

    def _rename(self, item: QListWidgetItem) -> None:
        title = item.text().strip()
        if not item.data(Id) or title == item.data(Title):
            return
        if title:
            self._do(RenameConversation(str(item.data(Id)), title))
        else:
            item.setText(str(item.data(Title)))

    def _ask_delete(self, item: QListWidgetItem) -> None:
        conversation_id = str(item.data(Id))
        asking = QMessageBox(self)
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.setTextFormat(Qt.TextFormat.PlainText)
        asking.setText(self.tr("Delete \u201c{title}\u201d?").format(title=item.data(Title)))
        asking.setInformativeText(self.tr("Its questions and answers are gone for good. Your files are not touched."))
        delete = asking.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        keep = asking.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        asking.setDefaultButton(keep)
        asking.setEscapeButton(keep)
        delete.clicked.connect(lambda: self._delete(conversation_id))
        asking.open()

    def _delete(self, conversation_id: str) -> None:
        def gone(_: object) -> None:
            if conversation_id == self._shown:
                self._desk.wishes.conversation.emit("")
            self.refresh()

        self._do(DeleteConversation(conversation_id), gone)

    def _do(
        self,
        call: PinConversation | RenameConversation | DeleteConversation,
        done: Callable[[object], None] | None = None,
    ) -> None:
        self._desk.link.perform(call, done=done or (lambda _: self.refresh()), failed=self._tell, owner=self)

    def _tell(self, failure: Failure) -> None:
        self._desk.wishes.notice.emit(wording.sentences(*messages.said(failure)))
        self._redress()

    # --- files

    def _choose_file(self, conversation_id: str, title: str, ending: str, _: bool = False) -> None:
        dialog = QFileDialog(self, self.tr("Save the conversation"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending[1:])
        dialog.selectFile(exporting.file_name(title) + ending)
        dialog.fileSelected.connect(lambda path: self.export(conversation_id, path))
        dialog.open()

    def export(self, conversation_id: str, path: str) -> None:
        """Write a conversation into a file; the ending says which kind."""

        def write(conversation: Conversation) -> None:
            background.run(lambda: exporting.write(conversation, path), told, self._tell, owner=self)

        def told(_: object) -> None:
            self._desk.wishes.notice.emit(self.tr("Saved as {name}.").format(name=wording.file_name(path)))

        self._desk.link.perform(GetConversation(conversation_id), done=write, failed=self._tell, owner=self)


class _Renaming(QStyledItemDelegate):
    """The editor takes the whole row: the room of its text alone would cut letters off."""

    def updateEditorGeometry(  # noqa: N802 Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        editor.setGeometry(option.rect)


class _List(QListWidget):
    """Delete asks to delete, F2 and a double click rename, Enter opens."""

    delete_wanted = Signal(QListWidgetItem)
    menu_wanted = Signal(QListWidgetItem, QPoint)
    """For an item, at a point of the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "conversations")
        self.setItemDelegate(_Renaming(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 Qt's name
        """By the keyboard it is about the chosen one, wherever the pointer is."""
        by_keys = event.reason() is QContextMenuEvent.Reason.Keyboard
        item = self.currentItem() if by_keys else self.itemAt(event.pos())
        if item is not None and item.data(Id):
            at = self.visualItemRect(item).bottomLeft() if by_keys else event.pos()
            self.menu_wanted.emit(item, self.viewport().mapToGlobal(at))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 Qt's name
        super().focusInEvent(event)
        tell_row(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt's name
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Delete and item is not None and item.data(Id):
            self.delete_wanted.emit(item)
        else:
            super().keyPressEvent(event)


def grouped(
    rows: tuple[ConversationRow, ...], now: float | None = None
) -> tuple[tuple[str, tuple[ConversationRow, ...]], ...]:
    """Rows under their headings: pinned, then by how long ago; only headings that have rows."""
    groups: dict[str, list[ConversationRow]] = {}
    for row in rows:
        groups.setdefault(_group(row, now if now is not None else time.time()), []).append(row)
    translate = QCoreApplication.translate
    names = (
        ("pinned", translate("ConversationList", "Pinned")),
        ("today", translate("ConversationList", "Today")),
        ("yesterday", translate("ConversationList", "Yesterday")),
        ("week", translate("ConversationList", "Last 7 days")),
        ("month", translate("ConversationList", "Last 30 days")),
        ("earlier", translate("ConversationList", "Earlier")),
    )
    return tuple((name, tuple(groups[key])) for key, name in names if key in groups)


def _group(row: ConversationRow, now: float) -> str:
    if row.pinned:
        return "pinned"
    then, today = (QDateTime.fromSecsSinceEpoch(int(at)).date() for at in (row.updated_at, now))
    days = then.daysTo(today)
    return next((name for most, name in AGES if days <= most), "earlier")
