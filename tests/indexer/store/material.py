"""Small files with chunks and vectors for the store's tests: made, not read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.document import Chunk, Document, Extracted, FileState, Section, SourceFile, Span, Vectors
from indexer.query import Filter
from indexer.store.library import Store
from indexer.words import query_words, segment

KEY = bytes(range(32))
MODEL = "tiny"
DIMENSION = 16
CHUNK = 120
FOX = "The quick brown fox jumps over the lazy dog. " * 8
CAT = "Cats sleep all day and hunt by night; they rarely jump. " * 8


def source_of(path: str, text: str, modified_ns: int = 1) -> SourceFile:
    digest = hashlib.blake2b(text.encode(), digest_size=32).hexdigest()
    return SourceFile(path, len(text), modified_ns, digest)


def extracted(
    path: str, text: str, *, title: str = "Title", format_id: str = "text", modified_ns: int = 1
) -> Extracted:
    """The text as one file in chunks of 120 characters."""
    source = source_of(path, text, modified_ns)
    spans = [Span(start, min(start + CHUNK, len(text))) for start in range(0, len(text), CHUNK)]
    chunks = tuple(Chunk(n, text[s.start : s.end], s, title, page=n + 1) for n, s in enumerate(spans))
    document = Document(source, title, text, (Section(Span(0, len(text))),), "en", format_id)
    return Extracted(source, FileState.INDEXED, "", document, chunks, tuple(segment(chunk.text) for chunk in chunks))


def failed(path: str, state: FileState = FileState.DAMAGED) -> Extracted:
    return Extracted(source_of(path, path), state, "It can't be read.")


def put(store: Store, path: str, text: str, *members: Extracted, modified_ns: int = 1, format_id: str = "text") -> int:
    own = extracted(path, text, modified_ns=modified_ns, format_id=format_id)
    return store.put_file(own.source, (own, *members))


def vector_of(text: str) -> NDArray[np.float32]:
    """The same unit vector for the same text, any other for another."""
    seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
    vector = np.random.default_rng(seed).standard_normal(DIMENSION).astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def vectors_of(texts: Sequence[str], model: str = MODEL) -> Vectors:
    return Vectors(model, np.stack([vector_of(text) for text in texts]))


def embed(store: Store, model: str = MODEL) -> int:
    """Give every waiting text its vector; how many those were."""
    done = 0
    while waiting := store.pending(model, 100):
        store.put_vectors([one.digest for one in waiting], vectors_of([one.text for one in waiting], model))
        done += len(waiting)
    return done


def opened(folder: Path) -> Iterator[Store]:
    with Store.open(folder / "library.db", KEY) as store:
        yield store


def paths_found(store: Store, query: str, limits: Filter | None = None) -> set[str]:
    scored = store.search_words(query_words(query), 50, limits)
    return {hit.path for hit in store.chunk_hits([one.chunk_id for one in scored])}
