"""Markdown and its relatives: headings, the title in front matter, code blocks. The text stays the file's own.

reStructuredText and AsciiDoc headings are read too: they differ only in how a heading line looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.content import Content, FormatResult, Limits
from indexer.document import SectionKind
from indexer.encodings import looks_like_text
from indexer.lines import Mark, lined_result, read_lines

FORMAT_ID = "markdown"
EXTENSIONS = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".rmd", ".qmd", ".rst", ".adoc", ".asciidoc")
MEDIA_TYPES = ("text/markdown", "text/x-rst")

_UNDERLINED = (".rst", ".adoc", ".asciidoc")
_MARKDOWN_LEVELS = {"=": 1, "-": 2}
_LONGEST_HEADING = 500
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ATX = re.compile(r" {0,3}(#{1,6}|={1,6})[ \t]+(\S.*?)[ \t]*(?:[#=]+)?[ \t]*$")
_UNDERLINE = re.compile(r"""^([=\-~^"'`#*+.:_])\1{2,}[ \t]*$""")
_FRONT_TITLE = re.compile(r"""^title[ \t]*:[ \t]*["']?(.+?)["']?[ \t]*$""", re.MULTILINE | re.IGNORECASE)


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    return name.lower().endswith(EXTENSIONS) and looks_like_text(head)


def extract(content: Content, limits: Limits) -> FormatResult:
    text = read_lines(content, limits)
    front = _front_matter_end(text)
    named = _FRONT_TITLE.search(text, 0, front)
    marks = list(_marks(text, front, content.name.lower().endswith(_UNDERLINED)))
    title = named.group(1) if named else next((mark.heading[0] for mark in marks if mark.heading), "")
    return lined_result(content, text, marks, title[:300])


def _front_matter_end(text: str) -> int:
    """Where the YAML block between two `---` lines at the top ends; 0 without one."""
    if not text.startswith("---\n"):
        return 0
    end = text.find("\n---\n", 3)
    return end + 5 if end >= 0 else 0


def _marks(text: str, start: int, underlined: bool) -> Iterator[Mark]:
    """A mark at each heading and at both ends of each fenced code block.

    `underlined`: any punctuation underlines a heading, levels go by first use, and tildes fence nothing.
    """
    path: list[tuple[int, str]] = []
    underline_levels: list[str] = []
    fence = ""
    previous, previous_start = "", start
    for line, offset in _lines(text, start):
        heading = tuple(words for _, words in path)
        if fence:
            if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
                yield Mark(offset + len(line), heading)
        elif not underlined and (match := _FENCE.match(line)):
            fence = match.group(1)
            yield Mark(offset, heading, SectionKind.CODE)
        elif len(line) > _LONGEST_HEADING or len(previous) > _LONGEST_HEADING:
            pass
        elif match := _ATX.match(line):
            _enter(path, len(match.group(1)), _plain(match.group(2)))
            yield Mark(offset, tuple(words for _, words in path))
        elif _is_underline(line, previous) and (underlined or line[0] in _MARKDOWN_LEVELS):
            mark = line[0]
            if mark not in underline_levels:
                underline_levels.append(mark)
            level = underline_levels.index(mark) + 1 if underlined else _MARKDOWN_LEVELS[mark]
            _enter(path, level, _plain(previous.strip()))
            yield Mark(previous_start, tuple(words for _, words in path))
            previous, previous_start = "", offset
            continue
        previous, previous_start = line, offset


def _lines(text: str, start: int) -> Iterator[tuple[str, int]]:
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end], start
        start = end + 1


def _is_underline(line: str, previous: str) -> bool:
    """A line of `===` or `---` as long as the words above it. List items and table rows above are not headings."""
    if not line or not _UNDERLINE.match(line):
        return False
    words = previous.strip()
    if not words or words[0] in "|-*+>#" or _UNDERLINE.match(previous) or previous.startswith("    "):
        return False
    return len(line.rstrip()) * 2 >= len(words)


def _enter(path: list[tuple[int, str]], level: int, words: str) -> None:
    while path and path[-1][0] >= level:
        path.pop()
    path.append((level, words))


def _plain(words: str) -> str:
    """A heading without its markup: `[Setup](setup.md) **now** {#a}` -> `Setup now`."""
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", words)
    words = re.sub(r"\{[#.][^}]*\}\s*$|<[^>]{1,200}>", "", words)
    words = re.sub(r"\\([\\`*_{}\[\]()#+.!|<>-])", r"\1", words)
    return re.sub(r"[*`]+|(?<!\w)_+|_+(?!\w)", "", words).strip()
