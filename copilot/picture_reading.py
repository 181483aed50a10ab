"""Text recognition of the library's pictures: when it runs, with which model, and how it waits.

How a page becomes text is told in indexer/reading.py; the picture of a call (a part of the screen) is recognizing.py's.

Decision: apart from the runs of the index, and beside them. Recognition takes a second a page: a new note must not wait
for a thousand scans, and what a person asks for by name must not wait for what waits for mains power.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

from copilot.bulletin import Bulletin
from copilot.calls import ReadWaiting
from copilot.lineup import Lineup
from copilot.pacing import PacedEmbedder, PacedReporter, Pacer
from indexer.content import Limits
from indexer.errors import NearsideError
from indexer.ports import Embedder, Recognizer
from indexer.reading import Reading
from indexer.reporter import Cancelled, Progress, Reporter
from indexer.runs import PagesRead
from indexer.store.library import Store


class PictureReading:
    """Of one library. `store` gives it, `until_closed` wraps a reporter so that closing the library cancels the work;
    `limits` are those of one file."""

    def __init__(
        self,
        store: Callable[[], Store],
        lineup: Lineup,
        pacer: Pacer,
        bulletin: Bulletin,
        until_closed: Callable[[Reporter | None], Reporter],
        limits: Callable[[], Limits],
    ) -> None:
        self._store = store
        self._lineup = lineup
        self._pacer = pacer
        self._bulletin = bulletin
        self._until_closed = until_closed
        self._limits = limits
        self._turn = threading.Lock()
        self._background: threading.Thread | None = None
        self._again = False

    def now(self, call: ReadWaiting, reporter: Reporter) -> PagesRead:
        """Somebody asked for just these: nothing holds them up, not even the person's own pause. Raises
        RecognizerMissing where there is no pack."""
        if not self._has_pack():
            self._lineup.needed_recognizer()
        return self._run(call.paths or self._roots(), reporter, waited_for=None)

    def read(self, roots: tuple[str, ...], reporter: Reporter, *, waited_for: bool = True) -> PagesRead:
        """Read what waits below `roots`, when there is a pack to read it with. Raises what Reading.run does."""
        return self._run(roots, reporter, waited_for=waited_for)

    def _run(self, roots: tuple[str, ...], reporter: Reporter, *, waited_for: bool | None) -> PagesRead:
        """`waited_for` as the pacer wants it; None asks no pacer."""
        waiting = self._store().scans.waiting(roots)
        if not waiting or not self._has_pack():
            return PagesRead()
        with self._bulletin.run(self._until_closed(reporter)) as heard:
            paced = heard if waited_for is None else PacedReporter(heard, self._pacer, waited_for=waited_for)
            try:
                # Held here when it has to wait: no model lies in memory meanwhile.
                paced.report(Progress("recognize", 0, sum(len(one.pages) for one in waiting), subject=waiting[0].path))
                return self._read(roots, heard, paced, waited_for=waited_for)
            finally:
                if waited_for is not None:
                    self._pacer.forget()

    def _read(self, roots: tuple[str, ...], heard: Reporter, paced: Reporter, *, waited_for: bool | None) -> PagesRead:
        with self._lineup.in_use("embedder", "recognizer"):
            recognizer = self._recognizer()
            embedder: Embedder | None = self._lineup.embedder()
            if embedder is not None and waited_for is not None:
                embedder = PacedEmbedder(embedder, self._pacer, heard, waited_for=waited_for)
            return Reading(self._store(), recognizer, embedder, self._limits()).run(roots, paced)

    def start(self) -> None:
        """Read all that waits in the background, by the rules for work that nobody waits for. Returns at once."""
        with self._turn:
            self._again = True
            if self._background is None:
                self._background = threading.Thread(target=self._work, name="reading pictures", daemon=True)
                self._background.start()

    def join(self) -> None:
        """Wait for the background's end, once the library is closing."""
        background = self._background
        if background is not None:
            background.join()

    def _work(self) -> None:
        """What is wrong is said to whoever asks for a file by name; here nobody listens."""
        try:
            with contextlib.suppress(NearsideError, Cancelled):
                while self._is_wanted():
                    self.read(self._roots(), self._until_closed(None), waited_for=False)
        finally:  # whatever ended it, the next start begins anew
            with self._turn:
                if self._background is threading.current_thread():
                    self._background = None

    def _is_wanted(self) -> bool:
        """Asked once before each round; no is the end of the thread's work."""
        with self._turn:
            wanted, self._again = self._again, False
            if not wanted:
                self._background = None
            return wanted

    def _roots(self) -> tuple[str, ...]:
        return tuple(folder.path for folder in self._store().folders())

    def _has_pack(self) -> bool:
        """Raises PackMissing and PackDamaged for a pack that was chosen."""
        return self._lineup.pack("recognizer") is not None

    def _recognizer(self) -> Recognizer:
        """One whose pack came since the last look is opened now. Raises RecognizerMissing."""
        if self._lineup.recognizer() is None:
            self._lineup.recognizer.forget()
        return self._lineup.needed_recognizer()
