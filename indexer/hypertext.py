"""HTML into a TextBuilder: headings, paragraphs, lists, tables with their header, code; page furniture left out.

Shared by the formats that hold HTML: web pages, mail, e-books. Bytes to text is done before, by encodings.py.

Decision: parsing and cleaning up is left to lexbor (selectolax) and the text of whole paragraphs is asked for at once;
only the skeleton of blocks is walked in Python, without recursion, because nesting is as deep as an attacker likes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from indexer.content import TextBuilder
from indexer.document import SectionKind
from indexer.tables import add_table

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER_TEXT = (
    "script,style,template,noscript,svg,canvas,object,iframe,select,textarea,button,input,datalist,dialog,"
    "math annotation"
)
_FURNITURE = (
    "nav,[role=navigation],[role=search],[role=banner],[role=contentinfo],body>header,body>footer,body>aside,"
    ".navheader,.navfooter,.sphinxsidebar,.related,.headerlink,.toc,.breadcrumbs,.breadcrumb,.pagination,.skip-link"
)
"""What surrounds the text on every page of a site: the same words on a thousand pages are noise in an index."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LEAVES = frozenset({"p", "dt", "summary", "caption", "figcaption", "legend"})
_BLOCKS = frozenset(
    re.findall(
        "[a-z]+",
        """address article aside blockquote body center dd details div dl fieldset figure footer form header hr html li
        main nav ol section table tbody td tfoot th thead tr ul""",
    )
)
_LISTS = frozenset({"ul", "ol", "dl"})
_HANDLED = frozenset({"-text", "-comment", "pre", "table", None, *_LEAVES, *_HEADINGS, *_BLOCKS})
"""The other elements are only looked into: what they hold is part of the paragraph in hand."""
_BREAK = "\ue00b"
"""Stands for `<br>` while white space is folded: a private character, so that it meets no other."""
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_LONGEST_CELL = 1000
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)


class Hypertext(NamedTuple):
    title: str
    """What `<title>` says, or the first heading; may be empty."""
    language: str | None
    """Primary tag of the page's `lang`, lower case."""


def declared_charset(head: bytes) -> str | None:
    """The encoding that a meta tag or XML declaration near the top names."""
    match = _CHARSET.search(head[:4096])
    return match.group(1).decode("ascii") if match else None


