"""A flat list of rows for a view that paints them itself: the hits of a search, the record of what left.

What a row looks like is its delegate's; here is only what Qt, and a screen reader through it, may ask about one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
"""The role under which a delegate finds the row itself."""


class RowModel(QAbstractListModel, Generic[R]):
    """`spoken` is a row in words, `heads` says of a row that it is a heading, which nobody can choose."""

    def __init__(
        self,
        parent: QObject,
        spoken: Callable[[R], str],
        heads: Callable[[R], bool],
        tip: Callable[[R], str] = lambda row: "",
    ) -> None:
        super().__init__(parent)
        self._spoken, self._heads, self._tip = spoken, heads, tip
        self.rows: tuple[R, ...] = ()

    def fill(self, rows: tuple[R, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def row(self, index: Index) -> R:
        return self.rows[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 Qt's name and default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row(index)
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row) or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._heads(self.row(index)):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
