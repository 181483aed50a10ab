"""The people and companies of the person's own mail, as the redactor knows them: read out of the library, kept in
memory.

What makes a name out of a header is privacy/people.py's. Nothing is written, and what is known goes with the process.

Decision: headers are read from the beginnings of the texts that the library has anyway, not kept in a table of their
own: another copy of everybody's addresses would be one more thing to forget when a file goes. Mail that is gone may be
remembered until the process ends, which hides a name too many and never one too few.
"""

from __future__ import annotations

import itertools
import threading

from copilot.privacy.people import Gazetteer, gather
from indexer.store.library import Store

MAIL_FORMATS = ("eml", "msg")
"""Messages out of mailboxes and archives are `eml`, too."""
ADDRESS_LINES = ("From: ", "To: ", "Cc: ")


class Correspondents:
    """Asks the library only for mail that came since it asked last. Thread-safe."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._generation = -1
        self._read_until = 0.0
        self._lines: set[str] = set()
        self._known = Gazetteer()

    def known(self, store: Store) -> Gazetteer:
        with self._turn:
            generation = store.generation
            if generation != self._generation:
                self._generation = generation
                before = len(self._lines)
                for scanned_at, opening in store.openings(MAIL_FORMATS, self._read_until):
                    self._read_until = max(self._read_until, scanned_at)
                    self._lines.update(address_lines(opening))
                if len(self._lines) > before:
                    self._known = gather(self._lines)
            return self._known


def address_lines(opening: str) -> list[str]:
    """The address headers that a mail's text begins with (indexer/messages.py); what its body quotes is no header."""
    headers = itertools.takewhile(bool, opening.split("\n"))
    return [line for line in headers if line.startswith(ADDRESS_LINES)]
