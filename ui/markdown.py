"""Markdown of answers into plain shapes: blocks of styled runs, with citation marks and doubtful statements in place.

Pure: no Qt, no HTML, nothing is ever loaded. Drawing is typesetting.py's, files are exporting.py's.

Decision: shapes instead of HTML. Text from a model may hold what a hostile file told it to write; where no HTML is
made, none can be smuggled in, and window, Word file and PDF are drawn from one reading.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SCHEMES = ("http", "https", "mailto")
"""What a link may lead to; others are shown as text."""
_DOUBT_END = "\ue001"
_DOUBT_START = 0xE100
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_MARKER = re.compile(r"[ \u00a0]*\[(\d{1,2})\]")
_BLOCK_SIGNS = re.compile(r"\s*(?:(?:[-*+]|\d{1,9}[.)]|#{1,6})\s+|>\s?|\|\s*)*")
_UNFINISHED_LINK = re.compile(r"!?\[([^\[\]\n]*)(?:\]\([^()\s]*)?$")
_NUMBER_ALONE = re.compile(
    r"^([ \ue001\ue100-\uf8ff]*(?:\d{1,9}(?=[.)][ \ue001]*(?:\[\d{1,2}\][ .\ue001]*)*$)|\d{4,9}))([.)])", re.MULTILINE
)
"""`587.` for an answer, or a year that begins a sentence: no item of a list, though Markdown would have it so."""
_SIGNS_ALONE = re.compile(r"\s*(?:[-*+_=#>~`|]+|\d{1,9}[.)]?)\s*")
_FENCE = re.compile(r"(?:```|~~~)")
_UNFINISHED_MARKER = re.compile(r"\s*\[\d{0,2}$")


class Kind(enum.StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CODE = "code"
    TABLE = "table"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. With a `marker` it is the citation of that number and has no text; `doubt` says why a statement
    has no support."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    href: str = ""
    marker: int = 0
    doubt: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """`level` is a heading's, or how deep a list's item stands; `bullet` is `•`, `3.` or, for an item's further
    paragraphs, empty. `rows` of a TABLE begin with its header; CODE has `text`. With `joins` it goes on where the block
    before ended: a paragraph's next words, a table's next rows (its header given again), further lines of code."""

    kind: Kind
    runs: Runs = ()
    level: int = 0
    bullet: str = ""
    quoted: bool = False
    text: str = ""
    language: str = ""
    rows: tuple[tuple[Runs, ...], ...] = ()
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Characters of a text that have no support, and why."""

    start: int
    end: int
    reason: str


def blocks(text: str, markers: Collection[int] = (), doubts: Sequence[Doubt] = ()) -> tuple[Block, ...]:
    """Read a whole text. `[n]` becomes a citation where n is in `markers` and disappears elsewhere."""
    marked = _NUMBER_ALONE.sub(r"\1\\\2", _with_doubts(text, doubts))
    return _Reading(markers, tuple(doubt.reason for doubt in doubts)).read(_parser().parse(marked))


def settled_length(text: str) -> int:
    """Characters at the beginning of `text` whose blocks no later text can change: all but its last block."""
    tops = [token for token in _parser().parse(text) if token.level == 0 and token.map is not None]
    starts = [token.map[0] for token in tops if token.map is not None and token.nesting >= 0]
    if len(starts) < 2:
        return 0
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: starts[-1]])


@dataclass(frozen=True, slots=True)
class Carry:
    """What the rest of a block that was cut needs in order to be read: its first lines again (a table's header, a code
    block's fence), and that it goes on where the part before ended."""

    lines: str = ""
    joins: bool = False


def cut(text: str, carry: Carry) -> tuple[int, Carry]:
    """Where to end a block that has grown too long to be read again and again: after a line that begins at the margin,
    else after a sentence. `text` is one block, `carry` what came before it."""
    line = text.rfind("\n", 0, len(text) - 1)
    while line > 0 and text[line + 1] in " \t":
        line = text.rfind("\n", 0, line)
    last = (blocks(carry.lines + text) or (Block(Kind.PARAGRAPH),))[-1]
    if last.kind in (Kind.TABLE, Kind.CODE):
        line = text.rfind("\n", 0, len(text) - 1)
        if line > 0:
            return line + 1, Carry(carry.lines or _head(text, last), joins=True)
    if line > len(text) // 2:
        return line + 1, Carry()
    for end in (". ", "\u3002", " "):
        found = text.rfind(end, 0, len(text) - 1)
        if found > len(text) // 2:
            return found + len(end), Carry(joins=last.kind is Kind.PARAGRAPH)
    return len(text) - 1, Carry(joins=last.kind is Kind.PARAGRAPH)


