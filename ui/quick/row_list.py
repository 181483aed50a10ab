"""The bar's list: rows painted in the theme's colours, headers that can't be chosen, as high as what is in it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.quick.rows import Row, RowKind
from ui.theme import Theme
from ui.tokens import BODY, GRID, RADIUS, SECONDARY, SMALL
from ui.widgets.announcing import announce
from ui.widgets.row_model import ROW, Index, RowModel

ROW_HEIGHT, HEADER_HEIGHT = 36, 28
SIDE = GRID * 5
LARGEST_DETAIL = 0.45
"""Of the row's width."""


def _spoken(row: Row) -> str:
    return f"{row.text}, {row.detail}" if row.detail else row.text


def _heads(row: Row) -> bool:
    return row.kind is RowKind.HEADER


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 Qt's name
        row: Row = index.data(ROW)
        height = HEADER_HEIGHT if _heads(row) else ROW_HEIGHT
        return QSize(0, self._theme.pixels(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        chosen = not _heads(row) and bool(option.state & QStyle.StateFlag.State_Selected)
        box: QRect = option.rect
        painter.save()
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_soft"))
            inset, round_ = self._theme.pixels(GRID * 2), self._theme.pixels(RADIUS)
            painter.drawRoundedRect(box.adjusted(inset, 0, -inset, 0), round_, round_)
        side = self._theme.pixels(SIDE)
        inner = box.adjusted(side, 0, -side, 0)
        taken = self._paint_detail(painter, inner, row)
        self._paint_text(painter, inner.adjusted(0, 0, -taken, 0), row)
        painter.restore()

    def _paint_detail(self, painter: QPainter, box: QRect, row: Row) -> int:
        if not row.detail:
            return 0
        font = self._theme.font(SECONDARY)
        metrics = QFontMetrics(font)
        text = metrics.elidedText(row.detail, Qt.TextElideMode.ElideLeft, round(box.width() * LARGEST_DETAIL))
        painter.setFont(font)
        painter.setPen(self._theme.color("muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return metrics.horizontalAdvance(text) + GRID * 4

    def _paint_text(self, painter: QPainter, box: QRect, row: Row) -> None:
        font = self._font(row)
        metrics = QFontMetrics(font)
        text = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(self._theme.color("muted" if row.kind is RowKind.HEADER else "ink"))
        layout = QTextLayout(text, font)
        layout.setFormats([_marked(mark, self._theme, len(text)) for mark in row.marks if mark[0] < len(text)])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(float(box.width() + GRID))
        layout.endLayout()
        below = GRID if row.kind is RowKind.HEADER else 0
        layout.draw(painter, QPointF(box.x(), box.y() + below + (box.height() - line.height()) / 2))

    def _font(self, row: Row) -> QFont:
        match row.kind:
            case RowKind.HEADER:
                return self._theme.font(SMALL)
            case RowKind.RESULT:
                return self._theme.font(BODY + GRID, strong=True)
            case RowKind.FILE | RowKind.ASK:
                return self._theme.font(BODY, strong=True)
        return self._theme.font(BODY)


class RowList(QListView):
    """Keys stay in the field above: the bar moves the choice."""

    taken = Signal(object)
    """Row that was clicked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._model: RowModel[Row] = RowModel(self, _spoken, _heads)
        self._moved = False
        self.setModel(self._model)
        self.setItemDelegate(_Painter(theme, self))
        self.setObjectName("quickRows")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self._click)

    def _click(self, index: Index) -> None:
        if not _heads(row := self._model.row(index)):
            self.taken.emit(row)

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._model.rows

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Keep what was chosen if it is still there, else choose what Enter is to take."""
        before = self.chosen()
        moved = before is not None and self._moved
        self._model.fill(rows)
        wanted = next((n for n, row in enumerate(rows) if moved and row == before), None)
        if wanted is None:
            self._moved = False
            wanted = next((n for n, row in enumerate(rows) if row.chosen_first), None)
        if wanted is None:
            wanted = next((n for n, row in enumerate(rows) if not _heads(row)), None)
        if wanted is not None:
            self.setCurrentIndex(self._model.index(wanted))
        self.setVisible(bool(rows))
        self.setFixedHeight(self.wanted_height())

    def chosen(self) -> Row | None:
        index = self.currentIndex()
        row = index.data(ROW) if index.isValid() else None
        return row if isinstance(row, Row) else None

    def step(self, step: int) -> None:
        """Choose the next row above or below, round the end."""
        count = len(self.rows)
        here = self.currentIndex().row()
        for away in range(1, count + 1):
            there = (here + step * away) % count
            if not _heads(self.rows[there]):
                self._moved = True
                self.setCurrentIndex(self._model.index(there))
                row = self.rows[there]
                announce(self, _spoken(row))  # the keyboard stays above
                return

    def wanted_height(self) -> int:
        heights = (HEADER_HEIGHT if _heads(row) else ROW_HEIGHT for row in self.rows)
        below = self._theme.pixels(GRID * 2) if self.rows else 0  # the card's corners stay round under the last row
        return sum(self._theme.pixels(height) for height in heights) + below


def _marked(mark: tuple[int, int], theme: Theme, length: int) -> QTextLayout.FormatRange:
    marked = QTextLayout.FormatRange()
    marked.start, marked.length = mark[0], min(mark[1], length) - mark[0]
    look = QTextCharFormat()
    look.setBackground(QBrush(theme.color("highlight")))
    marked.format = look
    return marked
