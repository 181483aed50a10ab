"""Extraction in worker processes, so that no file can take Nearside down, slow it for long or eat its memory.

This is the parent's side: it hands paths to workers and watches each one's processor time, wall time and resident
memory for the file in hand; past a limit it kills the worker, gives the file a state and starts another. The worker's
own side, which caps itself as well, is worker.py.

Decision: processes are started as commands and not through multiprocessing, which would import the program's main
module into each worker and pickle its way in. A frozen program has no `python -c`, so it is started with `WORKER_FLAG`,
which its entry point hands to `run_worker`.
"""

from __future__ import annotations

import contextlib
import io
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import TracebackType

import msgspec
import psutil

from indexer.belts import Belt
from indexer.content import Limits
from indexer.document import Extracted, FileState, SourceFile
from indexer.errors import WorkersFailed
from indexer.reporter import Reporter
from indexer.worker import TOO_MUCH_TEXT, Greeting, TooMuch, answer_bytes, read_message, run_worker, write_message

__all__ = ["WORKER_FLAG", "ExtractionPool", "Limits", "resident_bytes", "run_worker", "start_worker", "worker_belts"]

WORKER_FLAG = "--extraction-worker"
"""The only argument of a frozen program that is to be a worker."""

_WATCH_SECONDS = 0.1
_AHEAD_FILES = 8
_AHEAD_BYTES = 256 << 10
"""A worker gets further files before it has answered the last, as long as they are this small together."""
_AHEAD_NAMES = 2_000
"""Characters of their paths: what is on its way fits into the smallest pipe, so that both sides never wait to write."""
_START_SECONDS = 60.0
_GATHER_FILES = 32
_GATHER_SECONDS = 0.2
_UNDER_WAY_FILES = 2 * _GATHER_FILES
_UNDER_WAY_BYTES = 64 << 20
"""As many files are read ahead of the caller as fit into both: enough that no worker waits while a batch is stored."""

_NAMELESS = (FileState.UNREADABLE, "The file's name is not valid text on this computer: rename it.")
_DIED = (FileState.DAMAGED, "The file is damaged in a way that stops the program that reads it.")


Answer = tuple[SourceFile, tuple[Extracted, ...]]
"""A file as it was asked for, and what became of it and its members."""


@dataclass(slots=True)
class _Run:
    """One call of extract_all: where its answers go, and whether anybody still waits for them."""

    answers: queue.SimpleQueue[Answer | WorkersFailed] = field(default_factory=queue.SimpleQueue)
    abandoned: bool = False


@dataclass(slots=True)
class _Task:
    run: _Run
    source: SourceFile


def _gather(run: _Run, under_way: int) -> tuple[Answer, ...]:
    """The answers of the next `_GATHER_SECONDS`, at most `_GATHER_FILES`; may be none. Raises WorkersFailed."""
    batch: list[Answer] = []
    until = time.monotonic() + _GATHER_SECONDS
    with contextlib.suppress(queue.Empty):
        while len(batch) < min(under_way, _GATHER_FILES):
            answer = run.answers.get(timeout=max(0.0, until - time.monotonic()))
            if isinstance(answer, WorkersFailed):
                raise answer
            batch.append(answer)
    return tuple(batch)


