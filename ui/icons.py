"""The few pictures of the window, drawn in the theme's colours: the program's mark, and the mark with a state for the
tray. Icons of buttons are words wherever a word is as short.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from ui.theme import Theme

SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def application(theme: Theme) -> QIcon:
    """A disk whose near side is lit."""
    return _icon(theme, "")


def tray(theme: Theme, state: str) -> QIcon:
    """`state` is ready, busy, paused or lost."""
    return _icon(theme, state)


def region(theme: Theme) -> QIcon:
    """The corners of a rectangle, as a camera's finder shows them: text is read from a part of the screen."""
    size = 48
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.color("muted"), size * 0.08)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    near, far, arm = size * 0.14, size * 0.86, size * 0.2
    for x, y, across, down in ((near, near, 1, 1), (far, near, -1, 1), (near, far, 1, -1), (far, far, -1, -1)):
        painter.drawPolyline((QPointF(x + across * arm, y), QPointF(x, y), QPointF(x, y + down * arm)))
    for at, wide in ((0.4, 0.2), (0.6, 0.12)):
        painter.drawLine(QPointF(size * (0.5 - wide), size * at), QPointF(size * (0.5 + wide), size * at))
    painter.end()
    return QIcon(pixmap)


def _icon(theme: Theme, state: str) -> QIcon:
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(mark(theme, size, state))
    return icon


def mark(theme: Theme, size: int, state: str) -> QPixmap:
    """The mark in one size."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    accent = theme.color("muted") if state == "lost" else theme.color("accent")
    edge = size * 0.07
    disk = QRectF(edge, edge, size - 2 * edge, size - 2 * edge)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent_soft"))
    painter.drawEllipse(disk)
    lit = QPainterPath()
    lit.moveTo(QPointF(size / 2, edge))
    lit.arcTo(disk, 90, 180)
    bow = QRectF(size * 0.27, edge, size * 0.46, size - 2 * edge)
    lit.arcTo(bow, 270, 180)
    painter.setBrush(accent)
    painter.drawPath(lit)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(accent, max(1.0, size * 0.06)))
    painter.drawEllipse(disk)
    if state in ("busy", "paused"):
        _badge(painter, size, theme.color("accent" if state == "busy" else "warning"), theme.color("card"))
    painter.end()
    return pixmap


def _badge(painter: QPainter, size: int, color: QColor, around: QColor) -> None:
    radius = size * 0.2
    painter.setPen(QPen(around, max(1.0, size * 0.06)))
    painter.setBrush(color)
    painter.drawEllipse(QPointF(size - radius * 1.15, size - radius * 1.15), radius, radius)
