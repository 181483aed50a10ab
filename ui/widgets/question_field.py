"""Where questions are typed: a field that grows with them, chips for where to look, and what was dropped into it: files
are for where to look, pictures for the text in them.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from copilot.given import with_context
from ui.picture_text import holds_picture, pasted
from ui.tokens import GRID
from ui.widgets.citation_chip import shortened
from ui.widgets.parts import push, set_role, text_label
from ui.widgets.picture_chips import PictureChips

MOST_LINES = 8
LONGEST_PASTE = 40_000
"""Characters: more than any model here reads. A megabyte on one line would hold the window for half a second."""
CONTEXT_CHARACTERS = 240


class QuestionField(QFrame):
    """`asked` carries the whole question, selected text and the text of pictures above it. `dropped` carries paths of
    files and folders."""

    asked = Signal(str)
    stopped = Signal()
    dropped = Signal(tuple)
    cut_off = Signal()
    """More was pasted than a question can hold: the rest is left out."""
    recalled = Signal()
    """Up in an empty field: the person wants the last question back."""

    def __init__(self, chips: QWidget, pictures: PictureChips) -> None:
        """`chips` stands at the foot of the field: where to look. `pictures` are those that belong to the question."""
        super().__init__()
        self.setProperty("kind", "field")
        self.setAcceptDrops(True)
        self._busy = False
        self._context = ""
        self._sends_when_read = False
        self.pictures = pictures
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 3, GRID * 3, GRID * 2 + 2)
        column.setSpacing(GRID * 2)
        self._quote = self._make_quote()
        column.addWidget(self._quote)
        column.addWidget(pictures)
        pictures.changed.connect(self._go_on)
        self.text = _Text(self.tr("Ask about your files"))
        self.text.entered.connect(self.submit)
        self.text.focus_changed.connect(lambda lit: set_role(self, "true" if lit else "false", "lit"))
        self.text.left.connect(self._leave)
        self.text.picture_pasted.connect(pictures.read_image)
        self.text.recalled.connect(self.recalled)
        self.text.cut_off.connect(self.cut_off)
        column.addWidget(self.text)
        foot = QHBoxLayout()
        foot.setSpacing(GRID * 2)
        foot.addWidget(chips, 1)
        self._send = push(self.tr("Enter to ask"), "quiet", name=self.tr("Ask"))
        self._send.clicked.connect(self._press)
        foot.addWidget(self._send, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)
        self.setFocusProxy(self.text)

    @property
    def send_button(self) -> QWidget:
        return self._send

    @property
    def context(self) -> str:
        return self._context

    def set_busy(self, busy: bool) -> None:
        """While an answer is being written the button stops it."""
        self._busy = busy
        self._send.setText(self.tr("Stop") if busy else self.tr("Enter to ask"))
        self._send.setAccessibleName(self.tr("Stop this answer") if busy else self.tr("Ask"))
        self._send.setToolTip(self.tr("Esc") if busy else "")
        set_role(self._send, "chip" if busy else "quiet", "kind")

    def write(self, text: str, context: str = "") -> None:
        """Put a question into the field, above it the text that it is about."""
        self.set_context(context)
        self.text.setPlainText(text)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.text.setFocus()

    def set_context(self, context: str) -> None:
        self._context = context.strip()
        self._quoted.setText(" ".join(shortened(self._context, CONTEXT_CHARACTERS).split()))
        self._quote.setVisible(bool(self._context))
        self._ask_for_question()

    def _ask_for_question(self) -> None:
        given = bool(self._context or self.pictures.text)
        words = self.tr("What would you like to know about it?") if given else self.tr("Ask about your files")
        self.text.setPlaceholderText(words)
        self.text.setAccessibleName(words)

    def take_over(self, other: QuestionField) -> None:
        """Hold what another field held that was not sent; the text of its pictures as text that is asked about."""
        self.set_context("\n\n".join(part for part in (other.context, other.pictures.text) if part))
        self.text.setPlainText(other.text.toPlainText())
        cursor = self.text.textCursor()
        cursor.setPosition(other.text.textCursor().position())
        self.text.setTextCursor(cursor)

    def submit(self) -> None:
        text = self.text.toPlainText().strip()
        self._sends_when_read = self.pictures.busy and not self._busy
        context = "\n\n".join(part for part in (self._context, self.pictures.text) if part)
        if self._busy or self.pictures.busy or not text:  # a text alone is no question: the field asks for one
            return
        asked = with_context(text, context)
        self.text.clear()
        self.pictures.clear()
        self.set_context("")
        self.asked.emit(asked)

    def _go_on(self) -> None:
        """Enter was pressed while a picture was being read: now it is."""
        self._ask_for_question()
        if self._sends_when_read and not self.pictures.busy:
            self._sends_when_read = False
            if self.pictures.text:
                self.submit()

    def _press(self) -> None:
        if self._busy:
            self.stopped.emit()
        else:
            self.submit()

    def _leave(self) -> None:
        if self._busy:
            self.stopped.emit()

    def _make_quote(self) -> QWidget:
        quote = QFrame()
        quote.setProperty("kind", "row")
        across = QHBoxLayout(quote)
        across.setContentsMargins(GRID * 3, 0, 0, 0)
        self._quoted = text_label("", "muted", wraps=True)
        self._quoted.setAccessibleName(self.tr("Selected text"))
        remove = push(self.tr("Leave out"), "link", name=self.tr("Ask without the selected text"))
        remove.clicked.connect(lambda: self.set_context(""))
        across.addWidget(self._quoted, 1)
        across.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        quote.hide()
        return quote

    # --- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 Qt's name
        if paths_of(event.mimeData()) or holds_picture(event.mimeData()):
            event.acceptProposedAction()
            set_role(self, "true", "lit")

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 Qt's name
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 Qt's name
        set_role(self, "true" if self.text.hasFocus() else "false", "lit")

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 Qt's name
        paths, picture = paths_of(event.mimeData()), pasted(event.mimeData())
        if paths or picture is not None:
            event.acceptProposedAction()
            self.text.setFocus()
        if picture is not None:
            self.pictures.read_image(picture)
        elif paths:
            self.dropped.emit(paths)


def paths_of(mime: QMimeData) -> tuple[str, ...]:
    """Files and folders of this computer in what is dragged or pasted."""
    return tuple(url.toLocalFile() for url in mime.urls() if url.isLocalFile() and url.toLocalFile())


class _Text(QPlainTextEdit):
    """Enter sends, Shift+Enter breaks the line; as high as its text, up to some lines."""

    entered = Signal()
    left = Signal()
    recalled = Signal()
    focus_changed = Signal(bool)
    picture_pasted = Signal(QImage)
    cut_off = Signal()
    """More was pasted than a question can hold."""

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._composing = False
        self._fit()

    def _fit(self) -> None:
        lines = max(1, round(self.document().size().height()))  # QPlainTextEdit counts lines, not pixels
        shown = min(MOST_LINES, lines)
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > shown else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        height = self.fontMetrics().lineSpacing() * shown + 4
        if height != self.height():
            self.setFixedHeight(height)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 Qt's name
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 Qt's name
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt's name
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not self._composing and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Up and not self.toPlainText():
            self.recalled.emit()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 Qt's name
        return source.hasText() or source.hasImage()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 Qt's name
        """Plain text only; of a picture the text in it."""
        picture = pasted(source)
        if picture is not None:
            self.picture_pasted.emit(picture)
        elif source.hasText():
            text = source.text()
            self.insertPlainText(text[:LONGEST_PASTE])
            if len(text) > LONGEST_PASTE:
                self.cut_off.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 Qt's name
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 Qt's name
        super().focusOutEvent(event)
        self.focus_changed.emit(False)
