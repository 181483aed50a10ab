"""Hits -> the few sharp passages that a small model can read: sentences and rows, scored by words and by meaning.

A chunk is made for finding; most of it is beside the point of one question, and a 1.5B model reads two sentences
better than a page. So each hit is cut into windows of whole sentences or rows, the windows are scored against the
question, and the best are kept with their heading path and table header. What the model is told about them is
prompting.py's.

Decision: rare words count by how few of the found chunks hold them, not by the whole library: it needs no second look
into the store, and within the found chunks it tells what sets one apart."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.centering import centered
from indexer.chunker import sentences
from indexer.document import Span
from indexer.ports import Embedder
from indexer.query import Hit
from indexer.words import query_words, segment

WINDOW_BYTES = 420
"""UTF-8 bytes of a window, but never less than one sentence or row: 100 tokens or so in any language."""
SHOWN_BYTES = (800, 800, WINDOW_BYTES)
"""UTF-8 bytes of the passages that the model reads, best first: a window is found sharp and read with what stands
around
it. As much to read as four bare windows, and the answer is in it more often (docs/answering.md)."""
SHORT_BYTES = 45
"""A line shorter than this (a step, a menu name) goes with the next one."""
LEAST_WRAPPED = 30
"""A line that ends before so many characters did not end because it was full."""
WRAPPED_SHARE = 0.7
"""Of the widest line's length: what a full line has at least where the next goes on in small letters."""
CELLS = " | "
EMBEDDED_WINDOWS = 48
"""Only the windows that look best by words and by their chunk are embedded: the embedder makes some 100 a second."""
CONTEXT_WORDS = 0.6
"""What a question's word is worth that stands in the heading path only."""
WORD_WEIGHT = 0.2
"""What full coverage of the question's words adds to a cosine."""
RANK_WEIGHT = 0.15
"""What the chunk's own score adds: its other sentences speak for a window, too."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A window of a hit's chunk. `hit.chunk.text[span.start:span.end] == text`."""

    hit: Hit
    span: Span
    text: str
    coverage: float
    """Share of the question's words, rare ones weighing more, that stand in the window or its headings; 0 to 1."""
    similarity: float | None
    """Cosine with the centred question (indexer/centering.py) where an embedder is there."""
    score: float

    @property
    def heading(self) -> str:
        """Title and headings on one line, outermost first, then the table's header."""
        lines = [line.strip() for line in self.hit.chunk.context.split("\n") if line.strip()]
        return " > ".join(dict.fromkeys(lines))

    @property
    def readable(self) -> str:
        """Heading path and text: what is embedded, read by the model and searched for facts."""
        return f"{self.heading}\n{self.text}" if self.heading else self.text


_ASKING = frozenset(re.findall(r"\w+", """many much long often far old big high
    哪里 哪儿 几天 几号 几点 几年 几个 多久 多大 多长 一共 总共 钱 天 号 点"""))  # fmt: skip
"""Words that ask for something and that no answer needs to repeat; search words keep them, evidence does not."""
_NAMED = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w'-]*|\b\w*\d[\w.-]*")
_LATIN = re.compile(r"[A-Za-z][\w.-]*")
_HAN = re.compile("[\u3400-\u9fff]")
_ENDED = re.compile(r"[.!?:;。！？：；]$")
_ITEM = re.compile(r"[-*+•·–—]\s|\(?\d{1,3}[.)、]|[A-Za-z][.)]\s|[（(]?[一二三四五六七八九十]+[)）、]")


@dataclass(frozen=True, slots=True)
class Wording:
    """The question's telling words with their weights, and which of them no hit holds at all."""

    weights: tuple[tuple[str, float], ...]
    missing: tuple[str, ...]
    missing_names: tuple[str, ...]
    """Names and numbers as the question writes them: Siemens, E12, 700. In a Chinese question any Latin word is one."""

    @property
    def missing_share(self) -> float:
        """Weight of the missing words against all; 0 to 1."""
        total = sum(weight for _, weight in self.weights)
        return sum(weight for word, weight in self.weights if word in self.missing) / total if total else 0.0


