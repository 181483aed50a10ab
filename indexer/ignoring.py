"""Which files and folders are left out: the person's rules first, then the usual rubbish.

Rules are lines in the syntax of .gitignore, from a folder's settings and from `.nearsideignore` files, which hold for
the folder they lie in and everything below; the deepest file speaks first, the last matching line in it wins, and `!`
brings back what a default would leave out. Walking the tree is scanner.py's business. How large a file may be is
a limit of extraction (`Limits.file_bytes`), where an oversized file gets a state and a reason instead of silence.
"""

from __future__ import annotations

import fnmatch
import os
import re
import stat
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pathspec import GitIgnoreSpec

IGNORE_FILE = ".nearsideignore"
IGNORE_FILE_BYTES = 1 << 20
"""A larger one is a mistake and is not read."""
CACHE_TAG = "CACHEDIR.TAG"
"""A folder that holds this file says of itself that it is a cache (bford.info/cachedir)."""

DEFAULT_EXCLUDES = (
    # what tools make and can make again
    *(
        "node_modules",
        "bower_components",
        "__pycache__",
        "site-packages",
        "CVS",
        "*.pyc",
        "*.pyo",
        "*.o",
        "*.obj",
        "*.class",
    ),
    *(
        "package-lock.json",
        "npm-shrinkwrap.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "poetry.lock",
        "uv.lock",
        "Cargo.lock",
    ),
    # what systems leave behind
    *("Thumbs.db", "ehthumbs.db", "desktop.ini", "$RECYCLE.BIN", "System Volume Information", "lost+found", "__MACOSX"),
    # what is open, half written or a backup of the editor
    *("~$*", "*.tmp", "*.temp", "*.swp", "*~", "#*#", "*.part", "*.partial", "*.crdownload", "*.download"),
)
"""Names, whatever their case. Names that begin with a dot (.git, .venv, .~lock.x#, ...) count as hidden."""

_PLAIN = frozenset(name.lower() for name in DEFAULT_EXCLUDES if not re.search(r"[*?\[]", name))
_GLOBS = re.compile(
    "|".join(fnmatch.translate(name.lower()) for name in DEFAULT_EXCLUDES if name.lower() not in _PLAIN)
)


@dataclass(frozen=True, slots=True)
class _Layer:
    """Lines that hold below one folder; `prefix` is the length of its path relative to the root, with the slash."""

    prefix: int
    spec: GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Rules:
    """What is left out below one root. Paths are relative to the root, with `/` between the parts."""

    layers: tuple[_Layer, ...] = ()
    """Innermost last."""

    def with_lines(self, lines: Iterable[str], folder: str = "") -> Rules:
        """These rules and, stronger, `lines` for everything below `folder`. Lines that are no patterns are dropped."""
        spec = _compiled(lines)
        if not spec.patterns:
            return self
        return replace(self, layers=(*self.layers, _Layer(len(folder) + 1 if folder else 0, spec)))

    def inside(self, folder: str, path: str) -> Rules:
        """These rules and what the `.nearsideignore` in the folder at `path` adds. `folder` is the same, relative."""
        lines = _read_lines(os.path.join(path, IGNORE_FILE))
        return self.with_lines(lines, folder) if lines else self

    def excludes(self, relative: str, name: str, *, is_folder: bool) -> bool:
        """Whether the entry `relative`, whose last part is `name`, is left out."""
        if self.layers:
            subject = relative + "/" if is_folder else relative
            for layer in reversed(self.layers):
                verdict = layer.spec.check_file(subject[layer.prefix :]).include
                if verdict is not None:
                    return verdict
        return excluded_by_default(name)


def excluded_by_default(name: str) -> bool:
    """Whether a file or folder of this name is left out wherever it lies."""
    if name[:1] == ".":
        return True
    lowered = name.lower()
    return lowered in _PLAIN or _GLOBS.match(lowered) is not None


def hidden_by_system(status: os.stat_result) -> bool:
    """Whether the file system itself calls the entry hidden or a part of the system."""
    if sys.platform == "win32":
        return bool(status.st_file_attributes & (stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM))
    if sys.platform == "darwin":
        return bool(status.st_flags & stat.UF_HIDDEN)
    return False


def rules_above(root: str, excludes: Iterable[str], path: str) -> Rules | None:
    """The rules that judge the entry at `path`, at or below `root`; None when a folder on the way is left out."""
    rules = Rules().with_lines(excludes)
    relative, here = "", root
    names = os.path.relpath(path, root).split(os.sep) if path != root else []
    for name in names[:-1]:
        rules = rules.inside(relative, here)
        relative = f"{relative}/{name}" if relative else name
        here = os.path.join(here, name)
        if rules.excludes(relative, name, is_folder=True):
            return None
    return rules.inside(relative, here) if names else rules


def _compiled(lines: Iterable[str]) -> GitIgnoreSpec:
    valid: list[str] = []
    for line in lines:
        try:
            if any(pattern.include is not None for pattern in GitIgnoreSpec.from_lines([line]).patterns):
                valid.append(line)
        except ValueError:
            continue  # not a pattern, for instance a lone "!"
    return GitIgnoreSpec.from_lines(valid)


def _read_lines(path: str) -> tuple[str, ...]:
    try:
        with open(path, "rb") as stream:
            content = stream.read(IGNORE_FILE_BYTES + 1)
    except OSError:
        return ()
    if len(content) > IGNORE_FILE_BYTES:
        return ()
    return tuple(content.decode("utf-8-sig", "replace").splitlines())
