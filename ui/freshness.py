"""Whether cited files are still what was read: each is looked at once, and answers hear which of their marks are stale.

A citation is stale when its file changed or went since it was read, or when its words are not in the text any more.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from copilot.calls import GetDocument
from copilot.conversation import Citation
from copilot.reports import DocumentView
from ui.engine_link import Performs

MOST_FILES = 6
"""Files looked at for one answer; an answer cites no more as a rule."""


class Freshness:
    def __init__(self, link: Performs) -> None:
        self._link = link

    def check(self, citations: tuple[Citation, ...], view: QObject, tell: Callable[[frozenset[int]], None]) -> None:
        """Look at the files of an answer; `tell` gets the marks that are stale, each time more are known. Nothing is
        told once `view` is gone, and nothing about files that the library does not know any more."""
        stale: set[int] = set()

        def compare(document: DocumentView) -> None:
            for citation in citations:
                gone = document.changed or document.missing or citation.told not in document.text
                if citation.path == document.path and gone:
                    stale.add(citation.marker)
            if stale:
                tell(frozenset(stale))

        for path in tuple(dict.fromkeys(citation.path for citation in citations))[:MOST_FILES]:
            self._link.perform(GetDocument(path), done=compare, failed=lambda _: None, owner=view)
