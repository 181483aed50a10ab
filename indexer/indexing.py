"""The story of a file, from the disk into the library.

1. Scan: what is new, changed, moved, copied, touched, gone (scanner.py).
2. Moved, copied and touched files change their names in the library, nothing else; what is gone goes.
3. New and changed files are read in worker processes (isolation.py) and put into the store, each whole: those that are
   done within a fifth of a second share a transaction. From then on their words are found.
4. Meanwhile a thread embeds the texts that have no vector yet (embedding.py). From then on their meaning is found.
5. At the end the model becomes the one that answers, and FAISS gets its snapshot.

Every step leaves the library whole, and what is left to do can be read from it and from the disk: a run that is
stopped, by a person, a crash or a power cut, is continued by simply starting the next one. Pages that are pictures are
noted and wait: reading them is reading.py's story.

How the counts of a run are meant: `indexed` files can be found, by their words at least. `failed` files should have
given text and did not: damaged, encrypted, too large, too slow, not readable; a folder that is not there or may not be
entered counts as one. `skipped` files are left out on purpose or have nothing to give: excluded by a rule, empty, of a
kind that holds no text we read, or nothing but pictures whose text waits to be recognized. Each file under the folders
counts once in `files` and in one of the three, changed or not; a member of a mail or an archive counts with its file.
"""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from indexer.content import Limits
from indexer.document import MEMBER_SEPARATOR, Extracted, FileState, SourceFile
from indexer.embedding import EmbeddingThread, embedding_for, finish, tidy_up
from indexer.errors import FolderMissing, FolderUnreadable
from indexer.isolation import ExtractionPool
from indexer.ports import Embedder
from indexer.reporter import Progress, Reporter
from indexer.runs import Failure, RunSummary
from indexer.scanner import ScanResult, below, scan
from indexer.store.library import Store
from indexer.store.records import Folder, KnownFile

_INDEXED = frozenset({FileState.INDEXED, FileState.PENDING})
_SKIPPED = frozenset({FileState.EMPTY, FileState.UNSUPPORTED, FileState.WAITING})
_REPORT_SECONDS = 0.1


