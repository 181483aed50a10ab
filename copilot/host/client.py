"""A Copilot at the end of the engine's pipe, and how an engine is found, started and stopped."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import msgspec

from copilot.calls import Call, GetEngine, StopEngine
from copilot.errors import EngineUnreachable
from copilot.failures import Failure, RemoteFailure
from copilot.host import protocol
from copilot.paths import Paths, child_environment
from copilot.reports import EngineReport
from indexer.errors import NearsideError
from indexer.reporter import Cancelled, Reporter, Silent

R = TypeVar("R")

START_SECONDS = 60.0
STOP_SECONDS = 30.0
LISTEN_SECONDS = 0.05


class RemoteCopilot:
    """Performs calls in the engine process. One call at a time; not for use from two threads, `interrupt` apart."""

    def __init__(self, connection: Any) -> None:
        self._connection: Connection = connection
        self._sending = threading.Lock()
        self._in_call = False

    def perform(self, call: Call[R], reporter: Reporter, *, look_seconds: float | None = LISTEN_SECONDS) -> R:
        """Raises Cancelled, RemoteFailure with the engine's own words, and EngineUnreachable when the pipe breaks.

        The reporter is asked every `look_seconds` whether the call is to stop. With None it is asked only when
        something comes from the engine: whoever wants it to stop calls `interrupt`, and nothing wakes in vain.
        """
        with self._sending:
            self._in_call = True
        try:
            return self._perform(call, reporter, look_seconds)
        finally:
            with self._sending:
                self._in_call = False

    def interrupt(self) -> None:
        """Have the call that is under way, if there is one, end soon with Cancelled. From any thread."""
        with self._sending, contextlib.suppress(OSError):
            if self._in_call:
                self._connection.send_bytes(protocol.CANCEL)

    def _perform(self, call: Call[R], reporter: Reporter, look_seconds: float | None) -> R:
        cancelled = False
        try:
            self._send(protocol.seal("call", call))
            while True:
                cancelled = cancelled or self._cancel_if_asked(reporter)
                if not self._connection.poll(look_seconds):
                    continue
                envelope = protocol.open_envelope(self._connection.recv_bytes())
                match envelope.kind:
                    case "event":
                        if not cancelled:
                            cancelled = self._pass_on(protocol.read_event(envelope), reporter)
                    case "result":
                        return protocol.read_result(envelope, call)
                    case "cancelled":
                        raise Cancelled
                    case _:
                        raise protocol.read_failure(envelope)
        except (EOFError, OSError):
            raise EngineUnreachable("it stopped in the middle of its work") from None

    def _send(self, message: bytes) -> None:
        with self._sending:
            self._connection.send_bytes(message)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> RemoteCopilot:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _cancel_if_asked(self, reporter: Reporter) -> bool:
        try:
            reporter.check()
        except Cancelled:
            self._send(protocol.CANCEL)
            return True
        return False

    def _pass_on(self, event: object, reporter: Reporter) -> bool:
        try:
            reporter.report(event)
        except Cancelled:
            self._send(protocol.CANCEL)
            return True
        return False


def connect(paths: Paths) -> RemoteCopilot | None:
    """The running engine, or None when there is none. Raises EngineUnreachable when it refuses us."""
    try:
        secret = paths.engine_secret.read_bytes()
        address = paths.engine_address
        if os.name != "nt" and not Path(address).exists():
            return None
        return RemoteCopilot(Client(address, family="AF_PIPE" if os.name == "nt" else "AF_UNIX", authkey=secret))
    except (FileNotFoundError, ConnectionRefusedError, ConnectionResetError, EOFError):
        return None
    except (AuthenticationError, OSError) as error:
        raise EngineUnreachable(type(error).__name__) from None


def start_engine(paths: Paths) -> EngineReport:
    """Start an engine that outlives this process and wait until it answers; one that runs already will do.

    Raises RemoteFailure with the engine's own reason, and EngineUnreachable where it has none.
    """
    running = connect(paths)
    if running is not None:
        with running:
            return running.perform(GetEngine(), Silent())
    detached: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        detached = {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "copilot.host"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=child_environment(paths),
        **detached,
    )
    assert process.stderr is not None
    deadline = time.monotonic() + START_SECONDS
    with process.stderr as words:
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise _why_not(words.read(), process.returncode)
            running = connect(paths)
            if running is not None:
                with running:
                    return running.perform(GetEngine(), Silent())
            time.sleep(0.05)
    process.kill()
    raise EngineUnreachable(f"it did not start within {START_SECONDS:.0f} seconds")


def _why_not(output: bytes, code: int) -> NearsideError:
    """Why an engine ended before it answered, from what it wrote last."""
    last = (output.strip().splitlines() or [b""])[-1]
    try:
        return RemoteFailure(msgspec.json.decode(last, type=Failure))
    except protocol.UNREADABLE:
        said = last.decode("utf-8", "replace").rstrip(".")
        return EngineUnreachable(said or f"it ended at once with code {code}")


def stop_engine(paths: Paths) -> bool:
    """Ask the engine to leave and wait until it has; False when none was running."""
    running = connect(paths)
    if running is None:
        return False
    with running:
        pid = running.perform(GetEngine(), Silent()).pid
        with contextlib.suppress(EngineUnreachable):
            running.perform(StopEngine(), Silent())
    deadline = time.monotonic() + STOP_SECONDS
    while time.monotonic() < deadline:
        if not paths.engine_secret.exists() and not _alive(pid):
            return True
        time.sleep(0.05)
    raise EngineUnreachable(f"process {pid} is still busy after {STOP_SECONDS:.0f} seconds")


def _alive(pid: int) -> bool:
    import psutil

    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
