"""Where a quote stands among the characters of a page, as the page shows them.

Decision: a quote is looked for by its letters and digits alone. The document's text has lines joined, hyphens and page
numbers taken out; the page has them all, and only its letters are sure to be the same.
"""

from __future__ import annotations

from collections.abc import Sequence

_LEAST_LETTERS = 8
"""A piece of a quote shorter than this may stand in many places."""


def places(characters: Sequence[str], quote: str, around: str = "") -> list[int]:
    """Which of a page's characters are the quote's, in order: all of it, or those of its lines and sentences that
    stand here, when it goes on to another page. Where its words stand more than once, the ones inside `around`."""
    letters: list[str] = []
    at: list[int] = []
    for index, character in enumerate(characters):
        for letter in _letters(character):
            letters.append(letter)
            at.append(index)
    text = "".join(letters)
    whole = _letters(quote)
    frame = max(0, text.find(_letters(around))) if around else 0
    found = max(text.find(whole, frame), text.find(whole)) if whole else -1
    if found >= 0:
        return at[found : found + len(whole)]
    kept: set[int] = set()
    for piece in quote.replace("。", "。\n").replace(". ", ".\n").splitlines():
        part = _letters(piece)
        found = text.find(part) if len(part) >= _LEAST_LETTERS or (not part.isascii() and len(part) > 3) else -1
        if found >= 0:
            kept.update(at[found : found + len(part)])
    return sorted(kept)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
