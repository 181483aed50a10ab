"""How fast a folder of real files becomes searchable, beside what people would use instead, in the same run.

    python -m tests.benchmarks.indexing_speed --source FOLDER... --pack FOLDER --peer-python PYTHON --peer-model FOLDER

Takes `--files` real files below the sources (every kind Nearside and both peers read, evenly spread, the same for all)
and measures:

- text and words only, no model: `Indexing.run` into an encrypted library against `recollindex` (Debian package
  recollcmd) with a configuration of its own. Goal: no slower.
- end to end with embeddings: chunks per second against the plain pipeline (plain_pipeline.py: torch float32, pypdf,
  BeautifulSoup, one thread), with the same model and pieces of the same mean length. Both get `--seconds`, since
  the peer would need hours for everything. Goal: three times as many.

Processor seconds stand beside wall time because they hold on a busy machine, too. Each comparison is left out when its
peer is not given or not installed; then it says so.
"""

from __future__ import annotations

import argparse
import contextlib
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
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.document import Vectors
from indexer.indexing import Indexing
from indexer.ports import Embedder
from indexer.reporter import Cancelled, Progress, Silent
from indexer.store.library import Store
from indexer.store.records import Folder

KEY = bytes(range(32))
KINDS = (".html", ".htm", ".txt", ".md", ".pdf", ".docx", ".odt", ".rtf", ".csv", ".py")
"""Read by Nearside and by both peers."""


def choose(sources: Sequence[Path], count: int) -> list[Path]:
    """`count` files of these kinds, the same ones for the same sources."""
    files = sorted(
        p for source in sources for p in source.rglob("*") if p.suffix in KINDS and p.is_file() and not p.is_symlink()
    )
    if len(files) < count:
        raise SystemExit(f"only {len(files):,} files below the sources")
    return sorted(random.Random(1).sample(files, count))


def lay_out(files: Sequence[Path], root: Path) -> None:
    """Copies in folders of 100, so that everyone walks the same tree and nothing else."""
    for number, path in enumerate(files):
        folder = root / f"{number // 100:03}"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, folder / f"{number:05}-{path.name}")


class Until:
    """A reporter that ends the run after some seconds."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def report(self, event: object) -> None:
        assert isinstance(event, Progress)

    def check(self) -> None:
        if time.monotonic() > self._end:
            raise Cancelled


class Counted:
    """An embedder that counts what it is given: texts come sorted by length, so their mean says little in a cut run."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.model_id, self.dimension, self.device = embedder.model_id, embedder.dimension, embedder.device
        self.texts = self.characters = 0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = self._embedder.embed_passages(texts)
        self.texts += len(texts)
        self.characters += sum(map(len, texts))
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self._embedder.embed_query(text)


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


def end_to_end(root: Path, library: Path, embedder: Counted, seconds: float) -> float:
    """Seconds taken until the time was up and the texts in hand were done, or everything was."""
    with Store.open(library, KEY) as store:
        folder = Folder(str(root))
        store.put_folder(folder)
        embedder.embed_query("warm up")
        begin = time.perf_counter()
        with contextlib.suppress(Cancelled):  # time is up
            Indexing(store, embedder).run([folder], Until(seconds))
        return time.perf_counter() - begin


def plain(python: str, model: Path, listing: Path, characters: int, seconds: float) -> dict[str, float | str]:
    script = Path(__file__).with_name("plain_pipeline.py")
    command = [python, str(script), "--files", str(listing), "--model", str(model)]
    command += ["--characters", str(characters), "--seconds", str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float | str] = json.loads(done.stdout.splitlines()[-1])
    return result


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
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    lines = [f"{len(chosen):,} files, {size / 1e6:.0f} MB", ""]
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
        lines += ["", *compare_embedding(options, root, work)]
    return lines


def compare_embedding(options: argparse.Namespace, root: Path, work: Path) -> list[str]:
    """Characters a second, and chunks a second when all chunks have the mean length of Nearside's own."""
    embedder = Counted(open_pack(options.pack))
    seconds = end_to_end(root, work / "vectors" / "library.db", embedder, options.seconds)
    with Store.open(work / "vectors" / "library.db", KEY) as store:
        hits = store.chunk_hits(range(1, store.counts().chunks + 1))
    mean = sum(len(hit.chunk.embedded_text) for hit in hits) / max(1, len(hits))
    rate = embedder.characters / seconds
    lines = [f"| end to end | characters/s | chunks/s of {mean:.0f} characters | what it did |", "|---|---|---|---|"]
    lines.append(
        f"| Nearside | {rate:.0f} | {rate / mean:.1f} | {len(hits):,} chunks read, {embedder.texts:,} embedded in"
        f" {seconds:.0f} s, {embedder.model_id} on {embedder.device} |"
    )
    if options.peer_python is None:
        return [*lines, "No peer was given."]
    listing = work / "listing.txt"
    newest_first = sorted((p for p in root.rglob("*") if p.is_file()), key=lambda p: p.stat().st_mtime_ns, reverse=True)
    listing.write_text("\n".join(map(str, newest_first)), encoding="utf-8")
    peer = plain(options.peer_python, options.peer_model, listing, round(mean), options.seconds)
    peer_rate = float(peer["characters"]) / float(peer["seconds"])
    lines.append(
        f"| plain pipeline | {peer_rate:.0f} | {peer_rate / mean:.1f} |"
        f" {peer['files']} files, {peer['chunks']} pieces in {float(peer['seconds']):.0f} s, {peer['versions']} |"
    )
    return [*lines, f"Nearside / plain pipeline: {rate / peer_rate:.2f}"]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--source", type=Path, nargs="+", required=True, help="folders of real files")
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=2, help="of the measurement without a model; the best counts")
    parser.add_argument("--seconds", type=float, default=60, help="for each side of the measurement with a model")
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
