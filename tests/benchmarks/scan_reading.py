"""How fast scans become searchable, and what that takes in memory.

    python -m tests.benchmarks.scan_reading --pack FOLDER [--embedder FOLDER] [--pages 40]

Makes PDFs of five pages, A4 at 200 dots an inch, full of the sample folder's prose, English and Chinese in turns, and
runs the whole story over them: extraction, which finds that the pages are pictures, then recognition with the page
worker one page ahead, chunks, words and vectors. Resident memory is looked at twenty times a second; the worker's
counts apart.
"""

from __future__ import annotations

import argparse
import tempfile
import textwrap
import threading
import time
from pathlib import Path

import psutil
from PIL import Image, ImageDraw, ImageFont

from copilot.engines.recognizer import open_recognizer
from copilot.models.pack import read_pack
from copilot.placement import place
from indexer.indexing import Indexing
from indexer.ports import Embedder
from indexer.reading import Reading
from indexer.reporter import Silent
from indexer.store.library import Store
from indexer.store.records import Folder
from tests.fakes import KEY
from tests.pictures import CHINESE, LATIN, scan
from tests.samples import sample_folder_texts as texts

A4 = (1654, 2339)
FILE_PAGES = 5
LINES = 46


def page(number: int) -> Image.Image:
    """Page `number`, full of lines; those of odd numbers are Chinese."""
    chinese = number % 2 == 1
    prose = " ".join(part for part in texts.HANDBOOK if isinstance(part, str)) if chinese else texts.ONBOARDING
    lines = textwrap.wrap(f"{number}. " + prose * 20, 40 if chinese else 84)
    start = number * 7 % max(1, len(lines) - LINES)
    sheet = Image.new("L", A4, 255)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(CHINESE if chinese else LATIN), 32)
    for row, line in enumerate(lines[start : start + LINES]):
        pen.text((130, 120 + 45 * row), line, fill=20, font=font)
    return sheet


class Memory:
    """The most that this process and its children held at once, in bytes."""

    def __init__(self) -> None:
        self.own = self.workers = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        process = psutil.Process()
        while not self._over.wait(0.05):
            self.own = max(self.own, process.memory_info().rss)
            for child in process.children():
                try:
                    self.workers = max(self.workers, child.memory_info().rss)
                except psutil.Error:
                    continue


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pack", type=Path, required=True)
    options.add_argument("--embedder", type=Path)
    options.add_argument("--pages", type=int, default=40)
    chosen = options.parse_args()
    pack = read_pack(chosen.pack)
    recognizer = open_recognizer(pack, place("recognizer", pack, None))
    embedder: Embedder | None = None
    if chosen.embedder is not None:
        from copilot.engines.embedder import open_embedder

        other = read_pack(chosen.embedder)
        embedder = open_embedder(other, place("embedder", other, None))
    before = psutil.Process().memory_info().rss
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "scans"
        folder.mkdir()
        for first in range(0, chosen.pages, FILE_PAGES):
            (folder / f"{first}.pdf").write_bytes(scan(*(page(first + n) for n in range(FILE_PAGES))))
        with Store.open(Path(made) / "library" / "library.db", KEY) as store:
            store.put_folder(Folder(str(folder)))
            began = time.perf_counter()
            Indexing(store, embedder).run(store.folders(), Silent())
            found = time.perf_counter() - began
            processor = psutil.Process().cpu_times()
            with Memory() as memory:
                began = time.perf_counter()
                read = Reading(store, recognizer, embedder).run((str(folder),), Silent())
                seconds = time.perf_counter() - began
            spent = psutil.Process().cpu_times()
            counts = store.counts()
    own = spent.user + spent.system - processor.user - processor.system
    print(f"found {chosen.pages} pages to be pictures in {found:.1f} s")
    print(f"{read.pages} pages in {seconds:.1f} s: {read.pages / seconds:.2f} pages/s, {counts.chunks} chunks")
    print(f"processor seconds a page, without the worker's: {own / read.pages:.2f}")
    print(
        f"memory: {before / 1e6:.0f} MB before, at most {memory.own / 1e6:.0f} MB, worker {memory.workers / 1e6:.0f} MB"
    )


if __name__ == "__main__":
    main()
