"""The column that exchanges stand in: it follows an answer that grows, unless the reader has scrolled away from it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.tokens import GRID, READING_WIDTH
from ui.widgets.keyboard import in_order
from ui.widgets.parts import push

SIDES, NARROW_SIDES, TOP = GRID * 11, GRID * 4, GRID * 7
ROOMY = 620
NEAR = GRID * 6
"""Pixels from the end within which the reader counts as being at the end."""


def side_room(width: int) -> int:
    """What stays free on each side of the column in a page of that width."""
    return SIDES if width >= ROOMY else NARROW_SIDES


def reading_width(theme: Theme, width: int) -> int:
    """Of the column in a page of that width."""
    return max(1, min(theme.pixels(READING_WIDTH), width - 2 * side_room(width)))


def scroll_once(area: QScrollArea, value: int) -> None:
    """Scroll to a place as soon as the area reaches as far; its content may still be on its way."""
    bar = area.verticalScrollBar()

    def reach(_: int, most: int) -> None:
        if most >= value:
            bar.rangeChanged.disconnect(reach)
            bar.setValue(value)

    if value:
        bar.rangeChanged.connect(reach)
        reach(0, bar.maximum())


class ReadingScroll(QScrollArea):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._follows = True
        self._placing = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = _Inside()
        self._across = across = QHBoxLayout(inside)
        across.addStretch(1)
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID * 8)
        self._column.addStretch(1)
        across.addWidget(self._holder)
        across.addStretch(1)
        self.setWidget(inside)
        self._to_end = push(self.tr("To the end"))
        self._to_end.setParent(self)
        self._to_end.hide()
        self._to_end.clicked.connect(self.stick)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._follow)
        bar.valueChanged.connect(self._notice)

    @property
    def to_end(self) -> QPushButton:
        """In sight while the reader is away from the end."""
        return self._to_end

    @property
    def follows(self) -> bool:
        """Whether the end is kept in sight."""
        return self._follows

    def stick(self) -> None:
        """Go to the end and stay there while it grows."""
        self._follows = True
        self._follow()

    def rest_at(self, value: int) -> None:
        """Stay there once there is as much to read."""
        self._follows = False
        scroll_once(self, value)

    def show_widget(self, widget: QWidget) -> None:
        """Bring a widget into sight, and stay there."""
        self._follows = False
        QTimer.singleShot(0, widget, lambda: self.ensureWidgetVisible(widget, 0, TOP))

    def add(self, view: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, view)
        in_order(self)

    def remove(self, view: QWidget) -> None:
        self._column.removeWidget(view)
        view.hide()
        view.deleteLater()

    def clear(self) -> None:
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._follows = True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt's name
        super().resizeEvent(event)
        sides = side_room(self.width())
        taken = self.width() - self.viewport().width()  # a scroll bar must not push the column out of the middle
        self._across.setContentsMargins(sides, TOP, max(0, sides - taken), GRID * 4)
        self._holder.setFixedWidth(reading_width(self._theme, self.width()))
        self._offer_end()

    def _follow(self) -> None:
        if self._follows:
            self._placing = True
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            self._placing = False
        self._offer_end()

    def _notice(self, value: int) -> None:
        if not self._placing:
            self._follows = self._at_end
        self._offer_end()

    @property
    def _at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - NEAR

    def _offer_end(self) -> None:
        """The button stands above the lower edge, in the middle of the column."""
        self._to_end.setVisible(not self._at_end)
        self._to_end.adjustSize()
        room = self.rect()
        self._to_end.move((room.width() - self._to_end.width()) // 2, room.height() - self._to_end.height() - 2 * GRID)
        self._to_end.raise_()


class _Inside(QWidget):
    """As high as its content is at the width it has. What its labels would need in a narrower page, which is what Qt
    takes for the least height, would leave a gap below the last exchange."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt's name
        return QSize(0, 0)
