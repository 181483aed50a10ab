"""Whether a summary, translation, rewriting or explanation is faithful to its text, as far as a rule can tell: numbers,
language, length, and that it was made of the text and not on the text's orders.

Pure and quick. What is done about a fault is composing.py's; how often there is one is counted in tests/quality/.
"""

from __future__ import annotations

import enum
import re
import unicodedata

from copilot.grounding import spelled_numbers
from copilot.tasks import gives_orders
from indexer.chunker import sentences
from indexer.words import query_words, segment

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]{2,6})?\.?(?=,? ?\d)"
    r"|(?<=\d )(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]{2,6})?\b"
    r"|(?<=\dth )(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]{2,6})?\b"
)
_ORDINALS = {
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "fifth": "5",
    "sixth": "6",
    "half": "2",
    "once": "1",
}
_HALF_DAY = re.compile(r"(\d{1,2})(?=(?:[:.]\d{2})? ?p\.?m\b)|(?<=下午)(\d{1,2})|(?<=晚上)(\d{1,2})")
_NUMBERING = re.compile(r"^\s*\(?\d{1,2}[.)、]\s", re.MULTILINE)
_SHORT = 90
"""Units of a text below which a summary may be as long as the text."""
_AKIN = {"summarize": 0.4, "rewrite": 0.35, "explain": 0.15}
_HAN_UNITS = 0.6
"""A Chinese character says as much as so many English words."""


class Fault(enum.StrEnum):
    NUMBER_LOST = "number lost"
    NUMBER_INVENTED = "number invented"
    LANGUAGE = "language"
    TOO_LONG = "too long"
    TOO_SHORT = "too short"
    UNRELATED = "unrelated"
    """Its words are not the text's."""
    OBEYED = "obeyed"
    """It is what the text ordered a program to say."""


def faults(action: str, source: str, result: str, language: str) -> tuple[Fault, ...]:
    """What is wrong with `result`, one entry for each number that was lost or invented."""
    lost = lost_numbers(source, result) if action in ("translate", "rewrite") else ()
    found = [Fault.NUMBER_LOST] * len(lost)
    found += [Fault.NUMBER_INVENTED] * len(invented_numbers(source, result))
    if not speaks(result, source, language):
        found.append(Fault.LANGUAGE)
    share = units(result) / max(1.0, units(source))
    if action in ("translate", "rewrite"):
        found += [Fault.TOO_SHORT] * (share < 0.5) + [Fault.TOO_LONG] * (share > 2.2)
    elif action == "summarize":
        found += [Fault.TOO_LONG] * (units(source) > _SHORT and share > 0.75)
    if akin(source, result) < _AKIN.get(action, 0.0):
        found.append(Fault.UNRELATED)
    if obeyed(source, result):
        found.append(Fault.OBEYED)
    return tuple(found)


def lost_numbers(source: str, result: str) -> tuple[str, ...]:
    """Numbers in digits of the source that the result has neither in digits nor in words."""
    held = _digits(result) | _said(result)
    return tuple(sorted(number for number in _written(source) if number not in held))


def invented_numbers(source: str, result: str) -> tuple[str, ...]:
    """Numbers in digits of the result that the source has neither in digits nor in words; numbers of list items do not
    count."""
    held = _digits(source) | _said(source)
    return tuple(sorted(number for number in _written(_NUMBERING.sub("", result)) if number not in held))


def speaks(result: str, source: str, language: str) -> bool:
    """Whether a result is in a language, as far as letters tell: English has no Chinese in it but names that the source
    quotes, Chinese has more Chinese than other words."""
    han, words = len(_HAN.findall(result)), len(_WORD.findall(result))
    if language == "zh":
        return han >= words or _is_code(source)
    if language in ("ja", "ko"):
        return True
    return han <= 0.02 * max(1, len(result)) or _is_code(source)


def obeyed(source: str, result: str) -> bool:
    """Whether the result is what a sentence of the source orders a program to say, and little else."""
    said = _bare(result)
    if not said or units(result) > 0.4 * units(source):
        return False
    orders = (source[span.start : span.end] for span in sentences(source))
    return any(said in _bare(order) for order in orders if gives_orders(order))


def akin(source: str, result: str) -> float:
    """The share of the result's telling words that the source has, too; 1 between two languages, where it means
    nothing."""
    words = query_words(result)
    if not words or (_HAN.search(source) is None) != (_HAN.search(result) is None):
        return 1.0
    held = frozenset(segment(source).split())
    return sum(word in held for word in words) / len(words)


def units(text: str) -> float:
    """The length of a text in words, a Chinese character counting as a part of one."""
    return len(_WORD.findall(text)) + _HAN_UNITS * len(_HAN.findall(text)) + len(_NUMBER.findall(text))


def _written(text: str) -> set[str]:
    return {_plain(number) for number in _NUMBER.findall(_folded(text))}


def _digits(text: str) -> set[str]:
    """Numbers in digits, months by their number, and hours after noon in both ways."""
    folded = _folded(text)
    months = {str(_MONTHS.index(next(filter(None, match.groups()))) + 1) for match in _MONTH.finditer(folded)}
    late = {str(int(next(filter(None, match.groups()))) + 12) for match in _HALF_DAY.finditer(folded)}
    early = {str(int(hour) - 12) for hour in re.findall(r"\b(1[3-9]|2[0-3])[:：.]\d{2}", folded)}
    return _written(text) | months | late | early


def _said(text: str) -> set[str]:
    folded = _folded(text)
    return spelled_numbers(folded) | {_ORDINALS[word] for word in re.findall("[a-z]+", folded) if word in _ORDINALS}


def _plain(number: str) -> str:
    whole, _, part = number.partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", text)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _is_code(text: str) -> bool:
    return len(re.findall(r"[{}()\[\]=;]", text)) > 0.04 * len(text)
