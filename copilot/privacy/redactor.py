"""Private data out, placeholders in, and back again: the story of a text that may leave.

`redact` looks until nothing more is found: what a detector sees only after another's find is out is replaced as well.
What a find is replaced by is the conversation's (memory.py), how it is written is placeholders.py's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from copilot.privacy.consent import FindingCount
from copilot.privacy.detectors import kinds
from copilot.privacy.finding import MASK, Detector, Finding
from copilot.privacy.memory import LOOKALIKE, Memory
from copilot.privacy.people import Gazetteer
from copilot.privacy.phrases import Phrases
from copilot.privacy.placeholders import OWN_WORDS, fit, placeholders, reads_chinese
from copilot.privacy.restoring import Restoring, restored
from indexer.document import Span

REACH = 120
"""Characters on either side of a place that can make a detector see something there."""

EDGE = 30

_WORTHLESS = " \t\r\n\u3000" + MASK


@dataclass(frozen=True, slots=True)
class Redacted:
    """`findings` in the order of the original text that their spans count in, each with its replacement."""

    text: str
    findings: tuple[Finding, ...]


def detectors_in_force(
    *, amounts: bool = False, dates: bool = False, words: Sequence[str] = (), known: Gazetteer | None = None
) -> tuple[Detector, ...]:
    """Every kind of the room, those that are optional if asked for, the person's own words, and known names."""
    wanted = {"amount": amounts, "date": dates}
    room = tuple(kind for kind in kinds() if not kind.OPTIONAL or wanted.get(kind.KIND, False))
    return (*room, Phrases(OWN_WORDS, words), *(known.detectors() if known else ()))


def counted(findings: Iterable[Finding]) -> tuple[FindingCount, ...]:
    """How many different things of each kind, most frequent first."""
    counts = Counter(kind for kind, _ in {(finding.kind, finding.text) for finding in findings})
    return tuple(FindingCount(kind, count) for kind, count in sorted(counts.items(), key=lambda c: (-c[1], c[0])))


class Redactor:
    """Redacts and restores the texts of one conversation. Not thread-safe, as a conversation has one turn at a time."""

    def __init__(self, detectors: Sequence[Detector], memory: Memory) -> None:
        self._detectors = tuple(detectors)
        self._memory = memory

    @property
    def memory(self) -> Memory:
        return self._memory

    def redact(self, text: str, *, lifting: bool = True) -> Redacted:
        """`restore(redact(text).text) == text`, whatever `text` is. Without `lifting`, what the person lifted is
        replaced all the same: for files whose label says so.
        """
        found = self._search(text, [], escape=True, lifting=lifting)
        chinese = reads_chinese(text)
        pieces: list[str] = []
        findings: list[Finding] = []
        at, left = 0, ""
        for finding, following in pairwise([*found, None]):
            assert finding is not None
            private = finding.kind != LOOKALIKE
            kind = finding.kind if private else next(placeholders(finding.text)).kind
            one = self._memory.replace(kind, finding.text, chinese=chinese, private=private)
            between = text[at : finding.span.start]
            at = finding.span.end
            abuts = following is not None and following.span.start == at
            written = fit(one.placeholder, between or left, "A" if abuts else text[at : at + 1])
            pieces += (between, written)
            left = written
            if private:
                findings.append(replace(finding, kind=one.kind, replacement=written))
        return Redacted("".join([*pieces, text[at:]]), tuple(findings))

    def find(self, text: str) -> tuple[Finding, ...]:
        """What is still private in a text in which placeholders of this conversation may stand already."""
        known = [
            Finding(LOOKALIKE, Span(one.start, one.end), text[one.start : one.end])
            for one in placeholders(text)
            if self._memory.known(one.kind, one.label)
        ]
        return tuple(finding for finding in self._search(text, known, escape=False) if finding not in known)

    def restore(self, text: str) -> str:
        return restored(text, self._memory)

    def restoring(self) -> Restoring:
        """For a reply that comes in pieces."""
        return Restoring(self._memory)

    def _search(self, text: str, found: list[Finding], *, escape: bool, lifting: bool = True) -> list[Finding]:
        """All finds of all rounds. From the second round on only the lines near fresh masks can hold something new."""
        fresh: list[Finding] = []
        windows: Sequence[Span] | None = None
        while True:
            masked, places = _masked(text, found)
            if windows is not None:
                windows = _near(masked, [bisect_left(places, finding.span.start) for finding in fresh])
            private = [finding for finding in found if finding.kind != LOOKALIKE]
            known = [f for d in self._memory.detectors(private) for f in _ranked(d, masked)]
            seen = [f for d in self._detectors for f in _within(d, masked, windows)]
            wanted = [(rank, f) for rank, f in known + seen if not (lifting and self._memory.lifts(f))]
            fresh = self._settled(masked, wanted) or (self._lookalikes(masked) if escape else [])
            if not fresh:
                return found
            windows = ()
            fresh = [_at(places, finding, text) for finding in fresh]
            found = sorted((*found, *fresh), key=lambda finding: finding.span.start)

    def _settled(self, masked: str, candidates: list[tuple[int, Finding]]) -> list[Finding]:
        """The longest of those that overlap, then the better proven; without what was found before."""
        wanted = [(rank, part) for rank, finding in candidates for part in _fragments(masked, finding)]
        taken: list[Finding] = []
        busy = bytearray(len(masked))
        for _, finding in sorted(wanted, key=lambda one: (-len(one[1].span), one[0], one[1].span.start)):
            start, end = finding.span.start, finding.span.end
            if not any(busy[start:end]):
                busy[start:end] = b"\1" * (end - start)
                taken.append(replace(finding, kind=self._memory.kind_of(finding.text) or finding.kind))
        return taken

    def _lookalikes(self, masked: str) -> list[Finding]:
        """What would be restored though nobody replaced it. A label that is still free is never given out instead."""
        taken = []
        for one in placeholders(masked):
            if self._memory.known(one.kind, one.label):
                taken.append(Finding(LOOKALIKE, Span(one.start, one.end), masked[one.start : one.end]))
            else:
                self._memory.reserve(one.kind, one.label)
        return taken


