"""The quick bar: one field above every program, one keystroke away. What it finds, answers and makes of selected text
appears below the field, in place.

It is built once and hidden, so that a key shows it at once. Rows are rows.py's, their looks row_list.py's, the answer
result.py's.
"""

from __future__ import annotations

import uuid

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QKeyEvent, QKeySequence, QShortcut

from copilot.calls import Ask, Compose, FindFiles, Found, Search
from copilot.conversation import Answer, Delta, Question
from copilot.reports import Composed, FileRows
from ui import background, picture_text
from ui.desk import Desk
from ui.engine_link import Ticket
from ui.quick import session
from ui.quick.commands import READ_SCREEN, commands, perform
from ui.quick.frame import QuickFrame
from ui.quick.given import Given
from ui.quick.head import SCREEN_KEYS, Head
from ui.quick.result import ResultPane
from ui.quick.row_list import RowList
from ui.quick.rows import FEW_FILES, FEW_PASSAGES, MANY_FILES, Prefix, Row, RowKind, rows, split
from ui.quick.selection import Source
from ui.widgets.parts import line
from ui.wishes import AskWish, Place

SEARCH_MS = 90
"""Typing this long without a pause before meaning is searched; names are looked up at every key."""


class QuickBar(QuickFrame):
    """One for the whole program."""

    opened_window = Signal()
    """Something is to be seen in the main window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._files: FileRows | None = None
        self._found: Found | None = None
        self._asked: list[Ticket] = []
        self._working: Ticket | None = None
        self._conversation = ""
        self._stopping = False
        self._can_paste = session.can_paste()
        self.setWindowTitle(self.tr("Nearside quick bar"))
        self._head = Head(desk.theme)
        self._field = self._head.field
        self._given = Given(desk)
        self._list = RowList(desk.theme)
        self._result = ResultPane(desk)
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._lay_out()
        self._connect()
        self._clear()
        self.warm()

    # --- shown and hidden

    def toggle(self) -> None:
        if self.isVisible():
            self.hide()
        else:
            self.appear()

    def appear(self, text: str = "") -> None:
        """Show it on the screen where the pointer is, empty or with `text`, ready for typing."""
        if self._working is None:
            self._clear()
        if text:
            self._field.setText(text)
        self._given.selection.ask()
        self.come()
        self._field.setFocus()
        QTimer.singleShot(0, self, self._look_at_selection)

    def appear_with(self, action: str) -> None:
        """Show it and do something with the selected text at once."""

        def act() -> None:
            if self._given.selected is not None:
                self._compose(action)
            else:
                self._desk.wishes.notice.emit(self.tr("No text is selected."))

        self.appear()
        self._given.when_known(act)

    def read_screen(self) -> None:
        """Let the person mark a part of the screen, without the bar on it; its text comes into the bar."""
        self._stop()
        self._working = None
        self.hide()
        self._given.region.begin()

    def show_keys(self, keys: str) -> None:
        """The shortcut, as a reminder at the end of the field."""
        self._head.show_keys(keys)

    # --- typing

    def _type(self) -> None:
        self._drop()
        self._files = self._found = None
        self._result.hide()
        prefix, rest = split(self._field.text())
        if rest and prefix in (Prefix.NONE, Prefix.FILE):
            most = MANY_FILES if prefix is Prefix.FILE else FEW_FILES
            self._asked.append(
                self._desk.link.perform(FindFiles(rest, most), done=self._take_files, failed=_quiet, owner=self)
            )
        if rest and prefix is Prefix.NONE:
            self._pause.start()
        self._show_rows()

    def _search(self) -> None:
        _, rest = split(self._field.text())
        call = Search(rest, FEW_PASSAGES)
        self._asked.append(self._desk.link.perform(call, done=self._take_found, failed=_quiet, owner=self))

    def _take_files(self, files: FileRows) -> None:
        self._files = files
        self._show_rows()

    def _take_found(self, found: Found) -> None:
        self._found = found
        self._show_rows()

    def _show_rows(self) -> None:
        self._list.show_rows(rows(self._field.text(), self._files, self._found, commands(self._desk)))
        self._fit()

    # --- taking a row

    def _take(self, row: Row | None, *, in_window: bool = False) -> None:
        if row is None:
            return
        match row.kind:
            case RowKind.ASK if in_window or self._given.selected is not None:
                self._ask_in_chat(row.value)
            case RowKind.ASK:
                self._ask(row.value)
            case RowKind.FILE | RowKind.PASSAGE:
                assert row.place is not None
                self._show_place(row.place, in_window=in_window or row.kind is RowKind.PASSAGE)
            case RowKind.RESULT:
                QGuiApplication.clipboard().setText(row.value)
                self.hide()
            case RowKind.COMMAND:
                self.hide()
                if row.value == READ_SCREEN:
                    self.read_screen()
                elif perform(self._desk, row.value):
                    self.opened_window.emit()

    def _show_place(self, place: Place, *, in_window: bool) -> None:
        self.hide()
        outside = self._desk.outside
        if in_window or outside is None or "!/" in place.path:
            self.opened_window.emit()
            self._desk.wishes.place.emit(place)
        else:
            outside.open(place.path)

    def _ask(self, question: str) -> None:
        self._drop()
        self._conversation = f"quick-{uuid.uuid4().hex}"
        self._begin(self.tr("Looking in your files"))
        self._working = self._desk.link.perform(
            Ask(Question(question), self._conversation),
            done=self._finish_answer,
            failed=self._fail,
            event=self._grow,
            cancelled=self._stopped,
            owner=self,
        )

    def _ask_in_chat(self, question: str) -> None:
        context = self._given.selected.text if self._given.selected is not None else ""
        self._given.use()
        self.hide()
        self.opened_window.emit()
        self._desk.wishes.ask.emit(AskWish(question, context=context, send=bool(question)))

    def _compose(self, action: str) -> None:
        if self._given.selected is None:
            return
        if action == "ask":
            self._ask_in_chat(split(self._field.text())[1])
            return
        text = self._given.selected.text
        self._given.use()
        self._drop()
        self._conversation = ""
        self._begin(self._given.strip.doing(action))
        self._working = self._desk.link.perform(
            Compose(action, text),
            done=self._finish_text,
            failed=self._fail,
            event=self._grow,
            cancelled=self._stopped,
            owner=self,
        )

    def _begin(self, waiting: str) -> None:
        self._stopping = False
        self._list.show_rows(())
        self._result.begin(waiting)
        self._fit()

    def _grow(self, event: object) -> None:
        if isinstance(event, Delta):
            self._result.grow(event.text)

    def _finish_answer(self, answer: Answer) -> None:
        self._working = None
        self._result.finish_answer(answer)
        self._desk.wishes.conversations_changed.emit()
        self._fit()

    def _finish_text(self, composed: Composed) -> None:
        self._working = None
        self._result.finish_text(composed, paste=self._can_paste)
        self._fit()

    def _fail(self, failure: object) -> None:
        self._working = None
        self._result.fail(failure)  # type: ignore[arg-type]
        self._fit()

    def _stopped(self) -> None:
        self._working = None
        self._result.stopped()
        self._fit()

    def _stop(self) -> None:
        if self._working is not None:
            self._working.cancel()

    # --- what is done with a result

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._result.text)
        self._desk.wishes.notice.emit(self.tr("Copied."))

    def _paste_back(self) -> None:
        session.make_ready(self._result.text)
        ours = int(self.winId())
        self.hide()
        background.run(lambda: session.paste(ours), failed=_quiet)

    def _go_on_with_result(self) -> None:
        """Ctrl+Enter: an answer opens in the chat, a text goes into the other program."""
        if self._conversation:
            self._open_chat()
        elif self._can_paste:
            self._paste_back()
        else:
            self._copy()

    def _open_chat(self) -> None:
        if not self._conversation:
            return
        self.hide()
        self.opened_window.emit()
        self._desk.wishes.conversation.emit(self._conversation)

    # --- the selected text

    def _look_at_selection(self) -> None:
        if self._working is None:
            self._given.look()

    def _hear_selection(self) -> None:
        if self._working is None and self.isVisible():
            self._given.look_again()

    def _paste_picture(self) -> bool:
        """Whether the clipboard held a picture, whose text is read now; anything else is the field's."""
        mime = QGuiApplication.clipboard().mimeData()
        image = picture_text.pasted(mime) if mime is not None and self._working is None else None
        if image is not None:
            self._given.read(image, Source.PICTURE)
        return image is not None

    # --- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt's name
        if watched is self._field and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.matches(QKeySequence.StandardKey.Paste) and self._paste_picture():
                return True
            match event.key():
                case Qt.Key.Key_Down:
                    self._list.step(1)
                    return True
                case Qt.Key.Key_Up:
                    self._list.step(-1)
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    if control and self._result.isVisible() and self._result.ready:
                        self._go_on_with_result()
                    else:
                        self._take(self._list.chosen(), in_window=control)
                    return True
        return super().eventFilter(watched, event)

    def _escape(self) -> None:
        """Stop what runs first, hide next; no need to wait until it has stopped."""
        if self._working is not None and not self._stopping:
            self._stopping = True
            self._stop()
        else:
            self.hide()

    # --- Qt's own

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 Qt's name
        self._given.use()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 Qt's name
        self._drop()
        self._given.close_all()
        if self._working is not None:
            self._working.drop()
        super().closeEvent(event)

    # --- putting together

    def _lay_out(self) -> None:
        self._line = line()
        for widget in (self._head, self._line, self._given, self._list, self._result):
            self.column.addWidget(widget)

    def _connect(self) -> None:
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._type)
        self._pause.timeout.connect(self._search)
        self._list.taken.connect(self._take)
        self._head.screen_wished.connect(self.read_screen)
        self._given.chosen.connect(self._compose)
        self._given.put_aside.connect(self._field.setFocus)
        self._given.resized.connect(self._fit)
        self._given.called.connect(self.appear)
        self._given.selection.answered.connect(self._hear_selection)
        self._result.copied.connect(self._copy)
        self._result.paste_wished.connect(self._paste_back)
        self._result.chat_wished.connect(self._open_chat)
        self._result.stop_wished.connect(self._stop)
        self._result.resized.connect(self._fit)
        self._desk.theme.changed.connect(self._redress)
        self._desk.wishes.place.connect(self._leave_to_window)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._escape)
        QShortcut(QKeySequence(SCREEN_KEYS), self).activated.connect(self.read_screen)
        for number, action in enumerate(self._given.strip.choices, 1):
            keys = QShortcut(QKeySequence(f"Alt+{number}"), self)
            keys.activated.connect(lambda action=action: self._compose(action))

    def _leave_to_window(self, _: object) -> None:
        """A citation was chosen here: the window shows it."""
        if self.isVisible():
            self.hide()
            self.opened_window.emit()

    def _redress(self) -> None:
        self._head.redress()
        self._result.view.redress()
        self._fit()

    def _clear(self) -> None:
        self._drop()
        self._files = self._found = None
        self._field.clear()
        self._result.hide()
        self._list.show_rows(())
        self._given.clear()
        self._fit()

    def _drop(self) -> None:
        self._pause.stop()
        for ticket in self._asked:
            ticket.drop()
        self._asked = []

    def _fit(self) -> None:
        below = bool(self._list.rows) or not self._result.isHidden() or not self._given.empty
        self._line.setVisible(below)
        self.fit()


def _quiet(_: object) -> None:
    """Nothing was found; the bar shows what it has."""
