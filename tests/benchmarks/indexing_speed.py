"""How fast a folder of real files becomes searchable, beside what people would use instead, in the same run.

    python -m tests.benchmarks.indexing_speed --source FOLDER... --pack FOLDER --peer-python PYTHON --peer-model FOLDER

Takes `--files` real files below the sources (every kind Nearside and both peers read, evenly spread, the same for all)
and measures:

- text and words only, no model: `Indexing.run` into an encrypted library against `recollindex` (Debian package
  recollcmd) with a configuration of its own. Goal: no slower.
- end to end with embeddings: chunks per second against the plain pipeline (plain_pipeline.py: torch float32, pypdf,
  BeautifulSoup, one thread), with the same model and pieces of the same mean length, on `--embed-files` files of at
  most `--embed-largest` bytes (whole manuals would take hours). The files lie in four folders; Nearside indexes one
  after the other into one library, and after each the peer reads the same folder in random order, for a quarter of
  `--seconds` at most: what it did not come to is missing from its count and its time alike. Goal: three times as many.

Processor seconds stand beside wall time because they hold on a busy machine, too. Each comparison is left out when its
peer is not given or not installed; then it says so.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.indexing import Indexing
from indexer.ports import Embedder
from indexer.reporter import Silent
from indexer.store.library import Store
from indexer.store.records import Folder

KEY = bytes(range(32))
_TURNS = 4
KINDS = (".html", ".htm", ".txt", ".md", ".pdf", ".docx", ".odt", ".rtf", ".csv", ".py")
"""Read by Nearside and by both peers."""


def choose(sources: Sequence[Path], count: int, largest: int | None = None) -> list[Path]:
    """`count` files of these kinds, of at most `largest` bytes, the same ones for the same sources."""
    files = sorted(
        p for source in sources for p in source.rglob("*") if p.suffix in KINDS and p.is_file() and not p.is_symlink()
    )
    if largest is not None:
        files = [path for path in files if path.stat().st_size <= largest]
    if len(files) < count:
        raise SystemExit(f"only {len(files):,} files below the sources")
    return sorted(random.Random(1).sample(files, count))


def lay_out(files: Sequence[Path], root: Path) -> None:
    """Copies in folders of 100, so that everyone walks the same tree and nothing else."""
    for number, path in enumerate(files):
        folder = root / f"{number // 100:03}"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, folder / f"{number:05}-{path.name}")


def processor_seconds() -> float:
    """Spent so far by this process and by those that it started and that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def text_only(root: Path, library: Path) -> str:
    with Store.open(library, KEY) as store:
        folder = Folder(str(root))
        store.put_folder(folder)
        summary = Indexing(store, None).run([folder], Silent())
    return f"{summary.indexed:,} files, {summary.chunks:,} chunks, {summary.failed} failed"


def recoll(root: Path, configuration: Path) -> str:
    """A full recollindex run over the same files; what it says it did."""
    configuration.mkdir()
    lines = (
        f"topdirs = {root}",
        "skippedNames =",
        "skippedPaths =",
        "loglevel = 2",
        "followLinks = 0",
        "idxflushmb = 50",
    )
    (configuration / "recoll.conf").write_text("\n".join(lines) + "\n")
    subprocess.run(["recollindex", "-c", str(configuration), "-z"], check=True, capture_output=True)
    told = dict(
        line.split(" = ", 1) for line in (configuration / "idxstatus.txt").read_text().splitlines() if " = " in line
    )
    return f"{told.get('docsdone')} documents, {told.get('fileerrors')} errors"


def timed(work: Callable[[], str]) -> tuple[float, float, str]:
    """Wall seconds, processor seconds, and what was done."""
    begin, spent = time.perf_counter(), processor_seconds()
    did = work()
    return time.perf_counter() - begin, processor_seconds() - spent, did


@dataclass(slots=True)
class Done:
    """What one side has done so far."""

    files: int = 0
    chunks: int = 0
    seconds: float = 0.0
    processor: float = 0.0
    versions: str = ""

    def row(self, name: str) -> str:
        return (
            f"| {name} | {self.chunks / self.seconds:.1f} | {self.processor / self.chunks:.3f} | {self.files:,} files,"
            f" {self.chunks:,} chunks in {self.seconds:.0f} s, {self.versions} |"
        )


def end_to_end(root: Path, library: Path, embedder: Embedder, done: Done) -> float:
    """Index one more folder into the library; the mean number of characters in all of its chunks so far."""
    begin, spent = time.perf_counter(), processor_seconds()
    with Store.open(library, KEY) as store:
        folder = Folder(str(root))
        store.put_folder(folder)
        summary = Indexing(store, embedder).run([folder], Silent())
        done.seconds += time.perf_counter() - begin
        done.processor += processor_seconds() - spent
        done.files += summary.indexed
        done.chunks += summary.chunks
        if store.counts().pending:
            raise SystemExit("some chunks have no vector")
        hits = store.chunk_hits(range(1, store.counts().chunks + 1))
    return sum(len(hit.chunk.embedded_text) for hit in hits) / len(hits)


