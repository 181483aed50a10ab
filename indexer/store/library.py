"""The library as everyone else sees it: `Store`. One writer, many readers, every call safe from any thread.

What each call means is told here; how it is done, in the modules beside. Writing calls take turns on one connection,
each is one transaction; reading calls borrow a connection of their own and see the last finished transaction.
"""

from __future__ import annotations

import errno
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.document import Extracted, SourceFile, Vectors
from indexer.errors import DiskFull, StoreDamaged, StoreError
from indexer.query import Filter
from indexer.store import catalog, checking, embeddings, filing, wording
from indexer.store.browsing import Browser
from indexer.store.lock import WriterLock
from indexer.store.records import CheckReport, Counts, Folder, KnownFile, PendingText, Scored, StoredChunk
from indexer.store.scans import Scans
from indexer.store.schema import connect, transaction, translated
from indexer.store.selection import Selection, select
from indexer.store.vector_search import VectorSearch

__all__ = ["CheckReport", "Counts", "Folder", "KnownFile", "PendingText", "Scored", "Store", "StoredChunk"]

LONGEST_READ_SECONDS = 60.0


class Store:
    """Open with `Store.open`. Raises StoreError and its children, from any call."""

    def __init__(self, path: Path, key: bytes, lock: WriterLock | None, writer: apsw.Connection | None) -> None:
        self.path = path
        self._key = key
        self._lock = lock
        self._writer = writer
        self._writing = threading.RLock()
        self._idle: queue.LifoQueue[apsw.Connection] = queue.LifoQueue()
        self._readers: list[apsw.Connection] = []
        self._vectors = VectorSearch(path, key, self._reading)
        self.browser = Browser(self._reading)
        """For looking through the library instead of searching it."""
        self.scans = Scans(self._reading, self._changing)

    @classmethod
    def open(cls, path: Path, key: bytes, *, writer: bool = True) -> Self:
        """Open the library at `path`, making it when a writer finds none. `key` has 32 bytes.

        Raises StoreLocked (another writer), StoreKeyWrong, StoreTooNew, StoreDamaged, DiskFull.
        """
        path = Path(path)
        if not writer:
            store = cls(path, key, None, None)
            with store._reading():
                return store
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = WriterLock(path)
        try:
            return cls(path, key, lock, connect(path, key, writer=True))
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Let go of the library, when what other threads still read in it has ended."""
        self._vectors.close()
        with self._writing:
            self._close_connections()
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def _close_connections(self) -> None:
        for _ in range(len(self._readers)):
            self._idle.get(timeout=LONGEST_READ_SECONDS).close()
        self._readers.clear()
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        """A connection of one's own inside one read transaction."""
        with translated(self.path):
            try:
                connection = self._idle.get_nowait()
            except queue.Empty:
                connection = connect(self.path, self._key, writer=False)
                self._readers.append(connection)
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")
                self._idle.put(connection)

    @contextmanager
    def _changing(self) -> Iterator[tuple[apsw.Connection, int]]:
        """The writing connection inside one transaction, and the generation this change makes."""
        with self._writing, translated(self.path):
            if self._writer is None:
                raise StoreError(
                    str(self.path),
                    "The library is open for reading only.",
                    "Stop the process that writes to it, or ask it.",
                )
            with transaction(self._writer):
                yield self._writer, embeddings.next_generation(self._writer)

    def _reading_only(self) -> StoreError:
        advice = "Let the process that writes to it do this, or stop that process."
        return StoreError(str(self.path), "The library is open for reading only.", advice)

    # --- folders

    def folders(self) -> tuple[Folder, ...]:
        with self._reading() as connection:
            return catalog.folders(connection)

    def put_folder(self, folder: Folder) -> None:
        """Add a folder or replace what is known about it."""
        with self._changing() as (connection, _):
            connection.execute(
                "INSERT OR REPLACE INTO folders VALUES(?, ?, ?)",
                (catalog.stored_path(folder.path), "\n".join(folder.excludes), folder.label),
            )

    def drop_folder(self, path: str) -> int:
        """Forget a folder and every file below it that no other added folder covers; how many files those were."""
        with self._changing() as (connection, at):
            connection.execute("DELETE FROM folders WHERE path = ?", (catalog.stored_path(path),))
            kept = tuple((*catalog.tree_range(folder.path), folder.path) for folder in catalog.folders(connection))
            gone = [
                file.path
                for file in catalog.known_files(connection, path)
                if not any(first <= file.path < last or file.path == root for first, last, root in kept)
            ]
            for one in gone:
                filing.drop_file(connection, one)
            embeddings.collect_orphans(connection, at)
        self._vectors.refresh()
        return len(gone)

    # --- files

    def known_files(self, root: str) -> tuple[KnownFile, ...]:
        """Top-level files below `root`, or `root` itself when it is a file. Members live and die with them."""
        with self._reading() as connection:
            return catalog.known_files(connection, root)

    def members(self, path: str) -> tuple[KnownFile, ...]:
        with self._reading() as connection:
            return catalog.members(connection, path)

    def chunks_below(self, root: str) -> int:
        """Chunks of everything below a folder, members included."""
        with self._reading() as connection:
            return catalog.chunks_below(connection, root)

    def files_with_digest(self, digest: str) -> tuple[str, ...]:
        """Top-level files with these bytes."""
        with self._reading() as connection:
            return catalog.files_with_digest(connection, digest)

    def put_file(self, source: SourceFile, extracted: tuple[Extracted, ...], scanned_at: float | None = None) -> int:
        """Replace a file and its members in one transaction; the number of their chunks.

        `extracted[0]` is the file itself. INDEXED is kept as PENDING while a chunk lacks its vector for the active
        model. `scanned_at`: seconds since 1970.
        """
        return self.put_files(((source, extracted),), scanned_at)

    def put_files(
        self, files: Sequence[tuple[SourceFile, tuple[Extracted, ...]]], scanned_at: float | None = None
    ) -> int:
        """The same for several files, all in one transaction: none of them is there before all are.

        Thirty small files together take a third of the time they take one by one: each transaction ends with words
        and pages written out.
        """
        now = time.time() if scanned_at is None else scanned_at
        with self._changing() as (connection, _):
            return sum(filing.put_file(connection, source, extracted, now) for source, extracted in files)

    def move_file(self, old: str, new: str) -> bool:
        """The file at `old` and its members are now at `new`; False when `old` is not known."""
        with self._changing() as (connection, _):
            return filing.move_file(connection, old, new)

    def copy_file(self, origin: str, source: SourceFile, scanned_at: float | None = None) -> bool:
        """Take `source` in as a copy of the known file `origin` with the same bytes; False when that is not known."""
        with self._changing() as (connection, _):
            return filing.copy_file(connection, origin, source, time.time() if scanned_at is None else scanned_at)

    def touch(self, source: SourceFile) -> None:
        """Same content, new time."""
        with self._changing() as (connection, _):
            filing.touch(connection, source)

    def drop_files(self, paths: Sequence[str]) -> None:
        """Forget files with all their members; unknown ones are passed over."""
        with self._changing() as (connection, _):
            for path in paths:
                filing.drop_file(connection, path)

    def failures(self) -> tuple[KnownFile, ...]:
        with self._reading() as connection:
            return catalog.failures(connection)

    def counts(self) -> Counts:
        with self._reading() as connection:
            return catalog.counts(connection)

    @property
    def generation(self) -> int:
        """Grows with every change."""
        with self._reading() as connection:
            return embeddings.generation(connection)

    # --- vectors

    def active_model(self) -> str | None:
        with self._reading() as connection:
            return embeddings.active_model(connection)

    def activate(self, model_id: str) -> None:
        """Answer with this model's vectors from now on; files it has not all vectors for become PENDING."""
        with self._changing() as (connection, _):
            embeddings.activate(connection, model_id)
        more = True
        while more:
            with self._changing() as (connection, _):
                more = embeddings.remove_retired(connection, 2_000)
        self._vectors.refresh()

    def pending(self, model_id: str, limit: int) -> tuple[PendingText, ...]:
        """Texts that have no vector of this model yet; asking is what makes a new model known."""
        with self._changing() as (connection, _):
            embeddings.register(connection, model_id)
        with self._reading() as connection:
            return embeddings.pending(connection, model_id, limit)

    def pending_count(self, model_id: str) -> int:
        with self._reading() as connection:
            return embeddings.pending_count(connection, model_id)

    def put_vectors(self, digests: Sequence[bytes], vectors: Vectors) -> None:
        """Vectors for texts that `pending` gave, in their order."""
        with self._changing() as (connection, at):
            embeddings.put_vectors(connection, digests, vectors, at)
        self._vectors.refresh()

    def vectors_of(self, chunk_ids: Sequence[int]) -> NDArray[np.float32]:
        """float32 [n, dimension] of the active model; zeros for a chunk without a vector. [n, 0] without a model."""
        with self._reading() as connection:
            model = embeddings.active_id(connection)
            dimension = embeddings.dimension_of(connection, model) if model is not None else 0
            if model is None or not dimension:
                return np.zeros((len(chunk_ids), 0), np.float32)
            passages = (connection.execute("SELECT passage FROM chunks WHERE id = ?", (c,)).get for c in chunk_ids)
            return embeddings.halves_of(connection, model, passages, dimension)[0].astype(np.float32)

    # --- reading and searching

    def chunk_hits(self, chunk_ids: Sequence[int]) -> tuple[StoredChunk, ...]:
        """In the order asked for; chunks that are gone are left out."""
        with self._reading() as connection:
            return catalog.chunk_hits(connection, chunk_ids)

    def neighbours(self, chunk_id: int, before: int, after: int) -> tuple[StoredChunk, ...]:
        """The chunks around one in its file, itself included, in reading order."""
        with self._reading() as connection:
            return catalog.neighbours(connection, chunk_id, before, after)

    def document_text(self, path: str) -> str:
        with self._reading() as connection:
            return catalog.document_text(connection, path)

    def openings(self, formats: Sequence[str], since: float = 0.0) -> tuple[tuple[float, str], ...]:
        """(seconds since 1970 at which it was read, its first characters) of every text of these formats, members
        too, that was read at `since` or later."""
        with self._reading() as connection:
            return tuple(catalog.openings(connection, formats, since))

    def search_words(self, words: Sequence[str], k: int, limits: Filter | None = None) -> tuple[Scored, ...]:
        """Chunks with any of these words (words.query_words), best BM25 first."""
        with self._reading() as connection:
            return wording.search_words(connection, words, k, self._selected(connection, limits))

    def search_names(self, words: Sequence[str], k: int, limits: Filter | None = None) -> tuple[Scored, ...]:
        """The first chunk of each file whose name or folders have any of these words."""
        with self._reading() as connection:
            return wording.search_names(connection, words, k, self._selected(connection, limits))

    def newest_files(self, k: int, limits: Filter | None = None) -> tuple[Scored, ...]:
        """The first chunk of each file, last changed first: what a query of filters alone finds."""
        with self._reading() as connection:
            return wording.newest_files(connection, k, self._selected(connection, limits))

    def search_vectors(self, vector: NDArray[np.float32], k: int, limits: Filter | None = None) -> tuple[Scored, ...]:
        """Chunks nearest to a unit vector [dimension] of the active model; score is the cosine."""
        with self._reading() as connection:
            return self._vectors.search(connection, vector, k, self._selected(connection, limits))

    def _selected(self, connection: apsw.Connection, limits: Filter | None) -> Selection:
        return select(connection, limits or Filter())

    # --- upkeep

    def check(self) -> CheckReport:
        """Does everything agree: SQLite, words, vectors, states, FAISS and its snapshot? Reads the whole library."""
        started = time.perf_counter()
        with self._reading() as connection:
            found = [problem.sentence for problem in checking.problems(connection)]
            found += self._vectors.problems(connection)
            counted = catalog.counts(connection)
        seconds = time.perf_counter() - started
        return CheckReport(tuple(found), (), counted.files, counted.chunks, counted.vectors, seconds)

    def repair(self) -> CheckReport:
        """Check, and put right what is wrong. A file that SQLite can't read any more is set aside for a fresh one with
        the same folders. Nothing else may use this store meanwhile."""
        try:
            before = self.check()
        except StoreDamaged as error:
            self._start_over()
            after = self.check()
            return replace(after, problems=(error.detail, *after.problems), mended=(error.detail,))
        if before.problems:
            with self._changing() as (connection, _):
                for problem in checking.problems(connection):
                    problem.mend(connection)
            self._vectors.forget()
        after = self.check()
        mended = tuple(sentence for sentence in before.problems if sentence not in after.problems)
        return replace(after, problems=mended + after.problems, mended=mended)

    def _start_over(self) -> None:
        """A fresh library in place of one that can't be read; the old file stays beside it as `.damaged`."""
        with self._writing:
            if self._writer is None:
                raise self._reading_only()
            try:
                folders = catalog.folders(self._writer)
            except apsw.Error:
                folders = ()
            self._close_connections()
            for ending in ("-wal", "-shm"):
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            self.path.replace(self.path.with_name(self.path.name + ".damaged"))
            self._vectors.forget()
            self._writer = connect(self.path, self._key, writer=True)
            for folder in folders:
                self.put_folder(folder)

    def save_snapshot(self) -> None:
        """Tidy up after a run: forget texts nobody has any more, merge the words index, keep FAISS on disk.

        DiskFull when the snapshot finds no room; the library itself is whole then.
        """
        with self._changing() as (connection, at):
            if embeddings.orphan_count(connection) > embeddings.passage_count(connection) // 20:
                embeddings.collect_orphans(connection, at)
            wording.merge(connection)
        try:
            saved = self._vectors.save()
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise DiskFull(str(self.path)) from None
            raise StoreError(
                str(self.path), "The index of vectors can't be saved.", "Check the disk it is on."
            ) from error
        if saved is not None:
            with self._changing() as (connection, _):
                embeddings.prune_log(connection, saved)
