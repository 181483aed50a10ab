"""Runs the window as a person has it: a process of its own on a screen of its own, with real keys and a real engine."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from copilot.calls import Call
from copilot.host.client import connect
from copilot.paths import find_paths
from indexer.reporter import Silent
from tests.display import Screen, until
from tests.journeys.cli import ROOT, Nearside

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Desk:
    """A running window with its installation and its screen."""

    nearside: Nearside
    screen: Screen
    process: subprocess.Popen[bytes]
    session: tuple[tuple[str, str], ...] = ()
    """What the environment says of a D-Bus session; without it there is none."""

    @property
    def environment(self) -> dict[str, str]:
        return window_environment(self.nearside, self.screen) | dict(self.session)

    def ask_engine(self, call: Call[R]) -> R:
        """What the engine that the window talks to says."""
        remote = connect(find_paths(self.nearside.home))
        assert remote is not None, "no engine runs"
        with remote:
            return remote.perform(call, Silent())

    def engine_runs(self) -> bool:
        return self.nearside.run("engine", "status").code == 0

    def engine_log(self) -> str:
        return (self.nearside.home / "logs" / "engine.log").read_text("utf-8")

    def wait_for_call(self, name: str, count: int = 1, seconds: float = 60) -> None:
        """Until the engine has been asked for it so many times."""
        until(lambda: self.engine_log().count(f"call {name}\n") >= count, seconds, f"nobody asked for {name}")

    def start_again(self, *words: str) -> int:
        """A second start with these words; its exit code."""
        command = [sys.executable, "-m", "ui", *words]
        return subprocess.run(command, cwd=ROOT, env=self.environment, timeout=60, check=False).returncode


def window_environment(nearside: Nearside, screen: Screen) -> dict[str, str]:
    home = nearside.home.parent
    # Tests that need no screen set this for themselves; a window on a screen must not inherit it.
    environment = {name: value for name, value in nearside.environment.items() if name != "QT_QPA_PLATFORM"}
    return environment | {
        "DISPLAY": screen.name,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "PYTHONWARNINGS": "default",
    }


@contextlib.contextmanager
def window(
    nearside: Nearside,
    screen: Screen,
    *words: str,
    wrapped: tuple[str, ...] = (),
    module: str = "ui",
    session: dict[str, str] | None = None,
) -> Iterator[Desk]:
    """The window until the end of the test; the engine that it started is stopped with it."""
    nearside.place_packs()
    command = [*wrapped, sys.executable, "-m", module, *words]
    told = tuple((session or {}).items())
    process = subprocess.Popen(command, cwd=ROOT, env=window_environment(nearside, screen) | dict(told))
    desk = Desk(nearside, screen, process, told)
    try:
        until(lambda: bool(screen.windows("Nearside")) or process.poll() is not None, 60, "no window came")
        assert process.poll() is None, "the window ended at once"
        until(desk.engine_runs, 60, "no engine came up behind the window")
        yield desk
    finally:
        if not wrapped:
            process.terminate()
            assert process.wait(30) == 0
        nearside.run("engine", "stop")


def welcomed(home: Path) -> None:
    """The first steps have been seen."""
    (home / "data").mkdir(parents=True, exist_ok=True)
    (home / "data" / "window.json").write_text('{"welcomed": true}', "utf-8")
