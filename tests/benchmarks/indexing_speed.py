"""How fast a folder of real files becomes searchable, beside what people would use instead, in the same run.

    python -m tests.benchmarks.indexing_speed --source FOLDER... --pack FOLDER --peer-python PYTHON --peer-model FOLDER

Takes `--files` real files below the sources (every kind Nearside and both peers read, evenly spread, the same for all)
and measures:

- text and words only, no model: `Indexing.run` into an encrypted library against `recollindex` (Debian package
  recollcmd) with a configuration of its own. Goal: no slower.
- end to end with embeddings: chunks per second against the plain pipeline (plain_pipeline.py: torch float32, pypdf,
  BeautifulSoup, one thread), with the same model and pieces of the same mean length. Both get `--seconds`, since
  the peer would need hours for everything. Goal: three times as many.

Each is left out when its peer is not given or not installed; then it says so.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from indexer.indexing import Indexing, RunSummary
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
    """A reporter that ends the run after some seconds and remembers how far it came."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def report(self, event: object) -> None:
        assert isinstance(event, Progress)

    def check(self) -> None:
        if time.monotonic() > self._end:
            raise Cancelled


def text_only(root: Path, library: Path) -> RunSummary:
    with Store.open(library, KEY) as store:
        folder = Folder(str(root))
        store.put_folder(folder)
        return Indexing(store, None).run([folder], Silent())


def recoll(root: Path, configuration: Path) -> tuple[float, str]:
    """Seconds of a full recollindex run over the same files, and what it says it did."""
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
    begin = time.perf_counter()
    subprocess.run(["recollindex", "-c", str(configuration), "-z"], check=True, capture_output=True)
    seconds = time.perf_counter() - begin
    version = subprocess.run(["recollindex", "-v"], capture_output=True, text=True, check=False)
    query = ["recollq", "-c", str(configuration), "-S", "url", "-n", "0-1", "dir:/"]
    counted = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    found = next((line for line in counted if "results" in line), "no count")
    return seconds, f"{(version.stdout or version.stderr).strip().splitlines()[0]}, {found.strip()}"


def end_to_end(root: Path, library: Path, embedder: Embedder, seconds: float) -> tuple[int, int, float, float]:
    """Files with all their vectors, chunks with vectors, their mean length in characters, and the seconds it took."""
    with Store.open(library, KEY) as store:
        folder = Folder(str(root))
        store.put_folder(folder)
        embedder.embed_passages(["warm up"])
        begin = time.perf_counter()
        with contextlib.suppress(Cancelled):  # time is up
            Indexing(store, embedder).run([folder], Until(seconds))
        taken = time.perf_counter() - begin
        counts = store.counts()
        hits = store.chunk_hits(range(1, min(counts.chunks, 5_000) + 1))
        characters = sum(len(hit.chunk.embedded_text) for hit in hits) / max(1, len(hits))
        return counts.indexed, counts.vectors, characters, taken


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
    lines += ["| text and words only | seconds | files/s | what it did |", "|---|---|---|---|"]
    rounds = []
    for number in range(options.rounds):
        summary = text_only(root, work / f"words{number}" / "library.db")
        row = [
            (
                "Nearside",
                summary.seconds,
                f"{summary.indexed:,} files, {summary.chunks:,} chunks, {summary.failed} failed",
            )
        ]
        if shutil.which("recollindex"):
            row.append(("Recoll", *recoll(root, work / f"recoll{number}")))
        rounds.append(row)
    best = [min(each, key=lambda one: one[1]) for each in zip(*rounds, strict=True)]
    lines += [f"| {name} | {seconds:.1f} | {len(chosen) / seconds:.0f} | {did} |" for name, seconds, did in best]
    lines.append(
        "recollindex is not installed." if len(best) == 1 else f"Nearside / Recoll: {best[0][1] / best[1][1]:.2f}"
    )
    if options.pack is not None:
        lines += ["", *compare_embedding(options, root, work)]
    return lines


def compare_embedding(options: argparse.Namespace, root: Path, work: Path) -> list[str]:
    embedder = open_pack(options.pack)
    files, chunks, characters, seconds = end_to_end(root, work / "vectors" / "library.db", embedder, options.seconds)
    lines = ["| end to end | chunks/s | characters/s | what it did |", "|---|---|---|---|"]
    rate = chunks / seconds
    lines.append(
        f"| Nearside | {rate:.1f} | {rate * characters:.0f} | {files:,} files, {chunks:,} chunks of {characters:.0f}"
        f" characters in {seconds:.0f} s, {embedder.model_id} on {embedder.device} |"
    )
    if options.peer_python is None:
        return [*lines, "No peer was given."]
    listing = work / "listing.txt"
    newest_first = sorted((p for p in root.rglob("*") if p.is_file()), key=lambda p: p.stat().st_mtime_ns, reverse=True)
    listing.write_text("\n".join(map(str, newest_first)), encoding="utf-8")
    peer = plain(options.peer_python, options.peer_model, listing, round(characters), options.seconds)
    peer_rate = float(peer["chunks"]) / float(peer["seconds"])
    lines.append(
        f"| plain pipeline | {peer_rate:.1f} | {float(peer['characters']) / float(peer['seconds']):.0f} |"
        f" {peer['files']} files, {peer['chunks']} chunks in {float(peer['seconds']):.0f} s, {peer['versions']} |"
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