def _ranked(detector: Detector, text: str) -> Iterable[tuple[int, Finding]]:
    return ((detector.RANK, finding) for finding in detector.find(text))


def _within(detector: Detector, text: str, windows: Sequence[Span] | None) -> Iterable[tuple[int, Finding]]:
    """What it finds in the windows, in the whole text without any. What touches a cut through a line may be half."""
    if windows is None:
        yield from _ranked(detector, text)
        return
    for window in windows:
        low = window.start + (EDGE if window.start and text[window.start - 1] != "\n" else 0)
        high = window.end - (EDGE if window.end < len(text) and text[window.end] != "\n" else 0)
        for finding in detector.find(text[window.start : window.end]):
            start, end = finding.span.start + window.start, finding.span.end + window.start
            if low <= start and end <= high:
                yield detector.RANK, replace(finding, span=Span(start, end))


def _near(masked: str, masks: Iterable[int]) -> list[Span]:
    """The surroundings of masks, as wide as any detector looks, to the ends of their lines where these are near."""
    windows: list[Span] = []
    for mask in sorted(masks):
        start, end = max(0, mask - REACH), min(len(masked), mask + REACH)
        start = max(start - REACH, masked.rfind("\n", 0, start) + 1)
        line_end = masked.find("\n", end, end + REACH)
        end = min(len(masked), end + REACH) if line_end < 0 else line_end
        if windows and start <= windows[-1].end:
            start = windows.pop().start
        windows.append(Span(start, end))
    return windows


def _fragments(masked: str, finding: Finding) -> Iterable[Finding]:
    """The find without what was masked before, which may cut it into several."""
    start, end = finding.span.start, finding.span.end
    at = start
    for part in masked[start:end].split(MASK):
        inner = part.strip(_WORTHLESS)
        if inner:
            begin = at + part.index(inner)
            yield Finding(finding.kind, Span(begin, begin + len(inner)), inner)
        at += len(part) + 1


def _masked(text: str, found: Sequence[Finding]) -> tuple[str, list[int]]:
    """The text with one mask for each find, and for each of its characters the place in the original."""
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for finding in found:
        pieces += (text[at : finding.span.start], MASK)
        places += range(at, finding.span.start)
        places.append(finding.span.start)
        at = finding.span.end
    places += range(at, len(text))
    return "".join([*pieces, text[at:]]), places


def _at(places: Sequence[int], finding: Finding, text: str) -> Finding:
    start, end = places[finding.span.start], places[finding.span.end - 1] + 1
    return Finding(finding.kind, Span(start, end), text[start:end])
