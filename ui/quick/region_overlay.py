"""One screen, dimmed, on which a person marks a rectangle: with the pointer, or with the keys alone.

What it shows is the picture that was taken, so that nothing moves under the pointer. What becomes of the rectangle is
region.py's.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from ui import wording
from ui.quick.capture import Shot
from ui.theme import Theme
from ui.tokens import GRID, RADIUS, READING_WIDTH
from ui.widgets.announcing import announce

DIM = 0.5
STEP, FINE_STEP = 16, 1
LEAST = 6
"""Pixels: a shorter drag is a click, which marks nothing."""
FIRST_PART = 0.5
"""Of the screen's width, and a third of it of the height: the rectangle that the first key press marks."""
ARROWS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}


class RegionOverlay(QWidget):
    """Covers one screen. Rectangles are in this widget's coordinates."""

    taken = Signal(QRect)
    left = Signal()
    next_wished = Signal()
    """Tab: another screen."""
    began = Signal()
    """A rectangle was begun here: others on other screens are not meant any more."""

    def __init__(self, shot: Shot, theme: Theme, *, several: bool) -> None:
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.Tool
        super().__init__(None, flags)
        self.shot = shot
        self._theme = theme
        self._several = several
        self._picture = QPixmap.fromImage(shot.image)
        self._rectangle = QRect()
        self._pressed: QPoint | None = None
        self.setWindowTitle(self.tr("Choose a part of the screen"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMouseTracking(True)
        self._name()

    @property
    def rectangle(self) -> QRect:
        return self._rectangle

    def cover(self) -> None:
        """Fill the screen that the picture is of, and no other."""
        self.winId()
        handle = self.windowHandle()
        if handle is not None:
            handle.setScreen(self.shot.screen)
        self.setGeometry(self.shot.place)
        self.showFullScreen()
        self.raise_()

    def mark(self, rectangle: QRect) -> None:
        """Mark this rectangle, as far as it is on the screen; an empty one takes the mark away."""
        self._rectangle = rectangle.intersected(self.rect())
        self._name()
        self.update()

    # --- pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt's name
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self.mark(QRect())
            self.began.emit()
        else:
            self.left.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt's name
        if self._pressed is not None:
            self.mark(between(self._pressed, event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 Qt's name
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self.mark(between(self._pressed, event.position().toPoint()))
        self._pressed = None
        if min(self._rectangle.width(), self._rectangle.height()) >= LEAST:
            self.taken.emit(self._rectangle)
        else:
            self.mark(QRect())

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt's name
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.next_wished.emit()
        elif key in (*ARROWS, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rectangle.isEmpty():
            self.mark(first(self.size()))
            self.began.emit()
            announce(self, self._said(), urgent=True)
        elif key in ARROWS:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            sized = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            step = ARROWS[key] * (FINE_STEP if fine else STEP)
            change = resized if sized else moved
            self.mark(change(self._rectangle, step, self.size()))
            announce(self, self._said(), urgent=True)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(self._rectangle)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 Qt's name
        """Closed by the window manager's own keys, perhaps."""
        self.left.emit()
        super().closeEvent(event)

    def event(self, event: object) -> bool:
        """Tab is a key like others here: there is nothing to move the focus to."""
        if isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
            self.keyPressEvent(event)
            return True
        return super().event(event)  # type: ignore[arg-type]

    # --- said

    def hint(self) -> str:
        says = self.tr("Drag over the text. Arrows move, Shift and arrows size, Enter takes it, Esc leaves.")
        another = self.tr("Tab goes to the next screen.")
        return f"{says} {another}" if self._several else says

    def _said(self) -> str:
        one = self._rectangle
        return self.tr("{width} by {height}, {left} from the left, {top} from the top").format(
            width=wording.number(one.width()),
            height=wording.number(one.height()),
            left=wording.number(one.x()),
            top=wording.number(one.y()),
        )

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Choose a part of the screen"))
        self.setAccessibleDescription(self.hint() if self._rectangle.isEmpty() else self._said())

    # --- drawn

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 Qt's name
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), self._picture)
        dim = QColor(self._theme.color("shadow"))
        dim.setAlphaF(DIM)
        around = (
            QRect(0, 0, self.width(), self._rectangle.top()),
            QRect(0, self._rectangle.bottom() + 1, self.width(), self.height()),
            QRect(0, self._rectangle.top(), self._rectangle.left(), self._rectangle.height()),
            QRect(self._rectangle.right() + 1, self._rectangle.top(), self.width(), self._rectangle.height()),
        )
        for part in (self.rect(),) if self._rectangle.isEmpty() else around:
            painter.fillRect(part, dim)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._rectangle.isEmpty():
            self._draw_hint(painter)
        else:
            self._draw_frame(painter)
        painter.end()

    def _draw_frame(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self._rectangle).adjusted(-1, -1, 1, 1))
        size = f"{wording.number(self._rectangle.width())} × {wording.number(self._rectangle.height())}"
        below = self._rectangle.bottom() + GRID * 2
        self._draw_label(painter, size, QPoint(self._rectangle.left(), below), centred=False)

    def _draw_hint(self, painter: QPainter) -> None:
        self._draw_label(painter, self.hint(), QPoint(self.width() // 2, self.height() // 10), centred=True)

    def _draw_label(self, painter: QPainter, text: str, at: QPoint, *, centred: bool) -> None:
        """A card with words; its upper left corner or upper middle is `at`, or as near as the screen allows."""
        most = min(self.width() - GRID * 24, self._theme.pixels(READING_WIDTH))
        box = painter.fontMetrics().boundingRect(QRect(0, 0, most, self.height()), Qt.TextFlag.TextWordWrap, text)
        card = QRect(QPoint(0, 0), box.size() + QSize(GRID * 8, GRID * 4))
        card.moveTopLeft(at - QPoint(card.width() // 2 if centred else 0, 0))
        card.moveLeft(max(0, min(card.left(), self.width() - card.width())))
        card.moveTop(max(0, min(card.top(), self.height() - card.height() - GRID * 2)))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.setBrush(self._theme.color("card"))
        painter.drawRoundedRect(card, RADIUS, RADIUS)
        painter.setPen(self._theme.color("ink"))
        painter.drawText(
            card.adjusted(GRID * 3, 0, -GRID * 3, 0), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text
        )


def between(one: QPoint, other: QPoint) -> QRect:
    """The rectangle of which these are opposite corners."""
    return QRect(min(one.x(), other.x()), min(one.y(), other.y()), abs(one.x() - other.x()), abs(one.y() - other.y()))


def first(size: QSize) -> QRect:
    """In the middle of a screen: where the keys begin."""
    width, height = round(size.width() * FIRST_PART), round(size.height() * FIRST_PART * 2 / 3)
    return QRect((size.width() - width) // 2, (size.height() - height) // 2, width, height)


def moved(one: QRect, step: QPoint, size: QSize) -> QRect:
    """Another place, still wholly on the screen."""
    left = max(0, min(one.x() + step.x(), size.width() - one.width()))
    top = max(0, min(one.y() + step.y(), size.height() - one.height()))
    return QRect(left, top, one.width(), one.height())


def resized(one: QRect, step: QPoint, size: QSize) -> QRect:
    """Another size, the upper left corner stays; never too small to be taken, never beyond the screen."""
    width = max(LEAST, min(one.width() + step.x(), size.width() - one.x()))
    height = max(LEAST, min(one.height() + step.y(), size.height() - one.y()))
    return QRect(one.x(), one.y(), width, height)
