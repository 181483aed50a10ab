"""Hits of a search, painted: files by their names first, then passages under the file they stand in, what was looked
for marked. One list, so that Up and Down go through everything.

Decision: painted by a delegate over one flat model instead of a widget a hit: forty labels with markup take longer to
make than the search itself.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QObject,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from copilot.reports import FileRow
from indexer.query import Hit
from ui import wording
from ui.highlighting import Mark, looked_for, marks, snippet
from ui.theme import Theme
from ui.tokens import BODY, GRID, RADIUS, SECONDARY
from ui.widgets.announcing import tell_row
from ui.widgets.row_model import ROW, Index, RowModel
from ui.wishes import Place

PAD = GRID * 3
TEXT_LINES = 2
LINE_HEIGHT = 1.57
"""Of the size of the text, so that Latin and Chinese lines stand alike."""
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class RowKind(enum.Enum):
    HEAD = "head"
    FILE = "file"
    GROUP = "group"
    HIT = "hit"


@dataclass(frozen=True, slots=True)
class HitRow:
    """One line of the list. `place` is None for a heading; `side` stands at the right."""

    kind: RowKind
    text: str
    marks: tuple[Mark, ...] = ()
    side: str = ""
    place: Place | None = None


def rows_of(
    query: str, files: tuple[FileRow, ...], hits: tuple[Hit, ...], heads: tuple[str, str]
) -> tuple[HitRow, ...]:
    """`heads` are the words above files and above passages. Groups stand in the order of their best hits."""
    words = looked_for(query)
    rows: list[HitRow] = []
    if files:
        rows.append(HitRow(RowKind.HEAD, heads[0]))
        for file in files:
            name = wording.file_name(file.path)
            place = Place(file.path, title=name)
            rows.append(HitRow(RowKind.FILE, name, marks(name, words), wording.folder_name(file.path), place))
    if hits:
        rows.append(HitRow(RowKind.HEAD, heads[1]))
        grouped: dict[str, list[Hit]] = {}
        for hit in hits:
            grouped.setdefault(hit.path, []).append(hit)
        for path, inside in grouped.items():
            name = wording.file_name(path)
            rows.append(HitRow(RowKind.GROUP, name, (), wording.folder_name(path), Place(path, title=name)))
            rows += [_hit_row(hit, name, words) for hit in inside]
    return tuple(rows)


def _hit_row(hit: Hit, name: str, words: tuple[str, ...]) -> HitRow:
    text, found = snippet(hit.chunk.text, words)
    span = hit.chunk.span
    place = Place(hit.path, span.start, span.end, hit.chunk.page, hit.chunk.text, name)
    return HitRow(RowKind.HIT, text, found, wording.place_of(hit.chunk, hit.path), place)


def _spoken(row: HitRow) -> str:
    return ", ".join(part for part in (row.text, row.side) if part)


class HitDelegate(QStyledItemDelegate):
    """Paints a HitRow with the theme's fonts and colours."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 Qt's name
        row: HitRow = index.data(ROW)
        height = QFontMetricsF(self._font(row.kind)).height()
        pad = self._theme.pixels(GRID)
        match row.kind:
            case RowKind.HEAD:
                return QSize(0, round(height + pad * 5))
            case RowKind.FILE:
                return QSize(0, round(height + pad * 4))
            case RowKind.GROUP:
                return QSize(0, round(height + pad * 6))
        lines = (
            1
            if QFontMetricsF(self._font(row.kind)).horizontalAdvance(row.text) < self._room(option, row)
            else TEXT_LINES
        )
        return QSize(0, round(self._pitch() * lines + pad * 2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: HitRow = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRectF(option.rect)
        if row.kind is RowKind.GROUP:
            box.setTop(box.top() + self._theme.pixels(GRID * 2.5))
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_soft"))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), RADIUS, RADIUS)
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(self._theme.color("accent"))
                painter.drawRoundedRect(box.adjusted(0.5, 1.5, -0.5, -1.5), RADIUS, RADIUS)
        pad = self._theme.pixels(PAD)
        inner = box.adjusted(pad, 0, -pad, 0)
        if row.kind is RowKind.HEAD:
            painter.setFont(self._font(row.kind))
            painter.setPen(self._theme.color("muted"))
            painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, row.text)
        else:
            side = self._paint_side(painter, inner, row)
            self._paint_text(painter, inner.adjusted(0, 0, -side, 0), row)
        painter.restore()

    def _paint_side(self, painter: QPainter, inner: QRectF, row: HitRow) -> float:
        """The words at the right; gives the room they take."""
        if not row.side:
            return 0.0
        font = self._theme.font(SECONDARY)
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(row.side, Qt.TextElideMode.ElideMiddle, inner.width() * 0.4)
        painter.setFont(font)
        painter.setPen(self._theme.color("muted"))
        box = QRectF(inner)
        if row.kind is RowKind.HIT:
            box.setTop(inner.top() + self._theme.pixels(GRID * 1.5))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, text)
        elif row.kind is RowKind.GROUP:
            box.setBottom(inner.bottom() - self._theme.pixels(GRID * 1.5))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, text)
        else:
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        return metrics.horizontalAdvance(text) + self._theme.pixels(GRID * 6)

    def _paint_text(self, painter: QPainter, inner: QRectF, row: HitRow) -> None:
        lines = TEXT_LINES if row.kind is RowKind.HIT else 1
        layout = self._layout(row, inner.width(), lines)
        lead, height = layout.boundingRect().top(), layout.boundingRect().height()
        painter.setPen(self._theme.color("ink"))
        above = (inner.height() - height) / 2
        if row.kind is RowKind.GROUP:  # nearer to its passages than to those of the file before
            above = inner.height() - height - self._theme.pixels(GRID)
        layout.draw(painter, QPointF(inner.left(), inner.top() + above - lead))

    def _layout(self, row: HitRow, width: float, lines: int) -> QTextLayout:
        """At most `lines` lines; what is more ends in an ellipsis."""
        font = self._font(row.kind)
        metrics = QFontMetricsF(font)
        text = row.text
        if lines == 1:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)
        pitch = self._pitch() if lines > 1 else 0.0
        layout = _broken(text, font, width, pitch)
        if layout.lineCount() > lines:
            start = layout.lineAt(lines - 1).textStart()
            text = text[:start] + metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, width)
        return _broken(text, font, width, pitch, [self._marked(mark) for mark in row.marks if mark[1] <= len(text)])

    def _marked(self, mark: Mark) -> QTextLayout.FormatRange:
        look = QTextCharFormat()
        look.setBackground(self._theme.color("highlight"))
        look.setForeground(self._theme.color("ink"))
        span = QTextLayout.FormatRange()
        span.start, span.length, span.format = mark[0], mark[1] - mark[0], look
        return span

    def _room(self, option: QStyleOptionViewItem, row: HitRow) -> float:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        side = QFontMetricsF(self._theme.font(SECONDARY)).horizontalAdvance(row.side) + self._theme.pixels(GRID * 6)
        return width - 2 * self._theme.pixels(PAD) - (side if row.side else 0)

    def _pitch(self) -> float:
        """From line to line of a passage."""
        return self._theme.pixels(BODY) * LINE_HEIGHT

    def _font(self, kind: RowKind) -> QFont:
        match kind:
            case RowKind.HEAD:
                return self._theme.font(SECONDARY)
            case RowKind.HIT:
                return self._theme.font(BODY)
        return self._theme.font(BODY, strong=True)


