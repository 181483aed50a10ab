"""The number chips in an answer's text, and the card that shows a passage while the pointer rests on one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from copilot.conversation import Citation
from ui import wording
from ui.text_formats import MARKER_PROPERTY, SERIAL_PROPERTY
from ui.theme import Theme
from ui.tokens import GRID, SECONDARY
from ui.wishes import Place

CARD_WIDTH = 360
CARD_CHARACTERS = 420
BEFORE_CHARACTERS = 120
"""Of a passage, shown before the marked words where all of it would be too long."""
LINE_SPACE = 1.25


class Chips(QPyTextObject):
    """Draws the chips of one document: soft, filled when chosen, dotted when their file changed."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.chosen: tuple[int, int | None] = 0, None
        """Marker and serial of the chip that is filled; without a serial, all of that marker."""
        self.stale: frozenset[int] = frozenset()

    def intrinsicSize(self, doc: QTextDocument, position: int, form: QTextFormat) -> QSizeF:  # noqa: N802 Qt's name
        metrics = QFontMetricsF(form.toCharFormat().font())
        height = metrics.height() + 1
        return QSizeF(max(height, metrics.horizontalAdvance(_number(form)) + 2.5 * GRID), height)

    def drawObject(  # noqa: N802 Qt's name
        self, painter: QPainter, rect: QRectF | QRect, doc: QTextDocument, position: int, form: QTextFormat
    ) -> None:
        rect = QRectF(rect)
        number = int(_number(form))
        marker, serial = self.chosen
        chosen = number == marker and serial in (None, form.property(SERIAL_PROPERTY))
        color = self._theme.color
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(color("accent") if chosen else color("accent_soft"))
        if number in self.stale:
            painter.setPen(QPen(color("warning"), 1, Qt.PenStyle.DotLine))
            painter.setBrush(color("warning_soft") if not chosen else color("accent"))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, GRID, GRID)
        font = form.toCharFormat().font()
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(color("on_accent") if chosen else color("warning" if number in self.stale else "accent"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(number))
        painter.restore()


class PassageCard(QFrame):
    """A floating card with a passage and its place. Plain text only: passages are other people's words."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self.setObjectName("card")
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID + 2, 3 * GRID, 3 * GRID)
        column.setSpacing(GRID)
        self._title, self._place = QLabel(), QLabel()
        self._title.setProperty("role", "strong")
        self._place.setProperty("role", "muted")
        for label in (self._title, self._place):
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self._quote = _Quote(theme, theme.pixels(CARD_WIDTH) - 6 * GRID - 2)
        column.addWidget(self._quote)
        self.setFixedWidth(theme.pixels(CARD_WIDTH))

    def show_at(self, citation: Citation, at: QPoint, note: str = "") -> None:
        """Show a citation's passage below `at` (screen coordinates), inside the screen."""
        self._title.setText(wording.file_name(citation.path))
        place = wording.place_words(citation)
        self._place.setText(f"{place} - {note}" if note and place else note or place)
        self._place.setVisible(bool(place or note))
        self._quote.show_text(*excerpt(citation))
        self.adjustSize()
        screen = QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        x = min(max(room.left(), at.x() - self.width() // 3), room.right() - self.width())
        y = at.y() + 4 * GRID
        if y + self.height() > room.bottom():
            y = at.y() - self.height() - 4 * GRID
        self.move(x, y)
        self.show()


class _Quote(QWidget):
    """Plain text in which some words are marked."""

    def __init__(self, theme: Theme, width: int) -> None:
        super().__init__()
        self._theme = theme
        self._layout = QTextLayout()
        self.setFixedWidth(width)

    def show_text(self, text: str, start: int, end: int) -> None:
        """`start` and `end` enclose the marked words."""
        before, marked = (len(part.encode("utf-16-le")) // 2 for part in (text[:start], text[start:end]))
        self._layout = QTextLayout(text.replace("\n", "\u2028"), self._theme.font(SECONDARY))
        mark = QTextLayout.FormatRange()
        mark.start, mark.length, mark.format = before, marked, QTextCharFormat()
        mark.format.setBackground(self._theme.color("highlight"))
        self._layout.setFormats([mark] if end > start else [])
        self._layout.beginLayout()
        height = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(self.width())
            line.setPosition(QPointF(0, height))
            height += line.height() * LINE_SPACE
        self._layout.endLayout()
        self.setFixedHeight(round(height))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 Qt's name
        painter = QPainter(self)
        painter.setPen(self._theme.color("ink"))
        self._layout.draw(painter, QPointF(0, 0))


def excerpt(citation: Citation) -> tuple[str, int, int]:
    """A citation's passage, shortened around the words that carry what was said, and where those stand in it."""
    text, first = citation.quote, citation.marked.start - citation.span.start
    last = citation.marked.end - citation.span.start
    if citation.exact is None:
        return shortened(text, CARD_CHARACTERS), 0, 0
    if last <= CARD_CHARACTERS:
        return shortened(text, CARD_CHARACTERS), first, last
    start = text.find(" ", max(0, first - BEFORE_CHARACTERS), first) + 1 or first
    shown = "\u2026" + shortened(text[start:], CARD_CHARACTERS)
    return shown, first - start + 1, min(len(shown), last - start + 1)


def place_of(citation: Citation) -> Place:
    """The spot that a citation leads to: the words that carry what was said."""
    words, around = citation.marked, citation.quote if citation.exact is not None else ""
    return Place(citation.path, words.start, words.end, citation.page, citation.told, citation.title, around)


def shortened(text: str, length: int) -> str:
    text = text.strip()
    return text if len(text) <= length else text[: length - 1].rstrip() + "\u2026"


def _number(form: QTextFormat) -> str:
    return str(form.property(MARKER_PROPERTY) or 0)