def _head(text: str, block: Block) -> str:
    """The first lines of a table or of fenced code."""
    return "".join(line + "\n" for line in text.lstrip("\n").split("\n")[: 2 if block.kind is Kind.TABLE else 1])


def settled_look(text: str) -> str:
    """The last block of a text that is still being written, so that it looks now as it will look when it is whole:
    without a citation mark or link that has only begun, without signs that may become a list, a rule, a heading or a
    table, and with what is bold or code from its first letter on."""
    lines = text.split("\n")
    last = lines[-1]
    if _FENCE.match(text.lstrip("\n")):
        return "\n".join(lines[:-1]) if last and "```".startswith(last.strip()) else text
    if last.lstrip().startswith("|"):
        header = next(number for number, line in enumerate(lines) if line.lstrip().startswith("|"))
        if len(lines) - header < 3:  # without what is below a header, nobody can tell yet that it is one
            return "\n".join(lines[:header])
    if _SIGNS_ALONE.fullmatch(last):
        return "\n".join(lines[:-1])
    text = _UNFINISHED_LINK.sub(r"\1", _UNFINISHED_MARKER.sub("", text))
    for sign in ("`", "**"):
        at = text.rfind(sign)
        if text.count(sign) % 2:
            return text + sign if text[at + len(sign) :].strip() else text[:at].rstrip()
    return text


def plain(text: str) -> str:
    """A text as it reads without its Markdown, citation marks kept as `[n]`."""
    lines = []
    for block in blocks(text, range(1, 100)):
        match block.kind:
            case Kind.CODE:
                lines.append(block.text)
            case Kind.TABLE:
                lines.extend("\t".join(spoken(cell) for cell in row) for row in block.rows)
            case Kind.RULE:
                lines.append("---")
            case _:
                bullet = f"{'  ' * max(0, block.level - 1)}{block.bullet} " if block.bullet else ""
                lines.append(bullet + spoken(block.runs))
    return "\n".join(lines)


def spoken(runs: Runs) -> str:
    """The text of runs, citation marks as `[n]`."""
    return "".join(f" [{run.marker}]" if run.marker else run.text for run in runs)


def warm_up() -> None:
    """Load the parser: it takes longer than a window may be held."""
    _parser().parse("x")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return parser.disable(["reference", "html_block", "html_inline"])


def _with_doubts(text: str, doubts: Sequence[Doubt]) -> str:
    """Private characters around doubtful statements, line by line and after what makes a line a list, table or heading:
    so the parser carries them to the runs they belong to."""
    clean = _PRIVATE.sub("\ufffd", text)
    for number, doubt in sorted(enumerate(doubts), key=lambda pair: -pair[1].start):
        before, inside, after = clean[: doubt.start], clean[doubt.start : doubt.end], clean[doubt.end :]
        opening = chr(_DOUBT_START + number)
        lines = [_enclosed(line, opening) for line in inside.split("\n")]
        clean = before + "\n".join(lines) + after
    return clean


def _enclosed(line: str, opening: str) -> str:
    signs = _BLOCK_SIGNS.match(line)
    head = signs.end() if signs else 0
    return f"{line[:head]}{opening}{line[head:]}{_DOUBT_END}" if line[head:].strip() else line


