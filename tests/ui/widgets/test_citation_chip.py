"""What is shown of a citation: its passage with the marked words, its place, and the spot that it leads to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copilot.conversation import Citation
from indexer.document import Span
from tests.ui.answers import QUOTE, TEXT, citation
from ui import wording
from ui.widgets.citation_chip import CARD_CHARACTERS, excerpt, place_of

WHOLE = replace(citation(quote=TEXT), exact=Span(TEXT.index(QUOTE), TEXT.index(QUOTE) + len(QUOTE)))


def test_a_citation_leads_to_the_words_that_were_said() -> None:
    place = place_of(WHOLE)
    assert (place.quote, TEXT[place.start : place.end], place.around) == (QUOTE, QUOTE, TEXT)
    old = place_of(citation())
    assert (old.quote, old.start, old.around) == (QUOTE, citation().span.start, "")


def test_the_passage_is_shown_with_the_words_marked() -> None:
    text, start, end = excerpt(WHOLE)
    assert (text, text[start:end]) == (TEXT.strip(), QUOTE)


@pytest.mark.parametrize("filling", ["Nothing of note happened. ", "没有什么特别的事情。"])
def test_a_long_passage_is_shown_around_the_marked_words(filling: str) -> None:
    text = filling * 60 + QUOTE + filling * 60
    start = text.index(QUOTE)
    long = replace(citation(), span=Span(0, len(text)), quote=text, exact=Span(start, start + len(QUOTE)))
    shown, first, last = excerpt(long)
    assert shown[first:last] == QUOTE
    assert len(shown) <= CARD_CHARACTERS + 1


def sheet(rows: tuple[int, int]) -> Citation:
    return replace(citation(), sheet="Sales", rows=rows)


def test_one_row_is_one_row() -> None:
    assert wording.place_words(sheet((3, 3))) == "Sales, row 3"
    assert wording.place_words(sheet((3, 5))) == "Sales, rows 3 to 5"
    assert wording.place_words(replace(citation(), lines=(7, 7))) == "line 7"
