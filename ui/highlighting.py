"""Which words of a passage a person looked for, and the stretch of it worth showing. Pure text, no widget.

Decision: words are compared by their beginnings here instead of by the store's own segmentation (indexer/words.py):
its dictionaries take half a second to load, which the window must not. For Chinese, pairs of characters stand in.
"""

from __future__ import annotations

import re

from indexer.errors import NearsideError
from indexer.query_parser import parse

Mark = tuple[int, int]
"""Characters `start <= i < end`."""

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_IS_CJK = re.compile(f"[{_CJK}]")
_STOP = (
    " a an and are as at be by did do does for from had has have how in is it of on or our that the this to was were "
    "what when where which who why will with you your "
)
_ENDINGS = ("ing", "ed", "es", "s")
BEFORE = 60


def looked_for(query: str) -> tuple[str, ...]:
    """The words of a typed line that are worth marking, filters left out; empty for a line that can't be read."""
    try:
        read = parse(query)
    except NearsideError:
        return ()
    words: list[str] = []
    for run in _WORD.findall(read.text.lower()):
        if _IS_CJK.match(run):
            words += [run] if len(run) < 3 else [run[i : i + 2] for i in range(len(run) - 1)]
        elif f" {run} " not in _STOP:
            words.append(_stem(run))
    return tuple(dict.fromkeys(words))


def marks(text: str, words: tuple[str, ...]) -> tuple[Mark, ...]:
    """Where one of `words` stands in `text`, neighbours joined, in order."""
    if not words:
        return ()
    latin = [re.escape(word) for word in words if not _IS_CJK.match(word)]
    chinese = [re.escape(word) for word in words if _IS_CJK.match(word)]
    patterns = []
    if latin:
        patterns.append(rf"(?<![^\W_{_CJK}])(?:{'|'.join(latin)})(?:e|s|es|d|ed|ing)?(?![^\W_{_CJK}])")
    # A look-ahead finds pairs that overlap, so that a whole word of them is one mark.
    spans = [found.span() for pattern in patterns for found in re.finditer(pattern, text, re.IGNORECASE)]
    if chinese:
        spans += [found.span(1) for found in re.finditer(rf"(?=({'|'.join(chinese)}))", text)]
    return _joined(text, sorted(spans))


def snippet(text: str, words: tuple[str, ...], length: int = 240) -> tuple[str, tuple[Mark, ...]]:
    """One line of `text` around its densest marks, and the marks in it."""
    flat = " ".join(text.split())
    found = marks(flat, words)
    start = 0
    if len(flat) > length:
        best = max(found, key=lambda mark: sum(mark[0] <= other[0] < mark[0] + length for other in found), default=None)
        if best is not None and best[0] > BEFORE:
            start = _word_start(flat, best[0] - BEFORE)
    piece = flat[start : start + length]
    lead = "… " if start else ""
    tail = " …" if start + length < len(flat) else ""
    shift = len(lead) - start
    inside = tuple((a + shift, b + shift) for a, b in found if a >= start and b <= start + length)
    return lead + piece + tail, inside


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _joined(text: str, spans: list[Mark]) -> tuple[Mark, ...]:
    """Marks that touch, or have one space between them, are one."""
    whole: list[Mark] = []
    for start, end in spans:
        if whole and (start <= whole[-1][1] or text[whole[-1][1] : start] == " "):
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return tuple(whole)


def _word_start(text: str, position: int) -> int:
    space = text.find(" ", position, position + BEFORE // 2)
    return space + 1 if space >= 0 else position
