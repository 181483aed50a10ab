"""Is the answer in the evidence: which passage holds each statement, and why one is not believed.

A statement is one sentence of an answer. Its facts (numbers, dates, names, paths, code) must occur in one passage, or
in the question itself, which may name them; the rest of its words must be near the passage in words or in meaning.
Splitting evidence out of hits is evidence.py's, deciding to answer at all assistant.py's.

Decision: facts are compared as text after folding (width, case, thousands marks, number words), not by a model: a
small model that misread a number believes the number when it is asked again.

Decision: which of several passages is cited follows the question, too. Answers are short ("587"), any passage with that
number holds them, and the one that speaks of what was asked is meant: on the development questions 38 of 58 were
right and cited instead of 36. A spelled number ("five", 五次) decides between passages but is not demanded like one in
digits,
because such words have other uses."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from copilot import evidence
from copilot.evidence import Passage
from indexer.chunker import sentences
from indexer.document import Span
from indexer.ports import Embedder
from indexer.words import query_words, segment

LEAST_SIMILARITY = 0.80
"""Cosine of multilingual-e5-small between a statement and its passage. e5 cosines crowd between 0.7 and 0.95; where in
between the line belongs has not been measured yet."""
LEAST_SHARED_WORDS = 0.5
"""Share of a statement's words in its passage that stands in for similarity, within one language."""

MARKED_PIECES = 3
FACTS_WEIGHT, SAID_WEIGHT, ASKED_WEIGHT = 3.0, 2.0, 1.0
"""What a sentence's share of a statement's facts, of its words and of the question's words count for in marking it."""
PIECE_COST = 0.9
"""What a further sentence must add before it is marked, too."""

MARKER = re.compile(r"\s*\[(\d{1,2})\]")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_CODE = re.compile(r"[~/.]?[\w.+-]*(?:[/_\\@#=]|\.(?=[a-z]))[\w./+@#=-]*\w|--?[a-z][\w-]+")
_LATE_MARKER = re.compile(r"([.!?。！？])((?:\s*\[\d{1,2}\])+)")
_NAME = re.compile(r"(?<![.!?。！？] )(?<!^)\b[A-Z][\w'’-]+|\b[A-Z]{2,}\b|\b\w+[A-Z]\w*\b")
_QUOTED = re.compile(r"[「『“\"]([^」』”\"]{1,60})[」』”\"]")
_SPELLED = (
    *(
        "zero 零",
        "one 一",
        "two 二 两 兩",
        "three 三",
        "four 四",
        "five 五",
        "six 六",
        "seven 七",
        "eight 八",
        "nine 九",
    ),
    *("ten 十", "eleven 十一", "twelve 十二", "thirteen 十三", "fourteen 十四", "fifteen 十五", "sixteen 十六"),
    *("seventeen 十七", "eighteen 十八", "nineteen 十九", "twenty 二十"),
)
_NUMBER_WORDS = {word: str(number) for number, words in enumerate(_SPELLED) for word in words.split()}
_UNTOLD = frozenset({"0", "1"})
"""Number words that mean no number as a rule: "one", 一个."""
_WORD_NUMBER = re.compile(r"\b(?:[a-z]+)\b|[零一二两兩三四五六七八九十]+")
_COMMON_NAMES = frozenset(
    {"i", "the", "a", "an", "in", "to", "it", "you", "yes", "no", "not", "this", "that", "if", "for"}
)


@dataclass(frozen=True, slots=True)
class Grounded:
    """One sentence of an answer, without markers. `passage` indexes those given; None when none of them holds it."""

    text: str
    passage: int | None
    reason: str
    new_line: bool = False
    """It began a line of the answer, as the items of a list do."""


def ground(answer: str, question: str, passages: Sequence[Passage], embedder: Embedder | None) -> tuple[Grounded, ...]:
    """Every sentence of `answer` against the passages it was written from.

    Of the passages that hold a sentence, the one nearest to it and to the question is taken. Markers `[n]` in the
    answer are a hint: the passage they name wins ties. Raises what the embedder raises.
    """
    answer = _LATE_MARKER.sub(r" \2\1", answer)
    spans = tuple(span for span in sentences(answer) if _said(answer[span.start : span.end]))
    pieces = tuple(answer[span.start : span.end] for span in spans)
    texts = tuple(map(_said, pieces))
    if not texts:
        return ()
    ends = (0, *(span.end for span in spans))
    broken = ("\n" in answer[end : span.start] for end, span in zip(ends, spans, strict=False))
    likeness = _likeness(texts, passages, embedder)
    return tuple(
        replace(_judge(text, frozenset(map(int, MARKER.findall(piece))), question, passages, row), new_line=new)
        for text, piece, row, new in zip(texts, pieces, likeness, broken, strict=True)
    )


def telling(said: str, question: str, passage: Passage) -> Passage:
    """The stretch of a passage that holds what was said of it: what a citation shows. It begins as late as it can; the
    whole passage where words and facts tell no stretch from another, as between two languages."""
    words, asked = query_words(said), query_words(question)

    def worth(part: Passage) -> tuple[bool, float]:
        held = 2 * _shared(words, part.text) + _shared(asked, part.text)
        return not missing_facts(said, "", part.readable), held

    parts = evidence.narrowed(passage)
    worths = [worth(part) for part in parts]
    if len(set(worths)) < 2:
        return passage
    return parts[max(range(len(parts)), key=lambda place: (worths[place], place))]


