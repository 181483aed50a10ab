"""Pages as pictures, drawn in a worker process: this is the side that asks. What the worker does is pages.py.

One worker, started when a page is wanted and let go when none has been wanted for a while. A page that costs it more
than it may costs it its life, and the next page gets another.

Decision: the worker belongs to one thread of ours, because on Linux it dies with the thread that started it.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import msgspec

from indexer.content import Limits
from indexer.errors import PageUnavailable, WorkersFailed
from indexer.isolation import resident_bytes, start_worker
from indexer.pages import PageAnswer, PageRequest
from indexer.pictures import PageImage, Picture
from indexer.worker import Greeting, TooMuch, read_message, write_message

ANSWER_BYTES = 80 << 20
_IDLE_SECONDS = 60.0
_LOOK_SECONDS = 0.1
_BROKEN = "The page is damaged in a way that stops the program that draws it, or takes too long."


class PageRenderer:
    """Thread-safe; pages are drawn one after the other."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pages")
        self._process: subprocess.Popen[bytes] | None = None
        self._last = 0.0

    def render(self, path: str, page: int, width: int, quote: str = "", around: str = "") -> PageImage:
        """A page (from 1) of a PDF or picture, a file or a member. Raises PageUnavailable and WorkersFailed."""
        answer = self._answer(PageRequest(path, page, width, quote, around))
        if answer.image is None:
            raise PageUnavailable(path, page, answer.reason)
        return answer.image

    def raster(self, path: str, page: int) -> Picture:
        """The same page as text recognition wants it. Raises as `render` does."""
        answer = self._answer(PageRequest(path, page, 0))
        if answer.picture is None:
            raise PageUnavailable(path, page, answer.reason)
        return answer.picture

    def _answer(self, request: PageRequest) -> PageAnswer:
        answer = self._thread.submit(self._ask, request).result()
        timer = threading.Timer(_IDLE_SECONDS, self._rest)
        timer.daemon = True
        timer.start()
        return answer

    def close(self) -> None:
        self._thread.submit(self._dismiss).result()
        self._thread.shutdown()

    def _rest(self) -> None:
        with contextlib.suppress(RuntimeError):  # closed meanwhile
            self._thread.submit(self._dismiss_if_idle)

    def _dismiss_if_idle(self) -> None:
        if time.monotonic() - self._last >= _IDLE_SECONDS:
            self._dismiss()

    def _ask(self, request: PageRequest) -> PageAnswer:
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        over = threading.Event()
        watch = threading.Thread(target=self._watch, args=(process, over), name="page watch", daemon=True)
        watch.start()
        try:
            write_message(process.stdin, msgspec.msgpack.encode(request))
            return msgspec.msgpack.decode(read_message(process.stdout, ANSWER_BYTES), type=PageAnswer)
        except (EOFError, OSError, TooMuch, msgspec.DecodeError, UnicodeDecodeError):
            self._dismiss()
            return PageAnswer(None, _BROKEN)
        finally:
            self._last = time.monotonic()
            over.set()
            watch.join()

    def _watch(self, process: subprocess.Popen[bytes], over: threading.Event) -> None:
        """End a worker that takes too long or too much; its own limits stop the processor time."""
        begin = time.monotonic()
        while not over.wait(_LOOK_SECONDS):
            late = time.monotonic() - begin > self._limits.wall_seconds
            if late or resident_bytes(process.pid) > self._limits.memory_bytes:
                process.kill()
                return

    def _start(self) -> subprocess.Popen[bytes]:
        process = start_worker()
        self._process = process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            write_message(process.stdin, msgspec.msgpack.encode(Greeting(os.getpid(), self._limits, pages=True)))
            read_message(process.stdout, 16)
        except (EOFError, OSError, TooMuch) as error:
            self._dismiss()
            raise WorkersFailed("they end at once") from error
        return process

    def _dismiss(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(OSError):
                process.kill()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()
            process.wait()
