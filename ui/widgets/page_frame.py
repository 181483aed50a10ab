"""The frame that pages share: title, one line about what the page is for, and a column that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.tokens import GRID, PAGE_WIDTH
from ui.widgets.parts import text_label

SIDES, TOP = GRID * 11, GRID * 9


class PageFrame(QScrollArea):
    """Put the page's widgets into `column`. What has the keyboard is scrolled into sight."""

    def __init__(self, desk: Desk, title: str, about: str, width: int = PAGE_WIDTH) -> None:
        """`width` limits the column, in pixels at 100 %."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = _Inside()
        across = QHBoxLayout(inside)
        across.setContentsMargins(SIDES, TOP, SIDES, TOP)
        holder = QWidget()
        holder.setMaximumWidth(desk.theme.pixels(width))
        self.column = QVBoxLayout(holder)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GRID * 3)
        across.addWidget(holder, 1)
        across.addStretch(0)
        head = QVBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(text_label(title, "title"))
        if about:
            head.addWidget(text_label(about, "muted", wraps=True))
        self.column.addLayout(head)
        self.column.addSpacing(GRID * 2)
        self.setWidget(inside)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)

    def shown(self) -> None:
        """The page came to the front, or the engine came back: show what is true now."""

    def _follow_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        inside = self.widget()
        if now is not None and inside is not None and inside.isAncestorOf(now):
            self.ensureWidgetVisible(now, GRID * 4, GRID * 8)


class _Inside(QWidget):
    """As high as it must be at the width that it has. Left alone, words that could wrap more often claim more."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt's name
        hint = super().minimumSizeHint()
        needed = self.heightForWidth(max(self.width(), hint.width()))
        return QSize(hint.width(), min(hint.height(), needed) if needed > 0 else hint.height())


class WheelGuard(QObject):
    """Combos and spin boxes let the wheel scroll the page: a value must not change under a passing pointer."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt's name
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def guard_wheel(widget: QWidget) -> None:
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.installEventFilter(WheelGuard(widget))
