"""Whether cited files are still what was read: each is looked at once, and answers hear which of their marks are stale.

A citation is stale when its file changed or went since it was read, or when its words are not in the text any more. It
is looked at again when a run of indexing has ended and when the person comes back to the window.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from copilot.calls import GetDocument
from copilot.conversation import Citation
from copilot.failures import Failure
from copilot.reports import DocumentView
from ui.engine_link import Performs

FORGOTTEN = "file_unknown"
MOST_FILES = 6
"""Files looked at for one answer; an answer cites no more as a rule."""


class Freshness:
    def __init__(self, link: Performs) -> None:
        self._link = link

    def check(
        self,
        citations: tuple[Citation, ...],
        view: QObject,
        tell: Callable[[frozenset[int], frozenset[int]], None],
    ) -> None:
        """Look at the files of an answer; `tell` gets the marks that are stale, and of these the ones whose file is not
        there any more, once all are known. Nothing is told once `view` is gone, nor when no file could be looked at."""
        paths = tuple(dict.fromkeys(citation.path for citation in citations))[:MOST_FILES]
        stale: set[int] = set()
        gone: set[int] = set()
        left = set(paths)

        def compare(document: DocumentView) -> None:
            for citation in citations:
                if citation.path == document.path and (document.changed or citation.told not in document.text):
                    stale.add(citation.marker)
            looked_at(document.path, missing=document.missing)

        def failed(path: str, failure: Failure) -> None:
            if failure.code == FORGOTTEN:
                looked_at(path, missing=True)

        def looked_at(path: str, *, missing: bool) -> None:
            if missing:
                gone.update(citation.marker for citation in citations if citation.path == path)
            left.discard(path)
            if not left:
                tell(frozenset(stale | gone), frozenset(gone))

        for path in paths:
            self._link.perform(GetDocument(path), done=compare, failed=partial(failed, path), owner=view)
