"""How soon does the search page show something? Run: python -m tests.benchmarks.search_as_typed [--packs FOLDER]
[--files 2000]

A real engine with the packs in FOLDER over so many notes, indexed by words; the page without a screen. From the end of
the pause after the last key to the first painted row, and to the last change, for queries of several kinds; the first
query, for which the model is loaded, apart.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.window_speed import write_files
from tests.journeys.cli import ROOT, Nearside
from tests.packs import packs_folder

QUERIES = ("drawer", "spare part", "drawer 42 keeps", "part 700", "note 13", '"keeps part"', "entry type:text", "抽屉")
SETTLED_SECONDS = 1.0
WARM_SECONDS = 15.0


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--packs", type=Path, default=None)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--page", action="store_true", help="used by itself")
    chosen = parser.parse_args()
    if chosen.page:
        measure()
        return
    with tempfile.TemporaryDirectory() as folder:
        nearside = Nearside(Path(folder) / "home", chosen.packs or packs_folder())
        nearside.place_packs()
        write_files(Path(folder) / "papers", chosen.files)
        nearside.run("engine", "start")
        try:
            nearside.run("index", "add", "--words-only", str(Path(folder) / "papers"))
            command = [sys.executable, "-m", "tests.benchmarks.search_as_typed", "--page"]
            environment = nearside.environment | {"QT_QPA_PLATFORM": "offscreen"}
            subprocess.run(command, cwd=ROOT, env=environment, check=True)
        finally:
            nearside.run("engine", "stop")


def measure() -> None:
    """In a process of its own, with the home in its environment."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from copilot.paths import find_paths
    from ui.desk import Desk
    from ui.engine_link import EngineLink
    from ui.pages.search import DEBOUNCE_MS, SearchPage
    from ui.theme import Theme
    from ui.wishes import Wishes

    application = QApplication([])
    theme = Theme("light")
    theme.apply()
    link = EngineLink(find_paths())
    page = SearchPage(Desk(link, theme, Wishes(), find_paths()))
    page.resize(1000, 800)
    page.show()
    page.shown()
    shown: list[float] = []
    show_rows = page._list.show_rows

    def show_and_tell(rows: tuple[object, ...]) -> None:
        show_rows(rows)  # type: ignore[arg-type]
        page._list.viewport().repaint()
        if rows:
            shown.append(time.perf_counter())

    page._list.show_rows = show_and_tell  # type: ignore[method-assign,assignment]

    def wait(seconds: float) -> None:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            application.processEvents()
            time.sleep(0.0005)

    def ask(query: str, seconds: float) -> tuple[float, float]:
        shown.clear()
        begin = time.perf_counter() + DEBOUNCE_MS / 1000
        page.field.setText(query)
        wait(seconds)
        return ((shown[0] - begin) * 1000, (shown[-1] - begin) * 1000) if shown else (float("nan"), float("nan"))

    wait(1.0)
    first, whole = ask("keeps", WARM_SECONDS)
    print(f"while the model loads: first rows after {first:.0f} ms, whole after {whole:.0f} ms")
    times = [ask(query, SETTLED_SECONDS) for query in QUERIES]
    for name, values in (("first rows", [one for one, _ in times]), ("whole", [one for _, one in times])):
        print(f"{name}: median {statistics.median(values):.0f} ms, slowest {max(values):.0f} ms")
    os._exit(0)  # threads of calls may still wait for the engine


if __name__ == "__main__":
    main()
