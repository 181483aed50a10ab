"""Document -> Chunks: where a text is cut, and what each piece remembers about its place.

Sizes are counted in UTF-8 bytes: 1,000 bytes are about 1,000 Latin or 333 Chinese characters, both some 220 to 250
tokens of the embedding model, and the count costs next to nothing. A chunk never crosses a page, slide or sheet. Search
words are words.py's business, embedding the embedder's.

Decision: chunks do not overlap. A hit's neighbours are in the store and retrieval fetches them when it needs them, so
overlap would only make the index larger and quote the same words twice.

Decision: we look backwards from the largest possible end for the best place to cut, instead of splitting into
paragraphs, sentences and words and gluing these together again: one step per chunk, not one per sentence, keeps Python
out of the way.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.document import Chunk, Document, Section, SectionKind, Span

LIMIT_BYTES = 1_000
"""No chunk's text is larger than this."""
SMALL_BYTES = 300
"""A section smaller than this joins the next one under the same parent heading."""
JOINED_BYTES = 700
"""Sections under different headings are joined up to this size only: a sharp chunk beats a full one."""
CONTEXT_LINE_BYTES = 320
"""Title, heading path and table header are each cut to this."""

_SENTENCE_END = re.compile(
    # A full stop that follows neither an initial nor a short title (Mr. e.g.), or another mark; then a space and
    # something that is not a small letter. Chinese and Japanese marks end a sentence by themselves.
    r"(?:(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[a-z]\.[a-z])(?<!\bMrs)(?<!\bFig)(?<!\bProf)\.|[!?…])"
    r"[\"'”’)\]]*\s+(?=[^a-z\s,;:])"
    r"|[。！？；｡]+[”’\"'）】」』》]*\s*"
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_TOP_LEVEL = re.compile(r"\n(?=[^\s})\]])")
_SOMETHING = re.compile(r"\S")
_JOINABLE = frozenset({SectionKind.TEXT, SectionKind.CODE})


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text, English or Chinese, without the white space around them. A blank line ends one, too."""
    found: list[Span] = []
    start = 0
    ends = sorted(
        {match.end() for match in _SENTENCE_END.finditer(text)} | {m.end() for m in _BLANK_LINE.finditer(text)}
    )
    for end in (*ends, len(text)):
        trimmed = _trim(text, start, end)
        if trimmed:
            found.append(Span(*trimmed))
        start = end
    return tuple(found)


def chunk(document: Document) -> tuple[Chunk, ...]:
    """Cut a document into chunks, in order, disjoint, together holding every character that is not white space."""
    text = document.text
    sections = document.sections or (Section(Span(0, len(text))),)
    cutter = _Cutter(text)
    lines = _LineCounter(text) if document.has_lines else None
    chunks: list[Chunk] = []
    for stretch in _stretches(text, sections):
        first = stretch.first
        context = _context(document.title, stretch, text)
        rows = _LineCounter(text, first.span.start, first.first_row) if first.first_row is not None else None
        for start, end in cutter.cut(stretch.start, stretch.end, first.kind):
            chunks.append(
                Chunk(
                    ordinal=len(chunks),
                    text=text[start:end],
                    span=Span(start, end),
                    context=context,
                    heading=stretch.heading,
                    kind=first.kind,
                    page=first.page,
                    slide=first.slide,
                    sheet=first.sheet,
                    rows=(rows.at(start), rows.at(end - 1)) if rows else None,
                    lines=(lines.at(start), lines.at(end - 1)) if lines else None,
                )
            )
    return tuple(chunks)


@dataclass(slots=True)
class _Stretch:
    """One section, or several small ones joined: what is cut as a whole."""

    start: int
    end: int
    size: int
    heading: tuple[str, ...]
    first: Section
    last: Section
    lost_headings: tuple[str, ...] = ()
    """Innermost headings of joined sections, which `heading` (their common part) no longer names."""


def _stretches(text: str, sections: tuple[Section, ...]) -> Iterator[_Stretch]:
    held: _Stretch | None = None
    for section in sections:
        trimmed = _trim(
            text,
            section.span.start,
            section.span.end,
            keep_indent=section.kind is SectionKind.CODE,
        )
        if trimmed is None:
            continue
        start, end = trimmed
        fresh = _Stretch(start, end, _size(text, start, end), section.heading, section, section)
        if held is not None:
            if _joins(held, fresh):
                held = _joined(held, fresh)
                continue
            yield held
        held = fresh
    if held is not None:
        yield held


def _joins(held: _Stretch, fresh: _Stretch) -> bool:
    before, after = held.last, fresh.first
    if before.kind not in _JOINABLE or after.kind not in _JOINABLE:
        return False
    if (before.page, before.slide, before.sheet) != (
        after.page,
        after.slide,
        after.sheet,
    ):
        return False
    if before.first_row is not None or after.first_row is not None:
        return False
    together = held.size + fresh.size + 2
    if before.heading == after.heading:
        return together <= LIMIT_BYTES
    common = len(_common(held.heading, fresh.heading))
    siblings = common >= max(len(before.heading), len(after.heading)) - 1
    return siblings and held.size < SMALL_BYTES and together <= JOINED_BYTES


def _joined(held: _Stretch, fresh: _Stretch) -> _Stretch:
    heading = _common(held.heading, fresh.heading)
    lost = dict.fromkeys(held.lost_headings)
    for path in (held.heading, fresh.heading):
        lost.update(dict.fromkeys(path[len(heading) :]))
    kind_of = held.first if held.first.kind is SectionKind.TEXT else fresh.first
    return _Stretch(
        held.start,
        fresh.end,
        held.size + fresh.size + 2,
        heading,
        kind_of,
        fresh.first,
        tuple(name for name in lost if name),
    )


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    if one == other:
        return one
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return one[:length]


def _context(title: str, stretch: _Stretch, text: str) -> str:
    heading = stretch.heading[1:] if stretch.heading and stretch.heading[0] == title else stretch.heading
    path = " > ".join(part for part in heading if part)
    if stretch.lost_headings:
        # Formats put headings into the text as well; named twice they would only take room.
        lost = "; ".join(name for name in stretch.lost_headings if text.find(name, stretch.start, stretch.end) < 0)
        path = " > ".join(part for part in (path, lost) if part)
    lines = (title, path, stretch.first.header)
    return "\n".join(_clipped(" ".join(line.split())) for line in lines if line and not line.isspace())


def _clipped(line: str) -> str:
    if len(line) * 4 <= CONTEXT_LINE_BYTES:
        return line
    return line[: _fit(line, 0, len(line), CONTEXT_LINE_BYTES)].rstrip()


class _Cutter:
    """Finds the places to cut one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def cut(self, start: int, end: int, kind: SectionKind) -> Iterator[tuple[int, int]]:
        """Trimmed half-open ranges, each of at most LIMIT_BYTES."""
        text = self._text
        keep_indent = kind is SectionKind.CODE
        left = _size(text, start, end)
        while left > LIMIT_BYTES:
            # Equal parts: a text a little over the limit must not leave a tail of three words.
            parts = math.ceil(left / LIMIT_BYTES)
            aim = min(LIMIT_BYTES, math.ceil(left / parts * 1.15))
            furthest = _fit(text, start, end, aim)
            stop = self._break_before(start, furthest, kind)
            trimmed = _trim(text, start, stop, keep_indent=keep_indent)
            if trimmed:
                yield trimmed
            left -= _size(text, start, stop)
            start = stop
        trimmed = _trim(text, start, end, keep_indent=keep_indent)
        if trimmed:
            yield trimmed

    def _break_before(self, start: int, furthest: int, kind: SectionKind) -> int:
        """The best end in the further half of `start..furthest`."""
        text = self._text
        nearest = start + (furthest - start + 1) // 2
        if kind is SectionKind.TABLE:
            at = text.rfind("\n", start + 1, furthest)
            return at + 1 if at > 0 else self._word_before(nearest, furthest)
        at = text.rfind("\n\n", nearest, furthest)
        if at > 0:
            return at + 1
        if kind is SectionKind.CODE:
            at = _last(_TOP_LEVEL, text, nearest, furthest)
        else:
            at = _last(_SENTENCE_END, text, nearest, furthest)
        if at > 0:
            return at
        at = text.rfind("\n", nearest, furthest)
        return at + 1 if at > 0 else self._word_before(nearest, furthest)

    def _word_before(self, nearest: int, furthest: int) -> int:
        at = max(
            self._text.rfind(" ", nearest, furthest),
            self._text.rfind("\n", nearest, furthest),
        )
        return at + 1 if at > 0 else furthest


def _last(pattern: re.Pattern[str], text: str, nearest: int, furthest: int) -> int:
    end = -1
    for match in pattern.finditer(text, nearest, furthest):
        end = match.end()
    return end


class _LineCounter:
    """Numbers of lines for positions asked in ascending order, each character looked at once."""

    def __init__(self, text: str, start: int = 0, number: int = 1) -> None:
        self._text = text
        self._position = start
        self._number = number

    def at(self, position: int) -> int:
        if position > self._position:
            self._number += self._text.count("\n", self._position, position)
            self._position = position
        return self._number


def _size(text: str, start: int, end: int) -> int:
    """UTF-8 bytes of `text[start:end]`."""
    if text.isascii():
        return end - start
    return len(text[start:end].encode("utf-8", "replace"))


def _fit(text: str, start: int, end: int, limit: int) -> int:
    """The largest end so that `text[start:end]` takes at most `limit` bytes; at least one character is taken."""
    if text.isascii():
        return min(start + limit, end)
    head = text[start : min(start + limit, end)]
    encoded = head.encode("utf-8", "replace")
    if len(encoded) <= limit:
        return start + len(head)
    return start + max(1, len(encoded[:limit].decode("utf-8", "ignore")))


def _trim(text: str, start: int, end: int, *, keep_indent: bool = False) -> tuple[int, int] | None:
    """The range without white space at its ends, or None when nothing else is in it."""
    first = _SOMETHING.search(text, start, end)
    if first is None:
        return None
    begin = first.start()
    if keep_indent:
        line = text.rfind("\n", start, begin) + 1
        begin = line if line > start else (start if start == 0 or text[start - 1] == "\n" else begin)
    stop = start + len(text[start:end].rstrip())
    return begin, stop
