"""The library's keeper: opens it, takes folders in, runs the index, follows changes on disk.

How a run goes is told in indexer/indexing.py, what may be in the library in places.py, when a run waits in pacing.py.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from copilot.bulletin import Bulletin
from copilot.calls import (
    AddFolders,
    ChangeFolder,
    CheckLibrary,
    GetStatus,
    Removed,
    RemoveFolders,
    RunIndex,
)
from copilot.errors import LibraryMissing
from copilot.keys import library_key
from copilot.lineup import Lineup
from copilot.pacing import PacedEmbedder, PacedReporter, Pacer
from copilot.paths import Paths, private_folder
from copilot.picture_reading import PictureReading
from copilot.places import Places, agrees, places, withdraw
from copilot.reports import LibraryStatus
from copilot.settings.policy import resolve
from copilot.settings.schema import Settings
from indexer.content import Limits
from indexer.errors import FolderMissing, NearsideError
from indexer.indexing import Indexing
from indexer.ports import Embedder
from indexer.reporter import Cancelled, Reporter, Silent
from indexer.runs import RunSummary
from indexer.store.library import CheckReport, Counts, Folder, Store
from indexer.watcher import Watcher

MEGABYTE = 1_000_000
NO_COUNTS = Counts(0, 0, 0, 0, 0, 0, 0)


class Librarian:
    """Thread-safe: one call at a time changes the library, any number read it.

    `writer` takes the library for this process alone; without it the library is only read.
    """

    def __init__(self, paths: Paths, lineup: Lineup, settings: Callable[[], Settings], *, writer: bool) -> None:
        self._paths = paths
        self._lineup = lineup
        self._settings = settings
        self._writer = writer
        self._opening = threading.Lock()
        self._changing = threading.Lock()
        self._closing = threading.Event()
        self._store: Store | None = None
        self._watcher: Watcher | None = None
        self._following = False
        self.bulletin = Bulletin(self._counts, lineup.loaded, lineup.answer_device, self._pause)
        self.pacer = Pacer(settings, self.bulletin.changed)
        self.pictures = PictureReading(self.store, lineup, self.pacer, self.bulletin, self._until_closed, self._limits)

    # --- the library

    def store(self) -> Store:
        """The library, opened once. Raises StoreError and KeyProblem and their children; LibraryMissing for readers;
        Cancelled once it is closed."""
        with self._opening:
            if self._closing.is_set():
                raise Cancelled
            if self._store is None:
                if not self._writer and not self._paths.library.exists():
                    raise LibraryMissing
                private_folder(self._paths.library.parent)
                self._store = self._open(library_key(self._paths.library).secret)
            return self._store

    def _open(self, key: bytes) -> Store:
        """What IT has closed is forgotten before anything is read, also where this process came to read only."""
        store = Store.open(self._paths.library, key, writer=self._writer)
        if self._writer:
            withdraw(store, self._places())
        elif not agrees(store, self._places()):
            store.close()
            with Store.open(self._paths.library, key, writer=True) as writing:
                withdraw(writing, self._places())
            store = Store.open(self._paths.library, key, writer=False)
        return store

    def _counts(self) -> Counts:
        with contextlib.suppress(LibraryMissing):
            return self.store().counts()
        return NO_COUNTS

    def _pause(self) -> tuple[bool, str]:
        return self.pacer.paused, self.pacer.reason

    def status(self, call: GetStatus, reporter: Reporter) -> LibraryStatus:
        if not self._writer and not self._paths.library.exists():
            return LibraryStatus((), NO_COUNTS, (), "", 0, 0)
        store = self.store()
        model = store.active_model()
        failures = tuple((file.path, file.state.value, file.reason) for file in store.failures())
        size = sum(file.stat().st_size for file in self._paths.library.parent.iterdir() if file.is_file())
        return LibraryStatus(
            store.folders(), store.counts(), failures, model or "", store.pending_count(model) if model else 0, size
        )

    def check(self, call: CheckLibrary, reporter: Reporter) -> CheckReport:
        store = self.store()
        if not call.repair:
            return store.check()
        with self._changing:
            return store.repair()

    # --- folders and runs

    def add(self, call: AddFolders, reporter: Reporter) -> RunSummary:
        folders = tuple(map(_absolute, call.paths))
        for folder in folders:
            if not Path(folder).exists():
                raise FolderMissing(folder)
            self._places().check(folder)
        self._check_embedder(words_only=call.words_only)
        store = self.store()
        with self._changing:
            for folder in folders:
                store.put_folder(Folder(folder, call.excludes))
            added = tuple(folder for folder in store.folders() if folder.path in folders)
            self.bulletin.changed()
            indexing = self._run(added, reporter, words_only=call.words_only, waited_for=call.waited_for)
        self._watch_again()
        return self._with_pictures(indexing, folders, reporter, waited_for=call.waited_for)

    def remove(self, call: RemoveFolders, reporter: Reporter) -> Removed:
        store = self.store()
        wanted = tuple(map(_absolute, call.paths))
        for folder in wanted:
            self._known(store, folder)
        with self._changing:
            files = sum(store.drop_folder(folder) for folder in wanted)
        self.bulletin.changed()
        self._watch_again()
        return Removed(len(wanted), files)

    def change(self, call: ChangeFolder, reporter: Reporter) -> RunSummary:
        store = self.store()
        folder = self._known(store, _absolute(call.path))
        with self._changing:
            changed = replace(folder, excludes=call.excludes)
            store.put_folder(changed)
            words_only = self._lineup.embedder() is None
            indexing = self._run((changed,), reporter, words_only=words_only, waited_for=call.waited_for)
        self._watch_again()
        return self._with_pictures(indexing, (changed.path,), reporter, waited_for=call.waited_for)

    def run(self, call: RunIndex, reporter: Reporter) -> RunSummary:
        self._check_embedder(words_only=call.words_only)
        store = self.store()
        with self._changing:
            withdraw(store, self._places())
            folders = store.folders()
            indexing = self._run(
                folders, reporter, paths=call.paths, words_only=call.words_only, waited_for=call.waited_for
            )
        roots = call.paths or tuple(folder.path for folder in folders)
        return self._with_pictures(indexing, roots, reporter, waited_for=call.waited_for)

    def _run(
        self,
        folders: tuple[Folder, ...],
        reporter: Reporter,
        *,
        words_only: bool,
        waited_for: bool,
        paths: tuple[str, ...] = (),
    ) -> Indexing:
        """One run, told in the bulletin and held up as the pacer says. `_changing` is ours."""
        settings = self._settings()
        with self._lineup.in_use("embedder"), self.bulletin.run(self._until_closed(reporter)) as heard:
            embedder: Embedder | None = None
            if not words_only:
                embedder = self._lineup.needed_embedder()
                embedder = PacedEmbedder(embedder, self.pacer, heard, waited_for=waited_for)
            indexing = Indexing(
                self.store(), embedder, self._limits(), workers=settings.index_workers, closed=self._places().closed
            )
            try:
                indexing.run(folders, PacedReporter(heard, self.pacer, waited_for=waited_for), paths=paths)
                return indexing
            finally:
                self.pacer.forget()

    def _with_pictures(
        self, indexing: Indexing, roots: tuple[str, ...], reporter: Reporter, *, waited_for: bool
    ) -> RunSummary:
        """The run's summary, once the pictures below `roots` were read; those that nobody waits for are read later."""
        if waited_for:
            return indexing.summary(self.pictures.read(roots, reporter).pages)
        self.pictures.start()
        return indexing.summary()

    def _limits(self) -> Limits:
        settings = self._settings()
        return Limits(cpu_seconds=settings.file_seconds, file_bytes=settings.file_megabytes * MEGABYTE)

    def _until_closed(self, reporter: Reporter | None) -> Reporter:
        return UntilClosed(self._closing, reporter or Silent())

    def _check_embedder(self, *, words_only: bool) -> None:
        """Before anything changes. Raises PackMissing."""
        if not words_only:
            self._lineup.needed_embedder()

    def _places(self) -> Places:
        """Read anew each time: what IT closes is closed from the next look on."""
        return places(resolve(self._paths.settings).settings)

    @staticmethod
    def _known(store: Store, path: str) -> Folder:
        for folder in store.folders():
            if folder.path == path:
                return folder
        raise FolderMissing(path)

    # --- following

    def watch(self) -> None:
        """Follow the folders until `close`, if the person wants that; what changed before is looked for now."""
        self._following = True
        catching_up = threading.Thread(target=self._catch_up, args=(self._watch_again(),), daemon=True)
        catching_up.start()

    def _catch_up(self, followed: bool) -> None:
        """Nobody asked for this: what is wrong is said by the run that somebody asks for."""
        with contextlib.suppress(NearsideError, Cancelled):
            self.store().browser.named("a", 1)  # makes the list of names, so that no key that is pressed waits for it
            if followed:
                self._index_changes(())

    def watching(self) -> int:
        """Folders whose changes are followed."""
        return len(self.store().folders()) if self._watcher is not None else 0

    def apply(self, before: Settings, now: Settings) -> None:
        if before.watch != now.watch:
            self._watch_again()
        if self._following:
            self.pictures.start()  # a pack for them may have come
        self.bulletin.changed()

    def _watch_again(self) -> bool:
        """Begin anew with the folders as they are; whether anything is followed now."""
        watcher, self._watcher = self._watcher, None
        if watcher is not None:
            watcher.stop()
        if not self._following or not self._settings().watch or self._closing.is_set():
            return False
        folders = self.store().folders()
        if folders:
            self._watcher = Watcher(folders, self._index_changes)
            self._watcher.start()
        return bool(folders)

    def _index_changes(self, paths: tuple[str, ...]) -> None:
        with contextlib.suppress(Cancelled):
            words_only = self._lineup.embedder() is None
            self.run(RunIndex(paths, words_only=words_only), self._until_closed(None))

    def close(self) -> None:
        """Stop what runs in the background and let the library go."""
        self._closing.set()
        watcher, self._watcher = self._watcher, None
        if watcher is not None:
            watcher.stop()
        self.pictures.join()
        with self._changing, self._opening:
            if self._store is not None:
                self._store.close()
                self._store = None


class UntilClosed:
    """Passes events on until the library is closed, which cancels the work."""

    def __init__(self, closing: threading.Event, reporter: Reporter) -> None:
        self._closing = closing
        self._reporter = reporter

    def report(self, event: object) -> None:
        self.check()
        self._reporter.report(event)

    def check(self) -> None:
        if self._closing.is_set():
            raise Cancelled
        self._reporter.check()


def _absolute(path: str) -> str:
    return str(Path(path).expanduser().absolute())
