"""What does the window wait for? Run: python -m tests.benchmarks.window_calls [--files 100000]

Fills a library with so many files of one chunk each and times what the window asks of it: names at every key, lists,
folder sums, the counts that followers are told. Prints medians and the slowest of each.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from indexer.document import Chunk, Document, Extracted, FileState, Section, SourceFile, Span
from indexer.store import names
from indexer.store.library import Store

KEY = b"benchmark key of thirty-two byte"
WORDS = (
    "budget contract invoice offer report minutes travel harbour supplier sensor manual price list quarter review"
    " meeting plan notes draft final copy signed scan order delivery 合同 报告 会议 纪要 采购 员工 手册 价格 预算"
)
TYPED = ("b", "bu", "budget", "budget 20", "合同", "合", "2019 signed", "report final", "zebra", "a", "e")


def fill(store: Store, count: int) -> None:
    rng, words = random.Random(7), WORDS.split()
    batch: list[tuple[SourceFile, tuple[Extracted, ...]]] = []
    for number in range(count):
        name = " ".join(rng.sample(words, 3)) + f" {rng.randint(2010, 2026)}-{number}"
        path = f"/home/person/Documents/{rng.choice(words)}/{rng.choice(words)}/{name}.txt"
        source = SourceFile(path, 1_000, rng.randint(1, 10**18), f"{number:064x}")
        text = f"Text number {number} about {name}."
        chunk = Chunk(0, text, Span(0, len(text)), name)
        document = Document(source, name, text, (Section(Span(0, len(text))),), "en", "text")
        batch.append((source, (Extracted(source, FileState.INDEXED, "", document, (chunk,), (text.lower(),)),)))
        if len(batch) == 500:
            store.put_files(batch)
            batch = []
    store.put_files(batch)


def timed(what: str, ask: Callable[[], object], times: int) -> None:
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        ask()
        seconds.append((time.perf_counter() - begin) * 1000)
    print(f"{what:44} median {statistics.median(seconds):8.2f} ms   slowest {max(seconds):8.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=100_000)
    count = parser.parse_args().files
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "library.db", KEY) as store:
        begin = time.perf_counter()
        fill(store, count)
        print(f"{count:,} files in {time.perf_counter() - begin:.0f} s")
        timed("names: the first key, which makes the list", lambda: store.browser.named("b", 8), 1)
        for typed in TYPED:
            timed(f"names: {typed!r}", lambda typed=typed: store.browser.named(typed, 8), 20)  # type: ignore[misc]
        timed("counts for followers", store.counts, 10)
        timed("sum of a folder", lambda: store.browser.folder_sum("/home/person/Documents"), 10)
        timed("list: the first 500 of all", lambda: store.browser.files("", "", "", 500), 10)
        timed("list: failed files", lambda: store.browser.files("", "failed", "", 500), 10)
        timed("list: with a text in the path", lambda: store.browser.files("", "", "budget", 500), 10)
        timed("list: with Chinese text in the path", lambda: store.browser.files("", "", "预算", 500), 10)
        with store._reading() as connection:
            timed("making the list of names", lambda: names.NameList().make(connection, 1), 5)


if __name__ == "__main__":
    main()
