"""A conversation as a file to keep or pass on: Markdown, Word, PDF. What the files cited are called goes along, no
passage of them beyond what the answer quotes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMarginsF
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from copilot.reports import Conversation, Turn
from ui import markdown, wording
from ui.markdown import Block, Kind, Run, Runs
from ui.talk import context_of
from ui.text_formats import Look
from ui.theme import families
from ui.tokens import LIGHT
from ui.typesetting import Typesetter

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

translate = QCoreApplication.translate
LONGEST_NAME = 80
PDF_DPI = 96
MARGIN_MM = 20.0
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG = re.compile(r"(?<!\\)((?:\\\\)*)<(?=[A-Za-z][\w-]*[\s/]|(?:script|style|svg|math|iframe|img)\b)", re.IGNORECASE)
"""A tag that could load something: one with attributes, or one of a kind that runs or draws by itself."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def write(conversation: Conversation, path: str) -> None:
    """The ending says how: .docx, .pdf, anything else Markdown. Raises OSError."""
    target = Path(path)
    match target.suffix.lower():
        case ".docx":
            _write_docx(conversation, target)
        case ".pdf":
            _write_pdf(conversation, target)
        case _:
            target.write_text(as_markdown(conversation), "utf-8")


def file_name(title: str) -> str:
    """A title as a file's name that every system takes."""
    name = " ".join(_UNSAFE.sub(" ", title).split())[:LONGEST_NAME].rstrip(". ")
    return translate("Exporting", "Conversation") if not name or _RESERVED.match(name) else name


def as_markdown(conversation: Conversation) -> str:
    parts = [f"# {conversation.title}"]
    for turn in conversation.turns:
        if not turn.offer:
            parts.append("\n".join(f"> {line}".rstrip() for line in turn.question.split("\n")))
        parts.append(_text(turn))
        if sources := _sources(turn):
            parts.append("\n".join(f"- {source}" for source in sources))
        parts.append(f"*{_origin(turn)}*")
    return unloading("\n\n".join(part for part in parts if part) + "\n")


def unloading(text: str) -> str:
    """Markdown that makes no program load anything when it is opened: images and HTML show as the text they are.

    In code, too, because a hostile text decides where code ends for whom. A file that an answer repeats may have asked
    for an image whose address carries your words away.
    """
    return _TAG.sub(r"\1\\<", text.replace("![", "!\\["))


def _text(turn: Turn) -> str:
    return turn.answer.text if turn.answer is not None else turn.partial


def _sources(turn: Turn) -> tuple[str, ...]:
    if turn.answer is None or not turn.answer.found:
        return ()
    return tuple(f"[{citation.marker}] {wording.file_name(citation.path)}" for citation in turn.answer.citations)


def _origin(turn: Turn) -> str:
    """Who answered; that an answer is not whole."""
    if turn.answer is None:
        return translate("Exporting", "This answer was not finished.")
    origin = turn.answer.origin
    if origin.provider:
        return translate("Exporting", "Answered by {provider} ({model})").format(
            provider=wording.provider(origin.provider), model=origin.model
        )
    return translate("Exporting", "Answered on this computer by {model}").format(model=origin.model or origin.engine)


def _blocks(turn: Turn) -> tuple[Block, ...]:
    known = [citation.marker for citation in turn.answer.citations] if turn.answer is not None else []
    return markdown.blocks(_text(turn), known)


# --- Word


