"""The spawner: starts gateways for an engine that has sealed itself off. It knows one verb and holds nothing.

The engine starts it before it seals itself, so that the seal is not inherited, and talks to it over its standard input
and output. A line in is a request's id, or `-` and an id to stop that gateway; what comes out is the gateway's frames,
ended by End or Failed. Which request may be sent is the gateway's question to the ledger, not the spawner's.

Both are started with -P: a file called httpx.py in the folder that a person happens to be in is not our httpx.

Nothing outlives the engine: a closed pipe ends the spawner, and the spawner's end closes the gateway's leash.
"""

from __future__ import annotations

import contextlib
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import IO, Self

from copilot.errors import EngineUnreachable
from copilot.failures import failure_of
from copilot.far_errors import ApprovalMissing
from copilot.gateway.frames import End, Failed, Frame, Piece, read_frame, write_frame
from copilot.paths import Paths, child_environment
from indexer.reporter import Reporter

REQUEST_ID = re.compile(r"[0-9a-f]{8,64}")
CHECK_SECONDS = 0.1
STOP_SECONDS = 15.0
"""What a gateway gets for its last ledger entry once its leash is closed."""


class Spawner:
    """The engine's end. One gateway at a time; calls from any thread queue up."""

    def __init__(self, paths: Paths) -> None:
        self._turn = threading.Lock()
        self._frames: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "copilot.gateway.spawner"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=child_environment(paths),
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, name="spawner", daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def run(self, request_id: str, on_text: Callable[[str], None], reporter: Reporter) -> End | Failed:
        """Have a gateway send an approved request; `on_text` gets the answer's pieces as they come.

        Raises Cancelled once the reporter says so (what was sent stays in the ledger), ApprovalMissing for what is no
        request's id, and EngineUnreachable. Whatever `on_text` raises stops the gateway, too.
        """
        if not REQUEST_ID.fullmatch(request_id):
            raise ApprovalMissing(request_id, "it is no request's id")
        with self._turn:
            self._write(request_id)
            stopped: BaseException | None = None
            while True:
                try:
                    frame = self._next()
                    if isinstance(frame, End | Failed):
                        break
                    if stopped is None:
                        reporter.check()
                        if frame is not None:
                            on_text(frame.text)
                except EngineUnreachable:
                    raise
                except BaseException as error:  # whatever it is, the next run must not get this one's frames
                    stopped = error
                    self._write("-" + request_id)
            if stopped is not None:
                raise stopped
            return frame

    def close(self) -> None:
        """Let the spawner end; a gateway that is in the middle of its work is ended with it."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS + 5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line.encode("ascii") + b"\n")
            self._process.stdin.flush()
        except (OSError, ValueError):
            raise EngineUnreachable("the process that starts the gateway has ended") from None

    def _next(self) -> Frame | None:
        """The next frame, None when none came in a while."""
        try:
            frame = self._frames.get(timeout=CHECK_SECONDS)
        except queue.Empty:
            return None
        if frame is None:
            self._frames.put(None)  # for whoever asks next
            raise EngineUnreachable("the process that starts the gateway has ended")
        return frame

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream, contextlib.suppress(ValueError, OSError):
            while (frame := read_frame(stream)) is not None:
                self._frames.put(frame)
        self._frames.put(None)


def main() -> int:
    """Serve the engine until it closes the pipe."""
    running: dict[str, subprocess.Popen[bytes]] = {}
    for line in sys.stdin.buffer:
        wanted = line.decode("ascii", "replace").strip()
        stop, request_id = wanted.startswith("-"), wanted.removeprefix("-")
        if stop and request_id in running:
            threading.Thread(target=_stop, args=(running[request_id],), daemon=True).start()
        elif not stop and REQUEST_ID.fullmatch(request_id):
            gateway = subprocess.Popen(
                [sys.executable, "-P", "-m", "copilot.gateway.process", request_id],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            running = {name: other for name, other in running.items() if other.poll() is None} | {request_id: gateway}
            threading.Thread(target=_pass_on, args=(gateway, sys.stdout.buffer), daemon=True).start()
    for gateway in running.values():
        _stop(gateway)
    return 0


def _stop(gateway: subprocess.Popen[bytes]) -> None:
    assert gateway.stdin is not None
    with contextlib.suppress(OSError):
        gateway.stdin.close()
    try:
        gateway.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        gateway.kill()


def _pass_on(gateway: subprocess.Popen[bytes], output: IO[bytes]) -> None:
    """Frames from the gateway to the engine; a gateway that ends without a last word gets one."""
    assert gateway.stdout is not None
    last: Frame | None = None
    with gateway.stdout as frames, contextlib.suppress(ValueError, OSError):
        while (frame := read_frame(frames)) is not None:
            if isinstance(frame, Piece):
                write_frame(output, frame)
            else:
                last = frame
    gateway.wait()
    with contextlib.suppress(OSError):  # the engine is gone, and so is who would read it
        write_frame(output, last or Failed(failure_of(EngineUnreachable("the gateway ended in the middle")), 0))


if __name__ == "__main__":
    raise SystemExit(main())
