"""The question's bubble: as wide as its words, at most three quarters of the column, and the way to edit it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.tokens import GRID
from ui.widgets.parts import push, row, set_role, text_label

SHARE = 0.78
EDIT_LINES = 4


class Bubble(QWidget):
    """`edited` carries the new words; the question is then to be asked anew."""

    edited = Signal(str)
    opened = Signal()
    """The question is being edited."""

    def __init__(self, question: str, context: str = "") -> None:
        super().__init__()
        self._question = question
        self._frame = QFrame()
        self._frame.setProperty("kind", "bubble")
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(GRID * 4, GRID * 2 + 1, GRID * 4, GRID * 2 + 2)
        inside.setSpacing(GRID)
        self._context = text_label(context, "muted", wraps=True)
        self._context.setVisible(bool(context))
        self._label = text_label(question, wraps=True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setAccessibleName(self.tr("You asked: {question}").format(question=question))
        inside.addWidget(self._context)
        inside.addWidget(self._label)
        self._edit = push(self.tr("Edit"), "ghost", name=self.tr("Edit this question"))
        self._edit.clicked.connect(self._open_editor)
        self._editor: QWidget | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignVCenter)
        across.addWidget(self._frame)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt's name
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 Qt's name
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 Qt's name
        set_role(self._edit, "true", "near")
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 Qt's name
        set_role(self._edit, "false", "near")
        super().leaveEvent(event)

    def allow_edit(self, allowed: bool) -> None:
        self._edit.setEnabled(allowed)

    def _fit(self) -> None:
        """A wrapped label is as wide as its longest line, not as wide as Qt would guess."""
        most = round(self.width() * SHARE) - 8 * GRID
        for label in (self._label, self._context):
            metrics = label.fontMetrics()
            wanted = max((metrics.horizontalAdvance(line) for line in label.text().split("\n")), default=0) + 2
            label.setFixedWidth(max(1, min(wanted, most)))

    def _open_editor(self) -> None:
        if self._editor is not None:
            return
        self._editor = editor = QWidget()
        column = QVBoxLayout(editor)
        column.setContentsMargins(0, 0, 0, 0)
        field = _Editor(self._question)
        field.setAccessibleName(self.tr("Your question"))
        field.setFixedHeight(field.fontMetrics().lineSpacing() * EDIT_LINES)
        ask, leave = push(self.tr("Ask again"), "primary"), push(self.tr("Cancel"))
        ask.clicked.connect(lambda: self._submit(field.toPlainText()))
        field.entered.connect(lambda: self._submit(field.toPlainText()))
        field.left.connect(self._close_editor)
        leave.clicked.connect(self._close_editor)
        hint = text_label(self.tr("What came after this question is forgotten."), "muted")
        column.addWidget(field)
        column.addLayout(row(hint, None, leave, ask))
        self._frame.hide()
        self._edit.hide()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(editor)
        layout.setStretch(0, 0)  # type: ignore[attr-defined]
        field.setFocus()
        field.selectAll()
        self.opened.emit()

    def _submit(self, text: str) -> None:
        self._close_editor()
        if text.strip():
            self.edited.emit(text.strip())

    def _close_editor(self) -> None:
        if self._editor is None:
            return
        self._editor.hide()
        self._editor.deleteLater()
        self._editor = None
        self._frame.show()
        self._edit.show()
        self._edit.setFocus()

    @property
    def edit_button(self) -> QPushButton:
        return self._edit


class _Editor(QPlainTextEdit):
    """Enter asks, Shift+Enter breaks the line, Esc leaves."""

    entered = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt's name
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
