"""Pages of a PDF as pictures that the engine draws, with the cited words marked; page by page, nearer and farther."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from copilot.calls import RenderPage
from copilot.failures import Failure
from copilot.reports import PageImage
from ui.desk import Desk
from ui.engine_link import Ticket
from ui.theme import Theme
from ui.tokens import GRID, LIGHT
from ui.widgets.parts import push, row, text_label

ZOOMS = (1.0, 1.25, 1.6, 2.0, 3.0)
"""Against the width of the pane."""
FIRST_ZOOM = 1
"""At first the page's margins lie outside the pane, so that its text can be read."""
WIDEST = 2400
"""Pixels of a drawn page: enough for 300 % on a small pane, bounded for memory."""
REDRAW_MS = 150
WIDE_ZOOM = 1.5
"""Below it the page stands in the middle of the pane; from it on the marked words decide."""


class PagePreview(QWidget):
    page_changed = Signal(int)
    failed = Signal(object)
    """Failure of a page that could not be drawn."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._path, self._quote, self._around = "", "", ""
        self._quoted_page = 0
        self._zoom = FIRST_ZOOM
        self._ticket: Ticket | None = None
        self.page, self.pages = 0, 0
        self._sheet = _Sheet(desk.theme)
        self._area = QScrollArea()
        self._area.setObjectName("pages")
        self._area.setWidget(self._sheet)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(self.tr("Page"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._area, 1)
        column.addWidget(self._make_bar())
        self.setFocusProxy(self._area)
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(REDRAW_MS)
        self._redraw.timeout.connect(self._draw)

    @property
    def boxes(self) -> int:
        """How many marked places the page has."""
        return len(self._sheet.boxes)

    def show_page(self, path: str, page: int, quote: str, around: str = "", *, whole: bool = False) -> None:
        """`quote` is marked; `around` tells which place is meant where its words stand more than once. `whole`: it
        has no margins that could lie outside the pane at first.
        """
        if path != self._path:
            self._zoom = 0 if whole else FIRST_ZOOM
        self._path, self._quote, self._around, self._quoted_page = path, quote, around, page
        self.page = page
        self._sheet.clear()
        self._draw()

    def turn(self, step: int) -> None:
        """Go some pages on or back, within the file."""
        wanted = max(1, min(self.page + step, self.pages or self.page + step))
        if wanted != self.page:
            self.page = wanted
            self._draw()

    def zoom(self, step: int) -> None:
        self._zoom = max(0, min(self._zoom + step, len(ZOOMS) - 1))
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt's name
        match event.key():
            case Qt.Key.Key_PageDown:
                self.turn(1)
            case Qt.Key.Key_PageUp:
                self.turn(-1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.zoom(1)
            case Qt.Key.Key_Minus if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.zoom(-1)
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt's name
        super().resizeEvent(event)
        if self._path and event.size().width() != event.oldSize().width():
            self._redraw.start()

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        back, on = (
            push("\u2039", "quiet", name=self.tr("Page before")),
            push("\u203a", "quiet", name=self.tr("Next page")),
        )
        out, near = push("\u2212", "quiet", name=self.tr("Smaller")), push("+", "quiet", name=self.tr("Larger"))
        self._number = text_label("", "muted")
        for button, step in ((back, -1), (on, 1)):
            button.clicked.connect(lambda _=False, step=step: self.turn(step))
        for button, step in ((out, -1), (near, 1)):
            button.clicked.connect(lambda _=False, step=step: self.zoom(step))
        for button in (back, on, out, near):
            button.setToolTip(button.accessibleName())
        self._back, self._on = back, on
        bar.setLayout(row(back, self._number, on, None, out, near))
        bar.setContentsMargins(GRID * 3, GRID, GRID * 3, GRID)
        return bar

    def _draw(self) -> None:
        if self._ticket is not None:
            self._ticket.drop()
        wide = ZOOMS[self._zoom] >= WIDE_ZOOM
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._area.setHorizontalScrollBarPolicy(needed if wide else off)
        ratio = self.devicePixelRatioF()
        room = max(GRID * 20, self._area.viewport().width() - GRID * 6)
        width = min(WIDEST, round(room * ZOOMS[self._zoom] * ratio))
        quote = self._quote if self.page == self._quoted_page else ""
        self._ticket = self._desk.link.perform(
            RenderPage(self._path, self.page, width, quote, self._around),
            done=self._show,
            failed=self._fail,
            owner=self,
        )

    def _fail(self, failure: Failure) -> None:
        self._ticket = None
        self.failed.emit(failure)

    def _show(self, image: PageImage) -> None:
        self._ticket = None
        self.pages = image.pages
        self._number.setText(self.tr("{page} of {pages}").format(page=self.page, pages=image.pages))
        self._back.setEnabled(self.page > 1)
        self._on.setEnabled(self.page < image.pages)
        self._sheet.show_image(image, self.devicePixelRatioF())
        self._sheet.setAccessibleName(self._number.text())
        if self._sheet.boxes:
            first = self._sheet.boxes[0]
            self._area.ensureVisible(round(first.left()), round(first.center().y()), 0, GRID * 40)
        else:
            self._area.verticalScrollBar().setValue(0)
        across = self._area.horizontalScrollBar()
        if ZOOMS[self._zoom] < WIDE_ZOOM:
            across.setValue(across.maximum() // 2)
        self.page_changed.emit(self.page)


class _Sheet(QWidget):
    """A drawn page as paper with its marks."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QPixmap()
        self.boxes: tuple[QRectF, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def clear(self) -> None:
        self._picture, self.boxes = QPixmap(), ()
        self.update()

    def show_image(self, image: PageImage, ratio: float) -> None:
        picture = QPixmap()
        picture.loadFromData(image.png, "PNG")
        picture.setDevicePixelRatio(ratio)
        self._picture = picture
        self.boxes = tuple(
            QRectF(box.x / ratio + GRID * 3, box.y / ratio + GRID * 3, box.width / ratio, box.height / ratio)
            for box in image.boxes
        )
        self.resize(self.sizeHint())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 Qt's name
        size = self._picture.deviceIndependentSize().toSize()
        return QSize(size.width() + GRID * 6, size.height() + GRID * 6)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 Qt's name
        if self._picture.isNull():
            return
        painter = QPainter(self)
        size = self._picture.deviceIndependentSize()
        paper = QRectF(GRID * 3, GRID * 3, size.width(), size.height())
        painter.drawPixmap(paper.topLeft(), self._picture)
        painter.setPen(self._theme.color("line"))
        painter.drawRect(paper)
        # A marker's ink: what is printed below stays readable, on white paper in every theme.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for box in self.boxes:
            painter.fillRect(box.adjusted(-1, -1, 1, 1), _marker_ink())


def _marker_ink() -> QColor:
    """Paper is white whatever the theme is, so the mark on it is the light theme's."""
    return QColor(LIGHT.highlight)
