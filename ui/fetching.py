"""Packs on their way to this computer: `models fetch` of the command line, run outside the window's seal, heard here.

What a pack is made of and how its hash is checked is copilot/models/sources.py's.
"""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QObject, Qt, Signal

from copilot.failures import Failure
from copilot.host.launcher import Launcher
from indexer.reporter import Progress


class _Line(msgspec.Struct):
    """What the command prints a line: progress, or at the end its error or result."""

    progress: Progress | None = None
    error: Failure | None = None


class PackFetch(QObject):
    """One fetch at a time. Signals arrive in the window's thread."""

    progressed = Signal(object)
    """Progress."""
    ended = Signal(str, object)
    """The pack's id, and the Failure that ended it or None."""
    _heard = Signal(str)
    _over = Signal(int)

    def __init__(self, outside: Launcher | None) -> None:
        super().__init__()
        self._outside = outside
        self._number = 0
        self._failure: Failure | None = None
        self._stopped = False
        self.pack = ""
        """The id of the pack that is on its way; empty when none is."""
        self._heard.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._over.connect(self._end, Qt.ConnectionType.QueuedConnection)

    @property
    def possible(self) -> bool:
        return self._outside is not None

    def start(self, pack: str) -> None:
        """Fetch and convert a pack of the catalogue."""
        if self.pack or self._outside is None:
            return
        self.pack, self._failure, self._stopped = pack, None, False
        words = ("models", "fetch", pack, "--json", "--progress")
        self._number = self._outside.run(words, self._take_line, self._take_end)

    def stop(self) -> None:
        """Let it go; what was fetched so far is kept for the next time."""
        if self.pack and self._outside is not None:
            self._stopped = True
            self._outside.stop(self._number)

    # On the launcher's thread. Methods, not the signals' own: they keep this alive as long as somebody may call.

    def _take_line(self, text: str) -> None:
        self._heard.emit(text)

    def _take_end(self, code: int) -> None:
        self._over.emit(code)

    # In the window's thread

    def _hear(self, text: str) -> None:
        try:
            line = msgspec.json.decode(text, type=_Line)
        except msgspec.MsgspecError:
            return
        if line.progress is not None:
            self.progressed.emit(line.progress)
        if line.error is not None:
            self._failure = line.error

    def _end(self, code: int) -> None:
        pack, self.pack = self.pack, ""
        if code and self._failure is None and not self._stopped:
            self._failure = Failure("fetch_ended", code, self.tr("Fetching ended early."), self.tr("Try again."))
        self.ended.emit(pack, None if self._stopped else self._failure)
