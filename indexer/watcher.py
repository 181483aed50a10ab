"""Folders -> debounced changes: tells which paths to look at again, and never looks itself.

One call for a burst of events: after `debounce_seconds` of quiet, at the latest after `longest_wait`. Both ends of a
move are told, so that the scan recognizes it. What a rule leaves out is not told. Where events may have been lost the
folder itself is told, which means a full scan of it: when the system's queue ran over, when too many paths pile up,
when a drive comes back, and once an hour in any case (network drives tell little). A change of a `.nearsideignore`
tells its folder.

Decision: the callback gets paths and not kinds of change. The scanner compares them with the library anyway, and an
event that is wrong, late or doubled then does no harm.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from indexer.ignoring import IGNORE_FILE, rules_above
from indexer.scanner import below
from indexer.store.records import Folder

_log = logging.getLogger(__name__)

_TOO_MANY = 2_000
"""More changed paths than this in one burst: scanning the folder is cheaper than asking for each."""
_CHANGES = frozenset({"created", "deleted", "modified", "moved"})
"""Opening, reading and closing change nothing; `modified` has said before what `closed` would."""
_ROOTS_SECONDS = 15.0
"""How often we look whether the folders themselves are there."""
_UNWATCHED_SECONDS = 300.0
"""How often a folder is told that the system will not watch for us (it has a limit on watches)."""


class Watcher:
    """Watches folders while it is open; use as a context manager or with start() and stop().

    `on_change` is called from the watcher's own thread with absolute paths, each at or below one of the folders. While
    it runs, further events wait for the next call.
    """

    def __init__(
        self,
        folders: Sequence[Folder],
        on_change: Callable[[tuple[str, ...]], None],
        debounce_seconds: float = 2.0,
        *,
        longest_wait: float = 10.0,
        rescan_seconds: float = 3600.0,
        roots_seconds: float = _ROOTS_SECONDS,
    ) -> None:
        self._folders = tuple(folders)
        self._on_change = on_change
        self._debounce = debounce_seconds
        self._longest_wait = longest_wait
        self._rescan = rescan_seconds
        self._roots_seconds = roots_seconds
        self._events = _Events()
        self._observer: BaseObserver = Observer()
        self._watches: dict[str, ObservedWatch | None] = {}
        """By the folder's path; None where the system would not watch it."""
        self._told: dict[str, float] = {}
        """When each folder was last told as a whole."""
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to watch; returns when the folders that are there are being watched."""
        self._observer.start()
        now = time.monotonic()
        self._told = {folder.path: now for folder in self._folders}
        for folder in self._folders:
            if os.path.exists(folder.path):
                self._watch(folder.path)
        logging.getLogger("watchdog.observers").addHandler(self._events.overflow)
        self._thread.start()

    def stop(self) -> None:
        """End at once; events not told yet are for the next scan to find."""
        self._events.close()
        logging.getLogger("watchdog.observers").removeHandler(self._events.overflow)
        self._observer.stop()
        self._observer.join()
        self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        while not self._events.closed:
            burst = self._events.burst(self._debounce, self._longest_wait, self._roots_seconds)
            whole = self._look_after_roots()
            if self._events.overflow.happened():
                whole.update(folder.path for folder in self._folders)
            paths = self._relevant(burst, whole)
            if paths and not self._events.closed:
                try:
                    self._on_change(paths)
                except Exception as error:  # the watch goes on whatever became of one change; the hourly scan repairs
                    _log.error("a change could not be followed: %s", type(error).__name__)

    def _watch(self, root: str) -> None:
        is_folder = os.path.isdir(root)
        try:
            watch = self._observer.schedule(
                self._events, root if is_folder else os.path.dirname(root), recursive=is_folder
            )
        except OSError:
            watch = None
        self._watches[root] = watch

    def _look_after_roots(self) -> set[str]:
        """Watch what came, forget what went; the folders that are to be told as a whole."""
        now = time.monotonic()
        whole: set[str] = set()
        for folder in self._folders:
            root = folder.path
            there = os.path.exists(root)
            if there and root not in self._watches:
                self._watch(root)
                whole.add(root)
            elif not there and root in self._watches:
                watch = self._watches.pop(root)
                if watch is not None:
                    self._observer.unschedule(watch)
            unwatched = root in self._watches and self._watches[root] is None
            if there and now - self._told[root] > (_UNWATCHED_SECONDS if unwatched else self._rescan):
                whole.add(root)
        self._told.update(dict.fromkeys(whole, now))
        return whole

    def _relevant(self, burst: set[str], whole: set[str]) -> tuple[str, ...]:
        """The folders in `whole` and what of the burst lies in others and is not left out, nothing twice."""
        told = set(whole)
        for folder in self._folders:
            if folder.path in whole:
                continue
            inside = [path for path in burst if below(path, folder.path)]
            if len(inside) > _TOO_MANY:
                told.add(folder.path)
                continue
            for path in inside:
                if os.path.basename(path) == IGNORE_FILE:
                    path = os.path.dirname(path)  # noqa: PLW2901
                if path == folder.path or not _left_out(folder, path):
                    told.add(path)
        return tuple(sorted(path for path in told if told.isdisjoint(_parents(path))))


def _parents(path: str) -> list[str]:
    found = []
    while (parent := os.path.dirname(path)) != path:
        found.append(parent)
        path = parent
    return found


def _left_out(folder: Folder, path: str) -> bool:
    rules = rules_above(folder.path, folder.excludes, path)
    if rules is None:
        return True
    relative = os.path.relpath(path, folder.path).replace(os.sep, "/")
    return rules.excludes(relative, os.path.basename(path), is_folder=os.path.isdir(path))


class _Events(FileSystemEventHandler):
    """Takes events from the observer's threads and gives them out in bursts."""

    def __init__(self) -> None:
        self.overflow = _Overflow(self)
        self._changed = threading.Condition()
        self._paths: set[str] = set()
        self._first = 0.0
        self._last = 0.0
        self._woken = False
        self.closed = False

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _CHANGES or (event.is_directory and event.event_type == "modified"):
            return
        now = time.monotonic()
        with self._changed:
            if not self._paths:
                self._first = now
            self._last = now
            for path in (event.src_path, event.dest_path):
                if path:
                    self._paths.add(os.fsdecode(path))
            self._changed.notify()

    def wake(self) -> None:
        """Something other than a path needs looking after."""
        with self._changed:
            self._woken = True
            self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self.closed = True
            self._changed.notify()

    def burst(self, quiet: float, longest: float, idle: float) -> set[str]:
        """The paths of one burst, once it is over; empty after `idle` seconds without any."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self._woken or self._paths, idle)
            self._woken = False
            while self._paths and not self.closed:
                now = time.monotonic()
                left = min(self._last + quiet, self._first + longest) - now
                if left <= 0:
                    break
                self._changed.wait(left)
            paths, self._paths = self._paths, set()
            return paths


class _Overflow(logging.Handler):
    """Hears of lost events the only way watchdog tells of them: a warning in its log."""

    def __init__(self, events: _Events) -> None:
        super().__init__(logging.WARNING)
        self._events = events
        self._happened = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if "overflow" in record.getMessage().lower():
            self._happened.set()
            self._events.wake()

    def happened(self) -> bool:
        """Whether events were lost since the last time this was asked."""
        happened = self._happened.is_set()
        self._happened.clear()
        return happened