class Indexing:
    """Keeps a library in step with folders. One run at a time. What lies in `closed` is never looked into."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder | None,
        limits: Limits | None = None,
        workers: int = 2,
        closed: tuple[str, ...] = (),
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._limits = limits or Limits()
        self._workers = workers
        self._closed = closed
        self._scans: list[_Scan] = []
        self._failures: list[Failure] = []
        self._begin = 0.0

    def run(self, folders: Sequence[Folder], reporter: Reporter, *, paths: Sequence[str] = ()) -> RunSummary:
        """Bring `folders` up to date; with `paths`, only what lies at or below these.

        Raises Cancelled when the reporter does, StoreError and DiskFull from the store, WorkersFailed, and ModelError
        when embedding fails (words are found then all the same). A folder that is missing is a failure in the summary.
        """
        self._begin = time.monotonic()
        self._scans, self._failures = self._scan(folders, reporter, tuple(paths))
        scans = self._scans
        with embedding_for(self._store, self._embedder) as embedding:
            self._follow(scans)
            self._read(scans, embedding, reporter)
            if embedding is not None:
                finish(embedding, self._store, reporter)
            files = sum(len(each.result.gone) + sum(1 for _ in each.to_read()) for each in scans)
            tidy_up(self._store, files, embedding.done if embedding is not None else 0, reporter)
        return self.summary()

    def _scan(
        self, folders: Sequence[Folder], reporter: Reporter, paths: tuple[str, ...]
    ) -> tuple[list[_Scan], list[Failure]]:
        roots = {folder.path for folder in (*self._store.folders(), *folders)}
        known_files = functools.cache(self._store.known_files)
        scans: list[_Scan] = []
        failures: list[Failure] = []
        for folder in folders:
            inside = [root for root in roots if root != folder.path and below(root, folder.path)]
            apart = tuple(root for root in inside if not any(below(root, r) for r in inside if r != root))
            only = tuple(p for p in paths if below(p, folder.path) and not any(below(p, root) for root in apart))
            if paths and not only:
                continue
            # A generator, because it is asked for only when there is a new file that may be a copy.
            elsewhere = (file for other in folders if other is not folder for file in known_files(other.path))
            mine = [file for file in known_files(folder.path) if not any(below(file.path, root) for root in apart)]
            try:
                result = scan(
                    folder,
                    mine,
                    elsewhere=elsewhere,
                    only=only,
                    apart=apart,
                    closed=self._closed,
                    reporter=reporter,
                )
            except (FolderMissing, FolderUnreadable) as error:
                failures.append(Failure(error.path, error.sentence))
            else:
                failures.extend(result.problems)
                scans.append(_Scan(folder, apart, result))
        return scans, failures

    def _follow(self, scans: Sequence[_Scan]) -> None:
        """Moves, copies and touches; only then what is gone, since a copy may be of a file that left another folder."""
        for each in scans:
            for old, source in each.result.moved:
                self._store.move_file(old, source.path)
                self._store.touch(source)
            for source in each.result.touched:
                self._store.touch(source)
        for each in scans:
            for source in each.result.copied:
                origin = next(
                    (path for path in self._store.files_with_digest(source.digest) if path != source.path), None
                )
                if origin is None or not self._store.copy_file(origin, source):
                    each.uncopied.append(source)
        for each in scans:
            if each.result.gone:
                self._store.drop_files(each.result.gone)

    def _read(self, scans: Sequence[_Scan], embedding: EmbeddingThread | None, reporter: Reporter) -> None:
        """Newest files first: what somebody worked on yesterday is asked for today."""
        sources = [source for each in scans for source in each.to_read()]
        if not sources:
            return
        sources.sort(key=lambda source: source.modified_ns, reverse=True)
        pace = _Pace(len(sources), embedding)
        with ExtractionPool(self._limits, self._workers) as pool:
            for batch in pool.extract_all(sources, reporter):
                there = [(source, extracted) for source, extracted in batch if not _vanished(source, extracted[0])]
                pace.chunks += self._store.put_files(there)
                pace.failed += sum(extracted[0].state not in _INDEXED | _SKIPPED for _, extracted in there)
                pace.files += len(batch)
                pace.tell(reporter, batch[-1][0].path)

    def summary(self, recognized: int = 0) -> RunSummary:
        """Of the last run, counted from the library itself as it is now: pages may have been `recognized` since."""
        scans, failures = self._scans, list(self._failures)
        indexed = skipped = chunks = waiting = 0
        remarks: list[Failure] = []
        for each in scans:
            skipped += each.result.skipped
            chunks += self._store.chunks_below(each.folder.path) - sum(map(self._store.chunks_below, each.apart))
            waiting += len(self._store.scans.waiting((each.folder.path,)))
            for file in each.known_now(self._store, changed=recognized > 0):
                if file.state in _INDEXED:
                    indexed += 1
                elif file.state in _SKIPPED:
                    skipped += 1
                    remarks.append(Failure(file.path, file.reason))
                else:
                    failures.append(Failure(file.path, file.reason))
        roots = [each.folder.path for each in scans]
        remarks.extend(
            Failure(file.path, file.reason)
            for file in self._store.failures()
            if MEMBER_SEPARATOR in file.path and any(below(file.path, root) for root in roots)
        )
        files = indexed + skipped + len(failures)
        seconds = time.monotonic() - self._begin
        return RunSummary(
            files,
            indexed,
            len(failures),
            skipped,
            chunks,
            seconds,
            tuple(failures),
            tuple(remarks),
            waiting,
            recognized,
        )


@dataclass(slots=True)
class _Scan:
    """One folder of a run: what was found, and what turned out otherwise."""

    folder: Folder
    apart: tuple[str, ...]
    result: ScanResult
    uncopied: list[SourceFile] = field(default_factory=list)
    """Copies whose original left the library in the meantime: read like new files."""

    def to_read(self) -> Iterator[SourceFile]:
        yield from self.result.new
        yield from self.result.changed
        yield from self.uncopied

    def known_now(self, store: Store, *, changed: bool) -> Iterable[KnownFile]:
        """The folder's files as the library knows them now, `changed` since the scan or not."""
        result = self.result
        changed = changed or bool(result.new or result.changed or result.moved or result.copied)
        if not (changed or result.touched or result.gone):
            return result.unchanged
        files = store.known_files(self.folder.path)
        return [file for file in files if not any(below(file.path, root) for root in self.apart)]


class _Pace:
    """How fast a run is and how long it will take, told a few times a second."""

    def __init__(self, total: int, embedding: EmbeddingThread | None) -> None:
        self.files = 0
        self.chunks = 0
        self.failed = 0
        self._total = total
        self._embedding = embedding
        self._begin = time.monotonic()
        self._told = 0.0

    def tell(self, reporter: Reporter, subject: str) -> None:
        now = time.monotonic()
        if now - self._told < _REPORT_SECONDS and self.files < self._total:
            return
        self._told = now
        seconds = max(now - self._begin, 1e-6)
        left = (self._total - self.files) * seconds / self.files
        if self._embedding is not None and self._embedding.per_second:
            # Texts still to come are guessed from those so far; whichever of reading and embedding is slower decides.
            expected = self.chunks * self._total / self.files
            left = max(left, (expected - self._embedding.done) / self._embedding.per_second)
        reporter.report(
            Progress(
                "extract",
                self.files,
                self._total,
                self.chunks,
                self.chunks / seconds,
                self.failed,
                left if seconds > 1 else None,
                subject,
            )
        )


def _vanished(source: SourceFile, first: Extracted) -> bool:
    """Deleted between the scan and the reading: the next scan knows."""
    return first.state is FileState.UNREADABLE and not os.path.lexists(source.path)
