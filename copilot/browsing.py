"""Calls that look through the library: search, folders, files, documents and their pages. Nothing is changed here.

How things are found is told in indexer/retriever.py, how a page is drawn in indexer/rendering.py.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import replace

from copilot.calls import FindFiles, Found, GetDocument, GetFolders, ListFiles, RenderPage, Search
from copilot.errors import FileUnknown
from copilot.lineup import Lineup
from copilot.paths import Paths
from copilot.reports import DocumentView, FileRow, FileRows, FolderReport, FolderReports, PageImage
from copilot.settings.labels import read_labels
from copilot.settings.schema import Settings
from indexer.content import Limits
from indexer.document import MEMBER_SEPARATOR
from indexer.errors import EmptyQuery
from indexer.query_parser import parse
from indexer.rendering import PageRenderer
from indexer.reporter import Reporter
from indexer.retriever import Retriever
from indexer.store.library import Store
from indexer.store.records import FileLine, StoredDocument
from indexer.transcript import boxes_of

WORDS_ONLY_NOTE = "Only words were searched: the model pack that compares meanings is not on this computer."
LOADING_NOTE = "Only words were searched: the model that compares meanings is being loaded."
COMPARED_BYTES = 64_000_000
"""A file of the same size with another time is compared by its bytes up to this size."""


class Browsing:
    """`store` gives the library, opened when it is first asked for."""

    def __init__(
        self, paths: Paths, store: Callable[[], Store], lineup: Lineup, settings: Callable[[], Settings]
    ) -> None:
        self._paths = paths
        self._store = store
        self._lineup = lineup
        self._settings = settings
        self._renderer = PageRenderer(Limits(wall_seconds=20.0, cpu_seconds=15.0))

    # --- finding

    def search(self, call: Search, reporter: Reporter) -> Found:
        if not call.text.strip():
            raise EmptyQuery
        began = time.perf_counter()
        query = parse(call.text, call.top_k)
        if call.at_once and not self._in_memory():
            hits = Retriever(self._store(), None, None).search(query)
            self._load()  # only now: a model that loads takes the processor from the search
            return Found(call.text, hits, time.perf_counter() - began, LOADING_NOTE)
        with self._lineup.in_use("embedder", "reranker"):
            hits = self.retriever().search(query)
            note = WORDS_ONLY_NOTE if self._lineup.embedder() is None else ""
        return Found(call.text, hits, time.perf_counter() - began, note)

    def retriever(self) -> Retriever:
        """With the models there are, waited for."""
        store = self._store()
        return Retriever(store, self._lineup.embedder(), self._lineup.reranker())

    def _in_memory(self) -> bool:
        """Whether no model would have to be waited for."""
        return self._lineup.embedder.ready and self._lineup.reranker.ready

    def _load(self) -> None:
        self._lineup.embedder.start()
        self._lineup.reranker.start()

    def find(self, call: FindFiles, reporter: Reporter) -> FileRows:
        return _rows(*self._store().browser.named(call.text, call.top_k))

    # --- looking through

    def folders(self, call: GetFolders, reporter: Reporter) -> FolderReports:
        store, labels = self._store(), read_labels(self._paths.labels, self._settings())
        reports = []
        for folder in store.folders():
            has = store.browser.folder_sum(folder.path)
            reports.append(
                FolderReport(
                    path=folder.path,
                    label=labels.of(folder.path),
                    label_forced=labels.forces(folder.path),
                    excludes=folder.excludes,
                    files=has.files,
                    indexed=has.indexed,
                    pending=has.pending,
                    failed=has.failed,
                    chunks=has.chunks,
                    bytes=has.bytes,
                    missing=not os.path.exists(folder.path),
                    waiting=has.waiting,
                )
            )
        return FolderReports(tuple(reports))

    def files(self, call: ListFiles, reporter: Reporter) -> FileRows:
        return _rows(*self._store().browser.files(call.folder, call.state, call.text, call.limit))

    def document(self, call: GetDocument, reporter: Reporter) -> DocumentView:
        stored = self._known(call.path)
        changed, missing = self._against_disk(stored)
        return DocumentView(
            path=stored.path,
            title=stored.title,
            format_id=stored.format_id,
            text=stored.text,
            sections=stored.sections,
            size=stored.size,
            modified_ns=stored.modified_ns,
            changed=changed,
            missing=missing,
            state=stored.state.value,
            reason=stored.reason,
            has_lines=stored.has_lines,
        )

    def page(self, call: RenderPage, reporter: Reporter) -> PageImage:
        """Only of files that the library knows: the pipe is no way to read others."""
        stored = self._known(call.path)
        image = self._renderer.render(stored.path, call.page, call.width, call.quote, call.around)
        text = self._store().scans.page(stored.digest, call.page) if call.quote.strip() and not image.boxes else None
        if text is None:
            return image
        return replace(image, boxes=boxes_of(call.quote, text.lines, image.width / text.width, call.around))

    def _known(self, path: str) -> StoredDocument:
        stored = self._store().browser.document(path)
        if stored is None:
            raise FileUnknown(path)
        return stored

    def _against_disk(self, stored: StoredDocument) -> tuple[bool, bool]:
        """Whether the file on disk, for a member the outermost one, differs from what was read, and is missing."""
        outer = stored.path.split(MEMBER_SEPARATOR)[0]
        known = stored if outer == stored.path else self._store().browser.document(outer)
        try:
            status = os.stat(outer)
            if known is None or status.st_size != known.size:
                return True, False
            if status.st_mtime_ns == known.modified_ns:
                return False, False
            if status.st_size > COMPARED_BYTES or not known.digest:
                return True, False
            with open(outer, "rb") as stream:
                digest = hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=32)).hexdigest()
            return digest != known.digest, False
        except OSError:
            return True, True

    def close(self) -> None:
        self._renderer.close()


def _rows(lines: tuple[FileLine, ...], total: int) -> FileRows:
    return FileRows(
        tuple(
            FileRow(
                path=line.path,
                state=line.state.value,
                reason=line.reason,
                size=line.size,
                modified_ns=line.modified_ns,
                chunks=line.chunk_count,
                format_id=line.format_id,
                title=line.title,
            )
            for line in lines
        ),
        total,
    )
