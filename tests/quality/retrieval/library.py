"""Corpora as libraries that can be searched, made by the product's own indexing and kept for the next run.

Embedding is the slow part, so vectors are kept by model and digest of the text: a change of the chunker embeds again
only what it changed.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.document import Vectors
from indexer.indexing import Indexing, RunSummary
from indexer.ports import Embedder
from indexer.reporter import Silent
from indexer.store.library import Store
from indexer.store.records import Folder

_KEY = bytes(range(32))
"""The texts are public: the key only has to be the same on the next run."""


class RememberingEmbedder:
    """An embedder that looks into a file before it computes. Thread-safe, like what it wraps."""

    def __init__(self, inner: Embedder, file: Path) -> None:
        self._inner = inner
        self.model_id = inner.model_id
        self.dimension = inner.dimension
        self.device = inner.device
        self.computed = 0
        self._turn = threading.Lock()
        file.parent.mkdir(parents=True, exist_ok=True)
        self._known = sqlite3.connect(file, check_same_thread=False)
        self._known.execute("CREATE TABLE IF NOT EXISTS vectors(digest BLOB PRIMARY KEY, halves BLOB) WITHOUT ROWID")

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        digests = [self._digest("passage", text) for text in texts]
        with self._turn:
            rows = [self._look_up(digest) for digest in digests]
            missing = [place for place, row in enumerate(rows) if row is None]
            if missing:
                self.computed += len(missing)
                fresh = self._inner.embed_passages([texts[place] for place in missing]).array
                for place, vector in zip(missing, fresh, strict=True):
                    rows[place] = vector
                    self._remember(digests[place], vector)
                self._known.commit()
        return Vectors(self.model_id, np.array(rows, np.float32).reshape(len(texts), self.dimension))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        digest = self._digest("query", text)
        with self._turn:
            known = self._look_up(digest)
            if known is None:
                known = self._inner.embed_query(text)
                self._remember(digest, known)
                self._known.commit()
        return known

    def _digest(self, kind: str, text: str) -> bytes:
        return hashlib.blake2b(f"{self.model_id}\n{kind}\n{text}".encode(), digest_size=20).digest()

    def _look_up(self, digest: bytes) -> NDArray[np.float32] | None:
        row = self._known.execute("SELECT halves FROM vectors WHERE digest = ?", (digest,)).fetchone()
        return None if row is None else np.frombuffer(row[0], np.float16).astype(np.float32)

    def _remember(self, digest: bytes, vector: NDArray[np.float32]) -> None:
        halves = vector.astype(np.float16).tobytes()
        self._known.execute("INSERT OR REPLACE INTO vectors VALUES(?, ?)", (digest, halves))


def open_library(folder: Path, file: Path, embedder: Embedder | None) -> tuple[Store, RunSummary]:
    """The library of `folder` kept in `file`, brought up to date."""
    file.parent.mkdir(parents=True, exist_ok=True)
    store = Store.open(file, _KEY)
    source = Folder(str(folder))
    store.put_folder(source)
    return store, Indexing(store, embedder, workers=2).run((source,), Silent())
