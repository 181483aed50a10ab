"""Kill -9 at random moments, over and over: python -m tests.benchmarks.kill_cycles [--cycles 200]

A child puts, moves, copies and drops files and gives them vectors, and tells each finished change through a pipe. It is
killed at a random moment; then the library must open, check() must find nothing, no file may stand twice, and every
change that was told must be there. The same library goes through all cycles. tests/journeys/test_kill_store.py runs a
few of them.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from indexer.document import SourceFile
from indexer.store.library import Store
from tests.indexer.store.material import KEY, MODEL, embed, put, source_of, vector_of

NAMES = 12
LONGEST = 0.8
"""Seconds a child may work."""


def text_of(version: int) -> str:
    return f"Version {version} of a text that is not like the others, {version * 7919} times. " * (1 + version % 9)


def change(store: Store, rng: random.Random, version: int) -> str:
    """One random change; the line that tells it."""
    path, other = (f"/docs/{rng.randrange(NAMES)}.txt" for _ in range(2))
    known = {file.path: file for file in store.known_files("/docs")}
    kind = rng.choice(("put", "put", "put", "move", "copy", "drop", "embed", "embed", "save"))
    if kind == "put":
        put(store, path, text_of(version))
        return f"is {path} {source_of('', text_of(version)).digest}"
    if kind == "move" and path in known and path != other:
        store.move_file(path, other)
        return f"moved {path} {other}"
    if kind == "copy" and path in known and path != other:
        store.copy_file(path, SourceFile(other, known[path].size, version))
        return f"is {other} {known[path].digest}"
    if kind == "drop":
        store.drop_files([path])
        return f"gone {path}"
    if kind == "save":
        store.search_vectors(vector_of("x"), 3)
        store.save_snapshot()
    if kind == "embed":
        embed(store)
    return "nothing"


def work(library: Path, seed: int) -> None:
    """In the child: announce a change, make it, acknowledge it, until killed."""
    rng = random.Random(seed)
    with Store.open(library, KEY) as store:
        store.activate(MODEL)
        version = seed * 100_000
        while True:
            version += 1
            print("begin", flush=True)
            print(change(store, rng, version), flush=True)


@dataclass(slots=True)
class Expectation:
    """What the acknowledged changes say: digest by path."""

    files: dict[str, str] = field(default_factory=dict)

    def told(self, line: str) -> None:
        kind, *rest = line.split(" ")
        if kind == "is":
            self.files[rest[0]] = rest[1]
        elif kind == "moved":
            self.files[rest[1]] = self.files.pop(rest[0])
        elif kind == "gone":
            self.files.pop(rest[0], None)


def cycle(library: Path, seed: int, expected: Expectation, seconds: float) -> int:
    """One life and death of a child; how many changes it told. AssertionError when the library is not as told."""
    command = [sys.executable, "-m", "tests.benchmarks.kill_cycles", "--work", str(library), "--seed", str(seed)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    first = child.stdout.readline()  # it works now: a start takes longer than a life
    time.sleep(seconds)
    os.kill(child.pid, signal.SIGKILL)
    lines = (first + child.stdout.read()).splitlines(keepends=True)
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL, "the child ended by itself"
    told = [line.strip() for line in lines if line.endswith("\n") and line != "begin\n"]
    for line in told:
        expected.told(line)
    finished = lines[-1].endswith("\n") and lines[-1] != "begin\n"
    verify(library, expected, open_change=not finished)
    return len(told)


def verify(library: Path, expected: Expectation, *, open_change: bool) -> None:
    """Exactly what was told, but for the one change that was under way: that may be there or not."""
    with Store.open(library, KEY) as store:
        report = store.check()
        assert report.problems == (), report.problems
        known = store.known_files("/docs")
        files = {file.path: file.digest for file in known}
        assert len(files) == len(known), "a file stands twice"
        different = {
            path for path in files.keys() | expected.files.keys() if files.get(path) != expected.files.get(path)
        }
        assert len(different) <= (2 if open_change else 0), f"{len(different)} files are not as told"
        for path, digest in files.items():
            assert source_of("", store.document_text(path)).digest == digest, "a text is not its file's"
        expected.files = files


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=200)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=int(time.time()) % 10_000)
    options = parser.parse_args()
    if options.work:
        work(options.work, options.seed)
    rng = random.Random(options.seed)
    expected = Expectation()
    started = time.perf_counter()
    told = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.cycles):
            told += cycle(Path(folder) / "library.db", options.seed + number, expected, rng.uniform(0, LONGEST))
    print("| cycles | changes told | opened | check passed | duplicates | lost | seconds |")
    print("|---|---|---|---|---|---|---|")
    n = options.cycles
    print(f"| {n} | {told} | {n} | {n} | 0 | 0 | {time.perf_counter() - started:.0f} |")


if __name__ == "__main__":
    main()
