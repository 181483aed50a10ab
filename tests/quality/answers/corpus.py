"""The corpus of the answer questions: copies the files that corpus.toml names out of unpacked packages into one folder.

Fetching and unpacking packages is tests/quality/corpora.py's; asking and scoring is run.py's.
"""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

DESCRIPTION = Path(__file__).with_name("corpus.toml")


@dataclass(frozen=True, slots=True)
class Part:
    """Some files of one package, copied below a folder called `name`."""

    name: str
    package: str
    root: str
    take: tuple[str, ...]
    suffix: str


def parts() -> tuple[Part, ...]:
    """What corpus.toml describes, in its order."""
    entries = tomllib.loads(DESCRIPTION.read_text(encoding="utf-8"))["part"]
    return tuple(
        Part(entry["name"], entry["package"], entry["root"], tuple(entry["take"]), entry.get("suffix", ""))
        for entry in entries
    )


def packages() -> tuple[str, ...]:
    """The Debian packages that hold the corpus."""
    return tuple(sorted({part.package for part in parts()}))


def build(unpacked: Path, target: Path) -> int:
    """Copy the corpus from `unpacked`/<package>/ into `target`; return the number of files. A second call copies only what changed."""
    count = 0
    for part in parts():
        root = unpacked / part.package / part.root
        for source in sorted({path for pattern in part.take for path in root.glob(pattern)}):
            inside = source.relative_to(root)
            goal = target / part.name / (inside.with_suffix(part.suffix) if part.suffix else inside)
            count += 1
            if goal.exists() and goal.stat().st_size == source.stat().st_size:
                continue
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, goal)
    return count
