"""The two small real packs that tests use, made once by the product's own code and kept in a cache folder.

`python -m tests.packs` makes them now. NEARSIDE_TEST_PACKS puts them elsewhere.
"""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path

import platformdirs

from copilot.models.catalogue import recipe
from copilot.models.sources import obtain
from copilot.paths import find_paths
from indexer.reporter import Progress

SMALL = ("e5-small", "smollm2-135m")


class Lines:
    """A Reporter that writes a line for each step."""

    def report(self, event: object) -> None:
        if isinstance(event, Progress) and event.stage != "verify":
            sys.stderr.write(f"\r{event.subject}: {event.stage} {event.done:,} of {event.total or 0:,}   ")
            sys.stderr.flush()

    def check(self) -> None:
        return None


@functools.cache
def packs_folder() -> Path:
    """The folder with both packs; fetches and converts what is missing (95 MB and 90 MB, half a minute)."""
    named = os.environ.get("NEARSIDE_TEST_PACKS")
    home = Path(named) if named else Path(platformdirs.user_cache_dir("nearside-tests", appauthor=False))
    paths = find_paths(home)
    # The fetching process finds the same home through its environment.
    before = os.environ.get("NEARSIDE_HOME")
    os.environ["NEARSIDE_HOME"] = str(home)
    try:
        for pack_id in SMALL:
            obtain(paths, recipe(pack_id), Lines())
    finally:
        if before is None:
            del os.environ["NEARSIDE_HOME"]
        else:
            os.environ["NEARSIDE_HOME"] = before
    return paths.packs


if __name__ == "__main__":
    sys.stdout.write(f"The small model packs are in {packs_folder()}\n")
