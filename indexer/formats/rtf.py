"""Rich Text Format (.rtf), as Word, WordPad and LibreOffice write it: headings, tables, notes, in any code page.

Deleted text of tracked changes, pictures and embedded objects are left out.

Decision: the mark-up is read here and not by striprtf. That gives the bare words: headings, footnotes and comments are
lost, and deleted text comes back (12 tonnes deleted before 7.5 tonnes reads 127.5 tonnes). Source: Rich Text Format
Specification 1.9.1, Microsoft 2008.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from indexer.content import Content, FormatResult, Limits, TextBuilder, title_from_name
from indexer.document import SectionKind
from indexer.tables import add_table

FORMAT_ID = "rtf"
EXTENSIONS: tuple[str, ...] = (".rtf",)
MEDIA_TYPES: tuple[str, ...] = ("application/rtf", "text/rtf", "text/richtext")

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\"
)
_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
"""`\\fcharset` of a font -> the code page of its text. 0 and 1 mean that of the document."""
_SYMBOL = 2
_SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "tab": "\t", "line": "\n", "emspace": " ", "enspace": " ", "qmspace": " ", "softline": "\n",
}  # fmt: skip
_SKIPPED = frozenset({
    "colortbl", "pict", "nonshppict", "objdata", "xe", "tc", "rxe", "falt", "panose", "template", "filetbl", "revtbl",
    "fldinst", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "listtable", "listoverridetable",
    "generator", "themedata", "datastore", "latentstyles", "private", "bkmkstart", "bkmkend", "headerl", "headerr",
    "headerf", "footerl", "footerr", "footerf",
})  # fmt: skip
_STARRED = frozenset({"annotation", "atnauthor", "footnote", "shpinst", "shptxt", "shppict", "ud"})
"""Destinations that old programs may ignore (`\\*`) and that are read here all the same."""
_DEEPEST = 500


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    return head.lstrip()[:6].startswith((b"{\\rtf", b"{\\urtf"))


def extract(content: Content, limits: Limits) -> FormatResult:
    builder = TextBuilder(limits)
    reader = _Reader(builder)
    reader.read(content.read())
    title = reader.title.strip() or reader.first_heading or title_from_name(content.name)
    return builder.result(title, empty="The document holds no text.")


@dataclass(slots=True)
class _State:
    """What a group inherits from the one around it and gives back at its end."""

    to: str = "text"
    """Where words go: `text`, the name of a destination, or `` for nowhere."""
    font: int = -1
    skip: int = 1
    """How many letters after a `\\u` are for old programs only."""
    deleted: bool = False


@dataclass(slots=True)
class _Paragraph:
    """Formatting of the paragraph in hand."""

    style: int = 0
    outline: int | None = None
    in_table: bool = False


@dataclass(slots=True)
class _Aside:
    """A footnote or comment while it is being read."""

    kind: SectionKind
    pieces: list[str] = field(default_factory=list)


class _Reader:
    """Reads one document into a TextBuilder, token by token."""

    def __init__(self, builder: TextBuilder) -> None:
        self._out = builder
        self.title = ""
        self.first_heading = ""
        self._stack: list[_State] = []
        self._state = _State()
        self._paragraph = _Paragraph()
        self._page = "cp1252"
        self._fonts: dict[int, int] = {}
        self._styles: dict[int, int] = {}
        """Style number -> level of the heading."""
        self._style_outline: int | None = None
        self._bytes = bytearray()
        """Letters not yet decoded: those of Chinese come in two halves."""
        self._text: list[str] = []
        self._name: list[str] = []
        """Words of the font, style, author or title being defined."""
        self._cells: list[str] = []
        self._rows: list[list[str]] = []
        self._asides: list[_Aside] = []
        self._notes: list[tuple[str, SectionKind, tuple[str, ...]]] = []
        self._author = ""
        self._to_skip = 0
        self._starred = False

    def read(self, data: bytes) -> None:
        position, end = 0, len(data)
        while position < end:
            match = _TOKEN.match(data, position)
            if match is None:  # cannot be: the last alternative takes a lone backslash
                break
            position = match.end()
            word, number, code, sign, brace, text = match.groups()
            if text is not None:
                self._letters(text)
            elif word is not None:
                name = word.decode("ascii")
                value = int(number) if number is not None else None
                if name == "bin" and value and value > 0:
                    position += value
                else:
                    self._word(name, value)
            elif code is not None:
                self._letters(bytes((int(code, 16),)))
            elif sign is not None:
                self._sign(sign)
            elif brace == b"{":
                self._open()
            elif brace == b"}":
                self._close()
        self._end_paragraph()
        self._end_table()
        for words, kind, heading in self._notes:
            self._out.add(words, kind=kind, heading=heading)

    def _open(self) -> None:
        self._decode()
        self._to_skip = 0
        if len(self._stack) < _DEEPEST:
            self._stack.append(self._state)
            self._state = replace(self._state)

    def _close(self) -> None:
        self._decode()
        self._to_skip = 0
        ended = self._state.to
        if not self._stack:
            return
        self._state = self._stack.pop()
        if ended == self._state.to:
            return
        words = "".join(self._name).strip()
        if ended == "style":
            self._define_style(words)
        elif ended == "title":
            self.title = words
        elif ended == "atnauthor":
            self._author = words
        elif ended in ("footnote", "annotation") and self._asides:
            self._end_aside()
        self._name.clear()

    def _define_style(self, name: str) -> None:
        name = name.rstrip(";").strip().lower()
        level = int(name[8:]) if name.startswith("heading ") and name[8:].isdigit() else None
        if level is None and self._style_outline is not None:
            level = self._style_outline + 1
        if level is not None and 1 <= level <= 9:
            self._styles[self._paragraph.style] = level

    def _end_aside(self) -> None:
        aside = self._asides.pop()
        words = "\n".join(line.strip() for line in "".join(aside.pieces).split("\n") if line.strip())
        if words:
            text = f"{self._author}: {words}" if aside.kind is SectionKind.COMMENT and self._author else words
            self._notes.append((text, aside.kind, self._out.path))

    def _letters(self, raw: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(raw))
            self._to_skip -= skipped
            raw = raw[skipped:]
        if raw and self._state.to and not self._state.deleted:
            self._bytes += raw

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in b"\\{}":
            self._letters(sign)
        elif sign == b"~":
            self._say("\u00a0")
        elif sign == b"_":
            self._say("-")
        elif sign in (b"\r", b"\n"):
            self._word("par", None)

    def _decode(self) -> None:
        if self._bytes:
            charset = self._fonts.get(self._state.font, 0)
            if charset == _SYMBOL:
                text = "•"
            else:
                text = bytes(self._bytes).decode(_CHARSETS.get(charset, self._page), errors="replace")
            self._bytes.clear()
            self._say(text)

    def _say(self, text: str) -> None:
        """Words to where they belong."""
        if self._bytes:
            self._decode()
        if not self._state.to or self._state.deleted:
            return
        if self._state.to in ("footnote", "annotation"):
            if self._asides:
                self._asides[-1].pieces.append(text)
        elif self._state.to == "text":
            self._text.append(text)
        else:
            self._name.append(text)

    def _word(self, name: str, value: int | None) -> None:
        starred, self._starred = self._starred, False
        if self._bytes and name != "u":
            self._decode()
        if name == "u" and value is not None:
            self._decode()
            self._say(chr(value % 0x10000))
            self._to_skip = self._state.skip
        elif name in _SIGNS:
            self._say(_SIGNS[name])
        elif name in _SKIPPED or (starred and name not in _STARRED):
            self._state.to = ""
        elif self._state.to == "":
            return
        elif not self._destination(name) and not self._formatting(name, value):
            self._structure(name)

    def _destination(self, name: str) -> bool:
        """Words that say what their group is for."""
        if name in ("footnote", "annotation"):
            kind = SectionKind.FOOTNOTE if name == "footnote" else SectionKind.COMMENT
            self._asides.append(_Aside(kind))
        elif name not in ("fonttbl", "stylesheet", "info", "title", "atnauthor", "header", "footer"):
            return False
        # Of the document's properties only the title is wanted; page headers repeat themselves.
        self._state.to = "" if name in ("header", "footer") else name
        return True

    def _formatting(self, name: str, value: int | None) -> bool:
        if name == "f" and value is not None:
            self._state.font = value
        elif name == "fcharset" and value is not None:
            if self._state.to == "fonttbl":
                self._fonts[self._state.font] = value
        elif name == "uc" and value is not None:
            self._state.skip = max(0, min(value, 10))
        elif name == "ansicpg" and value:
            self._page = _code_page(value)
        elif name == "mac":
            self._page = "mac_roman"
        elif name == "deleted":
            self._state.deleted = value != 0
        elif name == "plain":
            self._state.deleted = False
        elif name == "s" and value is not None:
            self._paragraph.style = value
            if self._state.to == "stylesheet":
                self._state.to, self._style_outline = "style", None
        elif name == "outlinelevel" and value is not None:
            if self._state.to == "style":
                self._style_outline = value
            self._paragraph.outline = value
        elif name == "pard":
            self._paragraph = _Paragraph()
        elif name == "intbl":
            self._paragraph.in_table = True
        else:
            return False
        return True

    def _structure(self, name: str) -> None:
        if name in ("par", "sect", "page"):
            if self._state.to == "text" and not self._paragraph.in_table:
                self._end_paragraph()
            else:
                self._say("\n")
        elif self._state.to != "text":
            return
        elif name in ("cell", "nestcell"):
            self._cells.append(" ".join(self._taken().split()))
        elif name in ("row", "nestrow") and self._cells:
            self._rows.append(self._cells)
            self._cells = []

    def _taken(self) -> str:
        # Letters beyond the first 65,536 come as two: put together here.
        text = "".join(self._text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self._text.clear()
        return text

    def _end_paragraph(self) -> None:
        text = self._taken().strip()
        if not text:
            return
        self._end_table()
        outline = self._paragraph.outline
        level = outline + 1 if outline is not None else self._styles.get(self._paragraph.style, 0)
        if 1 <= level <= 9 and len(text) <= 300:
            self.first_heading = self.first_heading or text
            self._out.heading(level, text)
        else:
            self._out.add(text)

    def _end_table(self) -> None:
        if self._cells:
            self._rows.append(self._cells)
        if self._rows:
            add_table(self._out, self._rows)
        self._cells, self._rows = [], []


def _code_page(number: int) -> str:
    name = {936: "gb18030", 65001: "utf-8", 10000: "mac_roman"}.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
