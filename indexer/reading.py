"""The story of a picture: from a page that waits to text that is found, cited and shown where it stands.

1. The page is drawn, or the picture decoded, in a worker process (rendering.py), one page ahead of the recognizer.
2. What the recognizer finds is kept line by line with its places (store/scans.py).
3. When all pages of a file were read, they and the text that the file had become one document, which replaces the old
   one in one transaction. Its texts get their vectors like all others (embedding.py).

A run that is stopped, by a person, a crash or a power cut, has lost the page in hand and nothing else. A page is known
by the digest of its file: copies and files that come back are not read again.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from time import monotonic

from indexer.chunker import chunk
from indexer.content import Limits, TextBuilder
from indexer.document import MEMBER_SEPARATOR, Document, Extracted, FileState, SectionKind, SourceFile
from indexer.embedding import EmbeddingThread, embedding_for, finish, tidy_up
from indexer.errors import ExtractionFailed, NearsideError, PageUnavailable
from indexer.language import guess_language
from indexer.pictures import Picture
from indexer.ports import Embedder, Recognizer
from indexer.rendering import PageRenderer
from indexer.reporter import Progress, Reporter
from indexer.runs import PagesRead
from indexer.store.library import Store
from indexer.store.records import PageText, StoredDocument, UnreadFile
from indexer.transcript import text_of
from indexer.words import segment

NO_TEXT = "No text was recognized in it."
MOST_REFUSALS = 3
"""Pictures in a row with which the model fails: then it is the model, not the pictures."""
_SOME_FAILED = "Pages that can't be drawn and were not read: {pages}."


@dataclass(slots=True)
class _InHand:
    """A file that is being read: pages still to come, and why those that can't be drawn can't."""

    file: UnreadFile
    left: set[int]
    failed: dict[int, str]


class Reading:
    """Reads what waits in a library. Several may work on one library, on one file even: the first to finish it wins."""

    def __init__(
        self, store: Store, recognizer: Recognizer, embedder: Embedder | None = None, limits: Limits | None = None
    ) -> None:
        self._store = store
        self._recognizer = recognizer
        self._embedder = embedder
        self._limits = limits or Limits()
        self._pages = self._files = self._refusals = 0
        self._begin = 0.0

    def run(self, roots: Sequence[str], reporter: Reporter) -> PagesRead:
        """Read every page that waits at or below `roots`, also those that come to wait meanwhile.

        Raises Cancelled when the reporter does, StoreError, WorkersFailed, and ModelError when it is not one picture's.
        """
        if not self._store.scans.waiting(roots):
            return PagesRead()
        self._begin, self._pages, self._files, self._refusals = monotonic(), 0, 0, 0
        with (
            closing(PageRenderer(self._limits)) as renderer,
            ThreadPoolExecutor(1, "drawing ahead") as drawing,
            embedding_for(self._store, self._embedder) as embedding,
        ):
            tried: set[tuple[str, str]] = set()
            while waiting := [one for one in self._store.scans.waiting(roots) if (one.path, one.digest) not in tried]:
                tried.update((one.path, one.digest) for one in waiting)
                self._read(waiting, renderer, drawing, reporter)
            self._end(embedding, reporter)
        return PagesRead(self._pages, self._files)

    def _end(self, embedding: EmbeddingThread | None, reporter: Reporter) -> None:
        if embedding is not None:
            finish(embedding, self._store, reporter)
        tidy_up(self._store, self._files, embedding.done if embedding is not None else 0, reporter)

    def _read(
        self, files: Sequence[UnreadFile], renderer: PageRenderer, drawing: ThreadPoolExecutor, reporter: Reporter
    ) -> None:
        done, total = 0, sum(len(one.pages) for one in files)
        hands = {one.path: _InHand(one, set(one.pages), {}) for one in files}
        try:
            for file, page, drawn in self._drawn_ahead(files, renderer, drawing):
                self._tell(reporter, done, total, file.path)
                hand = hands[file.path]
                if self._store.scans.page(file.digest, page) is None and not self._read_page(hand, page, drawn):
                    done += len(hand.left)
                    hand.left.clear()
                    continue
                if page in hand.left:
                    done += 1
                    hand.left.discard(page)
                    if not hand.left:
                        self._finish(hand)
        finally:
            drawing.submit(int).result()  # what is drawn ahead ends before the worker is let go
        self._tell(reporter, total, total, files[-1].path)

    def _drawn_ahead(
        self, files: Sequence[UnreadFile], renderer: PageRenderer, drawing: ThreadPoolExecutor
    ) -> Iterator[tuple[UnreadFile, int, Future[Picture] | None]]:
        """Every page of every file; None in place of a picture for a page that was read before."""
        ahead: deque[tuple[UnreadFile, int, Future[Picture] | None]] = deque()
        for file in files:
            for page in file.pages:
                known = self._store.scans.page(file.digest, page) is not None
                ahead.append((file, page, None if known else drawing.submit(renderer.raster, file.path, page)))
                if len(ahead) > 1:
                    yield ahead.popleft()
        yield from ahead

    def _read_page(self, hand: _InHand, page: int, drawn: Future[Picture] | None) -> bool:
        """Read one page and keep what is on it; False when its file is to wait on: it is another one on disk by now, or
        the model fails with this picture, which must not keep it from the others."""
        try:
            picture = drawn.result() if drawn is not None else None
        except PageUnavailable as error:
            if _has_changed(hand.file):
                return False
            hand.failed[page] = error.reason
            return True
        if picture is None or _has_changed(hand.file):
            return False
        try:
            lines = self._recognizer.read(picture)
        except NearsideError:
            self._refusals += 1
            if self._refusals == MOST_REFUSALS:
                raise
            return False
        self._refusals = 0
        text = PageText(picture.width, picture.height, lines, self._recognizer.model_id)
        self._store.scans.put_page(hand.file.digest, page, text)
        self._pages += 1
        return True

    def _finish(self, hand: _InHand) -> None:
        """All pages of a file were read: it becomes what it is now."""
        stored = self._store.browser.document(hand.file.path)
        if stored is None:
            return
        pages = {page: self._store.scans.page(hand.file.digest, page) for page in hand.file.pages}
        read = {page: text_of(text.lines) for page, text in pages.items() if text is not None}
        whole = _composed(stored, read, hand.failed, self._limits)
        self._files += self._store.scans.put_read(hand.file.path, hand.file.digest, whole)

    def _tell(self, reporter: Reporter, done: int, total: int, subject: str) -> None:
        left = (total - done) * (monotonic() - self._begin) / self._pages if self._pages else None
        reporter.report(Progress("recognize", done, total, seconds_left=left, subject=subject))


def _has_changed(file: UnreadFile) -> bool:
    """What is read now would be kept as the text of the bytes that were there: the next scan sees to it."""
    try:
        return os.stat(file.path.split(MEMBER_SEPARATOR)[0]).st_mtime_ns != file.modified_ns
    except OSError:
        return True


def _composed(stored: StoredDocument, read: Mapping[int, str], failed: Mapping[int, str], limits: Limits) -> Extracted:
    """The document of a file whose pictures were read: the text that it had and theirs, page by page."""
    source = SourceFile(stored.path, stored.size, stored.modified_ns, stored.digest)
    builder = TextBuilder(limits)
    try:
        for page in sorted({section.page or 0 for section in stored.sections} | set(read)):
            for section in stored.sections:
                if (section.page or 0) == page:
                    text = stored.text[section.span.start : section.span.end]
                    builder.add(text, heading=section.heading, kind=section.kind, page=section.page)
            for paragraph in read.get(page, "").split("\n\n"):
                builder.add(paragraph, heading=(), kind=SectionKind.TEXT, page=page)
        result = builder.result(stored.title, empty=NO_TEXT)
    except ExtractionFailed as failure:
        bare = Document(source, stored.title, "", (), "und", stored.format_id)
        if failed and not read:
            return Extracted(source, FileState.DAMAGED, next(iter(failed.values())), bare)
        return Extracted(source, failure.state, failure.reason, bare)
    language = guess_language(result.text)
    document = Document(source, stored.title, result.text, result.sections, language, stored.format_id)
    chunks = chunk(document)
    reason = _SOME_FAILED.format(pages=len(failed)) if failed else ""
    whole = Extracted(source, FileState.INDEXED, reason, document, chunks, tuple(segment(one.text) for one in chunks))
    return whole if chunks else replace(whole, state=FileState.EMPTY, reason=NO_TEXT, words=())