def plain(options: argparse.Namespace, listing: Path, characters: int, done: Done) -> None:
    script = Path(__file__).with_name("plain_pipeline.py")
    command = [options.peer_python, str(script), "--files", str(listing), "--model", str(options.peer_model)]
    command += ["--characters", str(characters), "--seconds", str(options.seconds / _TURNS)]
    result = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    done.files += result["files"]
    done.chunks += result["chunks"]
    done.seconds += result["seconds"]
    done.processor += result["processor"]
    done.versions = result["versions"]


def open_pack(folder: Path) -> Embedder:
    from copilot.engines.embedder import open_embedder
    from copilot.models.pack import read_pack
    from copilot.placement import place

    pack = read_pack(folder)
    return open_embedder(pack, place("embedder", pack, None))


def measure(options: argparse.Namespace, work: Path) -> list[str]:
    root = work / "files"
    chosen = choose(options.source, options.files)
    lay_out(chosen, root)
    lines = [told_of(chosen), ""]
    lines += ["| text and words only | seconds | processor seconds | files/s | what it did |", "|---|---|---|---|---|"]
    runs: dict[str, list[tuple[float, float, str]]] = {"Nearside": [], "Recoll": []}
    for number in range(options.rounds):
        runs["Nearside"].append(timed(lambda n=number: text_only(root, work / f"words{n}" / "library.db")))  # type: ignore[misc]
        if shutil.which("recollindex"):
            runs["Recoll"].append(timed(lambda n=number: recoll(root, work / f"recoll{n}")))  # type: ignore[misc]
    best = {name: min(each) for name, each in runs.items() if each}
    for name, (seconds, spent, did) in best.items():
        lines.append(f"| {name} | {seconds:.1f} | {spent:.1f} | {len(chosen) / seconds:.0f} | {did} |")
    if "Recoll" in best:
        (ours, our_work, _), (theirs, their_work, _) = best["Nearside"], best["Recoll"]
        lines.append(
            f"Nearside / Recoll: {ours / theirs:.2f} of its time, {our_work / their_work:.2f} of its processor time"
        )
    else:
        lines.append("recollindex is not installed.")
    if options.pack is not None:
        lines += ["", *compare_embedding(options, work)]
    return lines


def told_of(files: Sequence[Path]) -> str:
    kinds = Counter(path.suffix for path in files).most_common()
    size = sum(path.stat().st_size for path in files)
    return f"{len(files):,} files, {size / 1e6:.0f} MB ({', '.join(f'{n:,} {kind}' for kind, n in kinds)})"


def compare_embedding(options: argparse.Namespace, work: Path) -> list[str]:
    """Folder by folder, in turns. The peer's pieces are as long as Nearside's chunks."""
    chosen = choose(options.source, options.embed_files, options.embed_largest)
    random.Random(2).shuffle(chosen)
    embedder = open_pack(options.pack)
    embedder.embed_query("warm up")
    ours, theirs = Done(versions=f"{embedder.model_id} on {embedder.device}"), Done()
    characters = 0.0
    for number in range(_TURNS):
        files = chosen[number::_TURNS]
        root = work / f"embedded {number}"
        lay_out(files, root)
        characters = end_to_end(root, work / "vectors" / "library.db", embedder, ours)
        if options.peer_python is not None:
            listing = work / f"listing {number}.txt"
            paths = [str(path) for path in sorted(root.rglob("*")) if path.is_file()]
            listing.write_text("\n".join(random.Random(number).sample(paths, len(paths))), encoding="utf-8")
            plain(options, listing, round(characters), theirs)
    lines = [
        told_of(chosen),
        f"| end to end | chunks/s of {characters:.0f} characters | processor seconds a chunk | what it did |",
    ]
    lines += ["|---|---|---|---|", ours.row("Nearside")]
    if not theirs.chunks:
        return [*lines, "No peer was given."]
    times = (ours.chunks / ours.seconds) / (theirs.chunks / theirs.seconds)
    lines.append(theirs.row("plain pipeline"))
    return [*lines, f"Nearside / plain pipeline: {times:.2f} times as many chunks a second"]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--source", type=Path, nargs="+", required=True, help="folders of real files")
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=2, help="of the measurement without a model; the best counts")
    parser.add_argument("--embed-files", type=int, default=2_000, help="files for the measurement with a model")
    parser.add_argument("--embed-largest", type=int, default=12_000, help="bytes of each of these")
    parser.add_argument("--seconds", type=float, default=240, help="for the peer in the measurement with a model")
    parser.add_argument("--pack", type=Path, help="the embedder's pack")
    parser.add_argument(
        "--peer-python", help="an interpreter with sentence-transformers, torch, pypdf and beautifulsoup4"
    )
    parser.add_argument("--peer-model", type=Path, help="the same embedder as a sentence-transformers folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        lines = measure(options, Path(temporary))
    print("\n".join(lines))
    print(f"\n{os.cpu_count()} cores {platform.machine()}, {platform.system()}, Python {platform.python_version()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
