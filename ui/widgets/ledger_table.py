"""The ledger as a timeline: days, and below each what happened, newest first. Painted, so that a year of it scrolls."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QObject,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from copilot.privacy.entries import EntryKind, LedgerEntry
from ui import ledger_words, wording
from ui.theme import Theme
from ui.tokens import BODY, GRID, RADIUS, SECONDARY
from ui.widgets.row_model import ROW, Index, RowModel

ROW_HEIGHT, DAY_HEIGHT = 34, 44
CLOCK_WIDTH, DOT = 84, 8


@dataclass(frozen=True, slots=True)
class _Row:
    """A day's heading, or an entry below it."""

    day: str = ""
    written: LedgerEntry | None = None
    last: bool = False
    """Of its day: the line ends here."""


def _rows(entries: tuple[LedgerEntry, ...]) -> tuple[_Row, ...]:
    rows: list[_Row] = []
    days = [wording.day(written.at) for written in entries]
    for number, (day, written) in enumerate(zip(days, entries, strict=True)):
        if number == 0 or days[number - 1] != day:
            rows.append(_Row(day=day))
        rows.append(_Row(written=written, last=number + 1 == len(days) or days[number + 1] != day))
    return tuple(rows)


def _spoken(row: _Row) -> str:
    if row.written is None:
        return row.day
    return f"{wording.clock(row.written.at)}, {ledger_words.sentence(row.written.entry)}"


class LedgerDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 Qt's name
        row: _Row = index.data(ROW)
        return QSize(0, self._theme.pixels(DAY_HEIGHT if row.written is None else ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: _Row = index.data(ROW)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.written is None:
            painter.setFont(self._theme.font(SECONDARY, strong=True))
            painter.setPen(self._theme.color("muted"))
            below = box.adjusted(0, 0, 0, -self._theme.pixels(GRID * 2))
            painter.drawText(below, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, row.day)
        else:
            self._paint_entry(painter, option, box, row.written, row.last)
        painter.restore()

    def _paint_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, written: LedgerEntry, last: bool
    ) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(
                self._theme.color("accent" if option.state & QStyle.StateFlag.State_HasFocus else "accent_soft")
            )
            painter.setBrush(self._theme.color("accent_soft"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        pad, clock = self._theme.pixels(GRID * 2), self._theme.pixels(CLOCK_WIDTH)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._theme.font(SECONDARY))
        painter.setPen(self._theme.color("muted"))
        at = box.adjusted(pad, 0, 0, 0)
        painter.drawText(at, middle | Qt.AlignmentFlag.AlignLeft, wording.clock(written.at))
        side = self._side(written)
        painter.drawText(box.adjusted(0, 0, -pad, 0), middle | Qt.AlignmentFlag.AlignRight, side)
        taken = QFontMetricsF(painter.font()).horizontalAdvance(side) + pad * 2
        self._paint_dot(painter, QPointF(box.left() + clock, box.center().y()), box, written.entry.kind, last)
        painter.setFont(self._theme.font(BODY))
        painter.setPen(self._theme.color("ink" if written.entry.kind in ledger_words.OUT else self._tone(written)))
        room = box.adjusted(clock + self._theme.pixels(GRID * 5), 0, -taken, 0)
        text = QFontMetricsF(painter.font()).elidedText(
            ledger_words.sentence(written.entry), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_dot(self, painter: QPainter, at: QPointF, box: QRectF, kind: EntryKind, last: bool) -> None:
        """Filled where something left."""
        painter.setPen(QPen(self._theme.color("line"), 1))
        if not last:
            painter.drawLine(at, QPointF(at.x(), box.bottom() + box.height() / 2))
        radius = self._theme.pixels(DOT) / 2
        left = kind in ledger_words.OUT
        color = self._theme.color("warning" if kind in (EntryKind.BLOCKED, EntryKind.REFUSED) else "accent")
        painter.setPen(QPen(color if left else self._theme.color("muted"), 1.5))
        painter.setBrush(color if left else self._theme.color("background"))
        painter.drawEllipse(at, radius, radius)

    def _tone(self, written: LedgerEntry) -> str:
        return "warning" if written.entry.kind in (EntryKind.BLOCKED, EntryKind.REFUSED) else "ink"

    def _side(self, written: LedgerEntry) -> str:
        """What an answer cost; an offer's estimate was no cost."""
        entry = written.entry
        return wording.money(entry.cost, entry.currency) if entry.kind is EntryKind.RECEIVED and entry.cost else ""


class LedgerTable(QListView):
    """`chosen` tells which entry is looked at."""

    chosen = Signal(object)
    """LedgerEntry, or None."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._entries: RowModel[_Row] = RowModel(self, _spoken, heads=lambda row: row.written is None)
        self.setModel(self._entries)
        self.setItemDelegate(LedgerDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("What left, and when"))
        self.setUniformItemSizes(False)
        self.selectionModel().currentChanged.connect(self._choose)
        theme.changed.connect(self.viewport().update)

    def show_entries(self, entries: tuple[LedgerEntry, ...]) -> None:
        self._entries.fill(_rows(entries))
        self.chosen.emit(None)

    def _choose(self, index: Index) -> None:
        row: _Row | None = index.data(ROW)
        self.chosen.emit(row.written if row is not None else None)