def _write_docx(conversation: Conversation, target: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading(_clean(conversation.title), 0)
    for turn in conversation.turns:
        if not turn.offer:
            context, question = context_of(turn.question)
            if context:
                document.add_paragraph(_clean(context), "Quote")
            document.add_heading(_clean(question), 2)
        for block in _blocks(turn):
            _add_block(document, block)
        for source in _sources(turn):
            document.add_paragraph(_clean(source))
        document.add_paragraph().add_run(_clean(_origin(turn))).italic = True
    document.save(str(target))


def _add_block(document: Document, block: Block) -> None:
    match block.kind:
        case Kind.TABLE:
            columns = max((len(row) for row in block.rows), default=1)
            table = document.add_table(len(block.rows), columns, "Table Grid")
            for number, row in enumerate(block.rows):
                for column, runs in enumerate(row):
                    _add_runs(table.cell(number, column).paragraphs[0], runs)
            document.add_paragraph()
        case Kind.CODE:
            _add_runs(document.add_paragraph(), (Run(block.text, code=True),))
        case Kind.RULE:
            document.add_paragraph("\u2014")
        case Kind.HEADING:
            _add_runs(document.add_heading("", min(9, block.level + 2)), block.runs)
        case Kind.ITEM:
            style = "List Number" if block.bullet[:1].isdigit() else "List Bullet"
            depth = f" {block.level}" if 1 < block.level <= 3 else ""
            _add_runs(document.add_paragraph("", style + depth), block.runs)
        case _:
            _add_runs(document.add_paragraph("", "Quote" if block.quoted else None), block.runs)


def _add_runs(paragraph: Paragraph, runs: Runs) -> None:
    for run in runs:
        written = paragraph.add_run(f" [{run.marker}]" if run.marker else _clean(run.text))
        written.bold = run.bold or None
        written.italic = run.italic or None
        written.font.strike = run.strike or None
        if run.code:
            written.font.name = "Consolas"


def _clean(text: str) -> str:
    """Without the characters that XML can't hold."""
    return _NOT_XML.sub("\ufffd", text)


# --- PDF


def _write_pdf(conversation: Conversation, target: Path) -> None:
    """Drawn with the light theme's colours whatever the window wears: paper is white."""
    document = QTextDocument()
    look = _paper_look()
    setter = Typesetter(document, look)
    setter.append((Block(Kind.HEADING, (Run(conversation.title),), level=1),))
    for turn in conversation.turns:
        if not turn.offer:
            question = (Run(line, bold=True) for line in turn.question.split("\n"))
            setter.append([Block(Kind.PARAGRAPH, (run,)) for run in question if run.text])
        setter.append([_without_chips(block) for block in _blocks(turn)])
        setter.append([Block(Kind.PARAGRAPH, (Run(source),), quoted=True) for source in _sources(turn)])
        setter.append((Block(Kind.PARAGRAPH, (Run(_origin(turn), italic=True),)), Block(Kind.RULE)))
    writer = QPdfWriter(str(target))
    writer.setTitle(conversation.title)
    writer.setCreator("Nearside")
    writer.setResolution(PDF_DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    document.print_(writer)


def _paper_look() -> Look:
    def font(pixels: int, *, strong: bool = False, mono: bool = False) -> QFont:
        made = QFont()
        made.setFamilies(["DejaVu Sans Mono"] if mono else [*families(), "Noto Sans CJK SC"])
        made.setPixelSize(pixels)
        # A typeface may draw brackets before digits with another glyph, which then can't be copied as a bracket.
        made.setFeature(QFont.Tag("calt"), 0)
        made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return made

    ink, line = QColor(LIGHT.ink), QColor(LIGHT.line)
    return Look(
        body=font(14),
        heading=font(17, strong=True),
        small=font(13),
        chip=font(12),
        mono=font(12, mono=True),
        ink=ink,
        muted=QColor(LIGHT.muted),
        line=line,
        paper=QColor(LIGHT.card),
        accent=QColor(LIGHT.accent),
        gap=4,
    )


def _without_chips(block: Block) -> Block:
    """Citation marks as text: on paper nothing can be clicked."""

    def spelled(runs: Runs) -> Runs:
        return tuple(replace(run, text=f" [{run.marker}]", marker=0) if run.marker else run for run in runs)

    return replace(block, runs=spelled(block.runs), rows=tuple(tuple(map(spelled, row)) for row in block.rows))
