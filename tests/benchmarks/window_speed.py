"""How quick is the window? Run: python -m tests.benchmarks.window_speed [--packs FOLDER] [--files 2000] [--rounds 5]

On a screen of its own (Xvfb), with a real engine and the packs in FOLDER: from the start to the window on the screen,
from the quick bar's keys to the bar's pixels, the longest hold of the event loop while files are indexed and an answer
streams, and memory and processor time of the resident program when nothing happens.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from tests import display
from tests.display import Screen
from tests.journeys.cli import ROOT, Nearside
from tests.journeys.windowing import welcomed, window_environment
from tests.packs import packs_folder

HELD_MS = 50.0
TICK_MS = 5
QUESTION = "Which drawer keeps the spare fuses, and who signs for them?"
IDLE_SECONDS = 10.0
UNLOAD_SECONDS = 150.0


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--packs", type=Path, default=None)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--hold", type=Path, help="used by itself")
    chosen = parser.parse_args()
    if chosen.hold is not None:
        hold(chosen.hold)
        return
    with tempfile.TemporaryDirectory() as folder, display.screen() as screen:
        nearside = Nearside(Path(folder) / "home", chosen.packs or packs_folder())
        nearside.place_packs()
        welcomed(nearside.home)
        write_files(Path(folder) / "papers", chosen.files)
        try:
            starts(nearside, screen, chosen.rounds)
            environment = window_environment(nearside, screen)
            command = [sys.executable, "-m", "tests.benchmarks.window_speed", "--hold", str(Path(folder) / "papers")]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)
            nearside.run("engine", "stop")
            resident(nearside, screen, chosen.rounds)
        finally:
            nearside.run("engine", "stop")


def write_files(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        lines = [f"Entry {number}.{line}: drawer {number % 97} keeps part {number * 7 + line}." for line in range(12)]
        (folder / f"note-{number:05}.txt").write_text("\n".join(lines), "utf-8")


# --- the start


def starts(nearside: Nearside, screen: Screen, rounds: int) -> None:
    """From the process's start to the window's pixels; the first round starts an engine behind it, others find it."""
    times = []
    for _ in range(rounds + 1):
        begin = time.perf_counter()
        process = open_window(nearside, screen)
        lit = until_lit(screen, 700, 450)
        times.append((lit - begin) * 1000)
        time.sleep(3)
        process.terminate()
        process.wait(20)
        time.sleep(0.5)
    told("start to window, first (no engine yet)", times[:1])
    told("start to window", times[1:])


def open_window(nearside: Nearside, screen: Screen, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ui", *words]
    return subprocess.Popen(command, cwd=ROOT, env=window_environment(nearside, screen))


def until_lit(screen: Screen, x: int, y: int, act: Callable[[], object] = lambda: None) -> float:
    """When the pixel is first other than it was before `act`; the screen is black where there is no window."""
    from Xlib import X
    from Xlib import display as xdisplay

    server = xdisplay.Display(screen.name)
    root = server.screen().root

    def pixel() -> bytes:
        return bytes(root.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFFFF).data[:3])

    before = pixel()
    act()
    deadline = time.perf_counter() + 60
    while pixel() == before:
        assert time.perf_counter() < deadline, "nothing came to the screen"
        time.sleep(0.001)
    server.close()
    return time.perf_counter()


# --- the resident program


def resident(nearside: Nearside, screen: Screen, rounds: int) -> None:
    nearside.run("settings", "set", "unload_minutes", "1")
    process = open_window(nearside, screen, "--hidden")
    display.until(lambda: nearside.run("engine", "status").code == 0, 60, "no engine")
    time.sleep(6)
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    engine = psutil.Process(int(nearside.run("engine", "status", "--json").fields["pid"]))
    family += [one for one in (engine, *engine.children(recursive=True)) if one not in family]
    before = [sum(one.cpu_times()[:2]) for one in family]
    time.sleep(IDLE_SECONDS)
    spent = sum(sum(one.cpu_times()[:2]) for one in family) - sum(before)
    print(f"{'idle: processor, of one core':44} {spent / IDLE_SECONDS * 100:8.2f} %")
    print("idle, the embedder still in memory:")
    weigh(family)
    nearside.run("search", "which drawer keeps the fuses", "--json")
    display.until(
        lambda: nearside.run("engine", "status", "--json").fields["loaded"] == [], UNLOAD_SECONDS, "a model stays"
    )
    print("idle, models let go:")
    weigh(family)
    told("key to quick bar on the screen", [to_bar(screen) for _ in range(rounds * 2)])
    process.terminate()
    process.wait(20)


def weigh(family: list[psutil.Process]) -> None:
    """Each process's memory, and all of it with shared pages counted once."""
    for one in family:
        memory = one.memory_full_info()
        name = " ".join(one.cmdline()[1:])[-40:]
        print(f"  {name:42} {memory.rss / 1e6:8.0f} MB resident {memory.pss / 1e6:6.0f} MB proportional")
    whole = sum(one.memory_full_info().pss for one in family)
    print(f"{'  all of them, proportional':44} {whole / 1e6:8.0f} MB")


