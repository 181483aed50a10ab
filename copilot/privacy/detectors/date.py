"""Dates with a day or a month and a year, in figures or words. Optional: often they are what the question is about."""

from __future__ import annotations

import re

from copilot.privacy.finding import NOT_AFTER_WORD, NOT_BEFORE_WORD, Finding, Naming, findings_of

KIND = "date"
NAMING = Naming("Date", "日期")
RANK = 32
OPTIONAL = True

_MONTH = (
    r"(?:Jan(?:uary|uar)?|Feb(?:ruary|ruar)?|Mar(?:ch)?|März|Apr(?:il)?|May|Mai|June?|Juni|July?|Juli|Aug(?:ust)?"
    r"|Sept?(?:ember)?|O[ck]t(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?)"
)
_DAY, _YEAR = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:1[89]|20)[0-9]{2}"
_PATTERNS = tuple(
    re.compile(f"{NOT_AFTER_WORD}(?<![-/.])(?:{form}){NOT_BEFORE_WORD}(?![-/][0-9])", re.IGNORECASE)
    for form in (
        rf"{_YEAR}[-/.](?:0?[1-9]|1[0-2])[-/.]{_DAY}",
        rf"{_DAY}[-/.](?:0?[1-9]|1[0-2])[-/.](?:{_YEAR}|[0-9]{{2}})",
        rf"(?:0?[1-9]|1[0-2])/{_DAY}/(?:{_YEAR}|[0-9]{{2}})",
        rf"{_DAY}(?:st|nd|rd|th|\.)?(?: of)? {_MONTH}\.?(?:,? {_YEAR})?",
        rf"{_MONTH}\.? {_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?",
        rf"{_MONTH}\.?,? {_YEAR}",
    )
)
_CHINESE = re.compile(
    r"(?<![0-9])(?:(?:[12][0-9]{3}|[〇零一二三四五六七八九]{4}) ?年 ?(?:[0-9]{1,2}"
    r"|[一二三四五六七八九十]{1,2}) ?月(?: ?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?[日号])?"
    r"|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}) ?月 ?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?[日号])"
)


def find(text: str) -> tuple[Finding, ...]:
    return findings_of(KIND, text, (*_PATTERNS, _CHINESE))
