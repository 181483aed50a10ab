"""Whether cited files are still what was read: each is looked at once, and answers hear which of their marks are stale.

A citation is stale when its file changed or went since it was read, or when its words are not in the text any more. It
is looked at again when a run of indexing has ended and when the person comes back to the window.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
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
    """A file that several answers cite is looked at once for all of them."""

    def __init__(self, link: Performs) -> None:
        self._link = link
        self._under_way: dict[str, list[Callable[[DocumentView | None], None]]] = {}

    def check(
        self,
        citations: tuple[Citation, ...],
        view: QObject,
        tell: Callable[[frozenset[int], frozenset[int]], None],
    ) -> None:
        """Look at the files of an answer; `tell` gets the marks that are stale, and of these the ones whose file is not
        there any more, once all are known. Nothing is told once `view` is gone, nor when a file could not be looked
        at."""
        paths = tuple(dict.fromkeys(citation.path for citation in citations))[:MOST_FILES]
        stale: set[int] = set()
        gone: set[int] = set()
        left = set(paths)

        def compare(path: str, document: DocumentView | None) -> None:
            for citation in (one for one in citations if one.path == path):
                if document is None or document.missing:
                    gone.add(citation.marker)
                elif document.changed or citation.told not in document.text:
                    stale.add(citation.marker)
            left.discard(path)
            if not left and shiboken6.isValid(view):
                tell(frozenset(stale | gone), frozenset(gone))

        for path in paths:
            self._look_at(path, partial(compare, path))

    def _look_at(self, path: str, hear: Callable[[DocumentView | None], None]) -> None:
        """`hear` gets None for a file that the library has forgotten, and nothing when it can't be asked."""
        if path in self._under_way:
            self._under_way[path].append(hear)
            return
        self._under_way[path] = [hear]

        def give(document: DocumentView | None) -> None:
            for listener in self._under_way.pop(path, ()):
                listener(document)

        def failed(failure: Failure) -> None:
            if failure.code == FORGOTTEN:
                give(None)
            else:
                self._under_way.pop(path, None)

        self._link.perform(GetDocument(path), done=give, failed=failed)
