"""A file as plain text with the cited words marked and in sight. Text of files is never read as HTML.

Decision: a text of megabytes is shown in a stretch around the spot, not as a whole: laying it out would hold the
window. What lies outside is named, and the file opens in its own program.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QPalette, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from copilot.reports import DocumentView
from ui.theme import Theme
from ui.tokens import GRID, SECONDARY
from ui.widgets.parts import text_label

STRETCH = 36_000
"""Characters shown at most."""
LINE_HEIGHT = 125.0
MONO_FORMATS = frozenset(("code", "structured", "csv"))


class TextPreview(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._marked: tuple[int, int] = 0, 0
        self._cut = text_label("", "small", wraps=True)
        self._cut.setContentsMargins(GRID * 5, GRID * 2, GRID * 5, 0)
        self._cut.hide()
        self._view = _Plain()
        self._view.setProperty("kind", "bare")
        self._view.setReadOnly(True)
        self._view.setUndoRedoEnabled(False)
        self._view.setFrameShape(QTextEdit.Shape.NoFrame)
        self._view.setAcceptRichText(False)
        self._view.setTabChangesFocus(True)
        self._view.setAccessibleName(self.tr("Text of the file"))
        self._view.document().setDocumentMargin(GRID * 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._cut)
        column.addWidget(self._view, 1)
        self.setFocusProxy(self._view)
        theme.changed.connect(self._mark)

    @property
    def text(self) -> str:
        """What is shown."""
        return self._view.toPlainText()

    @property
    def marked(self) -> str:
        """The words that are marked."""
        cursor = QTextCursor(self._view.document())
        cursor.setPosition(self._marked[0])
        cursor.setPosition(self._marked[1], QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().replace("\u2029", "\n")

    def clear_text(self) -> None:
        self._view.clear()
        self._cut.hide()

    def show_text(self, document: DocumentView, start: int, end: int) -> None:
        """Show the text around `start`, the characters up to `end` marked."""
        first = max(0, start - STRETCH // 2) if len(document.text) > STRETCH else 0
        text = document.text[first : first + STRETCH]
        self._cut.setVisible(len(document.text) > STRETCH)
        self._cut.setText(self.tr("A long file: only the part around the passage is shown here."))
        mono = document.format_id in MONO_FORMATS
        self._view.setFont(self._theme.mono() if mono else self._theme.font(SECONDARY + 0.5))
        self._view.setPlainText(text)
        self._space_lines()
        self._marked = _utf16(text, start - first), _utf16(text, end - first)
        self._mark()
        QTimer.singleShot(0, self._view, self._scroll_to_mark)

    def _space_lines(self) -> None:
        form = QTextBlockFormat()
        form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self._view.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(form)

    def _mark(self) -> None:
        palette = self._view.palette()
        palette.setColor(QPalette.ColorRole.Text, self._theme.color("ink"))
        self._view.setPalette(palette)
        start, end = self._marked
        selection = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(self._theme.color("highlight"))
        look.setForeground(self._theme.color("ink"))
        cursor = QTextCursor(self._view.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection.format = look
        selection.cursor = cursor
        self._view.setExtraSelections([selection] if end > start else [])

    def _scroll_to_mark(self) -> None:
        cursor = QTextCursor(self._view.document())
        cursor.setPosition(self._marked[0])
        self._view.setTextCursor(cursor)
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + self._view.cursorRect(cursor).top() - self._view.viewport().height() // 3)


class _Plain(QTextEdit):
    """Text alone: whatever a file's words name, nothing is loaded."""

    def loadResource(self, kind: int, name: QUrl | str) -> None:  # noqa: N802 Qt's name
        return None


def _utf16(text: str, position: int) -> int:
    """Qt counts UTF-16 units; the index counts characters."""
    clamped = max(0, min(position, len(text)))
    return len(text[:clamped].encode("utf-16-le")) // 2
