"""What is searched and what is found: Query, Filter, Hit, and the reading of a query that a person typed.

Ranking lives in fusion.py and retriever.py.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from indexer.document import Chunk


@dataclass(frozen=True, slots=True)
class Filter:
    """Limits on what may be found. Empty tuples and None limit nothing; alternatives within one field are OR, fields are AND."""

    formats: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    """Parts of a folder's path, compared without case: `in:Contracts`. An absolute path limits to that tree or file."""
    names: tuple[str, ...] = ()
    """Parts of the file's name, compared without case: `name:budget`."""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    after_ns: int | None = None
    before_ns: int | None = None


@dataclass(frozen=True, slots=True)
class Query:
    text: str
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
