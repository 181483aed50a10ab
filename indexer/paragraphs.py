"""Lines as a page shows them, joined into text as a person would write it.

Pages know no paragraphs, only lines. Lines are joined where a sentence visibly runs on (a full line, followed by one
that can't begin anything), so that phrases and Chinese words broken by the margin are found; table rows and lists stay
line by line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffe6]")
_BEGINNING = re.compile(r"[•·●○▪■◆–—*(（\-\[]|\d+[.)、]|[一二三四五六七八九十]+、|第.{1,4}[章节条]")
"""How list items and numbered paragraphs begin."""
_SENTENCE_END = tuple(".!?。！？")


@dataclass(frozen=True, slots=True)
class ShownLine:
    text: str
    size: float
    """Height of its letters in any unit, 0 when unknown."""


def full_width(lines: Sequence[ShownLine]) -> float:
    """From which width on a line counts as full, so that the margin broke it and not the writer: nearly that of the
    longest ones."""
    widths = sorted(_width(line.text) for line in lines)
    return 0.8 * widths[int(len(widths) * 0.9)] if widths else 0.0


def joined(lines: Sequence[ShownLine], full: float, *, tolerance: float = 0.15) -> str:
    """Lines as text: run together where a sentence goes on, an empty line where a paragraph visibly ends.

    Letters whose heights differ by more than `tolerance`, as a part of the larger, are not of one paragraph.
    """
    pieces: list[str] = []
    for index, line in enumerate(lines):
        pieces.append(line.text)
        if index + 1 == len(lines):
            break
        following = lines[index + 1]
        # Scripts mixed in one line differ a little in size: only a real difference counts.
        same_letters = abs(line.size - following.size) <= tolerance * max(line.size, following.size)
        if _width(line.text) < full or not same_letters:
            ends = line.text.endswith(_SENTENCE_END) or not same_letters
            pieces.append("\n\n" if ends else "\n")
        elif _BEGINNING.match(following.text) or line.text.endswith(_SENTENCE_END):
            pieces.append("\n")
        elif _WIDE.match(line.text[-1]) and _WIDE.match(following.text):
            pieces.append("")
        elif following.text[0].islower() or _WIDE.match(following.text) or line.text[-1] in ",;":
            pieces.append(" ")
        else:
            pieces.append("\n")
    return "".join(pieces)


def _width(text: str) -> int:
    """How wide a line is, in Latin letters."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))
