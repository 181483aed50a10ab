"""The launcher: a small child that the window starts before it seals itself, for what must not inherit the seal.

A process that is sealed can start nothing that is not. The engine's gateway must reach the provider whose answer was
approved, packs must be fetched, and a word processor opened from here must not lose its network. So this child, which
holds nothing and reads nothing of the person's, starts them when told to. It knows five words: start the engine, open a
file in its program, show a file in its folder, open an address that the person has seen and chosen in the browser, run
one of the verbs of the command line in FETCHING. It ends with the window: when its input closes.

Decision: a child that opens addresses, and not one that hands out connections. What the window shows may name an
address, and nothing in the window can fetch it; a browser is opened by a click and by nothing else.
"""

from __future__ import annotations

import contextlib
import importlib.util
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import msgspec

from copilot.errors import EngineUnreachable, WindowMissing
from copilot.failures import Failure, RemoteFailure, failure_of
from copilot.paths import Paths, child_environment, find_paths, has_display

WINDOW_SECONDS = 2.0
"""A window that can't be shown says so within this time; one that runs already has shown what was asked for."""

FETCHING = (("models", "fetch"),)
"""The beginnings of command lines that may be run outside the seal."""


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line to the launcher. `verb` is engine, open, show, browse, run or stop; `number` comes back with replies."""

    number: int
    verb: str
    words: tuple[str, ...] = ()


class Reply(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line back: one of a run's own lines, or the end with its exit code and what went wrong."""

    number: int
    line: str | None = None
    code: int = 0
    failure: Failure | None = None


class Launcher:
    """The window's end. Orders may come from any thread; replies are given in a thread of the launcher's own."""

    def __init__(self, paths: Paths) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._waiting: dict[int, tuple[Callable[[str], None], Callable[[Reply], None]]] = {}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "copilot.host.launcher"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=child_environment(paths),
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, name="launcher", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def start_engine(self, _paths: Paths) -> None:
        """Start the engine or find it running; returns when it answers. Raises RemoteFailure and EngineUnreachable."""
        replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self._send("engine", (), _ignore, replies.put)
        reply = replies.get()
        if reply.failure is not None:
            raise RemoteFailure(reply.failure)

    def open(self, file: str) -> None:
        """Open a file in its own program."""
        self._send("open", (file,), _ignore, _ignore)

    def show(self, file: str) -> None:
        """Show a file in the desktop's file browser."""
        self._send("show", (file,), _ignore, _ignore)

    def browse(self, address: str) -> None:
        """Open an http or https address in the browser."""
        self._send("browse", (address,), _ignore, _ignore)

    def run(self, words: tuple[str, ...], line: Callable[[str], None], end: Callable[[int], None]) -> int:
        """Run `nearside …` outside the seal if its words begin as FETCHING allows. Returns a number to stop it by."""
        return self._send("run", words, line, lambda reply: end(reply.code))

    def stop(self, number: int) -> None:
        """End a run; its end is told as always."""
        self._send("stop", (str(number),), _ignore, _ignore)

    def close(self) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(2)

    def _send(
        self, verb: str, words: tuple[str, ...], line: Callable[[str], None], end: Callable[[Reply], None]
    ) -> int:
        assert self._process.stdin is not None
        with self._lock:
            self._count += 1
            number = self._count
            self._waiting[number] = (line, end)
            try:
                self._process.stdin.write(msgspec.json.encode(Order(number, verb, words)) + b"\n")
                self._process.stdin.flush()
                return number
            except (OSError, ValueError):
                del self._waiting[number]
        end(_gone(number))
        return number

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as replies, contextlib.suppress(OSError, ValueError):
            for text in replies:
                reply = msgspec.json.decode(text, type=Reply)
                with self._lock:
                    line, end = self._waiting.get(reply.number, (_ignore, _ignore))
                    if reply.line is None:
                        self._waiting.pop(reply.number, None)
                if reply.line is not None:
                    line(reply.line)
                else:
                    end(reply)
        with self._lock:
            left, self._waiting = self._waiting, {}
        for number, (_, end) in left.items():
            end(_gone(number))


def start_window(paths: Paths, words: tuple[str, ...]) -> None:
    """Start the window with these words, or hand them to the one that is open. Raises WindowMissing."""
    if importlib.util.find_spec("PySide6") is None:
        raise WindowMissing("this Nearside was installed without it (nearside[desktop] has it)")
    if not has_display():
        raise WindowMissing("there is no display in this session")
    detached: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        detached = {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "ui", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=child_environment(paths),
        **detached,
    )
    deadline = time.monotonic() + WINDOW_SECONDS
    while time.monotonic() < deadline:
        if (code := process.poll()) is not None:
            if code:
                raise WindowMissing(f"it ended at once with code {code}")
            return
        time.sleep(0.05)
    process.returncode = 0  # it lives on without us; nobody shall wait for it


def _gone(number: int) -> Reply:
    return Reply(number, code=8, failure=failure_of(EngineUnreachable("the process that starts it has ended")))


def _ignore(_: object) -> None:
    return None


# --- the child


class _Floor:
    """The child's side: one thread an order, one lock for the output."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._running: dict[int, subprocess.Popen[bytes]] = {}

    def serve(self, orders: IO[bytes]) -> None:
        for text in orders:
            try:
                order = msgspec.json.decode(text, type=Order)
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue
            threading.Thread(target=self._obey, args=(order,), daemon=True).start()
        for process in self._running.values():
            process.terminate()

    def _obey(self, order: Order) -> None:
        code, failure = 0, None
        try:
            match order.verb:
                case "engine":
                    _start_engine()
                case "open" | "show":
                    _open(order.words[0], in_folder=order.verb == "show")
                case "browse":
                    _browse(order.words[0])
                case "run" if order.words[:2] in FETCHING:
                    code = self._run(order)
                case "stop":
                    running = self._running.get(int(order.words[0]))
                    if running is not None:
                        running.terminate()
        except Exception as error:
            failure = failure_of(error)
        self._say(Reply(order.number, code=code, failure=failure))

    def _run(self, order: Order) -> int:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "copilot.cli", *order.words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        )
        self._running[order.number] = process
        assert process.stdout is not None
        for line in process.stdout:
            self._say(Reply(order.number, line=line.decode("utf-8", "replace").rstrip("\n")))
        del self._running[order.number]
        return process.wait()

    def _say(self, reply: Reply) -> None:
        with self._lock, contextlib.suppress(OSError):
            self._out.write(msgspec.json.encode(reply) + b"\n")
            self._out.flush()


def _start_engine() -> None:
    from copilot.host.client import start_engine

    start_engine(find_paths())


def _open(file: str, *, in_folder: bool) -> None:
    """Only what is there and has an absolute path: never an address."""
    path = Path(file)
    if not path.is_absolute() or not path.exists():
        return
    if sys.platform == "win32":
        _start(["explorer", f"/select,{path}"] if in_folder else ["explorer", str(path)])
    elif sys.platform == "darwin":
        _start(["open", "-R", str(path)] if in_folder else ["open", str(path)])
    else:
        _start(["xdg-open", str(path.parent if in_folder else path)])


def _browse(address: str) -> None:
    if not address.startswith(("https://", "http://")):
        return
    opener = {"win32": "explorer", "darwin": "open"}.get(sys.platform, "xdg-open")
    _start([opener, address])


def _start(command: list[str]) -> None:
    with contextlib.suppress(OSError):
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def main() -> int:
    """Serve the window until it closes the pipe."""
    _Floor(sys.stdout.buffer).serve(sys.stdin.buffer)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