def marked(said: str, question: str, part: Passage, embedder: Embedder | None = None) -> Passage:
    """The sentence, row or item of a stretch that carries what was said of it: what the reader's eye is led to. Up to
    MARKED_PIECES of them in a row, where each holds something of it that the others lack.

    `embedder` is asked only where no word or fact of the statement or the question tells one sentence from another, as
    between two languages. Raises what it raises.
    """
    pieces = evidence.statements(part)
    if len(pieces) < 2:
        return part
    facts = missing_facts(said, "", "")
    words, asked = _weights(query_words(said), pieces), _weights(query_words(question), pieces)

    literal = _folded(said).strip(" .!?。！？")

    def worth(run: Sequence[Passage]) -> float:
        text = "\n".join(piece.text for piece in run)
        kept = 1 - _worth_of(missing_facts(said, "", text)) / _worth_of(facts) if facts else 0.0
        told = _held(words, text) + (1.0 if literal and literal in _folded(text) else 0.0)
        about = max(_held(asked, piece.text) for piece in run)
        return FACTS_WEIGHT * kept + SAID_WEIGHT * told + ASKED_WEIGHT * about - PIECE_COST * (len(run) - 1)

    runs = [pieces[at : at + count] for count in range(1, MARKED_PIECES + 1) for at in range(len(pieces) - count + 1)]
    worths = [worth(run) for run in runs]
    best = max(range(len(runs)), key=lambda place: worths[place])
    if worths[best] <= 0 and embedder is not None:
        likeness = _likeness((f"{question} {said}",), pieces, embedder)[0]
        best = likeness.index(max(likeness))
    first, last = runs[best][0].span, runs[best][-1].span
    return evidence.cut(part, Span(first.start - part.span.start, last.end - part.span.start))


def missing_facts(statement: str, question: str, passage: str) -> tuple[str, ...]:
    """Facts of the statement that stand neither in the passage nor in the question, as written."""
    held = _folded(passage) + " " + _folded(question)
    numbers = _numbers(held)
    absent = [number for number in _NUMBER.findall(_folded(statement)) if _plain(number) not in numbers]
    tight = re.sub(r"\s+", "", held)
    for fact in (*_CODE.findall(statement), *_QUOTED.findall(statement), *_NAME.findall(statement)):
        folded = re.sub(r"\s+", "", _folded(fact)).rstrip(".'’")
        if folded and folded not in _COMMON_NAMES and folded not in tight and not _NUMBER.fullmatch(folded):
            absent.append(fact)
    return tuple(dict.fromkeys(absent))


def _judge(
    text: str, named: frozenset[int], question: str, passages: Sequence[Passage], likeness: Sequence[float]
) -> Grounded:
    best: tuple[float, int] | None = None
    lacking: tuple[str, ...] = ()
    words = query_words(text)
    spelled = spelled_numbers(_folded(text)) - _UNTOLD
    for place, passage in enumerate(passages):
        absent = missing_facts(text, question, passage.readable)
        shared = _shared(words, passage.readable)
        if absent or (shared < LEAST_SHARED_WORDS and likeness[place] < LEAST_SIMILARITY):
            lacking = lacking or absent
            continue
        score = shared + likeness[place] + passage.score + (0.05 if place + 1 in named else 0.0)
        score -= 0.0 if spelled <= _numbers(_folded(passage.readable)) else 1.0
        if best is None or score > best[0]:
            best = (score, place)
    if best is not None:
        return Grounded(text, best[1], "its passage says so")
    return Grounded(text, None, f"in no passage: {', '.join(lacking)}" if lacking else "no passage says this")


def _worth_of(facts: Sequence[str]) -> int:
    """A number tells more than a name, which the row of a table often leaves to its header."""
    return sum(3 if re.search(r"\d", fact) else 1 for fact in facts)


def _weights(words: Sequence[str], pieces: Sequence[Passage]) -> dict[str, float]:
    """What each word is worth: the fewer of the pieces hold it, the more; 1 together."""
    held = [frozenset(segment(piece.text).split()) for piece in pieces]
    worth = {word: math.log((len(held) + 1) / (sum(word in words for words in held) + 0.5)) for word in words}
    total = sum(worth.values())
    return {word: value / total for word, value in worth.items()} if total > 0 else {}


def _held(weights: dict[str, float], text: str) -> float:
    words = frozenset(segment(text).split())
    return sum(weight for word, weight in weights.items() if word in words)


def _likeness(texts: Sequence[str], passages: Sequence[Passage], embedder: Embedder | None) -> list[list[float]]:
    """Cosines [statements][passages]; zeros without an embedder."""
    if embedder is None or not passages:
        return [[0.0] * len(passages) for _ in texts]
    vectors = embedder.embed_passages([*texts, *(passage.readable for passage in passages)]).array
    product: list[list[float]] = np.asarray(vectors[: len(texts)] @ vectors[len(texts) :].T).tolist()
    return product


def _shared(words: Sequence[str], text: str) -> float:
    if not words:
        return 0.0
    held = frozenset(segment(text).split())
    return sum(word in held for word in words) / len(words)


def _said(text: str) -> str:
    return MARKER.sub("", text).strip(" \n\t")


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", text)


def _plain(number: str) -> str:
    return number.lstrip("0") or "0"


def _numbers(folded: str) -> set[str]:
    """Every number of a text, in digits."""
    return {_plain(number) for number in _NUMBER.findall(folded)} | spelled_numbers(folded)


def spelled_numbers(folded: str) -> set[str]:
    return {_NUMBER_WORDS[word] for word in _WORD_NUMBER.findall(folded) if word in _NUMBER_WORDS}