class ExtractionPool:
    """Keeps `workers` processes for many files. Use as a context manager; extract_all may be called again and again."""

    def __init__(self, limits: Limits | None = None, workers: int = 2) -> None:
        self._limits = limits or Limits()
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._lanes = [_Lane(self._limits, self._tasks) for _ in range(workers)]
        self._closing = threading.Event()
        self._watch = threading.Thread(target=self._watch_lanes, name="extraction-watch", daemon=True)

    def __enter__(self) -> ExtractionPool:
        for lane in self._lanes:
            lane.thread.start()
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers now, whatever they are doing."""
        self._closing.set()
        for lane in self._lanes:
            lane.close()
        for _ in self._lanes:
            self._tasks.put(None)
        for lane in self._lanes:
            lane.thread.join()
        self._watch.join()

    def extract_all(self, sources: Iterable[SourceFile], reporter: Reporter) -> Iterator[tuple[Answer, ...]]:
        """What became of each file and its members; in the order in which they are done, in batches of those that are
        done within 0.2 s, so that the caller can store them together.

        `sources` is read a few files ahead, in the caller's thread. Raises Cancelled when the reporter does, and
        WorkersFailed when no process can be started. May be closed at any time.
        """
        run = _Run()
        waiting = iter(sources)
        files = size = 0
        exhausted = False
        try:
            while True:
                while not exhausted and files < _UNDER_WAY_FILES and (not files or size < _UNDER_WAY_BYTES):
                    source = next(waiting, None)
                    if source is None:
                        exhausted = True
                    elif not _is_text(source.path):
                        yield ((source, (Extracted(source, *_NAMELESS),)),)
                    else:
                        self._tasks.put(_Task(run, source))
                        files += 1
                        size += source.size
                if not files:
                    return
                reporter.check()
                if batch := _gather(run, files):
                    files -= len(batch)
                    size -= sum(source.size for source, _ in batch)
                    yield batch
        finally:
            run.abandoned = True

    def _watch_lanes(self) -> None:
        while not self._closing.wait(_WATCH_SECONDS):
            for lane in self._lanes:
                lane.look()


class _Lane:
    """One worker process after another, and the thread that talks to it.

    On Linux a worker dies with the thread that started it, so the thread lives as long as the pool.
    """

    def __init__(self, limits: Limits, tasks: queue.SimpleQueue[_Task | None]) -> None:
        self._limits = limits
        self._tasks = tasks
        self._sent: deque[_Task] = deque()
        self._process: subprocess.Popen[bytes] | None = None
        self._meter: _Meter | None = None
        self._verdict: tuple[FileState, str] | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._answers = 0
        self._decoder = msgspec.msgpack.Decoder(tuple[Extracted, ...])
        self.thread = threading.Thread(target=self._serve, name="extraction-lane", daemon=True)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self._process is not None:
                _kill(self._process)

    def look(self) -> None:
        """Called by the watch: kill the worker when the file in hand costs more than it may."""
        with self._lock:
            if self._meter is None or self._process is None or self._verdict is not None:
                return
            self._verdict = self._meter.verdict(self._limits)
            if self._verdict is not None:
                _kill(self._process)

    def _serve(self) -> None:
        while not self._closed and self._fill():
            try:
                if not self._closed and self._sent:
                    self._take_answer()
            except WorkersFailed as failure:
                for task in self._sent:
                    task.run.answers.put(failure)
                self._sent.clear()
        self._dismiss()

    def _fill(self) -> bool:
        """Take tasks up to the look-ahead and send them; wait only when there is nothing in hand. False at the end."""
        while not self._sent or self._has_room():
            try:
                task = self._tasks.get(block=not self._sent)
            except queue.Empty:
                break
            if task is None:
                return False
            if task.run.abandoned:
                continue
            self._sent.append(task)
            # A worker yet to be started gets everything in hand at its start.
            if self._process is not None:
                self._send(task)
                if len(self._sent) == 1:
                    self._start_meter()
        return True

    def _has_room(self) -> bool:
        size = sum(task.source.size for task in self._sent)
        names = sum(len(task.source.path) for task in self._sent)
        return len(self._sent) < _AHEAD_FILES and size < _AHEAD_BYTES and names < _AHEAD_NAMES

    def _send(self, task: _Task) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        # A broken pipe shows itself at the next answer, which is the one place that deals with a dead worker.
        with contextlib.suppress(OSError):
            write_message(self._process.stdin, msgspec.msgpack.encode(task.source.path))

    def _take_answer(self) -> None:
        """The answer for the first file in hand; of a dead worker, the verdict on that file."""
        process = self._process or self._start()
        assert process.stdout is not None
        try:
            extracted = self._decoder.decode(read_message(process.stdout, answer_bytes(self._limits)))
        except (EOFError, OSError, TooMuch, msgspec.DecodeError, UnicodeDecodeError) as failure:
            too_much = isinstance(failure, TooMuch)
            extracted = ()
        with self._lock:
            verdict, self._verdict, self._meter = self._verdict, None, None
        task = self._sent.popleft()
        if not extracted or verdict is not None:
            if verdict is None:
                verdict = TOO_MUCH_TEXT if too_much else _DIED
            extracted = (Extracted(task.source, *verdict),)
            self._dismiss()
        elif self._has_grown(process.pid, task.source):
            # What earlier files left behind must not count against the next one.
            self._dismiss()
        task.run.answers.put((task.source, extracted))
        self._start_meter()

    def _has_grown(self, pid: int, source: SourceFile) -> bool:
        """Whether a worker keeps half its memory after a file. Looked at after large files and after every 16th."""
        self._answers += 1
        looked_at = source.size >= _AHEAD_BYTES or self._answers % 16 == 0
        return looked_at and resident_bytes(pid) > self._limits.memory_bytes // 2

    def _dismiss(self) -> None:
        """End the worker; the next file that needs one starts another."""
        with self._lock:
            process, self._process, self._meter = self._process, None, None
        if process is not None:
            _kill(process)
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()
            process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        """A worker that has loaded its libraries and has everything in hand on its way. Raises WorkersFailed."""
        process = start_worker()
        with self._lock:
            self._process, self._meter, self._verdict = process, None, None
            if self._closed:
                _kill(process)
        assert process.stdin is not None
        assert process.stdout is not None
        impatience = threading.Timer(_START_SECONDS, _kill, (process,))
        impatience.start()
        try:
            write_message(process.stdin, msgspec.msgpack.encode(Greeting(os.getpid(), self._limits)))
            read_message(process.stdout, 16)
        except (EOFError, OSError, TooMuch) as error:
            self._dismiss()
            raise WorkersFailed(f"they end at once with code {process.returncode}") from error
        finally:
            impatience.cancel()
        for task in self._sent:
            self._send(task)
        self._start_meter()
        return process

    def _start_meter(self) -> None:
        with self._lock:
            self._meter = _Meter(self._process.pid) if self._process is not None and self._sent else None


class _Meter:
    """What the file in hand has cost so far."""

    def __init__(self, pid: int) -> None:
        self._started = time.monotonic()
        self._process: psutil.Process | None = None
        self._pid = pid
        self._cpu = 0.0

    def verdict(self, limits: Limits) -> tuple[FileState, str] | None:
        """The state and reason that end this file, or None while it is within limits."""
        if time.monotonic() - self._started > limits.wall_seconds:
            return FileState.TOO_SLOW, f"Reading the file took longer than {limits.wall_seconds:g} seconds."
        try:
            if self._process is None:
                # First look: processor time counts from here, at most one look after the file was begun.
                self._process = psutil.Process(self._pid)
                self._cpu = _cpu_seconds(self._process)
            if _cpu_seconds(self._process) - self._cpu > limits.cpu_seconds:
                return FileState.TOO_SLOW, f"Reading the file takes more than {limits.cpu_seconds:g} seconds of work."
            if self._process.memory_info().rss > limits.memory_bytes:
                reason = f"Reading the file takes more than {limits.memory_bytes / 1e6:,.0f} MB of memory."
                return FileState.TOO_LARGE, reason
        except psutil.Error:
            return None  # it just died: the reading end will notice
        return None


def _cpu_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def resident_bytes(pid: int) -> int:
    """Memory of a process; 0 when it is gone."""
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        process.kill()


def _is_text(path: str) -> bool:
    """False for a file name whose bytes are no text in the system's encoding: it can be neither sent nor stored."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def worker_command() -> list[str]:
    """What starts a worker: run_worker() in a process of its own."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_FLAG]
    # Found by where this package lies and not by the working folder, which may hold anything.
    start = "import sys; sys.path.insert(0, sys.argv[1]); from indexer.worker import run_worker; run_worker()"
    return [sys.executable, "-I", "-B", "-c", start, os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]


def start_worker() -> subprocess.Popen[bytes]:
    """A worker that waits for its greeting. Raises WorkersFailed."""
    try:
        return subprocess.Popen(
            worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise WorkersFailed(error.strerror or "the system refused") from error


def worker_belts() -> tuple[Belt, ...]:
    """What a worker started now finds when it tries for the network itself. Raises WorkersFailed."""
    greeting = msgspec.msgpack.encode(Greeting(os.getpid(), Limits(), belts=True))
    message = io.BytesIO()
    write_message(message, greeting)
    try:
        done = subprocess.run(
            worker_command(), input=message.getvalue(), capture_output=True, timeout=_START_SECONDS, check=False
        )
        return msgspec.msgpack.decode(read_message(io.BytesIO(done.stdout), 1 << 12), type=tuple[Belt, ...])
    except (EOFError, OSError, TooMuch, subprocess.TimeoutExpired) as error:
        raise WorkersFailed("one that was only to be tried did not answer") from error
