"""A conversation as a PDF, drawn with the light theme's colours whatever the window wears: paper is white."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import (
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from ui.markdown import Block, Kind, Run, Runs
from ui.text_formats import Look
from ui.theme import families
from ui.tokens import LIGHT
from ui.typesetting import Typesetter
from ui.written import Part, Written, source_head

DPI = 96
TITLE, QUESTION, BODY, SMALL = 22, 15, 14, 12
"""Heights of letters, in pixels."""
GAP = 4


def write(told: Written, target: Path) -> None:
    """Raises OSError."""
    with target.open("wb"):  # the writer below says nothing where it may not write
        pass
    document = QTextDocument()
    page = _Page(document)
    page.put((_paragraph(told.title),), _font(TITLE, strong=True), LIGHT.ink, below=GAP)
    if told.when:
        page.put((_paragraph(told.when),), _font(SMALL), LIGHT.muted, below=GAP * 2)
    for part in told.parts:
        page.add(part)
    writer = QPdfWriter(str(target))
    writer.setTitle(told.title)
    writer.setCreator("Nearside")
    writer.setResolution(DPI)
    none = QMarginsF(0, 0, 0, 0)  # printing a document leaves two centimetres on every side and numbers the pages
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, none, QPageLayout.Unit.Millimeter))
    document.print_(writer)


class _Page:
    """Sets blocks by the window's own rules, then gives what is no answer its own look."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._setter = Typesetter(document, _look())

    def add(self, part: Part) -> None:
        if part.context:
            self.put(map(_quote, part.context.split("\n")), _font(13), LIGHT.muted, below=GAP)
        if part.question:
            self.put(map(_paragraph, part.question.split("\n")), _font(QUESTION, strong=True), LIGHT.ink, above=GAP * 3)
        self._setter.append([_on_paper(block) for block in part.blocks])
        if part.sources:
            head = (_paragraph(source_head()),)
            self.put(head, _font(SMALL, strong=True), LIGHT.muted, above=GAP * 2, below=GAP // 2)
            self.put(map(_paragraph, part.sources), _font(SMALL), LIGHT.muted, below=GAP // 2)
        self.put((_paragraph(part.origin),), _font(SMALL), LIGHT.muted, above=GAP * 2, below=GAP)
        self._setter.append((Block(Kind.RULE),))
        room = QTextBlockFormat()
        room.setBottomMargin(GAP * 4)
        QTextCursor(self._document.lastBlock()).mergeBlockFormat(room)

    def put(self, lines: Iterable[Block], font: QFont, colour: str, *, above: int = 0, below: int = GAP * 2) -> None:
        blocks = [block for block in lines if block.runs[0].text.strip()]
        before = self._document.blockCount()
        self._setter.append(blocks)
        begun = self._document.blockCount() - before  # one less where the last block was still empty
        cursor = QTextCursor(self._document.findBlockByNumber(before - 1 + (begun == len(blocks))))
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setFont(font)
        look.setForeground(QColor(colour))
        cursor.mergeCharFormat(look)
        room = QTextBlockFormat()
        room.setTopMargin(above)
        room.setBottomMargin(below)
        cursor.mergeBlockFormat(room)


def _paragraph(text: str) -> Block:
    return Block(Kind.PARAGRAPH, (Run(text),))


def _quote(text: str) -> Block:
    return Block(Kind.PARAGRAPH, (Run(text),), quoted=True)


def _look() -> Look:
    return Look(
        body=_font(BODY),
        heading=_font(BODY, strong=True),
        small=_font(13),
        chip=_font(SMALL),
        mono=_font(SMALL, mono=True),
        ink=QColor(LIGHT.ink),
        muted=QColor(LIGHT.muted),
        line=QColor(LIGHT.line),
        paper=QColor(LIGHT.card),
        accent=QColor(LIGHT.accent),
        gap=GAP,
    )


def _font(pixels: int, *, strong: bool = False, mono: bool = False) -> QFont:
    made = QFont()
    made.setFamilies(["DejaVu Sans Mono"] if mono else [*families(), "Noto Sans CJK SC"])
    made.setPixelSize(pixels)
    # A typeface may draw brackets before digits with another glyph, which then can't be copied as a bracket.
    made.setFeature(QFont.Tag("calt"), 0)
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return made


def _on_paper(block: Block) -> Block:
    """Citation marks as text: on paper nothing can be clicked."""

    def spelled(runs: Runs) -> Runs:
        return tuple(replace(run, text=f" [{run.marker}]", marker=0) if run.marker else run for run in runs)

    return replace(block, runs=spelled(block.runs), rows=tuple(tuple(map(spelled, row)) for row in block.rows))
