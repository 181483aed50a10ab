"""A conversation as a Word document: the styles of Word's own, dressed like the window, so that whoever edits it can
change them in one place each.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.markdown import Block, Kind, Run, Runs
from ui.tokens import LIGHT
from ui.written import Part, Written, source_head

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

FONT, FAR_EAST, MONO = "Calibri", "Microsoft YaHei", "Consolas"
POINTS = {"Normal": 10.5, "Title": 20, "Heading 1": 13, "Heading 2": 11.5, "Heading 3": 10.5, "Quote": 10.5}
SMALL, CODE = 9, 9
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NUMBER = re.compile(r"\s*\D{0,3}\d[\d.,\s]*\D{0,4}")


def write(told: Written, target: Path) -> None:
    """Raises OSError."""
    import docx

    document = docx.Document()
    _dress(document)
    document.add_heading(clean(told.title), 0)
    if told.when:
        _small(document.add_paragraph(), told.when)
    for part in told.parts:
        _add(document, part)
    document.save(str(target))


def clean(text: str) -> str:
    """Without the characters that XML can't hold."""
    return _NOT_XML.sub("\ufffd", text)


def _add(document: Document, part: Part) -> None:
    if part.context:
        document.add_paragraph(clean(part.context), "Quote")
    if part.question:
        document.add_heading(clean(part.question), 1)
    for block in part.blocks:
        _add_block(document, block)
    if part.sources:
        head = _small(document.add_paragraph(), source_head())
        head.paragraph_format.keep_with_next = True
        for source in part.sources:
            _small(document.add_paragraph(), source).paragraph_format.left_indent = _points(8)
    last = _small(document.add_paragraph(), part.origin)
    last.paragraph_format.space_before, last.paragraph_format.space_after = _points(4), _points(14)


def _add_block(document: Document, block: Block) -> None:
    match block.kind:
        case Kind.TABLE:
            _add_table(document, block)
        case Kind.CODE:
            code = document.add_paragraph()
            code.paragraph_format.left_indent = _points(8)
            _add_runs(code, (Run(block.text, code=True),))
        case Kind.RULE:
            document.add_paragraph("\u2014")
        case Kind.HEADING:
            _add_runs(document.add_heading("", min(3, block.level + 1)), block.runs)
        case Kind.ITEM:
            style = "List Number" if block.bullet[:1].isdigit() else "List Bullet"
            depth = f" {block.level}" if 1 < block.level <= 3 else ""
            _add_runs(document.add_paragraph("", style + depth), block.runs)
        case _:
            _add_runs(document.add_paragraph("", "Quote" if block.quoted else None), block.runs)


def _add_table(document: Document, block: Block) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    columns = max((len(row) for row in block.rows), default=1)
    table = document.add_table(len(block.rows), columns, "Table Grid")
    table.autofit = True
    _line(table)
    numbers = {column for column in range(1, columns) if _holds_numbers(block.rows[1:], column)}
    for number, row in enumerate(block.rows):
        for column, runs in enumerate(row):
            paragraph = table.cell(number, column).paragraphs[0]
            paragraph.paragraph_format.space_after = _points(2)
            paragraph.paragraph_format.space_before = _points(2)
            _add_runs(paragraph, tuple(_bold(run) for run in runs) if number == 0 else runs)
            if column in numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph().paragraph_format.space_after = _points(2)


def _holds_numbers(rows: tuple[tuple[Runs, ...], ...], column: int) -> bool:
    cells = ["".join(run.text for run in row[column]) for row in rows if column < len(row)]
    return bool(cells) and all(_NUMBER.fullmatch(cell) for cell in cells)


def _bold(run: Run) -> Run:
    return run if run.marker else Run(run.text, True, run.italic, run.strike, run.code, run.href)


def _add_runs(paragraph: Paragraph, runs: Runs) -> None:
    for run in runs:
        written = paragraph.add_run(f" [{run.marker}]" if run.marker else clean(run.text))
        written.bold = run.bold or None
        written.italic = run.italic or None
        written.font.strike = run.strike or None
        if run.code:
            written.font.name, written.font.size = MONO, _points(CODE)
        if run.href and run.href != run.text:
            paragraph.add_run(f" ({clean(run.href)})")


def _small(paragraph: Paragraph, text: str) -> Paragraph:
    run = paragraph.add_run(clean(text))
    run.font.size, run.font.color.rgb = _points(SMALL), _colour(LIGHT.muted)
    paragraph.paragraph_format.space_after = _points(1)
    return paragraph


# --- styles


def _dress(document: Document) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for name, points in POINTS.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = FONT, _points(points)
        style.font.color.rgb = _colour(LIGHT.muted if name == "Quote" else LIGHT.ink)
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), FAR_EAST)
        language = OxmlElement("w:lang")  # Chinese stops stand at the foot of the line, not in its middle
        language.set(qn("w:eastAsia"), "zh-CN")
        style.element.rPr.append(language)
    title = document.styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    normal: Any = document.styles["Normal"]
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = _points(6), 1.15
    document.styles["Heading 1"].paragraph_format.space_before = _points(10)
    document.styles["Heading 1"].paragraph_format.space_after = _points(4)
    _number_pages(document)


def _number_pages(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)


def _line(table: Table) -> None:
    """Thin grey lines below the rows, none between columns."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        border = OxmlElement(f"w:{side}")
        border.set(qn("w:val"), "single" if side in ("bottom", "insideH") else "nil")
        border.set(qn("w:sz"), "4")
        border.set(qn("w:color"), LIGHT.line.lstrip("#"))
        borders.append(border)
    table._tbl.tblPr.append(borders)


def _points(points: float) -> Any:
    from docx.shared import Pt

    return Pt(points)


def _colour(colour: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(colour.lstrip("#").upper())
