"""A screen for tests that press real keys: Xvfb with openbox on a free display number, and xdotool for the fingers."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

NEEDED = ("Xvfb", "openbox", "xdotool")


def missing() -> str:
    """Which program is not here; empty when a screen can be had."""
    lost = [name for name in NEEDED if shutil.which(name) is None]
    return f"needs {', '.join(lost)}: sh installers/debian_packages.sh test" if lost else ""


@dataclass(frozen=True, slots=True)
class Screen:
    """One display. `name` is what DISPLAY is set to."""

    name: str

    @property
    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        return kept | {"DISPLAY": self.name}

    def press(self, *keys: str) -> None:
        self._tool("key", *keys)

    def type(self, text: str) -> None:
        self._tool("type", "--delay", "15", text)

    def click(self, x: int, y: int, button: int = 1) -> None:
        self._tool("mousemove", str(x), str(y), "click", str(button))

    def drag(self, x: int, y: int, to_x: int, to_y: int) -> None:
        """Slowly enough for every step to be seen."""
        self._tool("mousemove", str(x), str(y), "mousedown", "1")
        for part in (0.5, 0.9, 1.0):
            self._tool("mousemove", str(round(x + (to_x - x) * part)), str(round(y + (to_y - y) * part)))
            time.sleep(0.05)
        self._tool("mouseup", "1")

    def windows(self, title: str) -> list[str]:
        """Visible windows whose title matches."""
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", title],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return found.stdout.split()

    def focus(self, title: str) -> None:
        (window, *_) = self.windows(title)
        self._tool("windowactivate", "--sync", window)

    def wait_for(self, title: str, seconds: float = 20) -> str:
        """The first visible window with this title, once there is one."""
        until(lambda: bool(self.windows(title)), seconds, f"no window {title!r} came")
        return self.windows(title)[0]

    def _tool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment, check=True, capture_output=True, timeout=30)


def until(true: Callable[[], bool], seconds: float, otherwise: str) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)


@contextlib.contextmanager
def screen(width: int = 1400, height: int = 900) -> Iterator[Screen]:
    """A fresh display with a window manager; both end with it."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        shown = Screen(f":{told.readline().strip()}")
    windows = subprocess.Popen(["openbox"], env=shown.environment, stderr=subprocess.DEVNULL)
    try:
        time.sleep(0.5)
        yield shown
    finally:
        for process in (windows, server):
            process.terminate()
            process.wait(10)
