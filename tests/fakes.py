"""Stand-ins for tests. The deterministic models are copilot/engines/rehearsal.py's; here they are only watched."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from copilot.engines.rehearsal import RehearsalEmbedder
from indexer.document import Vectors
from indexer.reporter import Cancelled, Progress

KEY = bytes(range(32))
"""The key of every library that tests make."""


class WatchedEmbedder(RehearsalEmbedder):
    """A RehearsalEmbedder that keeps what it was given; `before` is called first and may raise."""

    def __init__(self, model_id: str = "", before: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.model_id = model_id or self.model_id
        self.embedded: list[str] = []
        self._before = before

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if self._before is not None:
            self._before()
        self.embedded.extend(texts)
        return Vectors(self.model_id, super().embed_passages(texts).array)


class WatchedReporter:
    """Keeps every Progress; raises Cancelled once `stop_when` says so."""

    def __init__(self, stop_when: Callable[[Progress], bool] | None = None) -> None:
        self.events: list[Progress] = []
        self._stop_when = stop_when
        self._stopped = False

    def report(self, event: object) -> None:
        assert isinstance(event, Progress)
        self.events.append(event)
        self._stopped = self._stopped or (self._stop_when is not None and self._stop_when(event))

    def check(self) -> None:
        if self._stopped:
            raise Cancelled
