"""Every model role played without a model: for tests, and to drive the program where no pack can be.

Deterministic and instant. The embedder hashes words and their letters, so that texts that share words are near; the
generator is extractive, it copies the passage sentence that shares most words with the question, with its marker.
Neither understands anything: no quality may be read from them.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from copilot.conversation import Delta, Generated, Message, Role
from copilot.errors import PictureUnusable, PromptTooLong
from indexer.document import Vectors
from indexer.pictures import Box, Picture, TextLine
from indexer.reporter import Reporter

NOT_FOUND = "Not found in your files"
_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_HAN}]|[^\W{_HAN}]+|[^\w\s]")
_WORD = re.compile(rf"[{_HAN}]+|[^\W{_HAN}]+")
_SENTENCE = re.compile(r"[^.!?。！？\n]*(?:\.(?=\d)[^.!?。！？\n]*)*[.!?。！？]?\n?")
_INKED = b"TXT"
"""Heads a row of pixels that spells text."""
_PASSAGE = re.compile(r"^\[(\d+)\]", re.MULTILINE)
_STOP_WORDS = frozenset(
    _WORD.findall(
        "a an and are as at be by can do does for from how i in is it of on or the this that to was what when where "
        "which who why with you your my files not found 的 是 了 在 什么 怎么 如何 吗 哪 有 和"
    )
)


def _features(text: str) -> Iterator[tuple[str, float]]:
    """Words with weight 1 and, for likeness between forms of one word, letter trigrams with less; pairs of Han
    letters.
    """
    for run in _WORD.findall(unicodedata.normalize("NFKC", text).lower()):
        if re.match(rf"[{_HAN}]", run):
            yield from ((letter, 0.3) for letter in run)
            yield from ((run[i : i + 2], 1.0) for i in range(len(run) - 1))
        elif run not in _STOP_WORDS:
            yield run, 1.0
            padded = f"^{run}$"
            yield from ((padded[i : i + 3], 0.25) for i in range(len(padded) - 2))


def _hashed(text: str, dimension: int) -> NDArray[np.float32]:
    vector = np.zeros(dimension, dtype=np.float32)
    for feature, weight in _features(text):
        number = int.from_bytes(hashlib.blake2b(feature.encode(), digest_size=8).digest(), "little")
        vector[number % dimension] += weight if number >> 63 else -weight
    length = float(np.linalg.norm(vector))
    if length == 0.0:
        vector[0] = length = 1.0
    return vector / np.float32(length)


class RehearsalEmbedder:
    """Feature hashing (Weinberger et al., 2009) into a small unit vector."""

    def __init__(self, dimension: int = 256) -> None:
        self.dimension = dimension
        self.model_id = f"rehearsal-embedder-{dimension}"
        self.device = "CPU"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        rows = [_hashed(text, self.dimension) for text in texts]
        array = np.stack(rows) if rows else np.zeros((0, self.dimension), dtype=np.float32)
        return Vectors(self.model_id, array)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return _hashed(text, self.dimension)


class RehearsalReranker:
    """The share of the query's features that the text holds."""

    model_id = "rehearsal-reranker"

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([_overlap(query, text) for text in texts], dtype=np.float32)


def _overlap(question: str, text: str) -> float:
    """Weighted share of the question's features that occur in `text`, 0 to 1."""
    asked, held = dict(_features(question)), {feature for feature, _ in _features(text)}
    total = sum(asked.values())
    return sum(weight for feature, weight in asked.items() if feature in held) / total if total else 0.0


def _sentences(text: str) -> list[str]:
    return [piece.strip() for piece in _SENTENCE.findall(text) if piece.strip()]


