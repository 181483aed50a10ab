"""The spawner: starts gateways for an engine that has sealed itself off. It knows one verb and holds nothing.

The engine starts it before it seals itself, so that the seal is not inherited, and talks to it over its standard input
and output. A line in is a request's id, or `-` and an id to stop that gateway; what comes out is the gateway's frames,
each behind the number of its run. Which request may be sent is the gateway's question to the ledger, not the spawner's.
"""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO

from copilot.errors import EngineUnreachable
from copilot.failures import failure_of
from copilot.gateway.frames import End, Failed, Frame, Piece, read_frame, write_frame
from copilot.paths import Paths, child_environment
from indexer.reporter import Cancelled, Reporter

REQUEST_ID = re.compile(rb"-?[0-9a-f]{8,64}")


class Spawner:
    """The engine's end. One gateway at a time; calls from any thread queue up."""

    def __init__(self, paths: Paths) -> None:
        self._turn = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "copilot.gateway.spawner"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=child_environment(paths),
            start_new_session=True,
        )

    def run(self, request_id: str, on_text: Callable[[str], None], reporter: Reporter) -> End | Failed:
        """Have a gateway send an approved request; `on_text` gets the answer's pieces as they come.

        Raises Cancelled once the reporter says so (what was sent stays in the ledger) and EngineUnreachable.
        """
        with self._turn:
            self._write(request_id)
            cancelled = False
            while True:
                frame = self._read()
                if not isinstance(frame, Piece):
                    if cancelled:
                        raise Cancelled
                    return frame
                try:
                    reporter.check()
                    if not cancelled:
                        on_text(frame.text)
                except Cancelled:
                    cancelled = True
                    self._write("-" + request_id)

    def close(self) -> None:
        """Let the spawner end; a gateway that is in the middle of its work is ended with it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line.encode("ascii") + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise EngineUnreachable("the process that starts the gateway has ended") from None

    def _read(self) -> Frame:
        assert self._process.stdout is not None
        try:
            frame = read_frame(self._process.stdout)
        except ValueError:
            frame = None
        if frame is None:
            raise EngineUnreachable("the process that starts the gateway has ended")
        return frame


def main() -> int:
    """Serve the engine until it closes the pipe."""
    running: dict[bytes, subprocess.Popen[bytes]] = {}
    for line in sys.stdin.buffer:
        wanted = line.strip()
        if not REQUEST_ID.fullmatch(wanted):
            continue
        if wanted.startswith(b"-"):
            if (gateway := running.get(wanted[1:])) is not None:
                gateway.terminate()
            continue
        gateway = subprocess.Popen(
            [sys.executable, "-m", "copilot.gateway.process", wanted.decode("ascii")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        running[wanted] = gateway
        threading.Thread(target=_pass_on, args=(gateway, sys.stdout.buffer), daemon=True).start()
    for gateway in running.values():
        gateway.terminate()
    return 0


def _pass_on(gateway: subprocess.Popen[bytes], output: IO[bytes]) -> None:
    """Frames from the gateway to the engine; a gateway that ends without a last word gets one."""
    assert gateway.stdout is not None
    ended = False
    try:
        while (frame := read_frame(gateway.stdout)) is not None:
            ended = not isinstance(frame, Piece)
            write_frame(output, frame)
    finally:
        gateway.stdout.close()
        gateway.wait()
        if not ended:
            write_frame(output, Failed(failure_of(EngineUnreachable("the gateway ended in the middle")), 0))


if __name__ == "__main__":
    raise SystemExit(main())