def add_hypertext(builder: TextBuilder, markup: str) -> Hypertext:
    """Append the readable text of an HTML page. May raise ExtractionFailed(TOO_LARGE), as the builder does,
    and MemoryError."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        tree = LexborHTMLParser(markup)
    except SelectolaxError:
        raise MemoryError from None  # no markup is too bad for lexbor: what it lacks is room
    title_node = tree.css_first("title")
    title = _fold(title_node.text()) if title_node is not None else ""
    root = tree.root
    language = ((root.attributes.get("lang") if root is not None else "") or "").split("-")[0].split("_")[0].lower()
    for node in tree.css(_NEVER_TEXT):
        node.decompose()
    for node in tree.css("br"):
        node.replace_with(_BREAK)
    for node in tree.css("[hidden]"):
        # Pages hide the variant for another system until a script has run: all of them are text, with a space between.
        node.insert_before(" ")
    body = tree.body
    if body is not None:
        _add_body(builder, tree, body)
    if not title:
        heading = tree.css_first("h1,h2")
        title = _fold(heading.text()) if heading is not None else ""
    return Hypertext(title.replace(_BREAK, " "), language if re.fullmatch("[a-z]{2,3}", language) else None)


def _add_body(builder: TextBuilder, tree: LexborHTMLParser, body: LexborNode) -> None:
    root = tree.css_first("main,[role=main]") or body
    furniture = root.css(_FURNITURE)
    # A page that is nothing but furniture is a page about it, a table of contents for one: then it is the text.
    if furniture and sum(len(node.text()) for node in furniture) < 0.9 * len(body.text()):
        for node in furniture:
            node.decompose()
    _Walk(builder, root).run()


def _fold(text: str | None) -> str:
    if not text:
        return ""
    return " ".join(text.split()) if text.isascii() else _SPACE.sub(" ", text).strip()


class _Walk:
    """One pass over the blocks below `root`."""

    def __init__(self, builder: TextBuilder, root: LexborNode) -> None:
        self._builder = builder
        self._root = root
        self._inline: list[str] = []
        self._list: list[str] = []
        """Lines of the list in hand: items stand close together, not as paragraphs."""
        self._prefix = ""
        self._counters: dict[int, int] = {}
        self._depth = 0
        """Lists inside lists."""

    def run(self) -> None:
        root = self._root.mem_id
        node = self._root.child
        while node is not None:
            # Each of these makes a Python object: ask for none twice.
            following = node.child if self._enter(node) else None
            if following is None:
                following = node.next
            while following is None:
                node = node.parent
                if node is None or node.mem_id == root:
                    break
                if node.tag in _BLOCKS:
                    self._leave(node)
                following = node.next
            node = following
        self._flush()
        self._end_list()

    def _enter(self, node: LexborNode) -> bool:
        """Take what `node` says by itself; True when its children are to be walked."""
        tag = node.tag
        if tag not in _HANDLED:
            return True
        if tag == "-text":
            text = node.text_content
            # What stands between two blocks is mostly a line break: no paragraph begins with it.
            if text and (self._inline or not text.isspace()):
                self._inline.append(text)
            return False
        if tag in _LEAVES:
            self._flush()
            self._paragraph(node.text(), in_list=tag == "dt")
            return False
        if tag in _HEADINGS:
            self._flush()
            self._end_list()
            self._builder.heading(_HEADINGS[tag], node.text().replace(_BREAK, " "))
            return False
        if tag == "pre":
            self._flush()
            self._end_list()
            self._builder.add(node.text().replace(_BREAK, "\n"), kind=SectionKind.CODE)
            return False
        if tag == "table":
            self._flush()
            self._end_list()
            return not self._table(node)
        if tag in _BLOCKS:
            self._flush()
            if tag == "li":
                self._prefix = self._bullet(node)
            elif tag == "dd":
                self._prefix = "  "
            elif tag in _LISTS and node.child is not None:
                self._depth += 1
        return tag in _BLOCKS

    def _leave(self, node: LexborNode) -> None:
        self._flush()
        if node.tag in ("li", "dd"):
            self._prefix = ""
        elif node.tag in _LISTS:
            self._depth -= 1
            if not self._depth:
                self._end_list()

    def _bullet(self, item: LexborNode) -> str:
        parent = item.parent
        indent = "  " * (self._depth - 1)
        if parent is None or parent.tag != "ol":
            return f"{indent}- "
        number = self._counters.get(parent.mem_id, 0) + 1
        self._counters[parent.mem_id] = number
        return f"{indent}{number}. "

    def _flush(self) -> None:
        if self._inline:
            text = "".join(self._inline)
            self._inline.clear()
            self._paragraph(text)

    def _paragraph(self, text: str, *, in_list: bool = False) -> None:
        text = _fold(text)
        if not text:
            return
        if _BREAK in text:
            text = "\n".join(line.strip() for line in text.split(_BREAK)).strip("\n")
        if self._prefix or in_list:
            self._list.append(self._prefix + text)
            self._prefix = ""
            return
        self._end_list()
        self._builder.add(text)

    def _end_list(self) -> None:
        if self._list:
            self._builder.add("\n".join(self._list))
            self._list.clear()

    def _table(self, table: LexborNode) -> bool:
        """Add a table of short cells as rows; False for one that only lays out the page."""
        if table.css_first("table table,h1,h2,h3,h4,pre") is not None:
            return False
        rows: list[list[str]] = []
        named = False
        for row in table.css("tr"):
            cells = row.css("td,th")
            texts = [_fold(cell.text().replace(_BREAK, " ")) for cell in cells]
            if not rows and len(cells) > 1:
                named = all(cell.tag == "th" for cell in cells)
            if any(texts):
                rows.append(texts)
        if max(map(len, rows), default=0) < 2 or any(len(text) > _LONGEST_CELL for row in rows for text in row):
            return False
        caption = table.css_first("caption")
        if caption is not None:
            self._paragraph(caption.text())
        add_table(self._builder, rows, named=named)
        return True
