"""Hits are cut into windows of whole sentences or rows, scored, and overlapping ones are told once."""

from __future__ import annotations

import pytest

from copilot import evidence
from copilot.engines.rehearsal import RehearsalEmbedder
from copilot.evidence import Passage
from indexer.document import Span
from tests.copilot.answering import hit

STORY = (
    "The office opens at eight. Parking is free for guests. The warranty of the scanner lasts thirty months. "
    "Lunch is served at noon. The cellar is locked at night."
)


def test_windows_are_exact_stretches_of_the_text() -> None:
    text = STORY * 6
    spans = evidence.windows(text)
    assert len(spans) > 2
    for span in spans:
        piece = text[span.start : span.end]
        assert piece == piece.strip()
        assert piece.endswith(".")
        assert len(piece.encode()) <= evidence.WINDOW_BYTES


def test_windows_hold_every_sentence_even_one_that_is_too_long() -> None:
    long = "word " * 200 + "end."
    spans = evidence.windows(f"Short start here. {long} Short end here.")
    assert any(long.strip() in f"Short start here. {long} Short end here."[span.start : span.end] for span in spans)


def test_no_window_lies_inside_another() -> None:
    spans = evidence.windows(STORY)
    assert not any(a != b and a.start <= b.start and b.end <= a.end for a in spans for b in spans)


def test_rows_stay_whole() -> None:
    table = "\n".join(f"Item {number} | {number * 7} pieces | Hall {number % 5}" for number in range(40))
    for span in evidence.windows(table):
        assert set(table[span.start : span.end].split("\n")) <= set(table.split("\n"))


@pytest.mark.parametrize("embedder", [None, RehearsalEmbedder()])
def test_the_window_that_answers_comes_first(embedder: RehearsalEmbedder | None) -> None:
    filler = "Nothing of interest is written in this paragraph about the garden and its trees. " * 8
    hits = (hit(filler, number=1), hit(filler + STORY, number=2))
    best = evidence.passages("How long is the warranty of the scanner?", hits, embedder)[0]
    assert "thirty months" in best.text
    assert best.hit.chunk.text[best.span.start : best.span.end] == best.text


def test_a_chinese_question_finds_its_sentence() -> None:
    text = "会议室在二楼。" * 30 + "扫描仪的保修期为三十个月。" + "食堂中午开放。" * 30
    best = evidence.passages("扫描仪保修多久？", (hit(text),), None)[0]
    assert "三十个月" in best.text


def test_headings_count_and_are_readable() -> None:
    below = hit("It lasts thirty months.", "Scanner manual\nWarranty", number=2)
    found = evidence.passages("warranty of the scanner", (hit("It lasts for a day.", number=1), below), None)
    assert found[0].hit.chunk_id == 2
    assert found[0].readable == "Scanner manual > Warranty\nIt lasts thirty months."


def test_sharpest_tells_nothing_twice() -> None:
    found = evidence.passages("warranty of the scanner", (hit(STORY * 6), hit(STORY * 6, number=2)), None)
    kept = evidence.sharpest(found)
    assert 0 < len({passage.text for passage in kept}) == len(kept)


def test_what_is_shown_stands_among_its_surroundings() -> None:
    text = "Keep it dry. " * 60 + "The warranty of the scanner lasts thirty months. " + "Clean the glass softly. " * 60
    best = evidence.passages("How long is the warranty of the scanner?", (hit(text),), None)[0]
    (shown,) = evidence.sharpest((best,), (800,))
    assert len(best.text) < evidence.WINDOW_BYTES < len(shown.text) <= 800
    assert best.text in shown.text
    assert text[shown.span.start : shown.span.end] == shown.text


def test_what_is_shown_ends_with_its_chunk() -> None:
    best = evidence.passages("warranty", (hit(STORY),), None)[0]
    (shown,) = evidence.sharpest((best,), (5000,))
    assert shown.text == STORY.strip()


def test_a_word_that_no_hit_holds_is_missing() -> None:
    words = evidence.wording("warranty of the zeppelin", (hit(STORY),))
    assert "zeppelin" in words.missing
    assert 0.5 < words.missing_share < 1.0


def test_the_best_sentence_of_a_passage() -> None:
    passage = evidence.passages("When is lunch served?", (hit(STORY),), None)[0]
    assert evidence.best_sentence("When is lunch served?", passage, None) == "Lunch is served at noon."


def test_a_sentence_that_a_page_broke_into_lines_is_whole() -> None:
    page = (
        "The rent is 68,400 pounds a year, payable in advance in four instalments of 17,100 pounds on 1\n"
        "September, 1 December, 1 March and 1 June. The rent is reviewed on 1 September 2027; it can't\n"
        "rise by more than 7 %.\n"
        "- heating\n- water\nNorth | 12\nSouth | 15"
    )
    spans = evidence.windows(page)
    ends = {page[span.end - 5 : span.end] for span in spans}
    assert not {"on 1", "can't"} & {end.strip() for end in ends}
    whole = Passage(hit(page), Span(0, len(page)), page, 1.0, None, 1.0)
    assert [piece.text.replace("\n", " ") for piece in evidence.statements(whole)] == [
        "The rent is 68,400 pounds a year, payable in advance in four instalments of 17,100 pounds on 1 September, "
        "1 December, 1 March and 1 June.",
        "The rent is reviewed on 1 September 2027; it can't rise by more than 7 %.",
        "- heating",
        "- water",
        "North | 12",
        "South | 15",
    ]
