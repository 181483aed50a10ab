"""Composition root: reads the settings, puts the parts together and hands each call to the one that answers it.

Everything is put together here and nowhere else. What a call does in detail is told by the module that does it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

from copilot.browsing import Browsing
from copilot.calls import (
    AddFolders,
    Ask,
    Call,
    ChangeFolder,
    CheckLibrary,
    Compose,
    Decide,
    DeleteConversation,
    Done,
    DropTurns,
    FillsScreen,
    FindFiles,
    Follow,
    GetConversation,
    GetDocument,
    GetFolders,
    GetLedger,
    GetModels,
    GetSent,
    GetStatus,
    ListConversations,
    ListFiles,
    MeasureDevice,
    Offer,
    PinConversation,
    ReadPicture,
    ReadWaiting,
    ReloadSettings,
    RemoveFolders,
    RenameConversation,
    RenderPage,
    Revise,
    RunIndex,
    Search,
    SetLabel,
    SetPause,
    TryProvider,
    VerifyLedger,
)
from copilot.composing import Composing
from copilot.conversing import Conversing
from copilot.crossing import Crossing
from copilot.gateway.spawner import Spawner
from copilot.inventory import Inventory
from copilot.librarian import Librarian
from copilot.lineup import Lineup
from copilot.measuring import Measuring
from copilot.models.shelf import Shelf
from copilot.paths import Paths
from copilot.recognizing import Recognizing
from copilot.settings.policy import resolve
from copilot.settings.schema import Settings
from indexer.reporter import Reporter
from indexer.store.library import Store

R = TypeVar("R")


class Copilot:
    """Answers calls in this process. Thread-safe: one call at a time changes the library, any number read it.

    `writer` takes the library for this process alone; without it the library is only read. `spawner`, started before
    this process was sealed, is needed only to send what was approved.
    """

    def __init__(self, paths: Paths, *, writer: bool, spawner: Spawner | None = None) -> None:
        self._paths = paths
        self._spawner = spawner
        self._settings = resolve(paths.settings).settings
        self._reloading = threading.Lock()
        settings = self._settings_now
        self._lineup = Lineup(Shelf(paths.packs), self._settings)
        self._librarian = Librarian(paths, self._lineup, settings, writer=writer)
        self._browsing = Browsing(paths, self._librarian.store, self._lineup, settings)
        self._crossing = Crossing(paths, self._librarian.store, spawner)
        self._conversing = Conversing(paths, self._lineup, self._browsing, self._crossing, settings, writer=writer)
        self._answers = self._who_answers()

    def perform(self, call: Call[R], reporter: Reporter) -> R:
        """Answer one call. Raises what the work raises: typed errors, and Cancelled once the reporter says so."""
        self._librarian.bulletin.stir()
        return cast(R, self._answers[type(call)](call, reporter))

    def _who_answers(self) -> dict[type[Call[Any]], Callable[[Any, Reporter], object]]:
        library, browsing, crossing, talk = self._librarian, self._browsing, self._crossing, self._conversing
        measuring = Measuring(self._lineup)
        return {
            AddFolders: library.add,
            RemoveFolders: library.remove,
            ChangeFolder: library.change,
            RunIndex: library.run,
            ReadWaiting: library.pictures.now,
            GetStatus: library.status,
            CheckLibrary: library.check,
            Search: browsing.search,
            FindFiles: browsing.find,
            GetFolders: browsing.folders,
            ListFiles: browsing.files,
            GetDocument: browsing.document,
            RenderPage: browsing.page,
            Ask: talk.ask,
            Offer: talk.offer,
            Decide: talk.decide,
            ListConversations: talk.rows,
            GetConversation: talk.get,
            RenameConversation: talk.rename,
            PinConversation: talk.pin,
            DeleteConversation: talk.delete,
            DropTurns: talk.drop_turns,
            Compose: Composing(self._lineup).compose,
            ReadPicture: Recognizing(self._lineup).read,
            Revise: crossing.revise,
            TryProvider: crossing.try_provider,
            SetLabel: crossing.set_label,
            GetLedger: crossing.page,
            VerifyLedger: crossing.verify,
            GetSent: crossing.sent,
            GetModels: Inventory(self._lineup).models,
            MeasureDevice: measuring.measure,
            SetPause: self._pause,
            FillsScreen: self._hold_back,
            Follow: self._follow,
            ReloadSettings: self._reload,
        }

    def _pause(self, call: SetPause, reporter: Reporter) -> Done:
        self._librarian.pacer.pause(call.paused)
        return Done()

    def _hold_back(self, call: FillsScreen, reporter: Reporter) -> Done:
        self._librarian.pacer.behind_full_screen(reporter)
        return Done()

    def _follow(self, call: Follow, reporter: Reporter) -> Done:
        self._librarian.bulletin.follow(reporter)
        return Done()

    def _reload(self, call: ReloadSettings, reporter: Reporter) -> Done:
        with self._reloading:
            before, self._settings = self._settings, resolve(self._paths.settings).settings
            self._lineup.apply(self._settings)
            self._librarian.apply(before, self._settings)
        return Done()

    def _settings_now(self) -> Settings:
        return self._settings

    # --- the engine's own

    def open_library(self) -> Store:
        """Raises StoreError and KeyProblem and their children; LibraryMissing for readers."""
        return self._librarian.store()

    def watch(self) -> None:
        """Follow the folders of the library until `close`, if the person wants that."""
        self._librarian.watch()

    def watching(self) -> int:
        """Folders whose changes are followed."""
        return self._librarian.watching()

    def loaded(self) -> tuple[str, ...]:
        """Models in memory, each with its device."""
        return self._lineup.loaded()

    def unload_when_idle(self) -> None:
        """Free the models that nobody used for as long as the setting says."""
        self._lineup.unload_when_idle()

    def close(self) -> None:
        """Stop what runs in the background and let the library go."""
        self._librarian.close()
        self._browsing.close()
        self._conversing.close()
        self._lineup.close()
        if self._spawner is not None:
            self._spawner.close()
