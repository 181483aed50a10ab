"""The question sets: hand-written ones from files beside this one, titles of manual pages made from the corpus."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_TITLE = re.compile(r"<title>\s*(.*?)\s*</title>", re.DOTALL)
_FIRST_HEADING = re.compile(r"<h1\b.*?</h1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Question:
    """`gold`: paths below the corpus; each of them answers the question. `split` is `dev` or `held-out`, for good."""

    text: str
    split: str
    gold: frozenset[str]


def written(language: str) -> tuple[Question, ...]:
    """Natural questions in other words than the pages use, from pages drawn at random."""
    rows = map(json.loads, (_HERE / f"questions_{language}.jsonl").read_text(encoding="utf-8").splitlines())
    return tuple(Question(row["question"], row["split"], frozenset(row["gold"])) for row in rows)


def abroad(questions: tuple[Question, ...], corpus: Path) -> tuple[Question, ...]:
    """Chinese questions whose answer exists in the English corpus, with the English page as gold."""
    moved = (
        Question(one.text, one.split, frozenset(path.replace(".zh-cn.", ".en.") for path in one.gold))
        for one in questions
    )
    return tuple(one for one in moved if all((corpus / path).exists() for path in one.gold))


def titles(corpus: Path) -> tuple[Question, ...]:
    """LibreOffice guide pages, one in four: a title that no other page has -> its page."""
    pages = {path: page_title(path) for path in sorted((corpus / "libreoffice").glob("*/guide/*.html"))}
    often = Counter(pages.values())
    return tuple(
        Question(title, "dev" if zlib.crc32(path.name.encode()) % 2 else "held-out", frozenset({_below(path, corpus)}))
        for path, title in pages.items()
        if often[title] == 1 and len(title) > 3 and zlib.crc32(path.stem.encode()) % 4 == 0
    )


def without_titles(corpus: Path, target: Path) -> Path:
    """The same guide pages with title and first heading taken out: what is left to find them by is their text."""
    for path in sorted((corpus / "libreoffice").glob("*/guide/*.html")):
        page = target / _below(path, corpus)
        if not page.exists():
            page.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8")
            page.write_text(_FIRST_HEADING.sub("", _TITLE.sub("", text), count=1), encoding="utf-8")
    return target


def page_title(path: Path) -> str:
    found = _TITLE.search(path.read_text(encoding="utf-8"))
    return " ".join(found[1].split()) if found else ""


def _below(path: Path, corpus: Path) -> str:
    return path.relative_to(corpus).as_posix()
