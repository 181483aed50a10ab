"""Which language a text is in, as far as its script and its commonest words tell.

Enough for choosing how to cut sentences and what to show; not a classifier, and `und` is an honest answer.
"""

from __future__ import annotations

import re
from collections import Counter

SAMPLE_CHARS = 6000

_STOP_WORDS = {
    "en": "the of and to in is that for it with as was on are be this by not or from",
    "de": "der die und das ist nicht mit ein den von zu im für auf sie eine werden wird oder",
    "fr": "le la les des et est une dans pour que qui sur par pas avec ne vous sont ce",
    "es": "el los las una que del por con para se no su es al como más está son",
    "it": "il che di per una non con sono del della nel le gli anche più come alla",
    "pt": "que não uma os para com por mais dos como da do em ao são você pela",
    "nl": "het een van en niet dat met voor zijn op aan ook maar door naar wordt",
    "sv": "och att det som är på för av med den till inte om har ett",
    "pl": "nie się jest na że to do przez dla oraz jak ale czy być",
    "ru": "и в не на что с по для как это из от или при",
}
_WORDS = {language: frozenset(words.split()) for language, words in _STOP_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")
_NOT_LATIN = re.compile("[\u0370-\u1dff\u2e80-\uffff\U00010000-\U0010ffff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_SCRIPTS = (
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)


def guess_language(text: str) -> str:
    """BCP 47 primary tag (`en`, `zh`, `ja`, ...) of `text`, or `und`. Reads the first `SAMPLE_CHARS` and a middle
    part."""
    sample = text[:SAMPLE_CHARS]
    if len(text) > 3 * SAMPLE_CHARS:
        middle = len(text) // 2
        sample += text[middle : middle + SAMPLE_CHARS]
    if not sample.isascii() and _NOT_LATIN.search(sample):
        # One Chinese character says about as much as half a Latin word: weigh it against five letters.
        han, kana, hangul = (len(pattern.findall(sample)) for pattern in (_HAN, _KANA, _HANGUL))
        latin = len(re.findall(r"[A-Za-z]", sample)) / 5
        if han + kana + hangul > latin:
            if hangul > han + kana:
                return "ko"
            return "ja" if kana * 8 > han else "zh"
        letters = len(sample)
        for language, pattern in _SCRIPTS:
            if len(pattern.findall(sample)) * 4 > letters:
                return language
    words = dict(Counter(_WORD.findall(sample.lower())))
    total = sum(words.values())
    shares = {language: sum(words.get(word, 0) for word in known) for language, known in _WORDS.items()}
    best = max(shares, key=lambda language: shares[language])
    return best if total and shares[best] * 16 >= total and shares[best] >= 2 else "und"
