"""How quick is the window? Run: python -m tests.benchmarks.window_speed [--packs FOLDER] [--files 2000] [--rounds 5]

On a screen of its own (Xvfb), with a real engine and the packs in FOLDER: from the start to the window on the screen,
from the quick bar's keys to the bar's pixels, how long the event loop is held while files are indexed, a long answer
streams and a person does everything at once (tests/journeys/busy.py), and memory and processor time of the resident
program when nothing happens. --only names the parts that are wanted.
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

import psutil

from tests import display
from tests.display import Screen
from tests.journeys.busy import at_its_busiest, office, used, write_files
from tests.journeys.cli import ROOT, Nearside
from tests.journeys.windowing import welcomed, window_environment
from tests.packs import packs_folder

PARTS = ("start", "busy", "resident")
LINES = 12
"""Of each file: some 200 tokens to be embedded."""
SETTLING_SECONDS = 40.0
IDLE_SECONDS = 60.0
UNLOAD_SECONDS = 150.0


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--packs", type=Path, default=None)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--only", nargs="*", choices=("start", "busy", "resident"), default=("start", "busy", "resident")
    )
    chosen = parser.parse_args()
    packs = chosen.packs or packs_folder()
    if "busy" in chosen.only:
        busiest(packs, chosen.files)
    with tempfile.TemporaryDirectory() as folder, display.screen() as screen:
        nearside = Nearside(Path(folder) / "home", packs)
        nearside.place_packs()
        welcomed(nearside.home)
        try:
            if "start" in chosen.only:
                starts(nearside, screen, chosen.rounds)
            if "resident" in chosen.only:
                write_files(Path(folder) / "papers", chosen.files, LINES)
                nearside.run("index", "add", Path(folder) / "papers", timeout=1200)
                resident(nearside, screen, chosen.rounds)
        finally:
            nearside.run("engine", "stop")


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
    time.sleep(SETTLING_SECONDS)
    before = [used(one) for one in family]
    time.sleep(IDLE_SECONDS)
    spent = sum(used(one) for one in family) - sum(before)
    print(f"{'idle: processor, of one core':44} {spent / IDLE_SECONDS * 100:8.3f} %")
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


def busiest(packs: Path, files: int) -> None:
    """How long the event loop was held, where it was held longest, and what went on meanwhile."""
    with tempfile.TemporaryDirectory() as name, display.screen() as screen:
        folder = Path(name)
        with office(folder, packs) as nearside:
            write_files(folder / "papers", files, LINES)
            watched = at_its_busiest(nearside, screen, folder / "papers", folder / "held.json", least_seconds=60)
    over = ", ".join(f"over {limit} ms: {watched.over(limit)}" for limit in (20, 30, 50, 100))
    print(f"{'event loop at its busiest':44} {watched.seconds:8.0f} s, {watched.ticks} ticks, {files} files indexed")
    print(f"{'longest hold of the event loop':44} {watched.longest:8.1f} ms; {over}")
    for at, held, waited, where in watched.holds[:5]:
        print(f"  {held:6.1f} ms at {at:.1f} s (others had the processor for {waited:.0f} ms more)")
        for place in where[:2]:
            print(f"         {place}")


def told(what: str, milliseconds: list[float]) -> None:
    print(
        f"{what:44} median {statistics.median(milliseconds):8.0f} ms   slowest {max(milliseconds):8.0f} ms   "
        f"of {len(milliseconds)}"
    )


if __name__ == "__main__":
    main()
