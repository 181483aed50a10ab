"""When work that nobody waits for goes on, goes slowly or waits: battery, others' load, power saver, full screens, and
the person.

`verdict` is the rule, pure; `Conditions` is what this computer says of itself; `Pacer` holds the work up. What the
rules are set to is the settings' affair.

Decision: the work is held where it reports, between two files or two batches, and not by priorities of the system:
those share a busy processor fairly, but an idle-priority process still empties a battery and still turns on the fan.

Decision: what fills the screen is told by the window, which belongs to the person's session; the engine may not. It is
told by a call that stays open, so that a window that ends or dies takes its word with it.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from copilot.settings.schema import Settings
from indexer.document import Vectors
from indexer.ports import Embedder
from indexer.reporter import Progress, Reporter

PAUSED, BATTERY, POWER_SAVER, FULL_SCREEN, BUSY = "paused", "battery", "power_saver", "full_screen", "busy"
SLOW = 0.25
"""Part of the time that work goes on under others' load."""
_LOOK_SECONDS = 2.0
_WAIT_SECONDS = 0.2
_FULL_SCREEN_LOOK_SECONDS = 0.5
_LONGEST_REST = 5.0
_PLATFORM_PROFILE = Path("/sys/firmware/acpi/platform_profile")


@dataclass(frozen=True, slots=True)
class Conditions:
    """`battery` in percent, None while plugged in or without one. `others` is the processor time, in percent of all
    cores, that goes to programs that are not ours. `full_screen` when a program fills the screen."""

    battery: float | None = None
    power_saver: bool = False
    others: float = 0.0
    full_screen: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`share` of the time work may go on: 0 waits, 1 is full speed. `reason` is empty at full speed."""

    share: float = 1.0
    reason: str = ""


def verdict(conditions: Conditions, settings: Settings, *, paused: bool, waited_for: bool = False) -> Verdict:
    """The person's own pause counts always; the rest only for work that nobody waits for."""
    if paused:
        return Verdict(0.0, PAUSED)
    if waited_for:
        return Verdict()
    if conditions.battery is not None and conditions.battery < settings.pace_battery_percent:
        return Verdict(0.0, BATTERY)
    if conditions.power_saver and settings.pace_power_saver:
        return Verdict(0.0, POWER_SAVER)
    if conditions.full_screen and settings.pace_full_screen:
        return Verdict(0.0, FULL_SCREEN)
    if conditions.others > settings.pace_cpu_percent:
        return Verdict(SLOW, BUSY)
    return Verdict()


class Machine:
    """Looks at this computer. One look compares with the one before, so the first knows nothing of others' load."""

    def __init__(self) -> None:
        self._before: tuple[float, float, float] | None = None

    def look(self) -> Conditions:
        with contextlib.suppress(psutil.Error, OSError, RuntimeError):  # some systems have the call and no answer
            return Conditions(_battery(), _power_saver(), self._others())
        return Conditions()

    def _others(self) -> float:
        times = psutil.cpu_times()
        everything = float(sum(times))
        idle = float(times.idle + getattr(times, "iowait", 0.0))
        now = (everything, everything - idle, _own_seconds())
        before, self._before = self._before, now
        if before is None or now[0] <= before[0]:
            return 0.0
        ours = max(0.0, now[2] - before[2])  # a worker that ended takes its seconds along
        return max(0.0, 100.0 * (now[1] - before[1] - ours) / (now[0] - before[0]))


