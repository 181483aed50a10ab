"""PowerPoint presentations (.pptx and its macro, show and template kin): slides, tables, charts, notes, comments.

Slides come in the order of the show, hidden ones included. The binary .ppt of PowerPoint 97-2003 is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from indexer.containers import Relation, ZipParts, has_part_of, zip_parts
from indexer.content import Content, FormatResult, Limits, TextBuilder, damaged, title_from_name
from indexer.document import SectionKind
from indexer.tables import add_table, number_text

FORMAT_ID = "pptx"
EXTENSIONS: tuple[str, ...] = (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm")
_POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml."
MEDIA_TYPES: tuple[str, ...] = (
    _POWERPOINT + "presentation",
    _POWERPOINT + "slideshow",
    _POWERPOINT + "template",
    "application/vnd.ms-powerpoint.presentation.macroenabled.12",
)

_TITLES = ("title", "ctrTitle")
_FURNITURE = ("dt", "ftr", "sldNum", "hdr")
"""Placeholders for date, footer, slide number and header: the same on every slide."""


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    return has_part_of(head, name, b"ppt/", EXTENSIONS)


def extract(content: Content, limits: Limits) -> FormatResult:
    with zip_parts(content, limits) as parts:
        builder = TextBuilder(limits)
        reader = _Reader(parts, builder)
        reader.read()
        title = parts.core_title() or reader.title or title_from_name(content.name)
        return builder.result(title, empty="The presentation holds no text, only pictures or empty slides.")


class _Reader:
    """Reads one presentation into a TextBuilder."""

    def __init__(self, parts: ZipParts, builder: TextBuilder) -> None:
        self._parts = parts
        self._out = builder
        self._slide = 0
        self._heading: tuple[str, ...] = ()
        self._links: tuple[Relation, ...] = ()
        self.title = ""
        """The title of the first slide that has one."""

    def read(self) -> None:
        main = self._parts.main_part()
        links = {link.id: link.target for link in self._parts.relations(main)}
        for entry in self._parts.tree(main).iterfind("{*}sldIdLst/{*}sldId"):
            self._slide += 1
            relation = next((value for key, value in entry.attrib.items() if str(key).endswith("}id")), "")
            target = links.get(str(relation))
            if target is None:
                raise damaged("one of its slides is missing")
            self._read_slide(target)

    def _read_slide(self, name: str) -> None:
        root = self._parts.tree(name)
        self._links = self._parts.relations(name)
        self._heading = ()
        shapes = root.find("{*}cSld/{*}spTree")
        if shapes is None:
            return
        found = list(_shapes(shapes))
        # The title is read first wherever it stands: it is the heading of the slide.
        for shape in found:
            if _placeholder(shape) in _TITLES and (text := " ".join(_paragraphs(shape)).strip()):
                text = " ".join(text.split())
                self.title = self.title or text
                self._out.heading(1, text, slide=self._slide)
                self._heading = (text,)
                found.remove(shape)
                break
        for shape in found:
            self._shape(shape)
        self._attachments()

    def _shape(self, shape: etree._Element) -> None:
        if shape.tag.endswith("}graphicFrame"):
            for table in shape.iter("{*}tbl"):
                self._table(table)
            for chart in shape.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"):
                self._chart(chart)
        elif _placeholder(shape) not in _FURNITURE:
            self._add("\n".join(_paragraphs(shape)))

    def _add(self, text: str, kind: SectionKind = SectionKind.TEXT) -> None:
        self._out.add(text, heading=self._heading, kind=kind, slide=self._slide)

    def _table(self, table: etree._Element) -> None:
        rows = [[" ".join(_paragraphs(cell)) for cell in row.iterfind("{*}tc")] for row in table.iterfind("{*}tr")]
        properties = table.find("{*}tblPr")
        named = properties is not None and properties.get("firstRow") in ("1", "true")
        add_table(self._out, rows, named=named, heading=self._heading, slide=self._slide)

    def _chart(self, chart: etree._Element) -> None:
        """The numbers behind a chart as a table: one row for each category, one column for each series."""
        relation = next((value for key, value in chart.attrib.items() if str(key).endswith("}id")), "")
        target = next((link.target for link in self._links if link.id == relation and link.target in self._parts), "")
        if not target:
            return
        root = self._parts.tree(target)
        title = root.find("{*}chart/{*}title")
        if title is not None:
            self._add("\n".join(_paragraphs(title)))
        labels: dict[int, str] = {}
        columns: list[tuple[str, dict[int, str]]] = []
        for series in root.iter("{*}ser"):
            labels |= _cached(series.find("{*}cat"))
            columns.append((" ".join(_cached(series.find("{*}tx")).values()), _cached(series.find("{*}val"))))
        points = sorted({index for _, values in columns for index in values})
        if points:
            rows = [[labels.get(i, str(i + 1)), *(values.get(i, "") for _, values in columns)] for i in points]
            names = ["", *(name for name, _ in columns)]
            add_table(self._out, [names, *rows], named=True, heading=self._heading, slide=self._slide)

    def _attachments(self) -> None:
        """What hangs on a slide in parts of its own: diagrams, notes, comments."""
        for link in self._links:
            if link.target not in self._parts:
                continue
            if link.kind == "diagramData":
                self._add("\n".join(_paragraphs(self._parts.tree(link.target))))
            elif link.kind == "notesSlide":
                for shape in _shapes(self._parts.tree(link.target).find("{*}cSld/{*}spTree")):
                    if _placeholder(shape) == "body":
                        self._add("\n".join(_paragraphs(shape)), SectionKind.NOTES)
            elif link.kind == "comments":
                self._comments(self._parts.tree(link.target))

    def _comments(self, root: etree._Element) -> None:
        for comment in root.iter("{*}cm", "{*}reply"):
            text = comment.findtext("{*}text") or "\n".join(_paragraphs(comment.find("{*}txBody")))
            self._add(text, SectionKind.COMMENT)


def _shapes(tree: etree._Element | None) -> Iterator[etree._Element]:
    """Shapes with text, tables and charts, those in groups included; of two renderings of one thing the first."""
    for child in tree.iterchildren() if tree is not None else ():
        name = child.tag.rpartition("}")[2]
        if name in ("sp", "graphicFrame", "cxnSp"):
            yield child
        elif name == "grpSp":
            yield from _shapes(child)
        elif name == "AlternateContent":
            yield from _shapes(child.find("{*}Choice"))


def _placeholder(shape: etree._Element) -> str:
    """What a shape stands for: `title`, `body`, `ftr`, ...; empty when it is a free text box."""
    place = shape.find("{*}nvSpPr/{*}nvPr/{*}ph")
    return "" if place is None else place.get("type", "body")


_DRAWING = ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main")
_PARAGRAPHS = tuple(f"{{{namespace}}}p" for namespace in _DRAWING)
_LEAVES = tuple(f"{{{namespace}}}{name}" for namespace in _DRAWING for name in ("t", "br", "tab"))
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def _paragraphs(element: etree._Element | None) -> Iterator[str]:
    """The texts of the paragraphs in `element` that are not empty."""
    if element is None:
        return
    for paragraph in element.iter(*_PARAGRAPHS):
        pieces = []
        for leaf in paragraph.iter(*_LEAVES, _MATH):
            kind = leaf.tag[-2:]
            # A `tab` without text is a tab stop of the paragraph's properties.
            pieces.append(leaf.text or "" if kind == "}t" else "\n" if kind == "br" else "")
        if text := "".join(pieces).strip():
            yield text


_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")


def _cached(element: etree._Element | None) -> dict[int, str]:
    """The values a chart was last drawn with, by position."""
    values: dict[int, str] = {}
    for point in element.iter("{*}pt") if element is not None else ():
        index, text = point.get("idx", ""), (point.findtext("{*}v") or "").strip()
        if index.isdigit() and text:
            values[int(index)] = number_text(float(text)) if _NUMBER.fullmatch(text) else text
    return values
