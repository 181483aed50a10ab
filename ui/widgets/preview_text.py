"""A file as plain text with the cited words marked and in sight. Text of files is never read as HTML.

Decision: a text of megabytes is shown in a stretch around the spot, not as a whole: laying it out would hold the
window. What lies outside is named, and the file opens in its own program.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QFont, QPalette, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from copilot.reports import DocumentView
from ui.theme import Theme
from ui.tokens import GRID, SECONDARY
from ui.widgets.parts import text_label

STRETCH = 36_000
"""Characters shown at most."""
LINE_HEIGHT = 130.0
GAP = 9
"""Pixels between paragraphs."""
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
        self._set_lines(set() if mono else _headings(document), close=mono)
        self._marked = _utf16(text, start - first), _utf16(text, end - first)
        self._mark()
        QTimer.singleShot(0, self._view, self._scroll_to_mark)

    def _set_lines(self, headings: set[str], *, close: bool) -> None:
        """Room between the lines, and half a line between paragraphs instead of an empty one; headings stand out."""
        usual, gap = QTextBlockFormat(), QTextBlockFormat()
        usual.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        gap.setLineHeight(self._theme.pixels(GAP), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        strong = QTextCharFormat()
        strong.setFontWeight(QFont.Weight.DemiBold)
        cursor = QTextCursor(self._view.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(usual)
        block = self._view.document().begin()
        while block.isValid() and not close:
            cursor.setPosition(block.position())
            if block.length() == 1:
                cursor.mergeBlockFormat(gap)
            elif block.text().strip() in headings:
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(strong)
            block = block.next()
        cursor.endEditBlock()

    def _mark(self) -> None:
        palette = self._view.palette()
        palette.setColor(QPalette.ColorRole.Text, self._theme.color("ink"))
        self._view.setPalette(palette)
        look = QTextCharFormat()
        look.setBackground(self._theme.color("highlight"))
        look.setForeground(self._theme.color("ink"))
        self._view.setExtraSelections([_selection(cursor, look) for cursor in self._marked_lines()])

    def _marked_lines(self) -> Iterator[QTextCursor]:
        """Paragraph by paragraph: a mark over the end of one would show as a stub in the gap below it."""
        start, end = self._marked
        block = self._view.document().findBlock(start)
        while block.isValid() and block.position() < end:
            first, last = max(start, block.position()), min(end, block.position() + block.length() - 1)
            if last > first:
                cursor = QTextCursor(block)
                cursor.setPosition(first)
                cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
                yield cursor
            block = block.next()

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


def _selection(cursor: QTextCursor, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    made.cursor, made.format = cursor, look
    return made


def _headings(document: DocumentView) -> set[str]:
    return {heading.strip() for section in document.sections for heading in section.heading}


def _utf16(text: str, position: int) -> int:
    """Qt counts UTF-16 units; the index counts characters."""
    clamped = max(0, min(position, len(text)))
    return len(text[:clamped].encode("utf-16-le")) // 2