def passages(question: str, hits: Sequence[Hit], embedder: Embedder | None) -> tuple[Passage, ...]:
    """The windows of `hits`, best first, at most EMBEDDED_WINDOWS. Raises what the embedder raises."""
    words = wording(question, hits)
    candidates = []
    for hit in hits:
        context = frozenset(segment(hit.chunk.context).split())
        for span in windows(hit.chunk.text):
            text = hit.chunk.text[span.start : span.end]
            covered = _coverage(words, frozenset(segment(text).split()), context)
            prior = 2.0 * (hit.similarity or 0.0) + covered - 0.01 * hit.rank
            candidates.append(Passage(hit, span, text, covered, None, prior))
    candidates.sort(key=lambda passage: (-passage.score, passage.hit.rank, passage.span.start))
    return _by_meaning(question, candidates[:EMBEDDED_WINDOWS], embedder)


def sharpest(found: Sequence[Passage], sizes: Sequence[int] = SHOWN_BYTES) -> tuple[Passage, ...]:
    """The best passages that say different things, one for each of `sizes`, each with its surroundings up to that many
    UTF-8 bytes. Of overlapping ones and equal texts the best stays."""
    kept: list[Passage] = []
    for passage in found:
        if len(kept) == len(sizes):
            break
        wider = _widened(passage, sizes[len(kept)])
        if not any(_overlap(wider, other) for other in kept):
            kept.append(wider)
    return tuple(kept)


def best_sentence(question: str, passage: Passage, embedder: Embedder | None) -> str:
    """The sentence or row of the passage that is nearest to the question."""
    spans = _pieces(passage.text)
    if len(spans) < 2:
        return passage.text
    texts = [passage.text[span.start : span.end] for span in spans]
    asked = query_words(question)
    held = [frozenset(segment(text).split()) for text in texts]
    scores = [sum(word in words for word in asked) / max(1, len(asked)) for words in held]
    if embedder is not None:
        cosines = np.asarray(
            embedder.embed_passages(texts).array @ embedder.embed_query(question), dtype=float
        ).tolist()
        scores = [cosine + WORD_WEIGHT * score for cosine, score in zip(cosines, scores, strict=True)]
    return texts[scores.index(max(scores))]


def wording(question: str, hits: Sequence[Hit]) -> Wording:
    """The question's words, weighed by how few of the hits hold them; a word that none holds weighs most."""
    held = [frozenset(segment(hit.chunk.embedded_text).split()) for hit in hits]
    weights = []
    for word in query_words(question):
        if word in _ASKING:
            continue
        count = sum(word in words for words in held)
        weights.append((word, math.log(1.0 + (len(held) + 1.0) / (count + 0.5))))
    missing = tuple(word for word, _ in weights if not any(word in words for words in held))
    names = (_LATIN if _HAN.search(question) else _NAMED).findall(question)
    absent = tuple(name for name in names if any(word in missing for word in segment(name).split()))
    return Wording(tuple(weights), missing, tuple(dict.fromkeys(absent)))


def windows(text: str) -> tuple[Span, ...]:
    """Stretches of whole sentences, lines and rows, each up to WINDOW_BYTES, one beginning at each unit; those that lie
    inside another are left out."""
    units = _units(text)
    found: list[Span] = []
    for first, unit in enumerate(units):
        end = unit.end
        for following in units[first + 1 :]:
            if len(text[unit.start : following.end].encode()) > WINDOW_BYTES:
                break
            end = following.end
        if not found or end > found[-1].end:
            found.append(Span(unit.start, end))
    return tuple(found)


def narrowed(passage: Passage) -> tuple[Passage, ...]:
    """The stretches of a passage that begin at each of its units, each up to WINDOW_BYTES, in the order of the text."""
    units = _units(passage.text)
    found = []
    for place, unit in enumerate(units):
        ends = (
            later.end for later in units[place:] if len(passage.text[unit.start : later.end].encode()) <= WINDOW_BYTES
        )
        found.append(cut(passage, Span(unit.start, max(ends, default=unit.end))))
    return tuple(found)


def statements(passage: Passage) -> tuple[Passage, ...]:
    """The single sentences, rows and items of lists of a passage, in the order of the text."""
    return tuple(cut(passage, span) for span in _pieces(passage.text))


