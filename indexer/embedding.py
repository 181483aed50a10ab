"""The thread that gives stored texts their vectors while files are still being read.

The store's queue of texts without a vector is the only thing it works from: after a crash, for a new model or for one
changed file it is the same work. Which files are read, and when a run is over, is the business of indexing.py and
reading.py.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

from indexer.ports import Embedder
from indexer.reporter import Progress, Reporter
from indexer.store.library import Store

_FETCH = 2_048
"""Texts taken from the queue at once and sorted by length, so that a batch wastes little on padding."""
_SLICE_SECONDS = 1.5
"""How long we embed between two looks at the stop sign; also what a crash may cost."""
_SLICE_TEXTS = (16, 256)
"""At least and at most so many texts in that time."""
_ENOUGH = 256
_PATIENCE_SECONDS = 2.0
"""While files are being read we wait for `_ENOUGH` texts, but not longer than this: small batches are slow."""
_POLL_SECONDS = 0.2
_MUCH = 50
"""One in so many files or vectors changed: worth a new snapshot."""


class EmbeddingThread:
    """Empties the store's queue for one model. `finish` lets it end with the queue, `stop` as soon as it can."""

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder
        self._stopping = threading.Event()
        self._finishing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="embedding", daemon=True)
        self._busy_seconds = 0.0
        self.done = 0
        """Texts embedded so far."""
        self.failure: Exception | None = None

    @property
    def model_id(self) -> str:
        return self._embedder.model_id

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    @property
    def per_second(self) -> float:
        """Texts a second while at work; 0 while nothing has been done."""
        return self.done / self._busy_seconds if self._busy_seconds else 0.0

    def start(self) -> None:
        self._thread.start()

    def finish(self) -> None:
        """No more texts will come."""
        self._finishing.set()

    def stop(self) -> None:
        """Give up what is left and wait for the texts in hand."""
        self._stopping.set()
        self._finishing.set()
        self._thread.join()

    def join(self, seconds: float) -> None:
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                last_round = self._finishing.is_set()
                if not self._embed_queue(everything=last_round) and last_round:
                    return
        except Exception as error:  # handed to the thread that waits for us, which raises it
            self.failure = error

    def _embed_queue(self, *, everything: bool) -> bool:
        """Embed what is in the queue; False when it was empty."""
        model_id = self._embedder.model_id
        if not everything:
            deadline = time.monotonic() + _PATIENCE_SECONDS
            while self._store.pending_count(model_id) < _ENOUGH and time.monotonic() < deadline:
                if self._finishing.wait(0.1):
                    break
        if not self._store.pending_count(model_id):
            return False  # asking for the texts would count as a change of the library
        waiting = sorted(self._store.pending(model_id, _FETCH), key=lambda item: len(item.text), reverse=True)
        first = 0
        while first < len(waiting) and not self._stopping.is_set():
            least, most = _SLICE_TEXTS
            part = waiting[first : first + max(least, min(most, int(self.per_second * _SLICE_SECONDS)))]
            begin = time.monotonic()
            vectors = self._embedder.embed_passages([item.text for item in part])
            self._store.put_vectors([item.digest for item in part], vectors)
            self._busy_seconds += time.monotonic() - begin
            self.done += len(part)
            first += len(part)
        return bool(waiting)


@contextlib.contextmanager
def embedding_for(store: Store, embedder: Embedder | None) -> Iterator[EmbeddingThread | None]:
    """The thread at work, or None when there is nothing to embed with; stopped at the end."""
    if embedder is None:
        yield None
        return
    if store.active_model() is None:
        store.activate(embedder.model_id)  # no older vectors have to keep answering
    embedding = EmbeddingThread(store, embedder)
    embedding.start()
    try:
        yield embedding
    finally:
        embedding.stop()


def finish(embedding: EmbeddingThread, store: Store, reporter: Reporter) -> None:
    """Wait until every text has its vector, then let this model answer. Raises what made the thread fail."""
    model_id = embedding.model_id
    total = embedding.done + store.pending_count(model_id)
    embedding.finish()
    while embedding.alive:
        embedding.join(_POLL_SECONDS)
        reporter.check()
        left = max(0, total - embedding.done)
        rate = embedding.per_second
        reporter.report(
            Progress("embed", embedding.done, total, total, rate, seconds_left=left / rate if rate else None)
        )
    if embedding.failure is not None:
        raise embedding.failure
    if store.active_model() != model_id:
        store.activate(model_id)


def tidy_up(store: Store, files: int, embedded: int, reporter: Reporter) -> None:
    """Merge the words index and save FAISS, but only when many files changed or vectors came: to write 150 MB for one
    edited file is what other programs are hated for, and what the snapshot lacks, the next start takes from the store.
    """
    if not files and not embedded:
        return
    counts = store.counts()
    if files * _MUCH >= counts.files or embedded * _MUCH >= max(counts.vectors, 1):
        reporter.report(Progress("snapshot", 0, 1))
        store.save_snapshot()
