"""Rows of a sheet as a table, the cited ones marked: numbers of rows are those that the sheet's own program shows."""

from __future__ import annotations

import re

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from copilot.reports import DocumentView
from indexer.document import Section
from ui.theme import Theme
from ui.widgets.parts import plain_tip

AROUND = 800
"""Rows shown before and after the cited ones."""
WIDEST_COLUMN = 220

_NUMBER = re.compile(r"[-+(]?[^\w\s]?\s?\d[\d.,'\u00a0 ]*\)?\s?[%€$£¥]?")

Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractTableModel):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[list[str]] = []
        self._header: list[str] = []
        self._first = 1
        self.marked: range = range(0)
        """Positions, from 0, of the rows that are cited."""

    def fill(self, rows: list[list[str]], header: list[str], first: int, marked: range) -> None:
        self.beginResetModel()
        self._rows, self._header, self._first, self.marked = rows, header, first, marked
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 Qt's name and default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 Qt's name and default
        widest = max((len(row) for row in self._rows), default=0)
        return 0 if parent.isValid() else max(widest, len(self._header))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row[index.column()] if index.column() < len(row) else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(row[index.column()] if index.column() < len(row) else "")
        if role == Qt.ItemDataRole.BackgroundRole and index.row() in self.marked:
            return self._theme.color("highlight")
        if role == Qt.ItemDataRole.ToolTipRole and index.column() < len(row) and len(row[index.column()]) > 24:
            return plain_tip(row[index.column()])
        return None

    def headerData(  # noqa: N802 Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            below = (row[section] for row in self._rows if section < len(row) and row[section])
            return _side(next(below, ""))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(self._first + section)
        return self._header[section] if section < len(self._header) else ""


class _Marker(QStyledItemDelegate):
    """Paints the mark below a cell: a style sheet keeps a model's own background from being drawn."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        mark = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(mark, QColor):
            painter.fillRect(option.rect, mark)
        super().paint(painter, option, index)


class TablePreview(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.model = Rows(theme)
        self._view = QTableView()
        self._view.setModel(self.model)
        self._view.setItemDelegate(_Marker(self._view))
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._view.setAccessibleName(self.tr("Rows of the sheet"))
        self._view.setShowGrid(False)
        self._view.setTabKeyNavigation(False)
        self._view.setWordWrap(False)
        self._view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._view.horizontalHeader().setHighlightSections(False)
        self._view.verticalHeader().setHighlightSections(False)
        self._view.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._view)
        self.setFocusProxy(self._view)

    def show_rows(self, document: DocumentView, section: Section, start: int, end: int) -> None:
        """Show the sheet around the characters from `start` to `end`; every line of a section is one row."""
        text = document.text[section.span.start : section.span.end]
        lines = text.split("\n")
        first = text.count("\n", 0, max(0, start - section.span.start))
        last = text.count("\n", 0, max(0, min(end, section.span.end) - 1 - section.span.start))
        shown_from = max(0, first - AROUND)
        shown = lines[shown_from : last + AROUND]
        header = _cells(section.header) if section.header else []
        number = (section.first_row or 1) + shown_from
        marked = range(first - shown_from, last - shown_from + 1) if end > start else range(0)
        if shown and shown[0] == section.header and 0 not in marked:  # it stands above them
            shown, number, marked = shown[1:], number + 1, range(marked.start - 1, marked.stop - 1)
        self.model.fill([_cells(line) for line in shown], header, number, marked)
        for column in range(self.model.columnCount()):
            self._view.setColumnWidth(column, min(self._theme.pixels(WIDEST_COLUMN), self._wanted_width(column)))
        if marked:
            middle = self.model.index(marked.start, 0)
            self._view.scrollTo(middle, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _wanted_width(self, column: int) -> int:
        """From the rows in sight: asking all of them would take long."""
        metrics = self._view.fontMetrics()
        around = self.model.marked.start
        texts = [
            str(self.model.data(self.model.index(row, column)) or "")
            for row in range(max(0, around - 20), min(self.model.rowCount(), around + 20))
        ]
        texts.append(str(self.model.headerData(column, Qt.Orientation.Horizontal) or ""))
        return max(metrics.horizontalAdvance(text) for text in texts) + self._theme.pixels(24)


def _side(text: str) -> Qt.AlignmentFlag:
    """Numbers stand under each other by their last digit."""
    side = Qt.AlignmentFlag.AlignRight if _NUMBER.fullmatch(text) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in (line.split("\t") if "\t" in line else line.split(" | "))]
