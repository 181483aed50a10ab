"""The small pieces that pages are put together from: labels by role, buttons by kind, lines, rows. No behaviour."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.tokens import GRID
from ui.widgets.keyboard import hand_on, in_order


def text_label(text: str, role: str = "", *, wraps: bool = False) -> QLabel:
    """Plain text, never read as markup: file names and a model's words come through here."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    if role:
        label.setProperty("role", role)
    if wraps:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)  # what setWordWrap had said, and a new policy forgets
        label.setSizePolicy(policy)
    return label


def plain_tip(text: str) -> str:
    """Text for a tool tip that Qt can't take for markup, whatever a file or a model wrote into it."""
    return f"<p>{html.escape(text)}</p>" if text else ""


def set_tip(widget: QWidget, text: str) -> None:
    """A tool tip of plain text, and the same for a screen reader, which would read out the tool tip's markup."""
    widget.setToolTip(plain_tip(text))
    widget.setAccessibleDescription(text)


def push(text: str, kind: str = "", *, name: str = "") -> QPushButton:
    """A button; `name` is said by a screen reader where the text alone would be too short."""
    button = QPushButton(text)
    button.setAutoDefault(False)
    if kind:
        button.setProperty("kind", kind)
    if name:
        button.setAccessibleName(name)
    return button


def line() -> QFrame:
    frame = QFrame()
    frame.setProperty("kind", "line")
    return frame


def card() -> tuple[QFrame, QVBoxLayout]:
    """A framed box and its column."""
    frame = QFrame()
    frame.setProperty("kind", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(GRID * 5, GRID * 4, GRID * 5, GRID * 4)
    column.setSpacing(GRID * 2)
    return frame, column


def row(*parts: QWidget | None, spacing: int = GRID * 2) -> QHBoxLayout:
    """Widgets side by side; None is the stretch between them."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        else:
            layout.addWidget(part)
    return layout


def set_role(widget: QWidget, role: str, name: str = "role") -> None:
    """Give a widget another role or kind and dress it anew."""
    if widget.property(name) != role:
        widget.setProperty(name, role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; its widgets go with the next turn of the loop, and a keyboard that was on one
    goes to what takes its place.
    """
    room = layout.parentWidget()
    if room is not None:
        if _holds_keyboard(layout):
            hand_on(room)
        if room.layout() is layout:  # else there is more in the room than these rows
            in_order(room)
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def _holds_keyboard(layout: QLayout) -> bool:
    focused = QApplication.focusWidget()
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None and focused is not None and (widget is focused or widget.isAncestorOf(focused)):
            return True
        if inner is not None and _holds_keyboard(inner):
            return True
    return False
