"""Blocks of Markdown onto a QTextDocument: once as a whole, or piece by piece while an answer is being written.

How it looks is text_formats.py's, what the text means markdown.py's. Citation marks are written as one object
character each, drawn by whoever registered a handler for CHIP_OBJECT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import (
    QBrush,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from ui.markdown import Block, Kind, Run, Runs
from ui.text_formats import OBJECT_CHARACTER, Look, TextFormats

_FULL_STOPS = frozenset("\u3002\uff01\uff1f")
"""Of Chinese sentences. A line may end after a chip whatever follows it, and must not begin with one of these: so a
chip stands behind them."""
_FIRST_ROWS = 3
"""Rows of a table that must stay for the others to be changed in place: its header, and rows that give its widths."""
_NARROWEST, _WIDEST, _ROWS_WEIGHED = 10, 44, 12


class Typesetter:
    """Writes blocks at the end of one document. `rewrite` replaces only what differs from what was written last."""

    def __init__(self, document: QTextDocument, look: Look) -> None:
        self._document = document
        self._look = look
        self._formats = TextFormats(look)
        self._written: list[tuple[Block, int]] = []
        """Blocks that may still change, and the position at which each begins."""
        self._codes: list[str] = []
        self._widths: list[QTextLength] = []
        """Of the columns of the last table."""
        self._usable = True
        """The last block is empty and waits for text: a fresh document's, or the one that follows a table."""
        document.setDefaultFont(look.body)
        document.setDocumentMargin(0)

    @property
    def codes(self) -> tuple[str, ...]:
        """Texts of the code blocks in order; the link `copy:n` is about number n."""
        return tuple(self._codes)

    def settle(self) -> None:
        """What is written stays as it is."""
        self._written.clear()

    def append(self, blocks: Sequence[Block]) -> None:
        """Write blocks that won't change any more."""
        self._change(blocks)
        self.settle()

    def rewrite(self, blocks: Sequence[Block]) -> None:
        """Make what was written since the last `settle` read as `blocks`."""
        self._change(blocks)

    def _change(self, blocks: Sequence[Block]) -> None:
        edit = QTextCursor(self._document)
        edit.beginEditBlock()  # one layout for all of it
        try:
            self._replace(blocks)
        finally:
            edit.endEditBlock()

    def _replace(self, blocks: Sequence[Block]) -> None:
        kept = 0
        for (old, _), new in zip(self._written, blocks, strict=False):
            if old != new:
                break
            kept += 1
        if kept == len(self._written) - 1 and kept < len(blocks) and self._extended(blocks[kept]):
            kept += 1
        self._remove_from(kept)
        for block in blocks[kept:]:
            self._write(block)

    # --- one block

    def _write(self, block: Block) -> None:
        start = self._document.characterCount() - 1
        self._written.append((block, start))
        cursor = self._end()
        goes_on = block.joins and self._usable and start > 0
        match block.kind:
            case Kind.TABLE:
                self._write_table(cursor, block, goes_on=goes_on)
            case Kind.CODE:
                self._write_code(cursor, block, goes_on=goes_on)
            case Kind.RULE:
                self._begin(cursor, self._formats.rule())
            case _:
                if not block.joins or self._usable:
                    self._begin(cursor, self._formats.block(block))
                if block.kind is Kind.ITEM:
                    cursor.insertText(f"{block.bullet}\t", self._formats.plain(block))
                self._write_runs(cursor, block.runs, self._formats.plain(block))

    def _begin(self, cursor: QTextCursor, form: QTextBlockFormat) -> None:
        plain = QTextCharFormat()
        plain.setFont(self._look.body)
        if self._usable:
            if cursor.position() == 0:
                form.setTopMargin(0)
            cursor.setBlockFormat(form)
            cursor.setBlockCharFormat(plain)
        else:
            cursor.insertBlock(form, plain)
        self._usable = False

    def _write_runs(self, cursor: QTextCursor, runs: Runs, plain: QTextCharFormat) -> None:
        for run in _with_chips_behind_stops(runs):
            if run.marker:
                cursor.insertText("\u00a0", plain)
                cursor.insertText(OBJECT_CHARACTER, self._formats.chip(run))
            else:
                cursor.insertText(run.text.replace("\n", "\u2028"), self._formats.styled(run, plain))

    def _write_table(self, cursor: QTextCursor, block: Block, *, goes_on: bool) -> None:
        """One that goes on is a table of its own right below, with the same widths: a table of thousands of rows would
        be laid out anew for each that is added."""
        rows = block.rows[1:] if goes_on else block.rows
        if not goes_on:
            self._widths = _column_widths(block)
        form = self._table_format(goes_on=goes_on)
        form.setColumnWidthConstraints(self._widths)
        table = self._insert_table(cursor, max(1, len(rows)), len(self._widths), form)
        for number, row in enumerate(rows):
            self._write_row(table, number, row, heads=not goes_on and number == 0)

    def _table_format(self, *, goes_on: bool) -> QTextTableFormat:
        form = QTextTableFormat()
        form.setBorder(0)
        form.setBorderCollapse(True)
        form.setCellSpacing(0)
        form.setTopMargin(0 if goes_on else 2 * self._look.gap)
        form.setBottomMargin(3 * self._look.gap)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        if goes_on:
            above = self._inside_last_table().currentTable()
            closed = above.format().toTableFormat()
            closed.setBottomMargin(0)
            above.setFormat(closed)
        return form

    def _write_row(self, table: QTextTable, number: int, row: tuple[Runs, ...], *, heads: bool = False) -> None:
        plain = QTextCharFormat()
        plain.setFont(self._look.small)
        plain.setForeground(self._look.muted if heads else self._look.ink)
        lines = self._formats.lines()
        form = self._formats.cell()
        for column in range(table.columns()):
            cell = table.cellAt(number, column)
            cell.setFormat(form)
            inside = cell.firstCursorPosition()
            inside.setBlockFormat(lines)
            if column < len(row):
                self._write_runs(inside, row[column], plain)

    def _write_code(self, cursor: QTextCursor, block: Block, *, goes_on: bool) -> None:
        look = self._look
        form = self._table_format(goes_on=goes_on)
        form.setCellPadding(2.5 * look.gap)
        form.setBackground(QBrush(look.paper))
        inside = self._insert_table(cursor, 1, 1, form).cellAt(0, 0).firstCursorPosition()
        if look.copy_label and not goes_on:
            head = QTextCharFormat()
            head.setFont(look.small)
            head.setForeground(look.muted)
            inside.insertText(f"{block.language}  " if block.language else "", head)
            head.setAnchor(True)
            head.setAnchorHref(f"copy:{len(self._codes)}")
            head.setForeground(look.accent)
            inside.insertText(look.copy_label, head)
            above = QTextBlockFormat()
            above.setBottomMargin(1.5 * look.gap)
            inside.setBlockFormat(above)
            inside.insertBlock()
        lines = self._formats.lines()
        inside.setBlockFormat(lines)
        self._write_lines(inside, block.text)
        if goes_on:
            self._codes[-1] += "\n" + block.text
        else:
            self._codes.append(block.text)

    def _write_lines(self, cursor: QTextCursor, text: str) -> None:
        """A block a line: a long one is then not laid out anew for every line that is added."""
        form, mono = cursor.blockFormat(), self._formats.mono()
        for number, line in enumerate(text.split("\n")):
            if number:
                cursor.insertBlock(form)
            cursor.insertText(line, mono)

    def _insert_table(self, cursor: QTextCursor, rows: int, columns: int, form: QTextTableFormat) -> QTextTable:
        if self._usable:
            _shrink(cursor)
        table = cursor.insertTable(rows, columns, form)
        _shrink(self._end())
        self._usable = True
        return table

    # --- changes

    def _extended(self, new: Block) -> bool:
        """Whether the last written block could be made `new` by adding text at its end."""
        old, start = self._written[-1]
        same_code = old.kind is new.kind is Kind.CODE and old.language == new.language
        if same_code and new.text.startswith(old.text):
            added = new.text[len(old.text) :]
            self._write_lines(self._inside_last_table(), added)
            self._codes[-1] += added
        elif old.kind is new.kind is Kind.TABLE and old.joins == new.joins:
            return self._change_rows(old, new, start)
        elif old.kind not in (Kind.CODE, Kind.TABLE, Kind.RULE) and replace(new, runs=old.runs) == old:
            grown = _added(old.runs, new.runs)
            if grown is None:
                return False
            self._write_runs(self._end(), grown, self._formats.plain(new))
        else:
            return False
        self._written[-1] = (new, start)
        return True

    def _change_rows(self, old: Block, new: Block, start: int) -> bool:
        """Of a table that is being written only the last rows change; those before stay where they are."""
        kept = 0
        for row, now in zip(old.rows, new.rows, strict=False):
            if row != now:
                break
            kept += 1
        if kept < _FIRST_ROWS or len(old.rows[0]) != len(new.rows[0]):
            return False
        table = self._inside_last_table().currentTable()
        if gone := len(old.rows) - kept:
            table.removeRows(table.rows() - gone, gone)
        if more := new.rows[kept:]:
            first = table.rows()
            table.appendRows(len(more))
            for number, row in enumerate(more):
                self._write_row(table, first + number, row)
        self._written[-1] = (new, start)
        return True

    def _remove_from(self, kept: int) -> None:
        if kept >= len(self._written):
            return
        gone = [block for block, _ in self._written[kept:]]
        start = self._written[kept][1]
        cursor = QTextCursor(self._document)
        cursor.setPosition(start)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        # Text that followed a table sat in the block the table left behind; other text opened a block of its own.
        self._usable = start == 0 or _after_table(self._document)
        for block in gone:
            if block.kind is Kind.CODE and block.joins:
                self._codes[-1] = self._codes[-1].removesuffix("\n" + block.text)
            elif block.kind is Kind.CODE:
                self._codes.pop()
        del self._written[kept:]

    def _inside_last_table(self) -> QTextCursor:
        """The end of the last cell of the table that stands at the end."""
        cursor = self._end()
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
        return cursor

    def _end(self) -> QTextCursor:
        cursor = QTextCursor(self._document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return cursor


def _added(old: Runs, new: Runs) -> Runs | None:
    """What has to follow `old` to make `new`; None when more than an addition is needed."""
    if not old:
        return new
    if len(new) < len(old) or new[: len(old) - 1] != old[:-1]:
        return None
    last, grown = old[-1], new[len(old) - 1]
    if last.marker or grown.marker:
        rest = new[len(old) :]
        stops = bool(rest) and rest[0].text[:1] in _FULL_STOPS and bool(rest[0].text)
        return rest if last == grown and not stops else None
    if replace(grown, text=last.text) != last or not grown.text.startswith(last.text):
        return None
    more = grown.text[len(last.text) :]
    return ((replace(grown, text=more),) if more else ()) + new[len(old) :]


def _with_chips_behind_stops(runs: Runs) -> Runs:
    ordered: list[Run] = []
    for run in runs:
        chips = len(ordered)
        while chips and ordered[chips - 1].marker:
            chips -= 1
        if chips < len(ordered) and run.text[:1] in _FULL_STOPS and run.text:
            ordered.insert(chips, replace(run, text=run.text[0]))
            ordered.append(replace(run, text=run.text[1:]))
        else:
            ordered.append(run)
    return tuple(ordered)


def _after_table(document: QTextDocument) -> bool:
    last = document.lastBlock()
    cursor = QTextCursor(last)
    if last.length() > 1 or last.position() == 0:
        return False
    cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
    return cursor.currentTable() is not None


def _column_widths(block: Block) -> list[QTextLength]:
    """Shares of the width by what stands in the first rows: a table that grows keeps its columns where they are."""
    columns = max((len(row) for row in block.rows), default=1)
    weights = [_NARROWEST] * columns
    for row in block.rows[:_ROWS_WEIGHED]:
        for column, runs in enumerate(row):
            length = sum(3 if run.marker else len(run.text) for run in runs)
            weights[column] = max(weights[column], min(length, _WIDEST))
    percent = QTextLength.Type.PercentageLength
    return [QTextLength(percent, 100 * weight / sum(weights)) for weight in weights]


def _shrink(cursor: QTextCursor) -> None:
    """An empty block that a table needs beside it takes no room."""
    form = QTextBlockFormat()
    form.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    tiny = QTextCharFormat()
    tiny.setFontPointSize(1)
    cursor.setBlockFormat(form)
    cursor.setBlockCharFormat(tiny)
