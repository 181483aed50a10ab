"""Word documents (.docx and its macro and template kin): headings, paragraphs, tables, notes, comments.

Deleted text of tracked changes, field codes and the second copy of text boxes are left out; inserted text counts.
The binary .doc of Word 97-2003 is not read here.

Decision: numbers that Word computes for headings and lists (`4.2`, `第三条`) are computed here too. They are not in the
file, but people ask for "clause 4.2", and a contract without its numbers can't be cited.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from indexer.containers import ZipParts, drop, has_part_of, zip_parts
from indexer.content import Content, FormatResult, Limits, TextBuilder, damaged, title_from_name
from indexer.document import SectionKind
from indexer.numbering import Level, Numbering
from indexer.tables import add_table

FORMAT_ID = "docx"
EXTENSIONS: tuple[str, ...] = (".docx", ".docm", ".dotx", ".dotm")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MEDIA_TYPES: tuple[str, ...] = (
    _WORD + "document",
    _WORD + "template",
    "application/vnd.ms-word.document.macroenabled.12",
    "application/vnd.ms-word.template.macroenabled.12",
)

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MATH_TEXTS = tuple(
    f"{{{ns}}}t"
    for ns in (
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "http://purl.oclc.org/ooxml/officeDocument/math",
    )
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    return has_part_of(head, name, b"word/", EXTENSIONS)


def extract(content: Content, limits: Limits) -> FormatResult:
    with zip_parts(content, limits) as parts:
        builder = TextBuilder(limits)
        reader = _Reader(parts, builder)
        reader.read()
        title = reader.title or parts.core_title() or reader.first_heading or title_from_name(content.name)
        return builder.result(title, empty="The document holds no text.")


class _Names:
    """Element and attribute names in the dialect (transitional or strict) that the document is written in."""

    def __init__(self, namespace: str) -> None:
        w = f"{{{namespace}}}"
        self.p, self.tbl, self.tr, self.tc = w + "p", w + "tbl", w + "tr", w + "tc"
        self.ppr, self.style, self.num, self.outline = w + "pPr", w + "pStyle", w + "numPr", w + "outlineLvl"
        self.t, self.tab, self.hyphen = w + "t", w + "tab", w + "noBreakHyphen"
        self.breaks = (w + "br", w + "cr")
        self.references = (w + "footnoteReference", w + "endnoteReference", w + "commentReference")
        self.leaves = (self.t, self.tab, self.hyphen, *self.breaks, *self.references, *_MATH_TEXTS)
        self.box = w + "txbxContent"
        self.skipped = (w + "moveFrom", w + "del", w + "rt", w + "delText", _FALLBACK)
        self.special = (self.box, *self.skipped)
        self.val, self.id, self.w = w + "val", w + "id", w

    def value(self, element: etree._Element | None, *path: str) -> str | None:
        """`w:val` of the element at the end of a path of local names, or None."""
        for name in path:
            if element is None:
                return None
            element = element.find(self.w + name)
        return None if element is None else element.get(self.val)

    def number(self, element: etree._Element | None, *path: str) -> int | None:
        value = self.value(element, *path)
        return int(value) if value is not None and value.lstrip("-").isdigit() else None


class _Reader:
    """Reads one document into a TextBuilder."""

    def __init__(self, parts: ZipParts, builder: TextBuilder) -> None:
        self._parts = parts
        self._out = builder
        self._main = parts.main_part()
        self._relations = parts.relations(self._main)
        self.title = ""
        self.first_heading = ""
        self._anchors: dict[tuple[str, str], tuple[str, ...]] = {}
        """Where notes and comments are called for: (kind of reference, id) -> headings there."""
        self._boxes: list[etree._Element] = []
        self._names = _Names(_W)
        self._styles = _Styles(None, self._names)
        self._numbering = Numbering()

    def read(self) -> None:
        """Body first, then what hangs on it."""
        if self._main not in self._parts:
            raise damaged("its text part is missing")
        tags = ("{*}p", "{*}tbl", "{*}document")
        depth = 0
        for event, element in self._parts.elements(self._main, tags, ("start", "end")):
            if element.tag.endswith("}document"):
                if event == "start":
                    self._learn(str(etree.QName(element).namespace))
            elif element.tag != self._names.p and element.tag != self._names.tbl:
                continue
            elif event == "start":
                depth += 1
            else:
                depth -= 1
                if depth == 0:
                    self._block(element)
                    drop(element)
        self._notes("footnotes", "footnoteReference", SectionKind.FOOTNOTE)
        self._notes("endnotes", "endnoteReference", SectionKind.FOOTNOTE)
        self._notes("comments", "commentReference", SectionKind.COMMENT)
        self._margins()

    def _learn(self, namespace: str) -> None:
        if namespace not in (_W, _W_STRICT):
            raise damaged("its main part is not a Word document")
        self._names = _Names(namespace)
        for relation in self._relations:
            if relation.target not in self._parts:
                continue
            if relation.kind == "styles":
                self._styles = _Styles(self._parts.tree(relation.target), self._names)
            elif relation.kind == "numbering":
                self._numbering = _read_numbering(self._parts.tree(relation.target), self._names)

    def _block(self, element: etree._Element) -> None:
        if element.tag == self._names.tbl:
            self._table(element)
        else:
            self._paragraph(element)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            for block in self._blocks(box):
                self._block(block)

    def _paragraph(self, paragraph: etree._Element) -> None:
        n = self._names
        text = self._text(paragraph)
        if not text.strip():
            return
        properties = paragraph.find(n.ppr)
        style = self._styles.of(n.value(properties, "pStyle"))
        number = self._number(properties, style)
        if number:
            text = f"{number} {text}"
        outline = n.number(properties, "outlineLvl")
        level = style.outline if outline is None else outline
        if style.is_title and not self.title:
            self.title = text.strip()
        if level is not None and 0 <= level < 9 and len(text) <= 300:
            self.first_heading = self.first_heading or text
            self._out.heading(level + 1, text)
        else:
            self._out.add(text)

    def _number(self, properties: etree._Element | None, style: _Style) -> str:
        n = self._names
        own = properties.find(n.num) if properties is not None else None
        num_id = n.value(own, "numId") or style.num_id
        if num_id is None or num_id == "0":
            return ""
        level = n.number(own, "ilvl")
        return self._numbering.next(num_id, style.num_level if level is None else level)

    def _text(self, paragraph: etree._Element) -> str:
        n = self._names
        careful = next(paragraph.iter(*n.special), None) is not None
        pieces: list[str] = []
        for leaf in self._leaves(paragraph) if careful else paragraph.iter(*n.leaves):
            tag = leaf.tag
            if tag == n.t or tag in _MATH_TEXTS:
                pieces.append(leaf.text or "")
            elif tag == n.tab:
                if leaf.get(n.val) is None:  # with a value it is a tab stop among the paragraph's properties
                    pieces.append("\t")
            elif tag in n.breaks:
                pieces.append("\n")
            elif tag == n.hyphen:
                pieces.append("-")
            else:
                kind = tag.rpartition("}")[2]
                self._anchors[kind, leaf.get(n.id, "")] = self._out.path
        return "".join(pieces)

    def _leaves(self, element: etree._Element) -> Iterator[etree._Element]:
        """As `element.iter(*leaves)`, without what was deleted or stands twice; text boxes are put aside."""
        n = self._names
        for child in element.iterchildren():
            if child.tag in n.leaves:
                yield child
            elif child.tag == n.box:
                self._boxes.append(child)
            elif child.tag not in n.skipped:
                yield from self._leaves(child)

    def _blocks(self, element: etree._Element) -> Iterator[etree._Element]:
        """Paragraphs and tables in `element`, also those in content controls, but not those in one another."""
        n = self._names
        for child in element.iterchildren():
            if child.tag in (n.p, n.tbl):
                yield child
            elif child.tag not in n.skipped:
                yield from self._blocks(child)

    def _inside(self, element: etree._Element, tag: str) -> Iterator[etree._Element]:
        """Rows of a table or cells of a row, also those wrapped in content controls."""
        n = self._names
        for child in element.iterchildren():
            if child.tag == tag:
                yield child
            elif child.tag not in (n.tbl, n.tr, n.tc, n.p, *n.skipped):
                yield from self._inside(child, tag)

    def _table(self, table: etree._Element) -> None:
        n = self._names
        deleted = f"{n.w}trPr/{n.w}del"
        rows = [row for row in self._inside(table, n.tr) if row.find(deleted) is None]
        cells = [list(self._inside(row, n.tc)) for row in rows]
        if all(len(row) <= 1 for row in cells):
            # One column is a frame that somebody drew around text, not a table.
            for row in cells:
                for cell in row:
                    for block in self._blocks(cell):
                        self._block(block)
            return
        above: dict[int, str] = {}
        lines = [self._row(row, above) for row in cells]
        named = bool(rows) and rows[0].find(f"{n.w}trPr/{n.w}tblHeader") is not None
        add_table(self._out, lines, named=named)

    def _row(self, cells: list[etree._Element], above: dict[int, str]) -> list[str]:
        """The texts of a row. A cell merged with the one above repeats its text, so that the row makes sense alone."""
        n = self._names
        texts: list[str] = []
        for cell in cells:
            column = len(texts)
            properties = cell.find(n.w + "tcPr")
            merge = properties.find(n.w + "vMerge") if properties is not None else None
            text = " ".join(self._cell_texts(cell))
            if merge is not None and merge.get(n.val, "continue") == "continue" and not text:
                text = above.get(column, "")
            above[column] = text
            span = n.number(properties, "gridSpan") or 1
            texts += [text] + [""] * (min(span, 64) - 1)
        return texts

    def _cell_texts(self, cell: etree._Element) -> Iterator[str]:
        for block in self._blocks(cell):
            if block.tag == self._names.p:
                if text := self._text(block).strip():
                    yield text
            else:
                for row in self._inside(block, self._names.tr):
                    for inner in self._inside(row, self._names.tc):
                        yield from self._cell_texts(inner)

    def _targets(self, kind: str) -> Iterator[etree._Element]:
        for relation in self._relations:
            if relation.kind == kind and relation.target in self._parts:
                yield self._parts.tree(relation.target)

    def _notes(self, part: str, reference: str, kind: SectionKind) -> None:
        n = self._names
        for root in self._targets(part):
            for note in root.iterchildren():
                text = "\n".join(self._cell_texts(note))
                if not text or note.get(n.w + "type") in ("separator", "continuationSeparator", "continuationNotice"):
                    continue
                author = note.get(n.w + "author", "") if kind is SectionKind.COMMENT else ""
                heading = self._anchors.get((reference, note.get(n.id, "")), ())
                self._out.add(f"{author}: {text}" if author else text, heading=heading, kind=kind)

    def _margins(self) -> None:
        """Page headers and footers, each text once: letterheads and reference numbers stand there."""
        seen: set[str] = set()
        for part in ("header", "footer"):
            for root in self._targets(part):
                for text in self._cell_texts(root):
                    if text not in seen and sum(map(str.isalpha, text)) > 3:
                        seen.add(text)
                        self._out.add(text, heading=())


@dataclass(frozen=True, slots=True)
class _Style:
    outline: int | None = None
    """0 is the outermost heading; None is body text."""
    is_title: bool = False
    num_id: str | None = None
    num_level: int = 0


class _Styles:
    """Paragraph styles by id, with what they inherit. Resolved when asked for: a document uses few of its hundreds."""

    def __init__(self, root: etree._Element | None, names: _Names) -> None:
        self._names = names
        elements = root.iterchildren(names.w + "style") if root is not None else ()
        self._elements = {element.get(names.w + "styleId", ""): element for element in elements}
        self._resolved: dict[str, _Style] = {}

    def of(self, style_id: str | None) -> _Style:
        if style_id is None or style_id not in self._elements:
            return _Style()
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id)
        return self._resolved[style_id]

    def _resolve(self, style_id: str) -> _Style:
        n = self._names
        chain: list[etree._Element] = []
        current: str | None = style_id
        while current in self._elements and self._elements[current] not in chain:
            chain.append(self._elements[current])
            current = n.value(chain[-1], "basedOn")
        outline: int | None = None
        num_id: str | None = None
        num_level: int | None = None
        for style in chain:
            name = (n.value(style, "name") or "").lower()
            if outline is None and name.startswith("heading ") and name[8:].isdigit():
                outline = int(name[8:]) - 1
            outline = n.number(style, "pPr", "outlineLvl") if outline is None else outline
            num_id = num_id or n.value(style, "pPr", "numPr", "numId")
            num_level = n.number(style, "pPr", "numPr", "ilvl") if num_level is None else num_level
        is_title = (n.value(chain[0], "name") or "").lower() == "title"
        return _Style(outline, is_title, num_id, num_level or 0)


def _read_numbering(root: etree._Element, n: _Names) -> Numbering:
    """The lists that `numbering.xml` defines."""
    numbering = Numbering()
    kinds: dict[str, dict[int, Level]] = {}
    for element in root.iterchildren(n.w + "abstractNum"):
        levels = {}
        for level in element.iterchildren(n.w + "lvl"):
            start = n.number(level, "start")
            style, text = n.value(level, "numFmt") or "decimal", n.value(level, "lvlText") or ""
            index = level.get(n.w + "ilvl", "0")
            levels[int(index) if index.isdigit() else 0] = Level(1 if start is None else start, style, text)
        kinds[element.get(n.w + "abstractNumId", "")] = levels
    for element in root.iterchildren(n.w + "num"):
        kind = n.value(element, "abstractNumId") or ""
        # Lists of one kind count on from one another, unless one of them says that it starts anew.
        anew = element.find(f"{n.w}lvlOverride/{n.w}startOverride") is not None
        if kind in kinds:
            numbering.define(element.get(n.w + "numId", ""), kind, kinds[kind], anew=anew)
    return numbering
