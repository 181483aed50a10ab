"""The call that measures how fast a device writes answers, here and now, with the answer pack in use.

Decision: measured, not looked up. The same chip writes twice as fast on mains as on battery and half as fast beside
a video call, and what a person decides by shall be what this computer does.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from copilot.calls import MeasureDevice
from copilot.conversation import Message, Role
from copilot.errors import PackMissing
from copilot.failures import failure_of
from copilot.lineup import Lineup
from copilot.models.catalogue import default_pack
from copilot.placement import place
from copilot.ports import Generator
from copilot.reports import Measured
from indexer.errors import NearsideError
from indexer.reporter import Reporter, Silent

WRITTEN_TOKENS = 64
POWERCAP = Path("/sys/class/powercap")
_PROMPT = (
    "The harbour office opens at eight. Deliveries are received until four in the afternoon, on Fridays until noon. "
    "Lorries register at the gate and wait on lane two. Write a notice for drivers that says all of this."
)


class Measuring:
    """One measurement at a time: two would measure each other."""

    def __init__(self, lineup: Lineup) -> None:
        self._lineup = lineup

    def measure(self, call: MeasureDevice, reporter: Reporter) -> Measured:
        """The reason instead of numbers where the device or the pack can't. Raises Cancelled."""
        try:
            pack = self._lineup.pack("generator")
            if pack is None:
                raise PackMissing(default_pack("generator"))
            with self._lineup.in_use("generator"), self._generator(call.device) as (generator, load_seconds):
                reporter.check()
                return _timed(call.device, generator, load_seconds, pack.id, reporter)
        except NearsideError as error:
            return Measured(call.device, None, None, None, None, error.sentence, failure=failure_of(error))

    @contextlib.contextmanager
    def _generator(self, device: str) -> Iterator[tuple[Generator, float]]:
        """The one in use where it runs on this device, for two of them may not fit into memory; else one for now."""
        running = self._lineup.in_memory("generator")
        if running is not None and running.device.split(".")[0] == device:
            yield running, self._lineup.generator.seconds or 0.0
            return
        pack = self._lineup.pack("generator")
        assert pack is not None
        placement = place("generator", pack, device)
        from copilot.engines.generator import open_generator

        begin = time.perf_counter()
        generator = open_generator(pack, placement)
        try:
            generator.warm_up()
            yield generator, time.perf_counter() - begin
        finally:
            generator.close()


def _timed(device: str, generator: Generator, load_seconds: float, pack_id: str, reporter: Reporter) -> Measured:
    # A first line that nobody has read before: the prefix cache must not make the device look faster than it is.
    messages = (Message(Role.USER, f"Note {time.time_ns()}. {_PROMPT}"),)
    joules_before, began = _joules(), time.perf_counter()
    written = generator.generate(messages, _Muted(reporter), max_tokens=WRITTEN_TOKENS)
    seconds, joules_after = time.perf_counter() - began, _joules()
    watts = None
    if joules_before is not None and joules_after is not None and joules_after > joules_before:
        watts = (joules_after - joules_before) / seconds
    writing = max(written.total_seconds - written.first_token_seconds, 1e-6)
    speed = (written.answer_tokens - 1) / writing if written.answer_tokens > 1 else None
    return Measured(device, load_seconds, written.first_token_seconds, speed, watts, "", pack_id)


def _joules(folder: Path = POWERCAP) -> float | None:
    """What the processor packages have used since some moment, by their own counters; None where nobody tells.

    Linux lets the administrator alone read them, unless told otherwise.
    """
    total = 0.0
    found = False
    with contextlib.suppress(OSError, ValueError):
        for package in sorted(folder.glob("intel-rapl:[0-9]*")):
            if package.name.count(":") == 1:
                total += int((package / "energy_uj").read_text("ascii")) / 1e6
                found = True
        return total if found else None
    return None


class _Muted(Silent):
    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter

    def check(self) -> None:
        self._reporter.check()