def cut(passage: Passage, span: Span) -> Passage:
    """A stretch of a passage; `span` counts in the passage's text."""
    start = passage.span.start
    return replace(passage, span=Span(start + span.start, start + span.end), text=passage.text[span.start : span.end])


def _goes_on(text: str, before: Span, after: Span, widest: int) -> bool:
    """Whether a line ended only because it was full: there was no room for the next one's first word."""
    if text[before.end : after.start].strip(" \t") != "\n" or _ENDED.search(text[before.start : before.end]):
        return False
    line = text[text.rfind("\n", 0, before.end) + 1 : before.end]
    following = text[after.start : after.end]
    if _ITEM.match(following) or CELLS in line or CELLS in following or len(line) < LEAST_WRAPPED:
        return False
    first = 1 if _HAN.match(following) else 1 + len(following.split(maxsplit=1)[0])
    return len(line) + first > (WRAPPED_SHARE * widest if following[0].islower() else widest)


def _widened(passage: Passage, size: int) -> Passage:
    """The passage with whole units after and before it, in turn, as long as they fit into `size` bytes."""
    text = passage.hit.chunk.text
    start, end = passage.span.start, passage.span.end
    units = _units(text)
    while True:
        after = next((unit.end for unit in units if unit.end > end), None)
        before = next((unit.start for unit in reversed(units) if unit.start < start), None)
        if after is not None and len(text[start:after].encode()) <= size:
            end = after
        elif before is not None and len(text[before:end].encode()) <= size:
            start = before
        else:
            return replace(passage, span=Span(start, end), text=text[start:end])


def _units(text: str) -> tuple[Span, ...]:
    """Sentences and lines, a short one joined with the next."""
    units: list[Span] = []
    for piece in _pieces(text):
        start = piece.start
        if units and len(text[units[-1].start : units[-1].end].encode()) < SHORT_BYTES:
            start = units.pop().start
        units.append(Span(start, piece.end))
    return tuple(units)


def _pieces(text: str) -> tuple[Span, ...]:
    """Sentences, and lines inside them: rows, items, headings. A sentence that was broken into lines of one width, as
    in a mail or on a page, is whole again."""
    widest = max(map(len, text.split("\n")))
    joined: list[Span] = []
    for sentence in sentences(text):
        for line in _lines(text[sentence.start : sentence.end]):
            piece = Span(sentence.start + line.start, sentence.start + line.end)
            if joined and _goes_on(text, joined[-1], piece, widest):
                piece = Span(joined.pop().start, piece.end)
            joined.append(piece)
    return tuple(joined)


def _lines(text: str) -> tuple[Span, ...]:
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip())))
        start += len(line) + 1
    return tuple(spans)


def _coverage(words: Wording, text: frozenset[str], context: frozenset[str]) -> float:
    total = sum(weight for _, weight in words.weights)
    if not total:
        return 0.0
    held = sum(
        weight * (1.0 if word in text else CONTEXT_WORDS if word in context else 0.0) for word, weight in words.weights
    )
    return held / total


def _by_meaning(question: str, candidates: Sequence[Passage], embedder: Embedder | None) -> tuple[Passage, ...]:
    if embedder is None or not candidates:
        return tuple(candidates)
    asked = centered(embedder, question, embedder.embed_query(question))
    cosines = embedder.embed_passages([passage.readable for passage in candidates]).array @ asked
    scored = [
        Passage(
            p.hit, p.span, p.text, p.coverage, cosine, cosine + WORD_WEIGHT * p.coverage + RANK_WEIGHT * p.hit.score
        )
        for p, cosine in zip(candidates, np.asarray(cosines, dtype=float).tolist(), strict=True)
    ]
    scored.sort(key=lambda passage: (-passage.score, passage.hit.rank, passage.span.start))
    return tuple(scored)


def _overlap(one: Passage, other: Passage) -> bool:
    if one.text == other.text:
        return True
    if one.hit.chunk_id != other.hit.chunk_id:
        return False
    shared = min(one.span.end, other.span.end) - max(one.span.start, other.span.start)
    return 2 * shared > min(len(one.span), len(other.span))
