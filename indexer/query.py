"""What is searched and what is found: Query, Filter, Hit.

How a typed line becomes a Query is told in query_parser.py (`parse`); ranking lives in fusion.py and retriever.py.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from indexer.document import Chunk


@dataclass(frozen=True, slots=True)
class Filter:
    """Limits on what may be found. Empty and None limit nothing; within a field any will do, fields must all hold."""

    formats: tuple[str, ...] = ()
    """Format ids (`pdf`) or endings of the file's name, lower case with their dot (`.py`): either lets a file pass."""
    folders: tuple[str, ...] = ()
    """Parts of a folder's path, compared without case: `in:Contracts`. An absolute path limits to that tree or file."""
    names: tuple[str, ...] = ()
    """Parts of the file's name, compared without case: `name:budget`."""
    phrases: tuple[str, ...] = ()
    """Every one must stand in the chunk, word for word; case and width don't matter."""
    excluded: tuple[str, ...] = ()
    """Words or phrases of which none may stand in the chunk."""
    after_ns: int | None = None
    """Earliest moment of the last change, inclusive, as `SourceFile.modified_ns`."""
    before_ns: int | None = None
    """Moment before which the last change lies, exclusive."""


@dataclass(frozen=True, slots=True)
class Query:
    text: str
    """What to look for, phrases included and filters left out; empty when there are only filters."""
    top_k: int = 10
    filter: Filter = field(default_factory=Filter)


class FoundBy(enum.StrEnum):
    WORDS = "words"
    VECTORS = "vectors"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found. A higher score is better; scores of one answer compare, scores of two do not."""

    chunk_id: int
    path: str
    title: str
    format_id: str
    modified_ns: int
    chunk: Chunk
    score: float
    rank: int
    found_by: tuple[FoundBy, ...]
    similarity: float | None = None
    """Cosine between the query's vector and the chunk's, where both are known."""
    also_at: tuple[str, ...] = ()
    """Paths of copies and near-copies that were collapsed into this hit."""
