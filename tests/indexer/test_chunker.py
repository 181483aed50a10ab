"""Chunks are true to their document, complete, in order, small enough, and know their place."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.chunker import LIMIT_BYTES, chunk, sentences
from indexer.document import Document, Section, SectionKind, SourceFile, Span

SOURCE = SourceFile("/a/b.txt", 1, 1)


def document(
    text: str,
    sections: tuple[Section, ...] = (),
    *,
    title: str = "",
    has_lines: bool = False,
) -> Document:
    sections = sections or (Section(Span(0, len(text))),)
    return Document(SOURCE, title, text, sections, "und", "text", has_lines)


WORDS = (
    *(
        "Nearside",
        "is",
        "a",
        "private.",
        "copilot",
        "它知道你的文件。",
        "在自己的芯片上回答",
        "Really?",
        "e.g.",
        "\n",
        "\n\n",
    ),
    *("  ", "\t", "x" * 90, "字" * 120, "Ärger", "🙂", "1,000", "}", "    if x:", "！", "終わり。"),
)
texts = st.lists(st.sampled_from(WORDS), max_size=400).map(" ".join)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    pieces: list[str] = []
    sections: list[Section] = []
    position = 0
    for _ in range(draw(st.integers(1, 6))):
        body = draw(texts)
        kind = draw(st.sampled_from(list(SectionKind)))
        sections.append(
            Section(
                Span(position, position + len(body)),
                heading=tuple(draw(st.lists(st.sampled_from(["One", "Two", "三"]), max_size=3))),
                kind=kind,
                page=draw(st.sampled_from([None, 1, 2])),
                slide=draw(st.sampled_from([None, 1, 2])),
                sheet=draw(st.sampled_from([None, "A", "B"])),
                first_row=draw(st.integers(1, 50)) if kind is SectionKind.TABLE else None,
                header=draw(st.sampled_from(["", "Name | Price"])) if kind is SectionKind.TABLE else "",
            )
        )
        pieces.append(body + "\n\n")
        position += len(body) + 2
    return document(
        "".join(pieces),
        tuple(sections),
        title=draw(st.sampled_from(["", "Title"])),
        has_lines=draw(st.booleans()),
    )


@settings(max_examples=150, deadline=None)
@given(documents())
def test_chunks_are_true_complete_ordered_and_small(given_document: Document) -> None:
    text = given_document.text
    chunks = chunk(given_document)
    covered = 0
    for ordinal, piece in enumerate(chunks):
        assert piece.ordinal == ordinal
        assert piece.text == text[piece.span.start : piece.span.end]
        assert piece.text.strip()
        assert piece.span.start >= covered
        assert not text[covered : piece.span.start].strip(), "text between two chunks was lost"
        assert len(piece.text.encode()) <= LIMIT_BYTES
        covered = piece.span.end
    assert not text[covered:].strip()


@settings(max_examples=100, deadline=None)
@given(documents())
def test_a_chunk_has_one_place(given_document: Document) -> None:
    text = given_document.text
    for piece in chunk(given_document):
        touched = [
            section
            for section in given_document.sections
            if text[max(section.span.start, piece.span.start) : min(section.span.end, piece.span.end)].strip()
        ]
        assert {(s.page, s.slide, s.sheet) for s in touched} == {(piece.page, piece.slide, piece.sheet)}
        assert len(touched) == 1 or all(s.kind in (SectionKind.TEXT, SectionKind.CODE) for s in touched)
        if given_document.has_lines:
            assert piece.lines == (
                text.count("\n", 0, piece.span.start) + 1,
                text.count("\n", 0, piece.span.end - 1) + 1,
            )
        if touched[0].first_row is not None:
            before = text.count("\n", touched[0].span.start, piece.span.start)
            assert piece.rows is not None
            assert piece.rows[0] == touched[0].first_row + before
            assert piece.rows[1] == piece.rows[0] + piece.text.count("\n")


def test_every_row_of_a_long_table_keeps_the_header_and_its_number() -> None:
    rows = "\n".join(f"Item {n} | {n * 3} EUR | a remark on item {n}" for n in range(2, 200))
    table = Section(
        Span(0, len(rows)),
        kind=SectionKind.TABLE,
        sheet="Prices",
        first_row=2,
        header="Name | Price | Remark",
    )
    chunks = chunk(document(rows, (table,), title="Price list"))
    assert len(chunks) > 5
    for piece in chunks:
        assert piece.context == "Price list\nName | Price | Remark"
        assert piece.rows is not None
        first, last = piece.rows
        assert [int(line.split()[1]) for line in piece.text.splitlines()] == list(range(first, last + 1))
    assert chunks[-1].rows is not None
    assert chunks[-1].rows[1] == 199


def test_cuts_fall_between_sentences_in_english_and_chinese() -> None:
    english = " ".join(f"Mr. Brown bought {n} apples, e.g. red ones, for J. Smith." for n in range(200))
    chinese = "".join(f"今天布朗先生买了{n}个红苹果，然后把它们都送给了史密斯。" for n in range(300))
    for text, end in ((english, "Smith."), (chinese, "史密斯。")):
        chunks = chunk(document(text))
        assert len(chunks) > 8
        assert all(piece.text.endswith(end) for piece in chunks)


def test_no_tail_of_a_few_words() -> None:
    text = " ".join(f"This is sentence number {n} of a text." for n in range(28))
    sizes = [len(piece.text) for piece in chunk(document(text))]
    assert LIMIT_BYTES < len(text) < 1.2 * LIMIT_BYTES
    assert min(sizes) > 0.35 * max(sizes), sizes


def test_small_sections_under_one_parent_join_and_keep_their_headings() -> None:
    text, sections = "", []
    for name in ("Apples", "Pears", "Plums"):
        body = f"{name} are in the cellar." if name == "Pears" else "They are in the attic."
        sections.append(Section(Span(len(text), len(text) + len(body)), heading=("Stock", name)))
        text += body + "\n\n"
    other = "The roof leaks."
    sections.append(
        Section(
            Span(len(text), len(text) + len(other)),
            heading=("House", "Roof"),
            page=None,
        )
    )
    chunks = chunk(document(text + other, tuple(sections), title="Notes"))
    assert [piece.context for piece in chunks] == [
        "Notes\nStock > Apples; Plums",
        "Notes\nHouse > Roof",
    ]
    assert chunks[0].heading == ("Stock",)


def test_code_is_cut_at_blank_or_top_level_lines_and_keeps_its_indent() -> None:
    code = "\n".join(f"def f{n}(x):\n    if x:\n        return {n}\n    return x + {n}\n" for n in range(60))
    chunks = chunk(document(code, (Section(Span(0, len(code)), kind=SectionKind.CODE),), has_lines=True))
    assert all(piece.text.startswith("def f") for piece in chunks)


def test_a_word_longer_than_the_limit_is_cut_all_the_same() -> None:
    for text in ("x" * 5000, "字" * 3000, "🙂" * 2000):
        chunks = chunk(document(text))
        assert "".join(piece.text for piece in chunks) == text
        assert all(len(piece.text.encode()) <= LIMIT_BYTES for piece in chunks)


@pytest.mark.parametrize("text", ["", " \n\t ", "\n" * 5000])
def test_blank_text_has_no_chunks(text: str) -> None:
    assert chunk(document(text)) == ()


def test_sentences() -> None:
    text = "Dr. Li came at 3.15 p.m. He left. “Why?” No one knows!\n\nA heading\n\n他走了。为什么？没有人知道！"
    assert [text[s.start : s.end] for s in sentences(text)] == [
        "Dr. Li came at 3.15 p.m. He left.",
        "“Why?”",
        "No one knows!",
        "A heading",
        "他走了。",
        "为什么？",
        "没有人知道！",
    ]


@settings(max_examples=50, deadline=None)
@given(texts)
def test_sentences_lose_nothing(text: str) -> None:
    spans = sentences(text)
    assert re.sub(r"\s", "", "".join(text[s.start : s.end] for s in spans)) == re.sub(r"\s", "", text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


def test_time_grows_with_size_only() -> None:
    """A quadratic step would show at once: 4 MB in one section, in the worst of cases without any break."""
    for text in (
        "word " * 800_000,
        "x" * 4_000_000,
        "字。" * 700_000,
        "a.\n" * 1_300_000,
    ):
        begin = time.process_time()
        chunk(document(text, has_lines=True))
        assert time.process_time() - begin < 8
