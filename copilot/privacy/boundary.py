"""The boundary: what may leave, by label. The only place that decides it, whichever way a passage was found.

A label belongs to a folder, a file or a pattern of names. The rule that says most wins: the longest path, then the
later of the patterns; a pattern is stronger than a path, because it was made for just such files. What IT forces
comes before all. Without a rule a file is local. A member of an archive or mail has the label of the file on disk, or
a stricter one by its own name: it never gets a looser one.

Decision: history counts as text of the files that its answers cited, because that is where it came from. A turn whose
sources are unknown is local.
"""

from __future__ import annotations

import fnmatch
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeVar

from copilot.privacy.consent import Withheld
from indexer.document import MEMBER_SEPARATOR
from indexer.query import Hit

LOCAL, ASK, REDACTED = "local", "ask", "redacted"
STRICTNESS = {ASK: 0, REDACTED: 1, LOCAL: 2}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LabelRule:
    """`pattern` is an absolute path (that file, or everything below that folder) or a glob over names and paths."""

    pattern: str
    label: str


@dataclass(frozen=True, slots=True)
class Labels:
    """All rules: the person's, in the order they were made, and those that IT forces."""

    rules: tuple[LabelRule, ...] = ()
    forced: tuple[LabelRule, ...] = ()

    def of(self, path: str) -> str:
        """The label of a file or of a member `outer!/inner`."""
        parts = path.split(MEMBER_SEPARATOR)
        label = self._judge(parts[0]) or LOCAL
        for member in parts[1:]:
            # Only what is made for such names speaks about a member; it can tighten, never loosen.
            for rule in (*self.rules, *self.forced):
                if _is_glob(rule.pattern) and _matches(rule.pattern, member):
                    label = max(label, rule.label, key=STRICTNESS.__getitem__)
        return label

    def forces(self, path: str) -> bool:
        """Whether IT decides about this folder or file, so that the person's own label has no say."""
        return _strongest(self.forced, path.split(MEMBER_SEPARATOR)[0]) is not None

    def with_rule(self, rule: LabelRule) -> Labels:
        """The same with one more rule, in place of an older one for the same pattern."""
        others = tuple(known for known in self.rules if known.pattern != rule.pattern)
        return Labels((*others, rule), self.forced)

    def without_rule(self, pattern: str) -> Labels:
        """The same without the person's rule for a pattern; what IT forces stays."""
        return Labels(tuple(rule for rule in self.rules if rule.pattern != pattern), self.forced)

    def _judge(self, path: str) -> str | None:
        return _strongest(self.forced, path) or _strongest(self.rules, path)


@dataclass(frozen=True, slots=True)
class Sifted:
    """What may be offered, and what was held back, counted by folder."""

    allowed: tuple[Hit, ...]
    withheld: tuple[Withheld, ...]


def sift(hits: Sequence[Hit], labels: Labels, *, inside: bool = False) -> Sifted:
    """Split passages by their files' labels. `inside` is for hosts that policy declares inside the boundary."""
    allowed = tuple(hit for hit in hits if inside or _may_leave(hit, labels))
    held = (hit.path for hit in hits if hit not in allowed)
    return Sifted(allowed, count_withheld(held))


def _may_leave(hit: Hit, labels: Labels) -> bool:
    """A passage that stands in several files is as private as the most private of them."""
    return all(labels.of(path) != LOCAL for path in (hit.path, *hit.also_at))


def history_may_leave(sources: Iterable[str] | None, labels: Labels, *, inside: bool = False) -> bool:
    """Whether an earlier turn may go along: `sources` are the files its answer cited, None when nobody knows."""
    return inside or (sources is not None and all(labels.of(path) != LOCAL for path in sources))


def count_withheld(paths: Iterable[str]) -> tuple[Withheld, ...]:
    folders = Counter(str(PurePath(path.split(MEMBER_SEPARATOR)[0]).parent) for path in paths)
    return tuple(Withheld(folder, count) for folder, count in sorted(folders.items()))


def _strongest(rules: Sequence[LabelRule], path: str) -> str | None:
    globs = [rule for rule in rules if _is_glob(rule.pattern) and _matches(rule.pattern, path)]
    if globs:
        return globs[-1].label
    trees = [rule for rule in rules if not _is_glob(rule.pattern) and _holds(rule.pattern, path)]
    return max(trees, key=lambda rule: len(PurePath(rule.pattern).parts)).label if trees else None


def _is_glob(pattern: str) -> bool:
    return any(character in pattern for character in "*?[")


def _matches(pattern: str, path: str) -> bool:
    """A pattern without a slash is compared with the name, one with a slash with the whole path."""
    whole = pattern if "/" in pattern or "\\" in pattern else None
    name = PurePath(path).name
    return fnmatch.fnmatch(path if whole else name, pattern)


def _holds(folder: str, path: str) -> bool:
    return PurePath(path).is_relative_to(folder)
