"""How fast each device writes here, as bars. Every bar's figures stand beside it in words, which is what a screen
reader hears.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from copilot.reports import DeviceRow, Measured
from ui import wording
from ui.engine_words import about_device
from ui.messages import said
from ui.theme import Theme
from ui.tokens import BODY, GRID, SECONDARY

ROW_HEIGHT = 46
BAR_HEIGHT = 8


class DeviceBars(QWidget):
    """One row a device: its name, a bar as long as it is fast, figures; or its own reason why there are none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._devices: tuple[DeviceRow, ...] = ()
        self._measured: dict[str, Measured] = {}
        self._busy = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_devices(self, devices: tuple[DeviceRow, ...]) -> None:
        self._devices = devices
        self._tell()

    def show_busy(self, device: str) -> None:
        """This one is being measured; empty when none is."""
        self._busy = device
        self._tell()

    def show_measured(self, measured: Measured) -> None:
        self._measured[measured.device] = measured
        self._tell()

    def clear(self) -> None:
        self._measured = {}
        self._tell()

    def words(self, device: DeviceRow) -> str:
        """What stands beside a device."""
        if device.device == self._busy:
            return self.tr("Measuring")
        measured = self._measured.get(device.device)
        if measured is not None and measured.tokens_per_second is not None:
            return self._figures(measured)
        reason = about_device(device.reason)
        if device.available and measured is not None:
            reason = said(measured.failure)[0] if measured.failure is not None else measured.reason
        if reason:
            return reason[:1].upper() + reason[1:]
        return self.tr("Not measured yet")

    def sizeHint(self) -> QSize:  # noqa: N802 Qt's name
        return QSize(0, self._theme.pixels(ROW_HEIGHT) * max(1, len(self._devices)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt's name
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self._theme.pixels(ROW_HEIGHT)
        for number, device in enumerate(self._devices):
            self._paint_row(painter, QRectF(0, number * height, self.width(), height), device)

    def _paint_row(self, painter: QPainter, box: QRectF, device: DeviceRow) -> None:
        strong, small = self._theme.font(BODY, strong=True), self._theme.font(SECONDARY)
        words = self.words(device)
        name = wording.device(device.device)
        top = QRectF(box.left(), box.top(), box.width(), self._theme.pixels(22))
        painter.setFont(strong)
        painter.setPen(self._theme.color("ink" if device.available else "muted"))
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        offset = QFontMetricsF(strong).horizontalAdvance(name) + self._theme.pixels(GRID * 2)
        painter.setFont(small)
        metrics = QFontMetricsF(small)
        room = box.width() - offset - metrics.horizontalAdvance(words) - self._theme.pixels(GRID * 4)
        painter.setPen(self._theme.color("muted"))
        maker = metrics.elidedText(device.name, Qt.TextElideMode.ElideRight, max(0.0, room))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(top.adjusted(offset, 0, 0, 0), flags, maker)
        failed = self._failed(device)
        painter.setPen(self._theme.color("warning" if failed else "muted"))
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        self._paint_bar(painter, box, device)

    def _paint_bar(self, painter: QPainter, box: QRectF, device: DeviceRow) -> None:
        if not self._measured and not self._busy:
            return  # the room stays: rows must not move once there are figures
        height = self._theme.pixels(BAR_HEIGHT)
        bar = QRectF(box.left(), box.top() + self._theme.pixels(26), box.width(), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("line"))
        painter.drawRoundedRect(bar, height / 2, height / 2)
        part = self._part(device.device)
        if part > 0:
            bar.setWidth(max(height, bar.width() * part))
            painter.setBrush(self._theme.color("accent"))
            painter.drawRoundedRect(bar, height / 2, height / 2)

    def _part(self, device: str) -> float:
        """How long a bar is, of the longest."""
        speeds = {name: one.tokens_per_second or 0.0 for name, one in self._measured.items()}
        return speeds.get(device, 0.0) / (max(speeds.values(), default=0.0) or 1.0)

    def _failed(self, device: DeviceRow) -> bool:
        measured = self._measured.get(device.device)
        return device.available and measured is not None and measured.tokens_per_second is None

    def _figures(self, measured: Measured) -> str:
        parts = [self.tr("{count} tokens/s").format(count=wording.number(measured.tokens_per_second or 0.0, 1))]
        if measured.first_token_seconds is not None:
            first = wording.seconds(measured.first_token_seconds)
            parts.append(self.tr("first word after {seconds}").format(seconds=first))
        if measured.load_seconds is not None:
            parts.append(self.tr("loads in {seconds}").format(seconds=wording.seconds(measured.load_seconds)))
        if measured.watts is not None:
            parts.append(self.tr("{count} W").format(count=wording.number(measured.watts, 1)))
        return self.tr(", ").join(parts)

    def _tell(self) -> None:
        said = [f"{wording.device(device.device)}: {self.words(device)}" for device in self._devices]
        self.setAccessibleName(self.tr("Speed of the devices"))
        self.setAccessibleDescription(". ".join(said))
        self.setToolTip("")
        self.updateGeometry()
        self.update()
