"""The answer questions: what they are, which half they belong to, and when an answer is right.

Strict and mechanical on purpose: no model judges. The runner is run.py.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

QUESTIONS = Path(__file__).with_name("questions.toml")
JUDGED_CHARACTERS = 500
"""Only this much of an answer counts, so that quoting half a page earns nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. `files` are below the corpus folder; no files means that the corpus has no answer."""

    text: str
    language: str
    files: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        return bool(self.files)

    @property
    def half(self) -> str:
        """`dev` may be looked at while working on the assistant, `held-out` may not."""
        return "dev" if hashlib.blake2b(self.text.encode("utf-8")).digest()[0] % 2 else "held-out"

    @property
    def shuffled(self) -> bytes:
        """Sorted by this, questions of all kinds are mixed, always in the same way."""
        return hashlib.blake2b(self.text.encode("utf-8")).digest()[1:9]


def questions() -> tuple[Asked, ...]:
    """Every question of questions.toml, in its order."""
    asked: list[Asked] = []
    for language, kinds in tomllib.loads(QUESTIONS.read_text(encoding="utf-8")).items():
        asked += [Asked(q["text"], language, tuple(q["files"]), tuple(q["gold"])) for q in kinds["answerable"]]
        asked += [Asked(text, language) for text in kinds["unanswerable"]]
    return tuple(asked)


def holds_gold(answer: str, gold: tuple[str, ...]) -> bool:
    """Whether any gold string stands in the answer's first characters."""
    return names_gold(answer[:JUDGED_CHARACTERS], gold)


def names_gold(text: str, gold: tuple[str, ...]) -> bool:
    """Whether any gold string stands in a text. A `re:` entry is a regular expression over the folded text."""
    folded = _folded(text)
    return any(_stands_in(entry, folded) for entry in gold)


def _stands_in(entry: str, folded: str) -> bool:
    if entry.startswith("re:"):
        return re.search(entry[3:], folded, re.IGNORECASE) is not None
    wanted = _folded(entry)
    pattern = r"\s*".join(re.escape(part) for part in re.findall(r"[0-9.]+|[a-z]+|[^\s0-9.a-z]", wanted))
    head = r"(?<![a-z0-9.])" if wanted[0].isascii() and wanted[0].isalnum() else ""
    tail = r"(?![a-z0-9]|\.[0-9]*[1-9])" if wanted[-1].isascii() and wanted[-1].isalnum() else ""
    return re.search(head + pattern + tail, folded) is not None


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return re.sub(r"[\"`“”‘’「」『』]+", "", text)
