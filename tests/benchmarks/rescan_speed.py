"""How fast a library finds out that nothing has changed: a tree of unchanged files, scanned and compared.

    python -m tests.benchmarks.rescan_speed [--files 40000] [--json]

Makes the tree and its library in a temporary folder (or `--keep FOLDER`, used again next time), then times the whole
of `Indexing.run`: reading what is known from the encrypted store, walking the tree, comparing, counting. Goal: 20,000
files a second. Beside it, for a sense of scale, a bare walk of the same tree with os.scandir and stat that remembers
nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

from indexer.document import Chunk, Document, Extracted, FileState, Section, SourceFile, Span
from indexer.indexing import Indexing
from indexer.reporter import Silent
from indexer.scanner import scan
from indexer.store.library import Store
from indexer.store.records import Folder

KEY = bytes(range(32))
GOAL = 20_000
_PER_FOLDER = 100


def make_tree(root: Path, count: int) -> None:
    """`count` small files in folders of 100, three levels deep, with the names that offices give."""
    for number in range(count):
        folder = root / f"year-{number // 10_000}" / f"project-{number // _PER_FOLDER:04}"
        if number % _PER_FOLDER == 0:
            folder.mkdir(parents=True, exist_ok=True)
        (folder / f"Minutes of meeting {number:06}.txt").write_text(f"Minutes {number}")


def make_library(store: Store, folder: Folder) -> None:
    """Put every file in, with one chunk, as extraction would have: reading them is not what is measured here."""
    store.put_folder(folder)
    for source in scan(folder, ()).new:
        text = Path(source.path).read_text()
        document = Document(source, "Minutes", text, (Section(Span(0, len(text))),), "en", "text")
        chunk = Chunk(0, text, Span(0, len(text)), "Minutes")
        kept = SourceFile(source.path, source.size, source.modified_ns, f"{hash(text) & (1 << 64) - 1:064x}")
        store.put_file(kept, (Extracted(kept, FileState.INDEXED, "", document, (chunk,), (text.lower(),)),))


def bare_walk(root: str) -> int:
    count, folders = 0, [root]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    entry.stat(follow_symlinks=False)
                    count += 1
    return count


def measure(work: Path, count: int, rounds: int) -> dict[str, object]:
    root, library = work / "tree", work / "library" / "library.db"
    folder = Folder(str(root))
    if not root.exists():
        make_tree(root, count)
    with Store.open(library, KEY) as store:
        if not store.folders():
            make_library(store, folder)
        indexing = Indexing(store, None)
        indexing.run([folder], Silent())  # both the disk's cache and ours are warm for all rounds alike
        runs, walks = [], []
        for _ in range(rounds):
            begin = time.perf_counter()
            summary = indexing.run([folder], Silent())
            runs.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            walked = bare_walk(str(root))
            walks.append(time.perf_counter() - begin)
        if summary.files != walked:
            raise SystemExit(f"{summary.files} files known, {walked} on the disk")
    seconds = statistics.median(runs)
    return {
        "files": walked,
        "seconds": round(seconds, 3),
        "files_per_second": round(walked / seconds),
        "bare_walk_files_per_second": round(walked / statistics.median(walks)),
        "goal": GOAL,
        "machine": f"{os.cpu_count()} cores {platform.machine()}, Python {platform.python_version()}",
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=40_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="make the tree and the library here and use them again")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        result = measure(options.keep or Path(temporary), options.files, options.rounds)
    if options.json:
        print(json.dumps(result))
    else:
        print(f"| files | seconds | files/s | bare walk files/s | goal |\n|{'---|' * 5}")
        print(
            f"| {result['files']:,} | {result['seconds']} | {result['files_per_second']:,} |"
            f" {result['bare_walk_files_per_second']:,} | {GOAL:,} |"
        )
        print(f"\n{result['machine']}; median of {options.rounds} runs")
    return 0 if int(str(result["files_per_second"])) >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
