"""How a text looks: fonts, colours, and the formats of blocks, cells, runs and chips made of them.

Where they are written is typesetting.py's; which theme they come from is whoever makes the Look.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTableCellFormat,
)

from ui.markdown import Block, Kind, Run

CHIP_OBJECT = QTextFormat.ObjectTypes.UserObject.value + 1
MARKER_PROPERTY = QTextFormat.Property.UserProperty.value + 1
DOUBT_PROPERTY = QTextFormat.Property.UserProperty.value + 2
SERIAL_PROPERTY = QTextFormat.Property.UserProperty.value + 3
OBJECT_CHARACTER = "\ufffc"
"""The character that stands for a chip, which is drawn in its place."""
LINE_HEIGHT = 132.0
CLOSE_LINE_HEIGHT = 125.0
"""Per cent of the font's own line: in paragraphs, and in tables and code."""


@dataclass(frozen=True, slots=True)
class Look:
    """Fonts and colours of a text. Sizes in pixels at the theme's scale; `gap` is one step of the grid."""

    body: QFont
    heading: QFont
    small: QFont
    chip: QFont
    mono: QFont
    ink: QColor
    muted: QColor
    line: QColor
    paper: QColor
    accent: QColor
    gap: int
    copy_label: str = ""
    """Text of the link above code; empty for none."""


class TextFormats:
    """Formats of one text."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._serial = 0
        """Every chip of a text has a number of its own: one that was clicked differs from its twins."""

    def block(self, block: Block) -> QTextBlockFormat:
        gap = self._look.gap
        form = QTextBlockFormat()
        form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setBottomMargin(2 * gap)
        if block.kind is Kind.HEADING:
            form.setTopMargin(3 * gap)
            form.setHeadingLevel(block.level)
        if block.kind is Kind.ITEM:
            width = 5 * gap
            form.setLeftMargin(block.level * width + gap)
            form.setTextIndent(-width)
            form.setTabPositions([_tab(width)])
            form.setBottomMargin(gap)
        if block.quoted:
            form.setLeftMargin(form.leftMargin() + 4 * gap)
        return form

    def rule(self) -> QTextBlockFormat:
        form = QTextBlockFormat()
        form.setProperty(
            QTextFormat.Property.BlockTrailingHorizontalRulerWidth,
            QTextLength(QTextLength.Type.PercentageLength, 100),
        )
        form.setBackground(QBrush(self._look.line))
        return form

    def cell(self) -> QTextTableCellFormat:
        form = QTextTableCellFormat()
        form.setPadding(1.75 * self._look.gap)
        form.setBottomBorder(1)
        form.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBottomBorderBrush(QBrush(self._look.line))
        return form

    def plain(self, block: Block) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFont(self._look.heading if block.kind is Kind.HEADING else self._look.body)
        form.setForeground(self._look.muted if block.quoted else self._look.ink)
        return form

    def styled(self, run: Run, plain: QTextCharFormat) -> QTextCharFormat:
        form = QTextCharFormat(plain)
        if run.code:
            form.setFont(self._look.mono)
        if run.bold:
            form.setFontWeight(QFont.Weight.DemiBold)
        if run.italic:
            form.setFontItalic(True)
        if run.strike:
            form.setFontStrikeOut(True)
        if run.href:
            form.setAnchor(True)
            form.setAnchorHref(run.href)
            form.setForeground(self._look.accent)
            form.setFontUnderline(True)
        if run.doubt:
            form.setForeground(self._look.muted)
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            form.setUnderlineColor(self._look.muted)
            form.setProperty(DOUBT_PROPERTY, run.doubt)
        return form

    def chip(self, run: Run) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFont(self._look.chip)
        form.setObjectType(CHIP_OBJECT)
        form.setProperty(MARKER_PROPERTY, run.marker)
        form.setAnchor(True)
        form.setProperty(SERIAL_PROPERTY, self._serial)
        form.setAnchorHref(f"cite:{run.marker}/{self._serial}")
        self._serial += 1
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        return form

    def mono(self) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFont(self._look.mono)
        form.setForeground(self._look.ink)
        return form

    def lines(self) -> QTextBlockFormat:
        """Of cells and code."""
        form = QTextBlockFormat()
        form.setLineHeight(CLOSE_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return form


def _tab(position: float) -> QTextOption.Tab:
    return QTextOption.Tab(position, QTextOption.TabType.LeftTab)
