"""Which model does which job here: each loaded when it is first needed, and let go when nobody has needed it for long.

What the jobs are is told by those who do them; which device suits a pack, by placement.py.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from copilot.errors import PackMissing, RecognizerMissing
from copilot.loading import Loading
from copilot.models.catalogue import default_pack
from copilot.models.pack import Pack
from copilot.models.shelf import Shelf
from copilot.placement import place
from copilot.ports import Generator
from copilot.settings.schema import Settings
from indexer.errors import NearsideError
from indexer.ports import Embedder, Recognizer, Reranker

ROLES = ("embedder", "reranker", "generator", "recognizer")
WARM_UP_QUERIES = ("When does the contract end?", "合同什么时候到期？")
"""A query of each script: the first of its kind costs a model some hundred milliseconds more than all that follow."""


class Lineup:
    """The models of one process. Thread-safe."""

    def __init__(self, shelf: Shelf, settings: Settings) -> None:
        self.shelf = shelf
        self._settings = settings
        self._turn = threading.Lock()
        self._busy: Counter[str] = Counter()
        self._last_used = dict.fromkeys(ROLES, time.monotonic())
        self.embedder: Loading[Embedder | None] = Loading(self._open_embedder)
        self.reranker: Loading[Reranker | None] = Loading(self._open_reranker)
        self.generator: Loading[Generator] = Loading(self._open_generator)
        self.recognizer: Loading[Recognizer | None] = Loading(self._open_recognizer)
        parts: tuple[Loading[Any], ...] = (self.embedder, self.reranker, self.generator, self.recognizer)
        self._parts = dict(zip(ROLES, parts, strict=True))

    # --- who is who

    def chosen(self, role: str) -> tuple[str, str | None]:
        """The pack that the settings name for a role (empty: the best) and the device they force (None: any)."""
        settings = self._settings
        if role == "generator":
            return settings.answer_pack, _forced(settings.answer_device)
        return settings.embed_pack if role == "embedder" else "", _forced(settings.embed_device)

    def pack(self, role: str) -> Pack | None:
        """The pack for a role, None when there is none. Raises PackMissing, PackDamaged for one that was chosen."""
        name, _ = self.chosen(role)
        return self.shelf.get(name) if name else self.shelf.best(role)

    def needed_embedder(self) -> Embedder:
        """Raises PackMissing."""
        embedder = self.embedder()
        if embedder is None:
            raise PackMissing(default_pack("embedder"))
        return embedder

    def needed_recognizer(self) -> Recognizer:
        """Raises RecognizerMissing."""
        recognizer = self.recognizer()
        if recognizer is None:
            # The pack may have come since somebody looked in vain.
            self.recognizer.forget()
            recognizer = self.recognizer()
        if recognizer is None:
            raise RecognizerMissing(default_pack("recognizer"))
        return recognizer

    def in_memory(self, role: str) -> Any:
        """The model that does a job, None while none is loaded."""
        part = self._parts[role]
        if not part.ready:
            return None
        with contextlib.suppress(NearsideError):  # loading it may have failed
            return part()
        return None

    def loaded(self) -> tuple[str, ...]:
        """Models in memory, each with its device: `qwen2.5-coder-1.5b on CPU`."""
        models = (self.in_memory(role) for role in ROLES)
        return tuple(f"{model.model_id} on {model.device}" for model in models if model is not None)

    def answer_device(self) -> str:
        generator = self.in_memory("generator")
        return "" if generator is None else str(generator.device)

    # --- coming and going

    @contextlib.contextmanager
    def in_use(self, *roles: str) -> Iterator[None]:
        """While it lasts these models are not let go, however long it takes."""
        with self._turn:
            self._busy.update(roles)
        try:
            yield
        finally:
            with self._turn:
                self._busy.subtract(roles)
                self._last_used.update(dict.fromkeys(roles, time.monotonic()))

    def unload_when_idle(self) -> None:
        """Let go of each model that nobody used for as long as the setting says."""
        with self._turn:
            latest = time.monotonic() - self._settings.unload_minutes * 60
            for role in ROLES:
                if not self._busy[role] and self._last_used[role] < latest:
                    self._let_go(role)

    def apply(self, settings: Settings) -> None:
        """Other settings: a model that they replace or move is let go, and loads anew when needed.

        One that is at work ends its work first.
        """
        with self._turn:
            before = {role: self.chosen(role) for role in ROLES}
            reranked, self._settings = self._settings.rerank, settings
            for role in ROLES:
                if before[role] != self.chosen(role) or (role == "reranker" and reranked != settings.rerank):
                    self._let_go(role)

    def close(self) -> None:
        """Let go of everything, once what is being loaded is."""
        with self._turn:
            for role in ROLES:
                self._parts[role].settle()
                self._let_go(role)

    def _let_go(self, role: str) -> None:
        model = self.in_memory(role)
        self._parts[role].forget()
        # A model at work is freed when the last who holds it is done: closing it here would cut an answer off.
        if role in ("generator", "recognizer") and model is not None and not self._busy[role]:
            model.close()

    # --- opening

    def _open_embedder(self) -> Embedder | None:
        pack = self.pack("embedder")
        if pack is None:
            return None
        from copilot.engines.embedder import open_embedder

        embedder = open_embedder(pack, place("embedder", pack, self.chosen("embedder")[1]))
        for query in WARM_UP_QUERIES:
            embedder.embed_query(query)
        return embedder

    def _open_reranker(self) -> Reranker | None:
        pack = self.pack("reranker") if self._settings.rerank else None
        if pack is None:
            return None
        from copilot.engines.reranker import open_reranker

        return open_reranker(pack, place("reranker", pack, self.chosen("reranker")[1]))

    def _open_generator(self) -> Generator:
        pack = self.pack("generator")
        if pack is None:
            raise PackMissing(default_pack("generator"))
        from copilot.engines.generator import open_generator

        generator = open_generator(pack, place("generator", pack, self.chosen("generator")[1]))
        generator.warm_up()
        return generator

    def _open_recognizer(self) -> Recognizer | None:
        pack = self.pack("recognizer")
        if pack is None:
            return None
        from copilot.engines.recognizer import open_recognizer

        return open_recognizer(pack, place("recognizer", pack, self.chosen("recognizer")[1]))


def _forced(device: str) -> str | None:
    return None if device == "auto" else device
