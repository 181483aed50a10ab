"""`make quality`: retrieval, answers and redaction on real data with the default packs; prints the tables.

Takes an hour or more. Corpora, libraries and vectors are kept in a cache folder, so that the next run is shorter.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import platformdirs

from copilot.models.catalogue import default_packs, recipe
from copilot.models.sources import obtain
from copilot.paths import find_paths
from tests.packs import Lines


def main() -> int:
    paths = find_paths()
    packs = [obtain(paths, recipe(pack_id), Lines()) for pack_id in default_packs()]
    embedder = next(pack.folder for pack in packs if pack.role == "embedder")
    cache = Path(platformdirs.user_cache_dir("nearside-quality", appauthor=False))
    runs = (
        ("tests.quality.redaction.run",),
        ("tests.quality.retrieval.run", "--cache", str(cache / "retrieval"), "--embedder", str(embedder)),
        ("tests.quality.answers.run", str(cache / "answers"), str(paths.packs)),
    )
    return max(subprocess.run([sys.executable, "-m", *run], check=False).returncode for run in runs)


if __name__ == "__main__":
    raise SystemExit(main())
