"""Composition root: reads the settings, opens library and models as late as it can, and answers calls.

Everything is put together here and nowhere else. What a call does in detail is told by the module that does it.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from copilot.assistant import Assistant
from copilot.calls import (
    AddFolders,
    Ask,
    Call,
    CheckLibrary,
    Decide,
    Found,
    GetStatus,
    LibraryStatus,
    Offer,
    Removed,
    RemoveFolders,
    Revise,
    RunIndex,
    Search,
    SetLabel,
    TryProvider,
)
from copilot.conversation import Answer
from copilot.correspondents import Correspondents
from copilot.errors import EmptyQuestion, LibraryMissing, PackMissing
from copilot.gateway.spawner import Spawner
from copilot.keys import library_key
from copilot.loading import Loading
from copilot.models.catalogue import default_pack
from copilot.models.pack import Pack
from copilot.models.shelf import Shelf
from copilot.paths import Paths, private_folder
from copilot.placement import place
from copilot.places import Places, places, withdraw
from copilot.ports import Generator
from copilot.privacy.boundary import Labels
from copilot.privacy.consent import ConsentRequest
from copilot.privacy.ledger import Ledger
from copilot.privacy.people import Gazetteer
from copilot.routing import route
from copilot.settings.policy import resolve
from indexer.content import Limits
from indexer.errors import EmptyQuery, FolderMissing, NearsideError
from indexer.indexing import Indexing
from indexer.ports import Embedder, Reranker
from indexer.query import Query
from indexer.query_parser import parse
from indexer.reporter import Cancelled, Reporter
from indexer.retriever import Retriever
from indexer.runs import RunSummary
from indexer.store.library import CheckReport, Counts, Folder, Store
from indexer.watcher import Watcher

if TYPE_CHECKING:
    from copilot.farside import FarSide

R = TypeVar("R")

MEGABYTE = 1_000_000
OFFERED_PASSAGES = 6
WORDS_ONLY_NOTE = "Only words were searched: the model pack that compares meanings is not on this computer."


class Copilot:
    """Answers calls in this process. Thread-safe: one call at a time changes the library, any number read it.

    `writer` takes the library for this process alone; without it the library is only read. `spawner`, started before
    this process was sealed, is needed only to send what was approved.
    """

    def __init__(self, paths: Paths, *, writer: bool, spawner: Spawner | None = None) -> None:
        self._paths = paths
        self._writer = writer
        self._spawner = spawner
        self._settings = resolve(paths.settings).settings
        self._shelf = Shelf(paths.packs)
        self._opening = threading.Lock()
        self._indexing = threading.Lock()
        self._closing = threading.Event()
        self._store: Store | None = None
        self._watcher: Watcher | None = None
        self._following = False
        self._last_question = time.monotonic()
        self._correspondents = Correspondents()
        self._embedder: Loading[Embedder | None] = Loading(self._open_embedder)
        self._reranker: Loading[Reranker | None] = Loading(self._open_reranker)
        self._generator: Loading[Generator] = Loading(self._open_generator)

    # --- calls

    def perform(self, call: Call[R], reporter: Reporter) -> R:
        """Answer one call. Raises what the work raises: typed errors, and Cancelled once the reporter says so."""
        answers: dict[type[Call[Any]], Callable[[Any, Reporter], object]] = {
            AddFolders: self._add_folders,
            RemoveFolders: self._remove_folders,
            RunIndex: self._run_index,
            GetStatus: self._status,
            CheckLibrary: self._check,
            Search: self._search,
            Ask: self._ask,
            Offer: self._offer,
            Revise: self._revise,
            Decide: self._decide,
            TryProvider: self._try_provider,
            SetLabel: self._set_label,
        }
        return cast(R, answers[type(call)](call, reporter))

    def _add_folders(self, call: AddFolders, reporter: Reporter) -> RunSummary:
        folders = tuple(str(Path(path).expanduser().absolute()) for path in call.paths)
        for folder in folders:
            if not Path(folder).exists():
                raise FolderMissing(folder)
            self._places().check(folder)
        embedder = None if call.words_only else self._needed_embedder()
        store = self.open_library()
        with self._indexing:
            for folder in folders:
                store.put_folder(Folder(folder, call.excludes))
            added = tuple(folder for folder in store.folders() if folder.path in folders)
            summary = self._indexer(store, embedder).run(added, reporter)
        self._watch_again()
        return summary

    def _remove_folders(self, call: RemoveFolders, reporter: Reporter) -> Removed:
        store = self.open_library()
        known = {folder.path for folder in store.folders()}
        wanted = tuple(str(Path(path).expanduser().absolute()) for path in call.paths)
        for folder in wanted:
            if folder not in known:
                raise FolderMissing(folder)
        with self._indexing:
            files = sum(store.drop_folder(folder) for folder in wanted)
        self._watch_again()
        return Removed(len(wanted), files)

    def _run_index(self, call: RunIndex, reporter: Reporter) -> RunSummary:
        embedder = None if call.words_only else self._needed_embedder()
        store = self.open_library()
        with self._indexing:
            withdraw(store, self._places())
            return self._indexer(store, embedder).run(store.folders(), reporter, paths=call.paths)

    def _status(self, call: GetStatus, reporter: Reporter) -> LibraryStatus:
        if not self._writer and not self._paths.library.exists():
            return LibraryStatus((), Counts(0, 0, 0, 0, 0, 0, 0), (), "", 0, 0)
        store = self.open_library()
        model = store.active_model()
        failures = tuple((file.path, file.state.value, file.reason) for file in store.failures())
        size = sum(file.stat().st_size for file in self._paths.library.parent.iterdir() if file.is_file())
        return LibraryStatus(
            store.folders(), store.counts(), failures, model or "", store.pending_count(model) if model else 0, size
        )

    def _check(self, call: CheckLibrary, reporter: Reporter) -> CheckReport:
        store = self.open_library()
        if not call.repair:
            return store.check()
        with self._indexing:
            return store.repair()

    def _search(self, call: Search, reporter: Reporter) -> Found:
        if not call.text.strip():
            raise EmptyQuery
        began = time.perf_counter()
        query = parse(call.text, call.top_k)
        hits = self._retriever().search(query)
        note = "" if self._embedder() is not None else WORDS_ONLY_NOTE
        return Found(call.text, hits, time.perf_counter() - began, note)

    def _ask(self, call: Ask, reporter: Reporter) -> Answer:
        if not call.question.text.strip():
            raise EmptyQuestion
        self.open_library()
        self._generator.start()  # loads while the passages are being looked for
        self._last_question = time.monotonic()
        try:
            assistant = Assistant(
                self._retriever(), self._generator, self._embedder(), max_tokens=self._settings.answer_tokens
            )
            return assistant.ask(call.question, reporter)
        finally:
            self._last_question = time.monotonic()

    def _offer(self, call: Offer, reporter: Reporter) -> ConsentRequest:
        answer = self._ask(Ask(call.question), reporter)
        reason = route(answer, self._settings).reason
        hits = self._retriever().search(Query(call.question.text, OFFERED_PASSAGES, call.question.scope))
        from copilot.farside import Wanted

        wanted = Wanted(
            call.question.text,
            hits,
            call.provider,
            call.send,
            call.conversation_id,
            reason,
            call.add,
            call.lift,
        )
        return self._with_far_side(lambda far: far.offer(wanted))

    def _revise(self, call: Revise, reporter: Reporter) -> ConsentRequest:
        return self._with_far_side(lambda far: far.revise(call))

    def _decide(self, call: Decide, reporter: Reporter) -> Answer:
        return self._with_far_side(lambda far: far.decide(call, reporter))

    def _try_provider(self, call: TryProvider, reporter: Reporter) -> Answer:
        return self._with_far_side(lambda far: far.try_provider(call.provider, reporter))

    def _set_label(self, call: SetLabel, reporter: Reporter) -> Labels:
        return self._with_far_side(lambda far: far.set_label(call.pattern, call.label))

    def _with_far_side(self, use: Callable[[FarSide], R]) -> R:
        """Settings and policy are read anew each time: what IT forbids holds from the next offer on."""
        from copilot.farside import FarSide

        settings = resolve(self._paths.settings).settings
        private_folder(self._paths.library.parent)
        with Ledger.open(self._paths.ledger, library_key(self._paths.library).secret) as ledger:
            return use(FarSide(self._paths, settings, ledger, self._spawner, self._known_names))

    def _known_names(self) -> Gazetteer:
        return self._correspondents.known(self.open_library())

    # --- what calls stand on

    def open_library(self) -> Store:
        """The library, opened once. Raises StoreError and KeyProblem and their children; LibraryMissing for readers."""
        with self._opening:
            if self._store is None:
                if not self._writer and not self._paths.library.exists():
                    raise LibraryMissing
                private_folder(self._paths.library.parent)
                key = library_key(self._paths.library)
                self._store = Store.open(self._paths.library, key.secret, writer=self._writer)
                if self._writer:
                    withdraw(self._store, self._places())
            return self._store

    def _indexer(self, store: Store, embedder: Embedder | None) -> Indexing:
        limits = Limits(cpu_seconds=self._settings.file_seconds, file_bytes=self._settings.file_megabytes * MEGABYTE)
        closed = self._places().closed
        return Indexing(store, embedder, limits, workers=self._settings.index_workers, closed=closed)

    def _places(self) -> Places:
        """Read anew each time: what IT closes is closed from the next look on."""
        return places(resolve(self._paths.settings).settings)

    def _retriever(self) -> Retriever:
        return Retriever(self.open_library(), self._embedder(), self._reranker())

    def _needed_embedder(self) -> Embedder:
        embedder = self._embedder()
        if embedder is None:
            raise PackMissing(default_pack("embedder"))
        return embedder

    def _open_embedder(self) -> Embedder | None:
        pack = self._pack("embedder", self._settings.embed_pack)
        if pack is None:
            return None
        from copilot.engines.embedder import open_embedder

        return open_embedder(pack, place("embedder", pack, self._forced(self._settings.embed_device)))

    def _open_reranker(self) -> Reranker | None:
        pack = self._pack("reranker", "") if self._settings.rerank else None
        if pack is None:
            return None
        from copilot.engines.reranker import open_reranker

        return open_reranker(pack, place("reranker", pack, self._forced(self._settings.embed_device)))

    def _open_generator(self) -> Generator:
        pack = self._pack("generator", self._settings.answer_pack)
        if pack is None:
            raise PackMissing(default_pack("generator"))
        from copilot.engines.generator import open_generator

        generator = open_generator(pack, place("generator", pack, self._forced(self._settings.answer_device)))
        generator.warm_up()
        return generator

    def _pack(self, role: str, chosen: str) -> Pack | None:
        return self._shelf.get(chosen) if chosen else self._shelf.best(role)

    @staticmethod
    def _forced(device: str) -> str | None:
        return None if device == "auto" else device

    # --- the engine's own

    def watch(self) -> None:
        """Follow the folders of the library until `close`, if the person wants that."""
        if not self._settings.watch:
            return
        self._following = True
        folders = self.open_library().folders()
        if folders:
            self._watcher = Watcher(folders, self._index_changes)
            self._watcher.start()

    def _watch_again(self) -> None:
        if self._following:
            self._stop_watching()
            self.watch()

    def _stop_watching(self) -> None:
        watcher, self._watcher = self._watcher, None
        if watcher is not None:
            watcher.stop()

    def _index_changes(self, paths: tuple[str, ...]) -> None:
        try:
            self._run_index(RunIndex(paths, words_only=self._embedder() is None), UntilClosed(self._closing))
        except Cancelled:
            return

    def unload_when_idle(self) -> None:
        """Free the answer model when nobody asked for as long as the setting says."""
        if time.monotonic() - self._last_question > self._settings.unload_minutes * 60:
            self._close_generator()

    def _close_generator(self) -> None:
        if not self._generator.ready:
            return
        with contextlib.suppress(NearsideError):  # opening it may have failed
            self._generator().close()
        self._generator.forget()

    def loaded(self) -> tuple[str, ...]:
        """Models in memory, each with its device."""
        models = (part() for part in (self._embedder, self._reranker, self._generator) if part.ready)
        return tuple(f"{model.model_id} on {model.device}" for model in models if model is not None)

    def watching(self) -> int:
        return len(self.open_library().folders()) if self._watcher is not None else 0

    def close(self) -> None:
        """Stop what runs in the background and let the library go."""
        self._closing.set()
        self._stop_watching()
        self._close_generator()
        with self._indexing, self._opening:
            if self._store is not None:
                self._store.close()
                self._store = None
        if self._spawner is not None:
            self._spawner.close()


class UntilClosed:
    """A Reporter for work that nobody watches: silent, and cancelled when the Copilot closes."""

    def __init__(self, closing: threading.Event) -> None:
        self._closing = closing

    def report(self, event: object) -> None:
        self.check()

    def check(self) -> None:
        if self._closing.is_set():
            raise Cancelled
