"""The passages that were nearest to a question that the files do not answer: shown as such, each one opens."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QStyle, QStyleOption, QVBoxLayout, QWidget

from copilot.conversation import Citation
from ui import wording
from ui.tokens import GRID
from ui.widgets.citation_chip import shortened
from ui.widgets.parts import text_label

QUOTE_CHARACTERS = 150


class Nearest(QWidget):
    """`chosen` carries the citation's number."""

    chosen = Signal(int)

    def __init__(self, citations: tuple[Citation, ...]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        heading = text_label(self.tr("Nearest passages"), "muted")
        heading.setContentsMargins(0, 0, 0, GRID)
        column.addWidget(heading)
        for citation in citations:
            row = _Row(citation)
            row.chosen.connect(self.chosen)
            column.addWidget(row)


class _Row(QAbstractButton):
    """A button, so that a screen reader takes it for one; drawn as a row."""

    chosen = Signal(int)

    def __init__(self, citation: Citation) -> None:
        super().__init__()
        self.clicked.connect(lambda: self.chosen.emit(citation.marker))
        self.setProperty("kind", "row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        name, place = wording.file_name(citation.path), wording.place_words(citation)
        telling = citation.quote[citation.marked.start - citation.span.start :]
        quote = shortened(" ".join(telling.split()), QUOTE_CHARACTERS)
        self.setAccessibleName(f"{name}, {place}: {quote}" if place else f"{name}: {quote}")
        across = QHBoxLayout(self)
        across.setContentsMargins(GRID * 2, GRID + 2, GRID * 2, GRID + 2)
        across.setSpacing(GRID * 2)
        number = text_label(str(citation.marker), "number")
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        across.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(GRID // 2)
        column.addWidget(text_label(quote, wraps=True))
        column.addWidget(text_label(f"{name}, {place}" if place else name, "small", wraps=True))
        across.addLayout(column, 1)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 Qt's name
        """What the style sheet says of it."""
        look = QStyleOption()
        look.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, look, QPainter(self), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
