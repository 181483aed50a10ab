"""The window with a watchdog in its event loop: python -m tests.journeys.watched REPORT [the window's own words]

A timer ticks every few milliseconds. What a tick comes late is how long the loop was held; the time in which this
thread was ready and the processor was busy with others' work is taken off, or a loaded machine would be measured. While
a hold lasts another thread notes where it is. At the end REPORT has it all as JSON.

With --far every answer from this computer is followed by one from the provider that is set up, as if the person had
agreed at once: for long streams. Everything else is left to real keys.
"""

from __future__ import annotations

import faulthandler
import json
import os
import re
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from copilot.privacy.consent import ConsentRequest, Decision
from ui import app
from ui.__main__ import main
from ui.pages.chat import ChatPage
from ui.talk import Exchange, Phase

TICK_MS = 5
NOTED_MS = 15.0
LOOKED_AT_MS = 25.0


@dataclass(slots=True)
class Hold:
    """Milliseconds: `held` without `waited`, in which others had the processor."""

    at: float
    held: float
    waited: float
    where: list[str] = field(default_factory=list)


class Watchdog(QObject):
    """Watches the loop of the thread that makes it, from `start` on."""

    def __init__(self, report: Path) -> None:
        super().__init__()
        self._report = report
        self._thread = threading.get_ident()
        self._stat = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)
        self._holds: list[Hold] = []
        self._where: list[str] = []
        self._ticks = 0
        self._last = self._begin = time.perf_counter()
        self._waited = self._waited_ms()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._last = self._begin = time.perf_counter()
        self._waited = self._waited_ms()
        self._timer.start()
        threading.Thread(target=self._look, daemon=True).start()

    def write(self) -> None:
        self._timer.stop()
        seconds = time.perf_counter() - self._begin
        said = {"seconds": seconds, "ticks": self._ticks, "holds": [asdict(hold) for hold in self._holds]}
        self._report.write_text(json.dumps(said), "utf-8")

    def _tick(self) -> None:
        now, waited = time.perf_counter(), self._waited_ms()
        others = waited - self._waited
        held = (now - self._last) * 1000 - TICK_MS - others
        self._ticks += 1
        if held > NOTED_MS:
            self._holds.append(Hold(round(now - self._begin, 3), round(held, 1), round(others, 1), self._where))
        self._where = []
        self._last, self._waited = now, waited

    def _waited_ms(self) -> float:
        return int(os.pread(self._stat, 100, 0).split()[1]) / 1e6

    def _look(self) -> None:
        with tempfile.TemporaryFile("w+", encoding="utf-8") as notes:
            while self._timer.isActive():
                time.sleep(0.008)
                if (time.perf_counter() - self._last) * 1000 - TICK_MS > LOOKED_AT_MS and len(self._where) < 12:
                    self._where.append(self._place(notes))

    def _place(self, notes: IO[str]) -> str:
        """Where the watched thread is. Not by its frames: whoever holds one keeps a painter alive and ends it in the
        wrong thread.
        """
        notes.seek(0)
        notes.truncate()
        faulthandler.dump_traceback(notes, all_threads=True)
        notes.seek(0)
        _, _, rest = notes.read().partition(f"hread 0x{self._thread:016x} ")
        lines = rest.split("\n\n")[0].splitlines()[1:8]
        found = (re.match(r'  File "(?:.*/)?(.+)", line (\d+) in (.+)', line) for line in lines)
        return " < ".join(f"{one[1]}:{one[2]} {one[3]}" for one in found if one)


class FarAnswers(QObject):
    """Says yes to what would be sent, without showing it."""

    def __init__(self, page: ChatPage) -> None:
        super().__init__(page)
        self._talk = page.talk
        self._talk.offered.disconnect()
        self._talk.offered.connect(self._agree)
        self._talk.changed.connect(self._follow)

    def _follow(self, exchange: Exchange) -> None:
        if exchange.phase is Phase.DONE and not exchange.offer:
            QTimer.singleShot(0, lambda: self._talk.prepare_offer(exchange))

    def _agree(self, exchange: Exchange, request: ConsentRequest) -> None:
        self._talk.decide(exchange, request, Decision.ONCE)


def watched(report: Path, *, far: bool) -> int:
    """The window's whole life, as `nearside-desktop` has it."""
    begin = app.Desktop.begin

    def begin_watched(desktop: app.Desktop, *words: object, **named: object) -> None:
        begin(desktop, *words, **named)  # type: ignore[arg-type]
        watchdog = Watchdog(report)
        application = QApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(watchdog.write)
        watchdog.start()
        page = desktop.window.findChild(ChatPage)
        if far and page is not None:
            FarAnswers(page)

    app.Desktop.begin = begin_watched  # type: ignore[method-assign]
    return main()


if __name__ == "__main__":
    words = sys.argv[1:]
    far = "--far" in words
    sys.argv[1:] = [word for word in words[1:] if word != "--far"]
    raise SystemExit(watched(Path(words[0]), far=far))