def to_bar(screen: Screen) -> float:
    """Milliseconds from the last key of the shortcut to the bar's pixels; hides it again."""
    from Xlib import XK, X
    from Xlib import display as xdisplay
    from Xlib.ext import xtest

    server = xdisplay.Display(screen.name)
    codes = [server.keysym_to_keycode(XK.string_to_keysym(name)) for name in ("Control_L", "Alt_L", "space")]
    begin: list[float] = []

    def press() -> None:
        for code in codes:
            xtest.fake_input(server, X.KeyPress, code)
        server.sync()
        begin.append(time.perf_counter())

    lit = until_lit(screen, 700, 225, press)
    for code in reversed(codes):
        xtest.fake_input(server, X.KeyRelease, code)
    server.sync()
    server.close()
    time.sleep(0.5)
    screen.press("Escape")
    time.sleep(0.5)
    return (lit - begin[0]) * 1000


# --- the event loop


def hold(folder: Path) -> None:
    """In a process of its own: the window, a timer that ticks, files being indexed and an answer being written."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from copilot.calls import AddFolders
    from copilot.paths import find_paths
    from ui.desk import Desk
    from ui.engine_link import EngineLink
    from ui.main_window import MainWindow
    from ui.pulse import Pulse
    from ui.theme import Theme
    from ui.wishes import AskWish, Wishes

    application = QApplication([])
    theme = Theme("light")
    theme.apply()
    link = EngineLink(find_paths())
    pulse = Pulse(link)
    desk = Desk(link, theme, Wishes(), find_paths(), pulse)
    window = MainWindow(desk)
    window.show()
    for page in ("library", "search", "chat"):
        window.show_page(page)
    pulse.start()
    gaps: list[float] = []
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        gaps.append((now - last[0]) * 1000)
        last[0] = now

    timer = QTimer()
    timer.setInterval(TICK_MS)
    timer.timeout.connect(tick)
    over: list[bool] = []
    _pump(application, lambda: pulse.latest is not None, 60)
    timer.start()
    last[0] = time.perf_counter()
    link.perform(AddFolders((str(folder),)), done=lambda _: over.append(True), failed=lambda _: over.append(False))
    _pump(application, lambda: pulse.latest is not None and pulse.latest.counts.files > 100, 120)
    desk.wishes.ask.emit(AskWish(QUESTION))
    window.show_page("library")
    _pump(application, lambda: bool(over), 600)
    timer.stop()
    assert over[0], "indexing failed"
    long = [gap for gap in gaps if gap > HELD_MS]
    print(f"{'ticks of the event loop':44} {len(gaps):8} of {TICK_MS} ms")
    print(f"{'longest hold of the event loop':44} {max(gaps):8.1f} ms; above {HELD_MS:.0f} ms: {len(long)} times")
    pulse.stop()
    link.close()


def _pump(application: Any, true: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        application.processEvents()
        time.sleep(0.0005)


def told(what: str, milliseconds: list[float]) -> None:
    print(
        f"{what:44} median {statistics.median(milliseconds):8.0f} ms   slowest {max(milliseconds):8.0f} ms   "
        f"of {len(milliseconds)}"
    )


if __name__ == "__main__":
    main()
