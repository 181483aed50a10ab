"""The quick bar and the choice of a region on real screens: two side by side, one at 200 %, one that goes."""

from __future__ import annotations

import contextlib
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import display
from tests.display import Screen, until
from tests.ui.quick import barprogram

ROOT = Path(__file__).parents[3]
WIDTH, HEIGHT = 3200, 1600
HALF = WIDTH // 2
PATIENCE_SECONDS = 20
BAR = "Nearside quick bar"

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the screens are X11's"),
    pytest.mark.skipif(bool(display.missing()), reason=display.missing()),
    pytest.mark.skipif(shutil.which("xrandr") is None, reason="needs xrandr: sh installers/debian_packages.sh test"),
]


@dataclass(frozen=True, slots=True)
class Bar:
    """A running bar."""

    screen: Screen
    process: subprocess.Popen[str]

    def do(self, command: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()

    def hears(self) -> str:
        """Its next line; fails where none comes."""
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE_SECONDS)
        assert ready, "the bar says nothing"
        return self.process.stdout.readline().strip()

    def place(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in the screen's own pixels."""
        (window, *_) = self.screen.windows(BAR)
        told = subprocess.run(
            ["xdotool", "getwindowgeometry", "--shell", window],
            env=self.screen.environment, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        found = dict(line.split("=") for line in told.split())
        x, y, width, height = (int(found[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))
        return x, y, x + width, y + height

    def lies_in(self, left: int, right: int) -> bool:
        if not self.screen.windows(BAR):
            return False
        x, y, beyond, below = self.place()
        return left <= x < beyond <= right and 0 <= y < below <= HEIGHT

    def point_at(self, x: int, y: int) -> None:
        subprocess.run(["xdotool", "mousemove", str(x), str(y)], env=self.screen.environment, check=True)


@pytest.fixture
def screen() -> Iterator[Screen]:
    with display.screen(WIDTH, HEIGHT) as shown:
        monitor(shown, "--setmonitor", "LEFT", f"{HALF}/212x{HEIGHT}/238+0+0", "screen")
        monitor(shown, "--setmonitor", "RIGHT", f"{HALF}/212x{HEIGHT}/238+{HALF}+0", "none")
        yield shown


def monitor(screen: Screen, *words: str) -> None:
    subprocess.run(["xrandr", *words], env=screen.environment, check=True)


@contextlib.contextmanager
def bar(screen: Screen, home: Path, scales: str = "LEFT=1;RIGHT=1") -> Iterator[Bar]:
    environment = screen.environment | {"QT_SCREEN_SCALE_FACTORS": scales, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, barprogram.__file__, str(home)],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    shown = Bar(screen, process)
    try:
        assert shown.hears() == "ready"
        yield shown
        shown.do("quit")
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.communicate(timeout=10)


def test_the_bar_comes_where_the_pointer_is_and_leaves_a_screen_that_goes(screen: Screen, tmp_path: Path) -> None:
    with bar(screen, tmp_path) as shown:
        shown.point_at(HALF + 100, 700)
        shown.do("appear")
        until(lambda: shown.lies_in(HALF, WIDTH), 10, "the bar is not on the pointer's screen")
        monitor(screen, "--delmonitor", "RIGHT")
        until(lambda: shown.lies_in(0, HALF), 10, "the bar stayed where no screen is any more")


@pytest.mark.parametrize("scales", ["LEFT=1;RIGHT=1", "LEFT=1;RIGHT=2", "LEFT=1.5;RIGHT=1.5"])
def test_a_region_comes_in_the_pixels_of_its_screen(screen: Screen, tmp_path: Path, scales: str) -> None:
    with bar(screen, tmp_path, scales) as shown:
        shown.point_at(HALF + 100, 200)
        shown.do("appear")
        until(lambda: shown.lies_in(HALF, WIDTH), 10, "the bar is not wholly on the pointer's screen")
        shown.do("region")
        until(lambda: len(screen.windows("Choose a part of the screen")) == 2, 10, "not every screen dims")
        time.sleep(0.3)
        screen.drag(HALF + 120, 620, HALF + 240, 680)
        word, width, height, color = shown.hears().split()
        assert (word, color) == ("picture", "ff0000")
        assert abs(int(width) - 120) <= 2
        assert abs(int(height) - 60) <= 2
        until(lambda: not screen.windows("Choose a part of the screen"), 10, "the screens stay dim")
        until(lambda: shown.lies_in(HALF, WIDTH), 10, "the bar did not come back to its screen")
