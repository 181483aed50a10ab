"""The text that would leave, in full, with what was replaced marked: a click or Enter on a mark says what stands behind
it and lifts it; a selection can be replaced, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QToolTip

from copilot.privacy.consent import ConsentRequest, Swap
from ui.sent_text import Part, pieces
from ui.theme import Theme
from ui.tokens import GRID, SECONDARY

SHOWN_PARTS = (Part.ASKED, Part.RULES)
BREAK = "\n\n"
LINE_PERCENT = 145
BESIDES = 430
"""What the rest of the dialog takes of a screen's height, at 100 %."""
LEAST_LINES, MOST_LINES = 3, 14


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    swap: Swap


class ConsentText(QTextEdit):
    """Read-only. `shown` is its text as it must stand in the body."""

    mark_chosen = Signal(object, object)
    """(Swap, QPoint on the screen)"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._marks: tuple[_Mark, ...] = ()
        self._texts: tuple[str, ...] = ()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setProperty("kind", "exact")
        self.setAccessibleName(self.tr("The text that would be sent"))
        self.viewport().setMouseTracking(True)

    def show_request(self, request: ConsentRequest) -> None:
        found = pieces(request.body)
        self._texts = tuple(piece.text for piece in found if piece.part in SHOWN_PARTS)
        rules = tuple(piece.text for piece in found if piece.part is Part.RULES)
        plain = QTextCharFormat()  # not that of the mark which the cursor stands on: new text would all be marked
        plain.setFont(self._theme.mono(SECONDARY))
        self.setTextCursor(QTextCursor(self.document()))
        self.setCurrentCharFormat(plain)
        self.document().setDefaultFont(self._theme.mono(SECONDARY))
        self.setPlainText(BREAK.join(self._texts))
        asked = BREAK.join(piece.text for piece in found if piece.part is Part.ASKED)
        self._mark(request.swaps, asked)
        if rules:
            self._mute(len(BREAK.join(rules)))
        self._space_lines()
        self._fit()

    def says(self, request: ConsentRequest) -> bool:
        """Whether what is on the screen is what these bytes say."""
        texts = tuple(piece.text for piece in pieces(request.body) if piece.part in SHOWN_PARTS)
        return texts == self._texts and self.toPlainText() == BREAK.join(texts).replace("\r\n", "\n").replace(
            "\r", "\n"
        )

    def selected(self) -> str:
        """What is selected, on one line, without what separates it from its neighbours."""
        return " ".join(self.textCursor().selectedText().replace("\u2029", " ").split()).strip(" ,;:，；：、")

    # --- marks

    def _mark(self, swaps: tuple[Swap, ...], text: str) -> None:
        """In the person's part alone: the program's own names such words as examples."""
        by_word = {swap.placeholder: swap for swap in swaps}
        self._marks = ()
        if by_word:
            words = "|".join(re.escape(word) for word in sorted(by_word, key=len, reverse=True))
            pattern = re.compile(rf"⟨?(?<![0-9A-Za-z])({words})(?![0-9A-Za-z])⟩?")
            found = tuple(_Mark(*match.span(), by_word[match[1]]) for match in pattern.finditer(text))
            self._marks = found
        look = QTextCharFormat()
        look.setForeground(self._theme.color("warning"))
        look.setBackground(self._theme.color("warning_soft"))
        look.setFontWeight(QFont.Weight.Medium)
        for mark in self._marks:
            self._range(mark.start, mark.end).mergeCharFormat(look)

    def _mute(self, length: int) -> None:
        """The program's own words at the end stand back behind the person's."""
        look = QTextCharFormat()
        look.setForeground(self._theme.color("muted"))
        end = self.document().characterCount() - 1
        self._range(end - length, end).mergeCharFormat(look)

    def _space_lines(self) -> None:
        spaced = QTextBlockFormat()
        spaced.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)

    def _range(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._unit(start))
        cursor.setPosition(self._unit(end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _unit(self, position: int) -> int:
        """Qt counts in UTF-16 units."""
        return position + sum(ord(character) > 0xFFFF for character in self.toPlainText()[:position])

    def _mark_at(self, units: int) -> _Mark | None:
        return next((mark for mark in self._marks if self._unit(mark.start) <= units <= self._unit(mark.end)), None)

    def _fit(self) -> None:
        """As high as the text at this width, within limits of its own and the screen's."""
        self.document().setTextWidth(self.viewport().width())
        line = QFontMetricsF(self._theme.mono(SECONDARY)).lineSpacing() * LINE_PERCENT / 100
        wanted = self.document().size().height() + self._theme.pixels(GRID * 4)
        pad = self._theme.pixels(GRID * 7)
        least = LEAST_LINES * line + pad
        room = self.screen().availableGeometry().height() - self._theme.pixels(BESIDES)
        most = max(least, min(MOST_LINES * line + pad, room))
        self.setFixedHeight(int(min(max(wanted, least), most)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt's name
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    # --- the person

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt's name
        super().mouseReleaseEvent(event)
        if self.textCursor().hasSelection() or event.button() is not Qt.MouseButton.LeftButton:
            return
        mark = self._under(event.position().toPoint())
        if mark is not None:
            self.mark_chosen.emit(mark.swap, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt's name
        super().mouseMoveEvent(event)
        over = self._under(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            mark = self._mark_at(self.textCursor().position())
            if mark is not None:
                corner = self.cursorRect().bottomLeft()
                self.mark_chosen.emit(mark.swap, self.viewport().mapToGlobal(corner))
                return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            mark = self._under(self.viewport().mapFromGlobal(event.globalPos()))
            if mark is not None:
                says = self.tr("Stands for: {original}").format(original=mark.swap.original)
                QToolTip.showText(event.globalPos(), says, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _under(self, point: QPoint) -> _Mark | None:
        cursor = self.cursorForPosition(point)
        mark = self._mark_at(cursor.position())
        if mark is None:
            return None
        begin = self.cursorRect(self._range(mark.start, mark.start))
        end = self.cursorRect(self._range(mark.end, mark.end))
        same_line = begin.top() == end.top()
        inside = begin.left() - GRID <= point.x() <= end.right() + GRID and begin.top() <= point.y() <= begin.bottom()
        return mark if inside or not same_line else None
