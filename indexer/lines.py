"""Documents whose text is the file itself, line for line, so that a line number cited is the one an editor shows.

Shared by the formats for plain text, Markdown, source code, JSON, YAML and XML; where headings stand is their business.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from indexer.content import Content, FormatResult, Limits, clean, damaged, title_from_name, too_much_text
from indexer.document import FileState, Section, SectionKind, Span
from indexer.encodings import decode, is_rubbish
from indexer.errors import ExtractionFailed


class Mark(NamedTuple):
    """From character `start` on, this heading path and kind hold, until the next mark."""

    start: int
    heading: tuple[str, ...] = ()
    kind: SectionKind = SectionKind.TEXT


def read_lines(content: Content, limits: Limits) -> str:
    """The file's text with `\\n` at each line end. Raises ExtractionFailed when empty or larger than `output_chars`."""
    decoded = decode(content.read())
    if decoded.encoding.startswith(("utf-16", "utf-32")) and is_rubbish(decoded.text[:4096]):
        raise damaged("it begins like text but goes on as something else")
    text = clean(decoded.text, editor_lines=True)
    if not text.strip():
        raise ExtractionFailed(FileState.EMPTY, "There is no text in this file.")
    if len(text) > limits.output_chars:
        raise too_much_text(limits.output_chars)
    return text


def lined_result(content: Content, text: str, marks: Iterable[Mark] = (), title: str = "") -> FormatResult:
    """`text` cut into sections at `marks`, which are in order; text before the first mark has no heading."""
    sections: list[Section] = []
    pending = Mark(0)
    for mark in (*marks, Mark(len(text))):
        if text[pending.start : mark.start].strip():
            # Sections carry no white space at their ends; indentation of the first line belongs to it, though.
            stretch = text[pending.start : mark.start]
            body = stretch.rstrip()
            blank = len(stretch) - len(stretch.lstrip())
            lead = stretch.rfind("\n", 0, blank) + 1
            span = Span(pending.start + lead, pending.start + len(body))
            sections.append(Section(span, pending.heading, pending.kind))
        pending = mark
    return FormatResult(title or title_from_name(content.name), text, tuple(sections), has_lines=True)
