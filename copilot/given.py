"""Text that a person gives along with a question: selected in a program, read from the screen or from a picture.

It travels inside the question, quoted above it as in a letter, so that it is saved, shown, redacted and agreed to like
everything else that the person asks. An answer may rest on it as on a passage that was found; it is no file, so nothing
is cited from it.
"""

from __future__ import annotations

from indexer.document import Chunk, Span
from indexer.query import Hit

NO_FILE = ""
"""The path of a hit that is given text."""
NAME = "the text that you gave"


def with_context(text: str, context: str) -> str:
    """A question about a text: the text quoted above it."""
    quoted = "\n".join(f"> {line}" for line in context.strip().splitlines())
    return f"{quoted}\n\n{text}" if quoted else text


def context_of(question: str) -> tuple[str, str]:
    """The quoted text above a question, and the question itself."""
    head, gap, rest = question.partition("\n\n")
    lines = head.split("\n")
    if gap and all(line.startswith("> ") or line == ">" for line in lines):
        return "\n".join(line[2:] for line in lines), rest
    return "", question


def hits(text: str) -> tuple[Hit, ...]:
    """Given text as what a search found: before everything else, because the question is about it."""
    if not text.strip():
        return ()
    chunk = Chunk(0, text, Span(0, len(text)))
    return (Hit(-1, NO_FILE, "", "text", 0, chunk, score=1.0, rank=0, found_by=(), similarity=1.0),)


def is_given(hit: Hit) -> bool:
    return hit.path == NO_FILE
