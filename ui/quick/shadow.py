"""The soft shadow around the bar, drawn once a size and kept: an effect that blurs at every key would be slow."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPixmapCache
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.tokens import RADIUS_LARGE

RINGS = 14
DARKEST = 0.06
"""Of one ring; near the card they add up to about a quarter."""
SINKS = 0.25
"""How far below the card the shadow lies, of its width."""


def paint_shadow(widget: QWidget, theme: Theme, width: int) -> None:
    """The card's ground with its border, and `width` pixels of shadow around it; none where `width` is 0."""
    painter = QPainter(widget)
    if width:
        painter.drawPixmap(0, 0, _shadow(widget, theme, width))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    card = QRectF(widget.rect()).adjusted(width + 0.5, width + 0.5, -width - 0.5, -width - 0.5)
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setBrush(theme.color("card"))
    radius = RADIUS_LARGE if width else 0
    painter.drawRoundedRect(card, radius, radius)


def _shadow(widget: QWidget, theme: Theme, width: int) -> QPixmap:
    ratio = widget.devicePixelRatioF()
    key = f"quick-{widget.width()}-{widget.height()}-{ratio}-{theme.tokens.name}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    pixmap = QPixmap(round(widget.width() * ratio), round(widget.height() * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    color = QColor(theme.color("shadow"))
    step = width * (1 - SINKS) / RINGS
    for ring in range(RINGS, 0, -1):
        out = ring * step
        color.setAlphaF(DARKEST * (1 - ring / (RINGS + 1)) ** 2)
        painter.setBrush(color)
        box = QRectF(widget.rect()).adjusted(width - out, width - out, out - width, out - width)
        painter.drawRoundedRect(box.translated(0, width * SINKS), RADIUS_LARGE + out, RADIUS_LARGE + out)
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap
