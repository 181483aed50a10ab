"""The engine process: owns the library and the models, answers calls from the pipe, follows folders, leaves on request.

Start order: log, the gateway's spawner, seal (from then on no network socket can be opened), library, pipe, watcher,
clients.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any

import msgspec
import psutil

from copilot.app import Copilot
from copilot.calls import Call, Done, GetEngine, StopEngine
from copilot.failures import failure_of
from copilot.gateway.spawner import Spawner
from copilot.host import protocol
from copilot.logs import start_log
from copilot.paths import Paths, find_paths, private_folder
from copilot.reports import EngineReport
from copilot.sealing import belts, seal
from indexer.reporter import Cancelled

log = logging.getLogger("nearside.engine")

IDLE_LOOK_SECONDS = 15.0
WIND_DOWN_SECONDS = 5.0
PROMPT_SECONDS = 0.1
"""How long a cancelled call may take to end by itself before its client is told that it is over."""


class PipeReporter:
    """Sends one call's events and then its end to one client; raises Cancelled once that client asked to stop or went
    away. After the end, which comes once, nothing of this call is sent any more."""

    def __init__(self, connection: Connection, lock: threading.Lock) -> None:
        self._connection = connection
        self._lock = lock
        self._over = False
        self.cancelled = threading.Event()

    def report(self, event: object) -> None:
        self.check()
        self._send(protocol.seal("event", event), last=False)

    def check(self) -> None:
        if self.cancelled.is_set():
            raise Cancelled

    def end(self, kind: str, message: object) -> None:
        self._send(protocol.seal(kind, message), last=True)

    def abandon(self) -> None:
        """The engine leaves: the work is to stop, and the client learns it from the pipe's end."""
        with self._lock:
            self._over = True
        self.cancelled.set()

    def _send(self, data: bytes, *, last: bool) -> None:
        try:
            with self._lock:
                if not self._over:
                    self._over = last
                    self._connection.send_bytes(data)
        except OSError:
            self.cancelled.set()


class Server:
    """Accepts clients until someone asks it to stop; one thread a client, one more for the call it is in."""

    def __init__(self, paths: Paths, copilot: Copilot) -> None:
        self._paths = paths
        self._stopping = threading.Event()
        self._started_at = time.time()
        self._copilot = copilot
        self._in_hand: dict[threading.Thread, PipeReporter] = {}
        """Calls that are being answered."""

    def serve(self) -> None:
        """Raises StoreLocked and what else opening the library raises, before the first client is let in."""
        self._copilot.open_library()
        listener = _listen(self._paths)
        try:
            self._copilot.watch()
            threading.Thread(target=self._accept, args=(listener,), daemon=True, name="accept").start()
            log.info("engine ready, pid %d", os.getpid())
            while not self._stopping.wait(IDLE_LOOK_SECONDS):
                self._copilot.unload_when_idle()
        finally:
            listener.close()
            with contextlib.suppress(OSError):
                self._paths.engine_secret.unlink()
            self._wind_down()
            self._copilot.close()
            log.info("engine stopped")

    def stop(self) -> None:
        self._stopping.set()

    def _wind_down(self) -> None:
        """Give what is in hand a moment to stop by itself, so that a half answer is kept as such."""
        in_hand = dict(self._in_hand)
        for reporter in in_hand.values():
            reporter.abandon()
        deadline = time.monotonic() + WIND_DOWN_SECONDS
        for thread in in_hand:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _accept(self, listener: Listener) -> None:
        while not self._stopping.is_set():
            try:
                connection = listener.accept()
            except Exception as error:  # a stranger without the key, or a client that left in the middle
                if self._stopping.is_set():
                    return
                log.warning("a client was turned away: %s", type(error).__name__)
                time.sleep(0.05)
                continue
            threading.Thread(target=self._attend, args=(connection,), daemon=True, name="client").start()

    def _attend(self, connection: Any) -> None:
        """One client: calls one after the other, and beside each an ear for `cancel` and for the client's end."""
        lock = threading.Lock()
        reporter = PipeReporter(connection, lock)
        workers: list[threading.Thread] = []
        try:
            while True:
                envelope = protocol.open_envelope(connection.recv_bytes())
                if envelope.kind == "cancel":
                    self._cancel(reporter, workers)
                    continue
                reporter = PipeReporter(connection, lock)
                worker = threading.Thread(target=self._answer, args=(envelope, reporter), daemon=True, name="call")
                worker.start()
                workers = [*(one for one in workers if one.is_alive()), worker]
        except (EOFError, OSError):
            reporter.cancelled.set()
        except Exception as error:
            reporter.end("failure", failure_of(error))
        finally:
            for worker in workers:
                worker.join()
            connection.close()

    @staticmethod
    def _cancel(reporter: PipeReporter, workers: list[threading.Thread]) -> None:
        """A model reads its prompt in steps of up to a second: the person who pressed stop need not wait for the end
        of one. The work winds down by itself, unheard; what the client asks next runs beside it."""
        reporter.cancelled.set()
        if workers:
            workers[-1].join(PROMPT_SECONDS)
            reporter.end("cancelled", Done())

    def _answer(self, envelope: protocol.Envelope, reporter: PipeReporter) -> None:
        self._in_hand[threading.current_thread()] = reporter
        try:
            call = protocol.read_call(envelope)
            log.info("call %s", type(call).__name__)
            reporter.end("result", self._perform(call, reporter))
        except Cancelled:
            reporter.end("cancelled", Done())
        except Exception as error:
            # Only the kind of error and where it was: its text may hold what was in a file.
            log.error("call %s failed: %s", envelope.name, type(error).__name__, exc_info=None)
            _log_place(error)
            reporter.end("failure", failure_of(error))
        finally:
            del self._in_hand[threading.current_thread()]

    def _perform(self, call: Call[Any], reporter: PipeReporter) -> object:
        match call:
            case StopEngine():
                # The answer goes out before the pipe closes: the main loop needs a moment to leave its wait.
                threading.Timer(0.05, self.stop).start()
                return Done()
            case GetEngine():
                loaded, watching = self._copilot.loaded(), self._copilot.watching()
                resident = psutil.Process().memory_info().rss
                return EngineReport(
                    os.getpid(), protocol.VERSION, self._started_at, resident, loaded, watching, belts()
                )
            case _:
                return self._copilot.perform(call, reporter)


def _log_place(error: BaseException) -> None:
    trace = error.__traceback__
    while trace is not None:
        log.error("  at %s:%d", Path(trace.tb_frame.f_code.co_filename).name, trace.tb_lineno)
        trace = trace.tb_next


def _listen(paths: Paths) -> Listener:
    """The pipe, in a folder of ours alone, with a fresh key that only we can read."""
    secret = secrets.token_bytes(32)
    private_folder(paths.runtime)
    address = paths.engine_address
    if os.name != "nt":
        private_folder(Path(address).parent)
        # The library's lock is ours by now, so a socket that lies here was left by an engine that was killed.
        Path(address).unlink(missing_ok=True)
    fresh = paths.engine_secret.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(secret)
    listener = Listener(address, family="AF_PIPE" if os.name == "nt" else "AF_UNIX", authkey=secret)
    os.replace(fresh, paths.engine_secret)
    return listener


def main() -> int:
    """Run the engine in this process until it is told to stop. The last line of output is the reason it can't: in words
    for a person, as a Failure in JSON for whoever started it.
    """
    paths = find_paths()
    start_log(paths.logs)
    spawner = Spawner(paths)  # before the seal, which its children would inherit
    seal()
    try:
        server = Server(paths, Copilot(paths, writer=True, spawner=spawner))
        signal.signal(signal.SIGTERM, lambda *_: server.stop())
        signal.signal(signal.SIGINT, lambda *_: server.stop())
        server.serve()
    except Exception as error:
        failure = failure_of(error)
        _log_place(error)
        words = f"{failure.sentence} {failure.advice}" if sys.stderr.isatty() else msgspec.json.encode(failure).decode()
        sys.stderr.write(f"{words}\n")
        return failure.exit_code
    return 0