class _Reading:
    """One walk over the parser's tokens."""

    def __init__(self, markers: Collection[int], reasons: tuple[str, ...]) -> None:
        self._markers = markers
        self._reasons = reasons
        self._doubt = ""
        self._found: list[Block] = []
        self._lists: list[int | None] = []
        """Number of the next item for each list we are in; None for one with bullets."""
        self._bullet = ""
        self._quotes = 0

    def read(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "table_open":
                end = next(at for at in range(position, len(tokens)) if tokens[at].type == "table_close")
                self._add(Block(Kind.TABLE, rows=self._rows(tokens[position:end])))
                position = end
            else:
                self._take(token, tokens[position - 1] if position else None)
            position += 1
        return tuple(self._found)

    def _take(self, token: Token, before: Token | None) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._bullet = self._next_bullet()
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "hr":
                self._add(Block(Kind.RULE))
            case "fence" | "code_block":
                text = _PRIVATE.sub("", token.content).removesuffix("\n")
                self._add(Block(Kind.CODE, text=text, language=(token.info.split() or [""])[0]))
            case "inline":
                self._add_text(self._runs(token), before)

    def _next_bullet(self) -> str:
        number = self._lists[-1]
        if number is None:
            return "\u2022"
        self._lists[-1] = number + 1
        return f"{number}."

    def _add_text(self, runs: Runs, before: Token | None) -> None:
        if before is not None and before.type == "heading_open":
            self._add(Block(Kind.HEADING, runs, level=int(before.tag[1:])))
        elif self._lists:
            self._add(Block(Kind.ITEM, runs, level=len(self._lists), bullet=self._bullet))
            self._bullet = ""
        elif runs:
            self._add(Block(Kind.PARAGRAPH, runs))

    def _add(self, block: Block) -> None:
        self._found.append(replace(block, quoted=self._quotes > 0))

    def _rows(self, tokens: Sequence[Token]) -> tuple[tuple[Runs, ...], ...]:
        rows: list[list[Runs]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self._runs(token))
        return tuple(tuple(row) for row in rows)

    def _runs(self, inline: Token) -> Runs:
        runs: list[Run] = []
        look = Run("")
        for token in inline.children or ():
            match token.type:
                case "text":
                    self._split(token.content, look, runs.append)
                case "softbreak":
                    runs.append(replace(look, text=" ", doubt=self._doubt))
                case "hardbreak":
                    runs.append(replace(look, text="\n", doubt=self._doubt))
                case "code_inline":
                    runs.append(replace(look, text=_PRIVATE.sub("", token.content), code=True, doubt=self._doubt))
                case "image":
                    self._split(token.content or str(token.attrGet("src")), look, runs.append)
                case _:
                    look = _styled(look, token)
        return _merged(runs)

    def _split(self, text: str, look: Run, add: Callable[[Run], None]) -> None:
        """Plain text at its citation marks and at the edges of doubtful statements."""
        for piece in re.split(f"({_PRIVATE.pattern})", text):
            if _PRIVATE.fullmatch(piece):
                number = ord(piece) - _DOUBT_START
                self._doubt = self._reasons[number] if 0 <= number < len(self._reasons) else ""
                continue
            end = 0
            for found in _MARKER.finditer(piece):
                add(replace(look, text=piece[end : found.start()], doubt=self._doubt))
                if int(found[1]) in self._markers:
                    add(replace(look, text="", marker=int(found[1]), doubt=self._doubt))
                end = found.end()
            add(replace(look, text=piece[end:], doubt=self._doubt))


def _styled(look: Run, token: Token) -> Run:
    opens = token.nesting > 0
    match token.type:
        case "strong_open" | "strong_close":
            return replace(look, bold=opens)
        case "em_open" | "em_close":
            return replace(look, italic=opens)
        case "s_open" | "s_close":
            return replace(look, strike=opens)
        case "link_open":
            return replace(look, href=_allowed(str(token.attrGet("href") or "")))
        case "link_close":
            return replace(look, href="")
    return look


def _allowed(href: str) -> str:
    try:
        return href if urlsplit(href).scheme.lower() in SCHEMES else ""
    except ValueError:
        return ""


def _merged(runs: Sequence[Run]) -> Runs:
    """Neighbours of one look as one run, so that a text that grows is one run that grows."""
    merged: list[Run] = []
    for run in runs:
        if not run.text and not run.marker:
            continue
        last = merged[-1] if merged else None
        if last is not None and not last.marker and not run.marker and replace(last, text=run.text) == run:
            merged[-1] = replace(last, text=last.text + run.text)
        else:
            merged.append(run)
    return tuple(merged)
