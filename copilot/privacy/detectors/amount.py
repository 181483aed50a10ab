"""Amounts of money, with their currency. Optional: often they are what the question is about."""

from __future__ import annotations

import re

from copilot.privacy.finding import NOT_AFTER_WORD, NOT_BEFORE_WORD, Finding, Naming, finding, findings_of

KIND = "amount"
NAMING = Naming("Amount", "金额")
RANK = 31
OPTIONAL = True

_NUMBER = r"[0-9](?:[0-9,.'\u00a0]| (?=[0-9]{3}(?![0-9])))*"
_SCALE = r"(?: ?(?:thousand|million|billion|trillion|mn|bn|k|m|Mio\.?|Mrd\.?|万亿|亿|万|千|百万)(?![A-Za-z]))?"
_CODES = "USD|EUR|GBP|CNY|RMB|JPY|CHF|INR|HKD|SGD|AUD|CAD|KRW|SEK|NOK|DKK|TWD|BRL"
_BEFORE = re.compile(rf"(?:(?:US|HK|NT|A|C|S)?\$|[€£¥￥₹₩]|{NOT_AFTER_WORD}(?:{_CODES}|Rs\.?)) ?-?{_NUMBER}{_SCALE}")
_AFTER = re.compile(
    rf"{NOT_AFTER_WORD}{_NUMBER}{_SCALE} ?(?:[€£¥￥]|(?:{_CODES}|dollars?|euros?|pounds?|yuan|renminbi|yen"
    rf"|rupees?|francs?){NOT_BEFORE_WORD})"
)
_CHINESE = re.compile(
    rf"(?:人民币|港币|美元)? ?{NOT_AFTER_WORD}{_NUMBER}[千百]?[万亿]{{0,2}}余?(?:元(?:整|人民币)?|块钱?"
    rf"|美元|美金|欧元|英镑|日元|港元|港币|人民币)(?!旦)"
)
_SPELLED = re.compile(
    "(?:人民币)?[零壹贰叁肆伍陆柒捌玖拾佰仟萬万亿一二三四五六七八九十百千两]{2,}(?:元|圆)(?:[整正]"
    "|[零壹贰叁肆伍陆柒捌玖]角(?:[零壹贰叁肆伍陆柒捌玖]分)?)?"
)


def find(text: str) -> tuple[Finding, ...]:
    if not any(character.isdigit() for character in text) and "元" not in text:
        return ()
    found = findings_of(KIND, text, (_BEFORE, _AFTER, _CHINESE, _SPELLED))
    return tuple(finding(KIND, text, one.span.start, one.span.end - _punctuation(one.text)) for one in found)


def _punctuation(shown: str) -> int:
    """The full stop or comma behind "$ 5," is the sentence's."""
    return len(shown) - len(shown.rstrip(".,'"))