def _read(messages: Sequence[Message]) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The question and the numbered passages: a passage begins with `[n]` at the head of a line and ends at a blank
    line or at the next one; the question is the last line that is outside the passages.
    """
    text = next(
        (message.text for message in reversed(messages) if message.role is Role.USER),
        "",
    )
    starts = list(_PASSAGE.finditer(text))
    passages, outside, end = [], [], 0
    for number, start in enumerate(starts):
        outside.append(text[end : start.start()])
        limit = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        blank = text.find("\n\n", start.end(), limit)
        end = blank if blank >= 0 else limit
        passages.append((int(start.group(1)), text[start.end() : end].strip()))
    outside.append(text[end:])
    lines = [line.strip() for part in outside for line in part.splitlines() if line.strip()]
    return (lines[-1] if lines else ""), tuple(passages)


def _instance(schema: object, text: str, found: bool, marker: int) -> object:
    """The least value that a JSON schema allows: strings take the answer, booleans whether there is one."""
    if not isinstance(schema, dict):
        return None
    if schema.get("enum"):
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            return {name: _instance(part, text, found, marker) for name, part in schema.get("properties", {}).items()}
        case "array":
            return [_instance(schema.get("items"), text, found, marker)] if found else []
        case "boolean":
            return found
        case "integer" | "number":
            return marker
        case "string":
            return text
        case _:
            return None


class RehearsalGenerator:
    """Answers by copying. Below `threshold` of shared words it says that nothing was found."""

    def __init__(self, context_tokens: int = 4096, threshold: float = 0.3) -> None:
        self.model_id = "rehearsal-generator"
        self.device = "CPU"
        self.context_tokens = context_tokens
        self._threshold = threshold

    def count_tokens(self, text: str) -> int:
        return len(_TOKEN.findall(text))

    def count_prompt(self, messages: Sequence[Message]) -> int:
        return sum(self.count_tokens(message.text) + 4 for message in messages) + 3

    def generate(
        self,
        messages: Sequence[Message],
        reporter: Reporter,
        *,
        max_tokens: int = 256,
        stop: Sequence[str] = (),
        continue_from: str = "",
        schema: str | None = None,
    ) -> Generated:
        reporter.check()
        prompt_tokens = self._fitting(messages, max_tokens)
        text, marker = self._answer(messages)
        if schema is not None:
            instance = _instance(json.loads(schema), text, marker > 0, marker)
            text = json.dumps(instance, ensure_ascii=False)
        text = text.removeprefix(continue_from)
        ends = [text.find(word) for word in stop if word in text]
        text = text[: min(ends)] if ends else text
        written, finish = "", "stop"
        for count, token in enumerate(re.finditer(rf"\s*(?:{_TOKEN.pattern})|\s+", text)):
            reporter.check()
            if count == max_tokens:
                finish = "length"
                break
            written += token.group()
            reporter.report(Delta(token.group()))
        return Generated(written, finish, prompt_tokens, self.count_tokens(written), 0.0, 0.0)

    def choose(self, messages: Sequence[Message], options: Sequence[str], reporter: Reporter) -> tuple[float, ...]:
        """The first option ("yes") gets the share of words that the best passage shares with the question."""
        reporter.check()
        self._fitting(messages, 1)
        question, passages = _read(messages)
        first = max((_overlap(question, text) for _, text in passages), default=0.5)
        rest = len(options) - 1
        return (first, *((1.0 - first) / rest for _ in range(rest))) if rest else (1.0,)

    def warm_up(self) -> None:
        return None

    def close(self) -> None:
        return None

    def _fitting(self, messages: Sequence[Message], max_tokens: int) -> int:
        tokens = self.count_prompt(messages)
        if tokens + max_tokens > self.context_tokens:
            raise PromptTooLong(tokens, self.context_tokens - max_tokens)
        return tokens

    def _answer(self, messages: Sequence[Message]) -> tuple[str, int]:
        """The best sentence with its marker, or the refusal with marker 0; without passages, the question itself."""
        question, passages = _read(messages)
        if not passages:
            return question, 0
        sentences = [(number, text) for number, passage in passages for text in _sentences(passage)]
        scored = [(_overlap(question, text), number, text) for number, text in sentences]
        score, number, text = max(scored, key=lambda item: item[0], default=(0.0, 0, ""))
        return (f"{text} [{number}]", number) if score >= self._threshold else (NOT_FOUND, 0)


def picture_of(text: str) -> Picture:
    """A picture that RehearsalRecognizer reads as `text`: each line a row of pixels that spells its UTF-8. Lossless
    formats keep it; scaling and JPEG do not.
    """
    rows = [_INKED + line.encode() for line in text.splitlines()]
    width = max((-(-len(row) // 3) for row in rows), default=1)
    return Picture(width, max(1, len(rows)), b"".join(row.ljust(3 * width, b"\0") for row in rows) or bytes(3))


class RehearsalRecognizer:
    """Reads what `picture_of` wrote, and nothing in any other picture."""

    model_id = "rehearsal-recognizer"
    device = "CPU"

    def read(self, picture: Picture) -> tuple[TextLine, ...]:
        stride = 3 * picture.width
        if picture.width < 1 or picture.height < 1 or len(picture.pixels) != stride * picture.height:
            raise PictureUnusable("its size and its pixels do not agree")
        rows = (picture.pixels[y * stride : (y + 1) * stride] for y in range(picture.height))
        return tuple(
            TextLine(row[len(_INKED) :].rstrip(b"\0").decode("utf-8", "replace"), Box(0, y, picture.width, 1), 1.0)
            for y, row in enumerate(rows)
            if row.startswith(_INKED)
        )

    def close(self) -> None:
        return None
