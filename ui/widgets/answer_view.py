"""An answer's text: Markdown that grows while it is written, citation chips, and nothing that is ever loaded.

The view is as high as its text: it stands in a page that scrolls.

Decision: text arrives in pieces of a few characters, many a second. They are collected and drawn at most 30 times a
second, only what changed, and a drawing that took long makes the next one wait longer: the window stays free.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QTextBrowser, QToolTip, QWidget

from copilot.conversation import Citation
from ui import markdown
from ui.markdown import Block, Carry, Doubt
from ui.text_formats import CHIP_OBJECT, DOUBT_PROPERTY, MARKER_PROPERTY, OBJECT_CHARACTER, Look
from ui.theme import Theme
from ui.tokens import BODY, GRID, HEADINGS, SECONDARY, SMALL
from ui.typesetting import Typesetter
from ui.widgets.citation_chip import Chips, PassageCard, shortened
from ui.widgets.parts import plain_tip

FRAME_MS = 33
REST = 4
"""A drawing is followed by a pause of so many times its own length."""
SLICE = 1_000
"""Characters of a finished text that are set in one turn of the event loop."""
LONGEST_OPEN = 1_200
"""An open block of more characters is cut and settled, so that no drawing is ever long."""
STEP_CHARACTERS = 1_800
"""Characters that one drawing looks at while an answer grows."""
HOVER_MS = 120
LONGEST_ADDRESS = 90


_NOTHING = Carry()
_COPIED = {"\u2029": "\n", "\u2028": "\n", "\u00a0": " "}
"""What stands for something else in other programs."""


@dataclass(slots=True)
class _Incoming:
    """Text not drawn yet, and how far into it the blocks are settled."""

    text: str = ""
    settled: int = 0
    doubts: tuple[Doubt, ...] = ()
    markers: frozenset[int] = frozenset()
    carry: Carry = _NOTHING


class AnswerView(QTextBrowser):
    """`grow` while an answer is written, `finish` with the final text. Never scrolls by itself."""

    cited = Signal(int)
    """A chip was chosen: the number of its citation."""
    grown = Signal()
    """The view has another height."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._incoming = _Incoming()
        self._citations: dict[int, Citation] = {}
        self._final = False
        self._chips = Chips(theme, self)
        self._card: PassageCard | None = None
        self._gone: frozenset[int] = frozenset()
        self._hovered = 0
        self._setter = self._fresh()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._draw)
        self._hover = QTimer(self)
        self._hover.setSingleShot(True)
        self._hover.setInterval(HOVER_MS)
        self._hover.timeout.connect(self._show_card)
        self.anchorClicked.connect(self._follow)
        self.highlighted.connect(self._pointed_at)
        self._dress()

    # --- text

    @property
    def text(self) -> str:
        """The Markdown that is shown or about to be."""
        return self._incoming.text

    @property
    def chosen(self) -> int:
        """Number of the citation whose chip is filled; 0 for none."""
        return self._chips.chosen[0]

    @property
    def stale(self) -> frozenset[int]:
        """Numbers of the citations whose files changed."""
        return self._chips.stale

    @property
    def busy(self) -> bool:
        """Whether some of the text is still to be drawn."""
        return self._timer.isActive()

    def grow(self, piece: str) -> None:
        """More of an answer that is being written. Citation marks are left out: they are only settled at the end."""
        self._incoming.text += piece
        if not self._timer.isActive():
            self._timer.start(FRAME_MS)

    def finish(
        self,
        text: str,
        citations: Sequence[Citation] = (),
        doubts: Sequence[Doubt] = (),
        *,
        at_once: bool = False,
    ) -> None:
        """The final text: drawn anew with its chips, in slices so that a long one does not hold the window."""
        self._citations = {citation.marker: citation for citation in citations}
        self._final = True
        self._incoming = _Incoming(text, 0, tuple(doubts), frozenset(self._citations))
        self._setter = self._fresh()
        self._timer.stop()
        self._draw()
        while at_once and self._timer.isActive():
            self._timer.stop()
            self._draw()

    def mark_chosen(self, marker: int, serial: int | None = None) -> None:
        """Fill a chip of a citation: its first, or the one with that serial; 0 for none."""
        self._chips.chosen = marker, serial
        self.viewport().update()

    def mark_stale(self, markers: Collection[int], gone: Collection[int] = ()) -> None:
        """Dot the chips whose files changed since they were read; of these `gone` are not there any more."""
        self._chips.stale = frozenset(markers)
        self._gone = frozenset(gone)
        self.viewport().update()

    def note_on(self, marker: int) -> str:
        """What is to be known about the file of a citation; empty for one that is as it was read."""
        if marker in self._gone:
            return self.tr("not on this computer any more")
        return self.tr("changed since it was read") if marker in self._chips.stale else ""

    def redress(self) -> None:
        """Draw everything again: the theme has changed."""
        self._dress()
        self._incoming.settled = 0
        self._incoming.carry = Carry()
        self._setter = self._fresh()
        self._draw()

    # --- drawing

    def _draw(self) -> None:
        began = time.perf_counter()
        incoming = self._incoming
        more = False
        if self._final:
            more = self._advance(incoming, SLICE, last=True)
        else:
            self._advance(incoming, STEP_CHARACTERS, last=False)
        took = (time.perf_counter() - began) * 1000
        self._fit()
        pending = len(incoming.text) - incoming.settled > STEP_CHARACTERS
        if more or pending:
            self._timer.start(0 if self._final else max(FRAME_MS, round(REST * took)))

    def _advance(self, incoming: _Incoming, most: int, *, last: bool) -> bool:
        """Draw up to `most` more characters; True when a finished text has more to come."""
        rest = incoming.text[incoming.settled :]
        window = rest if len(rest) <= most else rest[: _line_end(rest, most)]
        whole = last and len(window) == len(rest)
        length = len(window) if whole else markdown.settled_length(incoming.carry.lines + window)
        length = max(0, length - (0 if whole else len(incoming.carry.lines)))
        carry = Carry()
        if not whole and not length and (len(window) > LONGEST_OPEN or len(window) < len(rest)):
            length, carry = markdown.cut(window, incoming.carry)
        if length:
            self._setter.append(self._blocks(incoming, window[:length]))
            incoming.settled += length
            incoming.carry = carry
        if not last:
            tail = markdown.settled_look(window[length:])
            self._setter.rewrite(self._blocks(incoming, tail))
        return last and incoming.settled < len(incoming.text)

    def _blocks(self, incoming: _Incoming, text: str) -> tuple[Block, ...]:
        """The blocks of `text`, which stands at the end of what is settled."""
        if not text:
            return ()
        lines = incoming.carry.lines
        start = incoming.settled - len(lines)
        inside = tuple(
            Doubt(max(doubt.start - start, len(lines)), min(doubt.end - start, len(lines) + len(text)), doubt.reason)
            for doubt in incoming.doubts
            if doubt.end > incoming.settled and doubt.start < incoming.settled + len(text)
        )
        found = markdown.blocks(lines + text, incoming.markers, inside)
        if incoming.carry.joins and found:
            found = (replace(found[0], joins=True), *found[1:])
        return found

    def _fresh(self) -> Typesetter:
        document = QTextDocument(self)
        document.documentLayout().registerHandler(CHIP_OBJECT, self._chips)
        old = self.document()
        self.setDocument(document)
        if shiboken6.isValid(old):
            old.deleteLater()
        document.setUndoRedoEnabled(False)
        return Typesetter(document, self._look())

    def _look(self) -> Look:
        theme = self._theme
        return Look(
            body=theme.font(BODY),
            heading=theme.font(HEADINGS[2], strong=True),
            small=theme.font(SECONDARY),
            chip=theme.font(SMALL),
            mono=theme.mono(),
            ink=theme.color("ink"),
            muted=theme.color("muted"),
            line=theme.color("line"),
            paper=theme.color("card"),
            accent=theme.color("accent"),
            gap=theme.pixels(GRID),
            copy_label=self.tr("Copy"),
        )

    def _dress(self) -> None:
        self.setProperty("kind", "bare")
        self.setOpenLinks(False)
        self.setReadOnly(True)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Answer"))

    def _fit(self) -> None:
        width = self.viewport().width()
        if self.document().textWidth() != width:
            self.document().setTextWidth(width)
        height = max(self.fontMetrics().height(), round(self.document().size().height()) + 2)
        if height != self.height():
            self.setFixedHeight(height)
            self.grown.emit()

    # --- what Qt asks

    def loadResource(self, kind: int, name: QUrl | str) -> None:  # noqa: N802 Qt's name
        """Nothing is loaded, wherever it may be."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt's name
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 Qt's name
        event.ignore()

    def sizeHint(self) -> QSize:  # noqa: N802 Qt's name
        return QSize(super().sizeHint().width(), self.height())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 Qt's name
        self._pointed_at(QUrl())
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 Qt's name
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            form = self.cursorForPosition(event.pos()).charFormat()
            reason = str(form.property(DOUBT_PROPERTY) or "")
            said = self.tr("No support in your files: {reason}").format(reason=reason) if reason else ""
            QToolTip.showText(event.globalPos(), plain_tip(said) if said else "", self)
            return True
        return super().viewportEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 Qt's name
        """Plain text, chips as `[n]`: no formatting of ours goes into other programs."""
        mime = QMimeData()
        mime.setText(self._selected_text())
        return mime

    def _selected_text(self) -> str:
        cursor = self.textCursor()
        position = cursor.selectionStart()
        probe = QTextCursor(self.document())
        pieces = []
        for letter in cursor.selectedText():
            position += 2 if ord(letter) > 0xFFFF else 1  # Qt counts UTF-16 units
            if letter == OBJECT_CHARACTER:
                probe.setPosition(position)
                pieces.append(f"[{probe.charFormat().property(MARKER_PROPERTY)}]")
            else:
                pieces.append(_COPIED.get(letter, letter))
        return "".join(pieces)

    # --- links and chips

    def _follow(self, url: QUrl) -> None:
        address = url.toString()
        scheme, _, rest = address.partition(":")
        if scheme == "cite":
            self._hide_card()
            marker, _, serial = rest.partition("/")
            self.mark_chosen(int(marker), int(serial))
            self.cited.emit(int(marker))
        elif scheme == "copy":
            QGuiApplication.clipboard().setText(self._setter.codes[int(rest)])
        elif scheme in markdown.SCHEMES:
            self._offer_link(address)

    def _offer_link(self, address: str) -> None:
        """Show the address, to be copied. This process opens no addresses: a link written by a model that read a
        hostile file could carry private text away with one click."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = menu.addAction(shortened(address, LONGEST_ADDRESS))
        shown.setEnabled(False)
        copying = menu.addAction(self.tr("Copy the address"))
        copying.triggered.connect(lambda: QGuiApplication.clipboard().setText(address))
        menu.popup(self.cursor().pos())

    def _pointed_at(self, url: QUrl) -> None:
        scheme, _, rest = url.toString().partition(":")
        marker = int(rest.partition("/")[0]) if scheme == "cite" else 0
        if marker == self._hovered:
            return
        self._hovered = marker
        self._hide_card()
        if marker in self._citations:
            self._hover.start()

    def _show_card(self) -> None:
        citation = self._citations.get(self._hovered)
        if citation is None or not self.isVisible():
            return
        if self._card is None:
            self._card = PassageCard(self._theme, self)
        self._card.show_at(citation, self.cursor().pos(), self.note_on(self._hovered))

    def _hide_card(self) -> None:
        self._hover.stop()
        if self._card is not None:
            self._card.hide()


def _line_end(text: str, most: int) -> int:
    """Where to end a window of about `most` characters: after a line, else right there."""
    end = text.rfind("\n", 0, most)
    return end + 1 if end > 0 else most
