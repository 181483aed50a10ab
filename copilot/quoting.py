"""A hit, or a stretch of one, as it is quoted: its place in the document and its exact text there."""

from __future__ import annotations

from copilot.conversation import Citation
from indexer.document import Span
from indexer.query import Hit


def quoted(marker: int, hit: Hit, span: Span | None = None, exact: Span | None = None) -> Citation:
    """`span` is a stretch of the hit's text; without one all of it is quoted. `exact`, in the hit's text too, is what
    of it carries the statement."""
    chunk = hit.chunk
    stretch = span or Span(0, len(chunk.text))
    carrying = exact or stretch
    return Citation(
        marker=marker,
        path=hit.path,
        title=hit.title,
        page=chunk.page,
        slide=chunk.slide,
        sheet=chunk.sheet,
        rows=_within(chunk.rows, chunk.text, carrying),
        lines=_within(chunk.lines, chunk.text, carrying),
        section=" > ".join(chunk.heading),
        span=_in_document(hit, stretch),
        quote=chunk.text[stretch.start : stretch.end],
        exact=_in_document(hit, exact) if exact is not None else None,
    )


def _in_document(hit: Hit, span: Span) -> Span:
    return Span(hit.chunk.span.start + span.start, hit.chunk.span.start + span.end)


def _within(outer: tuple[int, int] | None, text: str, span: Span) -> tuple[int, int] | None:
    """The lines or rows of a stretch inside a chunk, each line break being one further line."""
    if outer is None:
        return None
    first = outer[0] + text.count("\n", 0, span.start)
    return first, min(outer[1], first + text.count("\n", span.start, span.end))