def _broken(
    text: str, font: QFont, width: float, pitch: float, formats: Sequence[QTextLayout.FormatRange] = ()
) -> QTextLayout:
    """Into lines of this width, one below the other. Formats come first: setting them forgets the lines."""
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.setFormats(formats)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top + max(0.0, pitch - line.height()) / 2))
        top += max(pitch, line.height())
    layout.endLayout()
    return layout


class HitList(QListView):
    """Enter previews, Ctrl+Enter asks, Up from the first row and letters go back to the field."""

    previewed = Signal(object)
    """Place"""
    asked = Signal(object)
    """Place"""
    left_upwards = Signal()
    typed = Signal(str)
    """A letter: it belongs into the field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._hits: RowModel[HitRow] = RowModel(
            self, _spoken, heads=lambda row: row.place is None, tip=lambda row: row.place.path if row.place else ""
        )
        self.setModel(self._hits)
        self.setItemDelegate(HitDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(self.tr("What was found"))
        self.setMouseTracking(True)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self.clicked.connect(self._preview)
        theme.changed.connect(self.viewport().update)

    def show_rows(self, rows: tuple[HitRow, ...]) -> None:
        """What was chosen stays chosen where it is still there."""
        before = self._hits.row(self.currentIndex()).place if self.currentIndex().isValid() else None
        self._hits.fill(rows)
        kept = next((number for number, row in enumerate(rows) if before is not None and row.place == before), None)
        if kept is None:
            self.scrollToTop()
        else:
            self.setCurrentIndex(self._hits.index(kept, 0))

    def rows(self) -> int:
        return self._hits.rowCount()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt's name
        """A narrower list breaks its passages anew, which Qt does by itself only for icons."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def enter(self) -> None:
        """Take the keyboard, on the first row that is a find."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.currentIndex().isValid() or self._hits.row(self.currentIndex()).place is None:
            self._go(range(self._hits.rowCount()))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 Qt's name
        super().focusInEvent(event)
        tell_row(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt's name
        current = self.currentIndex()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if current.isValid():
                place = self._hits.row(current).place
                asks = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                if place is not None:
                    (self.asked if asks else self.previewed).emit(place)
            case Qt.Key.Key_Down:
                self._go(range(current.row() + 1, self._hits.rowCount()))
            case Qt.Key.Key_Up:
                if not self._go(range(current.row() - 1, -1, -1)):
                    self.left_upwards.emit()
            case _ if event.text().isprintable() and event.text() and not event.modifiers() & _COMMANDS:
                self.typed.emit(event.text())
            case _:
                super().keyPressEvent(event)

    def _go(self, numbers: range) -> bool:
        """To the first of these rows that is a find."""
        for number in numbers:
            index = self._hits.index(number, 0)
            if self._hits.row(index).place is not None:
                self.setCurrentIndex(index)
                return True
        return False

    def _preview(self, index: Index) -> None:
        place = self._hits.row(index).place
        if place is not None:
            self.previewed.emit(place)