class Pacer:
    """One for all runs of a process. `look` is Machine().look, or a stand-in in tests."""

    def __init__(
        self,
        settings: Callable[[], Settings],
        changed: Callable[[], None],
        look: Callable[[], Conditions] | None = None,
    ) -> None:
        self._settings = settings
        self._changed = changed
        self._look = look or Machine().look
        self._turn = threading.Lock()
        self._conditions = Conditions()
        self._looked = 0.0
        self._reason = ""
        self._waiting = threading.Condition()
        self._full_screens = 0
        self.paused = False

    @property
    def reason(self) -> str:
        """Why work is held up or slow now; empty when it is not."""
        return PAUSED if self.paused else self._reason

    def pause(self, paused: bool) -> None:
        with self._waiting:
            self.paused = paused
            self._waiting.notify_all()
        self._changed()

    def behind_full_screen(self, reporter: Reporter) -> None:
        """A program fills the screen, until the reporter's check raises."""
        with self._waiting:
            self._full_screens += 1
        try:
            while True:
                reporter.check()
                time.sleep(_FULL_SCREEN_LOOK_SECONDS)
        finally:
            with self._waiting:
                self._full_screens -= 1
                self._waiting.notify_all()

    def rest(self, worked_seconds: float, reporter: Reporter, *, waited_for: bool) -> None:
        """Called between two pieces of work: returns when the next may begin. Raises what the reporter's check does."""
        told = ""
        begin = time.monotonic()
        while True:
            reporter.check()
            now = self._judged(waited_for)
            rested = time.monotonic() - begin
            if now.share >= 1 or (now.share and rested >= min(_LONGEST_REST, worked_seconds * (1 / now.share - 1))):
                return
            if not now.share and told != now.reason:
                told = now.reason
                reporter.report(Progress("wait", 0, subject=told))
            with self._waiting:
                self._waiting.wait(_WAIT_SECONDS)

    def forget(self) -> None:
        """The last run is over: there is nothing to hold up."""
        self._enter("")

    def _judged(self, waited_for: bool) -> Verdict:
        with self._turn:
            if time.monotonic() - self._looked > _LOOK_SECONDS:
                self._looked, self._conditions = time.monotonic(), self._look()
            conditions = replace(self._conditions, full_screen=self._full_screens > 0)
            now = verdict(conditions, self._settings(), paused=self.paused, waited_for=waited_for)
        self._enter("" if now.reason == PAUSED else now.reason)
        return now

    def _enter(self, reason: str) -> None:
        if reason != self._reason:
            self._reason = reason
            self._changed()


class PacedReporter:
    """Passes events on and holds the work up wherever it reports."""

    def __init__(self, reporter: Reporter, pacer: Pacer, *, waited_for: bool) -> None:
        self._reporter = reporter
        self._pacer = pacer
        self._waited_for = waited_for
        self._since = time.monotonic()

    def report(self, event: object) -> None:
        self._reporter.report(event)
        self._rest()

    def check(self) -> None:
        self._rest()

    def _rest(self) -> None:
        self._pacer.rest(time.monotonic() - self._since, self._reporter, waited_for=self._waited_for)
        self._since = time.monotonic()


class PacedEmbedder:
    """An Embedder whose passages are held up; queries never are."""

    def __init__(self, embedder: Embedder, pacer: Pacer, reporter: Reporter, *, waited_for: bool) -> None:
        self._embedder = embedder
        self._pacer = pacer
        self._reporter = reporter
        self._waited_for = waited_for
        self._worked = 0.0
        self.model_id = embedder.model_id
        self.dimension = embedder.dimension
        self.device = embedder.device

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self._pacer.rest(self._worked, self._reporter, waited_for=self._waited_for)
        begin = time.monotonic()
        vectors = self._embedder.embed_passages(texts)
        self._worked = time.monotonic() - begin
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self._embedder.embed_query(text)


def _battery() -> float | None:
    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    return None if battery is None or battery.power_plugged is not False else float(battery.percent)


def _power_saver() -> bool:
    """Windows' battery saver, and on Linux the profile that the desktops' power settings choose."""
    if sys.platform == "win32":
        import ctypes

        status = (ctypes.c_byte * 12)()
        return bool(ctypes.windll.kernel32.GetSystemPowerStatus(status)) and status[3] == 1
    with contextlib.suppress(OSError):
        return _PLATFORM_PROFILE.read_text("ascii").strip() == "low-power"
    return False


def _own_seconds() -> float:
    """Processor time of this process and those it started."""
    own = psutil.Process()
    total = 0.0
    for process in (own, *own.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            times = process.cpu_times()
            total += times.user + times.system
    return total
