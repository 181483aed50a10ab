"""The window at its busiest: files are indexed, a long answer streams, and a person does everything at once with it.

The answer comes from a provider on this computer, so that it is long, and has tables, code and lists, whatever model
the tests have. What is measured while it goes on is watched.py's.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from copilot.calls import GetStatus
from tests.display import Screen, until
from tests.journeys.cli import ROOT, Nearside
from tests.journeys.test_offer import KEY, Office
from tests.journeys.windowing import Desk, welcomed, window
from tests.keyringsession import keep_api_key, keyring_session
from tests.loopback import Loopback, answer, streams

QUESTION = "Who painted the pump in drawer 12, and in which colour?"
TOKENS_A_SECOND = 60
PAGES = {"chat": 0, "search": 1, "library": 2, "privacy": 3, "models": 4, "settings": 5}
FIRST_ROW, ROW_HEIGHT, ROW_X = 70, 35, 60
"""Where the navigation's buttons are in the window."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What the watchdog saw; milliseconds."""

    seconds: float
    ticks: int
    holds: tuple[tuple[float, float, float, tuple[str, ...]], ...]
    """At which second, how long, how long others had the processor, where; longest first."""

    @property
    def longest(self) -> float:
        return self.holds[0][1] if self.holds else 0.0

    def over(self, milliseconds: float) -> int:
        return sum(held > milliseconds for _, held, _, _ in self.holds)


def long_answer(sections: int = 6) -> tuple[str, ...]:
    """Pieces of a few characters, as models write them: headings, lists, a table and code in each section."""
    parts = []
    for number in range(1, sections + 1):
        rows = "\n".join(f"| Drawer {row} | part {row * number} | {row * 1.25:.2f} EUR [1] |" for row in range(14))
        code = "\n".join(f"    total_{row} = price[{row}] * count[{row}]  # drawer {row}" for row in range(12))
        parts.append(
            f"## Part {number}\n\nThe pump **costs** 4,310 euros [1], and *Person A* says so. "
            + "It stands in the cellar, where nobody has painted it yet. " * 4
            + "\n\n- first, the price\n- second, the colour\n  - and a shade\n\n"
            + "| Place | What | Price |\n|---|---|---|\n"
            + f"{rows}\n\n```python\ndef bill(price, count):\n{code}\n    return total_0\n```\n\n"
            "水泵的价格是四千三百一十欧元，安装在地下室。" + "\n\n"
        )
    text = "".join(parts)
    return tuple(text[at : at + 4] for at in range(0, len(text), 4))


def write_files(folder: Path, count: int, lines_each: int = 1) -> None:
    folder.mkdir()
    for number in range(count):
        lines = [
            f"Entry {number}.{line}: drawer {number % 97} keeps part {number * 7 + line}." for line in range(lines_each)
        ]
        (folder / f"note-{number:05}.txt").write_text("\n".join(lines), "utf-8")


@contextlib.contextmanager
def office(folder: Path, packs: Path) -> Iterator[Office]:
    """An installation with a provider that answers at length, its key in a keyring, and one folder that may be sent."""
    pieces = answer("openai", *long_answer())
    with keyring_session(folder / "keyring") as session, Loopback(streams(*pieces, pause=1 / TOKENS_A_SECOND)) as far:
        keep_api_key("acme", KEY, session)
        made = Office(folder / "nearside" / "home", packs, tuple(session.items()))
        welcomed(made.home)
        documents = made.home.parent / "documents"
        documents.mkdir()
        (documents / "pump.txt").write_text("The pump in drawer 12 costs 4,310 euros.\n" * 40, "utf-8")
        assert made.run("index", "add", documents).code == 0
        assert made.run("label", documents, "ask").code == 0
        added = made.run("providers", "add", "acme", "--kind", "openai", "--url", far.url, "--model", "large")
        assert added.code == 0, added.err
        yield made


def at_its_busiest(nearside: Nearside, screen: Screen, papers: Path, report: Path, *, least_seconds: float) -> Watched:
    """Index `papers`, stream answers, and use everything until the files are read; at least so long."""
    with window(nearside, screen, str(report), "--far", module="tests.journeys.watched") as desk:
        screen.focus("Nearside")
        desk.wait_for_call("Follow")
        known = desk.ask_engine(GetStatus()).counts.files
        wanted = known + sum(1 for _ in papers.iterdir())
        adding = subprocess.Popen(
            nearside.command("index", "add", str(papers)),
            cwd=ROOT,
            env=nearside.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        person = Person(desk)
        begin = time.monotonic()
        try:
            until(lambda: desk.ask_engine(GetStatus()).counts.files > known + 20, 120, "indexing does not begin")
            while time.monotonic() - begin < least_seconds or adding.poll() is None:
                person.does_everything()
                assert desk.process.poll() is None
        finally:
            adding.wait(600)
        assert desk.ask_engine(GetStatus()).counts.files == wanted
    return read_report(report)


def read_report(report: Path) -> Watched:
    said = json.loads(report.read_text("utf-8"))
    holds = [(hold["at"], hold["held"], hold["waited"], tuple(hold["where"])) for hold in said["holds"]]
    return Watched(said["seconds"], said["ticks"], tuple(sorted(holds, key=lambda hold: -hold[1])))


class Person:
    """Somebody in a hurry. Real keys, a real pointer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._screen = desk.screen
        self._left, self._top = self._corner()

    def does_everything(self) -> None:
        """About ten seconds."""
        press = self._screen.press
        self._turn_to("chat")
        self._screen.type(QUESTION)
        press("Return")
        for page in ("library", "privacy", "models", "settings"):
            self._turn_to(page)
            time.sleep(0.3)
        press("ctrl+k")
        self._screen.type("drawer keeps part")
        time.sleep(0.5)
        press("Down", "Down", "Return")
        time.sleep(0.4)
        press("Escape", "ctrl+a", "BackSpace")
        self._turn_to("chat")
        for _ in range(2):
            press("alt+1")
            self._wander()
            press("Escape")
            self._wheel()

    def _turn_to(self, page: str) -> None:
        self._screen.click(self._left + ROW_X, self._top + FIRST_ROW + PAGES[page] * ROW_HEIGHT)

    def _wander(self) -> None:
        """Over the text, where the marks of citations are."""
        for step in range(24):
            self._move(520 + step % 6 * 80, 200 + step * 15)

    def _wheel(self) -> None:
        self._move(700, 350)
        for button in ("4", "4", "4", "4", "5", "5", "5", "5", "5", "5"):
            self._tool("click", button)

    def _move(self, x: int, y: int) -> None:
        self._tool("mousemove", str(self._left + x), str(self._top + y))

    def _tool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._screen.environment, check=True, timeout=30)

    def _corner(self) -> tuple[int, int]:
        number = self._screen.windows("Nearside")[0]
        said = subprocess.run(
            ["xdotool", "getwindowgeometry", "--shell", number],
            env=self._screen.environment, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        found = dict(line.partition("=")[::2] for line in said.splitlines())
        return int(found["X"]), int(found["Y"])


def used(process: psutil.Process) -> float:
    """Seconds of processor time, threads that ended included. To the nanosecond: the clock ticks of /proc/PID/stat are
    too coarse for so little. The number is what clock_getcpuclockid(3) makes of a process's id.
    """
    return time.clock_gettime((~process.pid << 3) | 2)
