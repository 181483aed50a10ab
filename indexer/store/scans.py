"""Pictures that wait for text recognition and what it found on them: the store's part of that story.

The story itself is indexer/reading.py's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import apsw

from indexer.document import Extracted
from indexer.store import filing, page_texts
from indexer.store.records import PageText, UnreadFile


class Scans:
    """Made by the store, which gives it connections."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[apsw.Connection]],
        changing: Callable[[], AbstractContextManager[tuple[apsw.Connection, int]]],
    ) -> None:
        self._reading = reading
        self._changing = changing

    def waiting(self, roots: Sequence[str]) -> tuple[UnreadFile, ...]:
        """Files and members at or below these paths with pages that nobody has read, last changed first."""
        with self._reading() as connection:
            found = {path: one for root in roots for path, one in page_texts.waiting(connection, root)}
        return tuple(sorted(found.values(), key=lambda one: (-one.modified_ns, one.path)))

    def page(self, digest: str, page: int) -> PageText | None:
        """What was recognized on a page; None for one that was not read."""
        with self._reading() as connection:
            return page_texts.page_text(connection, digest, page)

    def put_page(self, digest: str, page: int, text: PageText) -> None:
        """Keep what was recognized on a page, so that a stop before the file is finished does not cost it."""
        with self._changing() as (connection, _):
            page_texts.put_page(connection, digest, page, text)

    def put_read(self, path: str, digest: str, extracted: Extracted) -> bool:
        """A file or member is `extracted` now that its pictures were read, all in one transaction.

        False when it is not known by this digest any more, or another was quicker: then nothing changes.
        """
        with self._changing() as (connection, _):
            if not page_texts.is_waiting(connection, path, digest):
                return False
            filing.put_read(connection, path, extracted)
            return True
