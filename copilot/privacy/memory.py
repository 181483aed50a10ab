"""What a conversation has replaced by what: the one map that redacts and restores. One conversation, one memory.

Decision: two different texts never share a placeholder, or restoring could not be exact. Another form of a known name,
`Zhang` or `ZHANG WEI` after `Zhang Wei`, gets the same letter with a number: `Person A2`. A model sees that they belong
together, and the person gets back what they wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from copilot.far_errors import RedactionForced
from copilot.privacy.finding import CJK, Finding
from copilot.privacy.lexicon import COMMON_CAPITALIZED, COMPANY_SUFFIX
from copilot.privacy.phrases import Phrases
from copilot.privacy.placeholders import OWN_WORDS, label_number, namings, spell

LOOKALIKE = "lookalike"
"""Text that only looks like a placeholder which was given out: replaced as well, so that it comes back as itself."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """`original` stands as the placeholder `kind` + `label`; `private` is False for a lookalike."""

    original: str
    kind: str
    label: str
    chinese: bool
    private: bool = True

    @property
    def placeholder(self) -> str:
        return spell(self.kind, self.label, chinese=self.chinese)


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class MemoryState:
    """A memory at rest, to be kept with its conversation. It holds the private data itself: encrypt it."""

    replaced: tuple[Replaced, ...] = ()
    added: tuple[Word, ...] = ()
    lifted: tuple[str, ...] = ()
    reserved: tuple[Word, ...] = ()
    """Labels that stood in a text before they were given out: they never are."""


class Memory:
    """The map of one conversation. `forced` are kinds whose redaction can't be lifted."""

    def __init__(self, state: MemoryState | None = None, *, forced: Iterable[str] = ()) -> None:
        state = state or MemoryState()
        self._forced = frozenset(forced)
        self._by_original = {one.original: one for one in state.replaced}
        self._by_label = {(one.kind, one.label): one for one in state.replaced}
        self._added = list(state.added)
        self._lifted = dict.fromkeys(state.lifted)
        self._reserved = {(word.kind, word.text) for word in state.reserved}

    def state(self) -> MemoryState:
        return MemoryState(
            tuple(self._by_label.values()),
            tuple(self._added),
            tuple(self._lifted),
            tuple(Word(label, kind) for kind, label in sorted(self._reserved)),
        )

    def copy(self) -> Memory:
        return Memory(self.state(), forced=self._forced)

    # --- what the person says

    def add(self, text: str, kind: str = OWN_WORDS) -> None:
        """Replace `text` from now on, wherever it stands."""
        self._lifted.pop(text, None)
        self._added.append(Word(text.strip(), kind if kind in namings() else OWN_WORDS))

    def lift(self, finding: Finding) -> None:
        """Leave this text as it is from now on. Raises RedactionForced where IT forces its kind."""
        if finding.kind in self._forced:
            raise RedactionForced(finding.kind)
        self._added = [word for word in self._added if word.text != finding.text]
        self._lifted[finding.text] = None

    def forces(self, kind: str) -> bool:
        return kind in self._forced

    def lifts(self, finding: Finding) -> bool:
        return finding.text in self._lifted and finding.kind not in self._forced

    # --- what is replaced by what

    def known(self, kind: str, label: str) -> Replaced | None:
        return self._by_label.get((kind, label))

    def kind_of(self, original: str) -> str | None:
        known = self._by_original.get(original)
        return known.kind if known and known.private else None

    def reserve(self, kind: str, label: str) -> None:
        self._reserved.add((kind, label))

    def replace(self, kind: str, original: str, *, chinese: bool, private: bool = True) -> Replaced:
        """The placeholder of `original`: the one it has, or a new one in the language of its text."""
        known = self._by_original.get(original)
        if known is None or known.private != private:
            label = (self._variant_label(kind, original) if private else None) or self._fresh_label(kind)
            known = Replaced(original, kind, label, chinese, private)
            self._by_original[original] = known
            self._by_label[kind, label] = known
        return known

    def detectors(self, found: Iterable[Finding] = ()) -> tuple[Phrases, ...]:
        """Detectors of what is known already: before, in `found`, and by the person's word; with short forms."""
        known = [(one.kind, one.original) for one in self._by_original.values() if one.private]
        known += [(finding.kind, finding.text) for finding in found]
        by_kind: dict[str, set[str]] = {word.kind: set() for word in self._added}
        for word in self._added:
            by_kind[word.kind].add(word.text)
        for kind, text in known:
            by_kind.setdefault(kind, set()).update(_worth_knowing(kind, text))
        return tuple(Phrases(kind, texts) for kind, texts in by_kind.items() if texts)

    def _fresh_label(self, kind: str) -> str:
        letters = namings()[kind].letters
        number = sum(1 for of, label in self._by_label if of == kind and label.isalpha() == letters)
        while self._is_taken(kind, label := label_number(number, letters=letters)):
            number += 1
        return label

    def _variant_label(self, kind: str, original: str) -> str | None:
        """A label beside that of the one known name that this is another form of; None where that is not sure."""
        if not namings()[kind].letters:
            return None
        names = {
            one.label.rstrip("0123456789") for one in self._same_kind(kind) if _is_form_of(kind, original, one.original)
        }
        if len(names) != 1:
            return None
        letter = names.pop()
        return next((f"{letter}{n}" for n in range(2, 100) if not self._is_taken(kind, f"{letter}{n}")), None)

    def _same_kind(self, kind: str) -> Iterator[Replaced]:
        return (one for one in self._by_original.values() if one.kind == kind and one.private)

    def _is_taken(self, kind: str, label: str) -> bool:
        return (kind, label) in self._by_label or (kind, label) in self._reserved


def _worth_knowing(kind: str, text: str) -> Iterator[str]:
    """The forms in which something found once is found again without its context."""
    chinese = re.fullmatch(f"[{CJK}·]+", text) is not None
    if kind in ("person", "organization"):
        if len(text) > (1 if chinese else 2) and text not in COMMON_CAPITALIZED:
            yield text
        yield from _short_forms(kind, text)
    elif len(text) >= 6 or (len(text) >= 4 and any(c.isdigit() for c in text)):
        yield text


def _short_forms(kind: str, text: str) -> Iterator[str]:
    if kind == "organization":
        core = COMPANY_SUFFIX.sub("", text).strip(" ,.&")
        if len(core) >= 4 and core != text and core not in COMMON_CAPITALIZED:
            yield core
    else:
        for part in _tokens(text, fold=False):
            if len(part) > 2 and part[0].isupper() and part not in COMMON_CAPITALIZED:
                yield part


def _is_form_of(kind: str, one: str, other: str) -> bool:
    if kind == "organization":
        return COMPANY_SUFFIX.sub("", one).strip(" ,.&").lower() == COMPANY_SUFFIX.sub("", other).strip(" ,.&").lower()
    mine, theirs = set(_tokens(one)), set(_tokens(other))
    if mine and theirs:
        return mine <= theirs or theirs <= mine
    # In Chinese the family name stands first and alone before a title: 王 in 王总.
    return not (mine or theirs) and min(len(one), len(other)) == 1 and one[:1] == other[:1]


def _tokens(name: str, *, fold: bool = True) -> list[str]:
    parts = re.findall(r"[^\W\d_]{2,}", name) if not re.search(f"[{CJK}]", name) else []
    return [part.lower() for part in parts] if fold else parts
