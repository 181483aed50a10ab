"""Text to search words and back to nothing else: the one set of rules that documents and queries share.

A word here is what the words index stores: lower case, width folded (NFKC), traditional Chinese as simplified, Latin
letters without accents, English endings folded. Ranking and stop-word weighting live in store/wording.py; the language
of a document is told by chunker.py.

Decision: Chinese is cut with the dictionary alone (rjieba without its HMM). The HMM guesses new words from their
neighbours, so that the same name becomes one word in a document and two in a query, and neither finds the other.
What the dictionary does not know stays single characters; those are stored as themselves and as pairs of neighbours,
and a query asks for the pairs. The same rule serves Japanese kanji; kana, hangul and Thai are stored as pairs.

Decision: no stemmer. Only endings that hardly change a meaning are folded (plural, -ed, -ing, a silent -e); a real
stemmer joins words that mean different things (universe, university) and the vectors already cover paraphrase.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator

_HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PAIRED = "\u0e00-\u0eff\u1100-\u11ff\u3041-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uac00-\ud7af"
"""Thai, hangul and kana: scripts without spaces, or with endings glued to the word."""
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff"
"""Accents and vowel signs that stand inside a word but are no letters to `re`."""

_NUMBER = r"\d+(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)+(?![^\W_])"
_PLAIN = "[a-z][a-z0-9]++(?!'"
"""The most frequent kind of word, tried first because it fails or succeeds without looking back."""
_ASCII_WORD = re.compile(
    rf"{_PLAIN})|" + _NUMBER.replace(r"[^\W_]", "[a-z]") + r"|[a-z](?:\+\+|#)|[a-z]++'[a-z]+|[a-z0-9]+"
)
_SPACED_WORD = re.compile(rf"{_PLAIN}|[^\W_]|[{_MARKS}])|{_NUMBER}|[a-z](?:\+\+|#)|(?:[^\W_]|[{_MARKS}])++(?:'[a-z]+)?")
_UNSPACED = re.compile(f"[{_HAN}{_PAIRED}]")
_ANY_WORD = re.compile(
    rf"([{_HAN}]+)|([{_PAIRED}]+)|({_NUMBER}|[a-z](?:\+\+|#)"
    rf"|(?:(?![{_HAN}{_PAIRED}])[^\W_]|[{_MARKS}])+(?:'[a-z]+)?)"
)

_ENGLISH_STOP = frozenset(
    """a about above after again against all also am an and any are aren't as at be because been before being below
    between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each few for
    from further had has have having he her here hers him his how i i'm if in into is isn't it it's its itself just let
    me more most my no nor not of off on once only or other our ours out over own please same shall she should so some
    such tell than that that's the their theirs them then there these they this those through to too under until up us
    very was wasn't we were weren't what what's when where which while who whom whose why will with would you your
    yours""".split()  # noqa: SIM905
)
_CHINESE_STOP = frozenset(
    """的 了 是 在 和 与 及 或 也 就 都 而 着 吗 呢 吧 啊 呀 把 被 给 对 从 到 向 于 之 其 这 那 哪 这个 那个
    哪个 这些 那些 哪些 我 你 您 他 她 它 我们 你们 他们 她们 它们 自己 什么 怎么 怎样 怎么样 如何 为什么
    为何 多少 几 谁 请 请问 一个 一些 一下 可以 能 能够 会 要 需要 应该 有 没有 没 不 关于 以及 还是 因为
    所以 如果 但是 但 并 并且 则 时 时候 里 中 上 下 个 么""".split()  # noqa: SIM905
)
_IRREGULAR = {"using": "use", "used": "use", "uses": "use", "use": "use", "news": "news", "series": "series"}
_CACHED = 200_000
"""Words, and what stands between spaces, that are remembered as they are stored: texts repeat theirs."""
_VOWEL = re.compile("[aeiouy]")


def segment(text: str) -> str:
    """The search words of a text in reading order, one space between them; empty when there are none."""
    return " ".join(_words(text, in_query=False))


def query_words(text: str) -> tuple[str, ...]:
    """The search words of a query, each once, stop words left out unless nothing else remains."""
    folded = tuple(dict.fromkeys(" ".join(_words(text, in_query=True)).split()))
    telling = tuple(word for word in folded if word not in _stop_words())
    return telling or folded


@functools.cache
def _stop_words() -> frozenset[str]:
    return _CHINESE_STOP | {_fold(word) for word in _ENGLISH_STOP}


def _words(text: str, *, in_query: bool) -> Iterator[str]:
    """Words, or several with a space between them, in reading order."""
    if text.isascii():
        # No word goes on behind a space, so that what stands between spaces is cut once in a process's life.
        return filter(None, map(_ascii_words, text.lower().split()))
    return _words_of_any_script(text, in_query)


@functools.lru_cache(maxsize=_CACHED)
def _ascii_words(token: str) -> str:
    bare = token.strip('.,;:!?()[]"')
    if bare.isalpha():
        return _fold(bare)
    return " ".join(map(_fold, _ASCII_WORD.findall(token)))


@functools.lru_cache(maxsize=_CACHED)
def _spaced_words(token: str) -> str:
    return " ".join(filter(None, map(_fold, _SPACED_WORD.findall(token))))  # a mark by itself folds to nothing


def _words_of_any_script(text: str, in_query: bool) -> Iterator[str]:
    normal = text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)
    normal = normal.lower().replace("\u2019", "'")
    if _UNSPACED.search(normal) is None:
        # Mostly English with a dash or a curly quote.
        yield from filter(None, map(_spaced_words, normal.split()))
        return
    if any(character >= "\u2e80" for character in set(normal)):
        normal = _simplified()(normal)
    for match in _ANY_WORD.finditer(normal):
        kind, found = match.lastindex, match.group()
        if kind == 3:
            if folded := _fold(found):
                yield folded
        elif kind == 1:
            yield from _cut_han(found, in_query)
        elif len(found) == 1:
            yield found
        else:
            yield from map("".join, itertools.pairwise(found))


def _cut_han(run: str, in_query: bool) -> Iterator[str]:
    loose = ""
    for word in _cutter()(run):
        if len(word) == 1 and word not in _CHINESE_STOP:
            loose += word
            continue
        if loose:
            yield from _loose_characters(loose, in_query)
            loose = ""
        yield word
    if loose:
        yield from _loose_characters(loose, in_query)


def _loose_characters(loose: str, in_query: bool) -> Iterator[str]:
    """Neighbours that the dictionary does not join: pairs, and in documents the single characters as well."""
    if len(loose) == 1 or not in_query:
        yield from loose
    yield from map("".join, itertools.pairwise(loose))


@functools.cache
def _cutter() -> Callable[[str], list[str]]:
    import rjieba

    cut: Callable[[str, bool], list[str]] = rjieba.cut_for_search
    return lambda run: cut(run, False)


@functools.cache
def _simplified() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


@functools.lru_cache(maxsize=_CACHED)
def _fold(word: str) -> str:
    """One Latin word or number as it is stored."""
    if not word.isascii():
        word = unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", word) if _is_letter(c)))
    if word[:1].isdigit():
        return word.replace(",", "")
    if "'" in word:
        word = word[:-2] if word.endswith("'s") else word.replace("'", "")
    if not word.isascii() or not word.isalpha():
        return word
    return _IRREGULAR.get(word) or _without_ending(word)


def _is_letter(character: str) -> bool:
    """False for Latin, Greek and Cyrillic accents only: in other scripts a mark is a vowel."""
    return not "\u0300" <= character <= "\u036f"


def _without_ending(word: str) -> str:
    if len(word) <= 3:
        return word
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = _singular(word)
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3 and _VOWEL.search(stem) and not word.endswith("eed"):
            word = stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "aeiouylsz" else stem
            break
    return word[:-1] if len(word) > 3 and word[-1] == "e" and _VOWEL.search(word[:-1]) else word


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    return word[:-1]
