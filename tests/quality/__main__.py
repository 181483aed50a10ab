"""`make quality`: retrieval, answers and redaction on real data with the default packs; prints the tables.

Takes an hour or more. Corpora, libraries and vectors are kept in a cache folder, so that the next run is shorter.
`python -m tests.quality --quick` runs every part on a small share, with hashed words for the embedder and the small
generator: a few minutes that prove that the parts run; their figures are not worth telling.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

import platformdirs

from copilot.models.catalogue import default_packs, recipe
from copilot.models.sources import obtain
from copilot.paths import find_paths
from tests.packs import SMALL, Lines

SMALL_GENERATOR = "smollm2-135m"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a small share of every part, to see that it runs")
    quick = parser.parse_args().quick
    paths = find_paths()
    packs = [obtain(paths, recipe(pack_id), Lines()) for pack_id in (SMALL if quick else default_packs())]
    embedder = next(pack.folder for pack in packs if pack.role == "embedder")
    generator = next(pack.id for pack in packs if pack.role == "generator")
    cache = Path(platformdirs.user_cache_dir("nearside-quality", appauthor=False))
    retrieval, answers = (cache / (f"{name}-quick" if quick else name) for name in ("retrieval", "answers"))
    less = ("--quick",) if quick else ()
    few = ("--generator", SMALL_GENERATOR, "--cases", "2") if quick else ()
    runs = (
        ("redaction.run",),
        ("retrieval.run", "--cache", str(retrieval), "--embedder", str(embedder), *less),
        ("answers.run", str(answers), str(paths.packs), *less),
        ("injection", str(paths.packs), *few),
        ("composing", str(paths.packs), *(("--generator", SMALL_GENERATOR, "--actions", "summarize") if quick else ())),
        ("threeways.run", str(paths.packs), *(() if quick else ("--far", generator))),
    )
    return max(_run(name, tuple(options)) for name, *options in runs)


def _run(name: str, options: tuple[str, ...]) -> int:
    print(f"\n## {name}\n", flush=True)
    begin = time.monotonic()
    code = subprocess.run([sys.executable, "-m", f"tests.quality.{name}", *options], check=False).returncode
    print(f"\n{name} ended with {code} after {time.monotonic() - begin:.0f} s", flush=True)
    return abs(code)


if __name__ == "__main__":
    raise SystemExit(main())
