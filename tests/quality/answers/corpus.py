"""The corpus of the answer questions: lays out the files that corpus.toml names, from Debian packages, in one folder.

Fetching, unpacking and turning GNOME's Mallard pages into HTML is tests/quality/corpora.py's; scoring is run.py's.
"""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.quality.corpora import _mallard_to_html, unpacked

DESCRIPTION = Path(__file__).with_name("corpus.toml")


@dataclass(frozen=True, slots=True)
class Part:
    """Some files of one package, copied below a folder called `name`."""

    name: str
    package: str
    root: str
    take: tuple[str, ...]


def parts() -> tuple[Part, ...]:
    """What corpus.toml describes, in its order."""
    entries = tomllib.loads(DESCRIPTION.read_text(encoding="utf-8"))["part"]
    return tuple(Part(entry["name"], entry["package"], entry["root"], tuple(entry["take"])) for entry in entries)


def packages() -> tuple[str, ...]:
    """The Debian packages that hold the corpus."""
    return tuple(sorted({part.package for part in parts()}))


def corpus(cache: Path) -> Path:
    """The folder with the corpus below `cache`, fetched and laid out on the first call."""
    folder = cache / "corpora" / "answers"
    for part in parts():
        root = unpacked(part.package, cache) / part.root
        for source in sorted({path for pattern in part.take for path in root.glob(pattern)}):
            goal = folder / part.name / source.relative_to(root)
            _lay_out(source, goal.with_suffix(".html") if goal.suffix == ".page" else goal)
    return folder


def _lay_out(source: Path, goal: Path) -> None:
    if goal.exists():
        return
    goal.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix == ".page":
        goal.write_text(_mallard_to_html(source), encoding="utf-8")
    else:
        shutil.copyfile(source, goal)
