"""Content, TextBuilder and the cleaning of text."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.content import Content, Limits, TextBuilder, clean, table_row, title_from_name
from indexer.document import FileState, SectionKind
from indexer.errors import ExtractionFailed


def test_content_reads_from_a_path_and_from_memory_alike(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"x" * 5000)
    for content in (Content("a", path=str(tmp_path / "a.bin")), Content("a", data=b"x" * 5000)):
        assert content.size == 5000
        assert content.head() == b"x" * 4096
        assert content.read() == b"x" * 5000
        with content.open() as stream:
            assert stream.read(2) == b"xx"
    with pytest.raises(ValueError, match="not both"):
        Content("a")


def test_content_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"x" * 5000)
    with pytest.raises(ExtractionFailed) as caught:
        Content("a", path=str(tmp_path / "a.bin"), limits=Limits(read_bytes=4999)).read()
    assert caught.value.state is FileState.TOO_LARGE


def test_neighbours_of_one_place_are_one_section_and_headings_open_new_ones() -> None:
    builder = TextBuilder(Limits())
    builder.add("  Before. \n")
    builder.heading(1, "One")
    builder.add("First.")
    builder.add("Second.")
    builder.heading(2, "Under\n one")
    builder.add("x = 1\n    y", kind=SectionKind.CODE)
    builder.heading(1, "Two")
    builder.add("", heading=("never",))
    result = builder.result("A\ttitle")
    shown = [(s.heading, s.kind.value, result.text[s.span.start : s.span.end]) for s in result.sections]
    assert shown == [
        ((), "text", "Before."),
        (("One",), "text", "One\n\nFirst.\n\nSecond."),
        (("One", "Under one"), "text", "Under one"),
        (("One", "Under one"), "code", "x = 1\n    y"),
        (("Two",), "text", "Two"),
    ]
    assert result.title == "A title"


def test_rows_that_follow_on_share_a_section_and_a_gap_ends_it() -> None:
    builder = TextBuilder(Limits())
    builder.add("a\nb", kind=SectionKind.TABLE, first_row=3, sheet="S", header="h")
    builder.add("c", kind=SectionKind.TABLE, first_row=5, sheet="S", header="h")
    builder.add("d", kind=SectionKind.TABLE, first_row=9, sheet="S", header="h")
    result = builder.result("t")
    assert [(s.first_row, result.text[s.span.start : s.span.end]) for s in result.sections] == [
        (3, "a\nb\nc"),
        (9, "d"),
    ]


def test_too_much_text_and_no_text_are_said() -> None:
    builder = TextBuilder(Limits(output_chars=10))
    with pytest.raises(ExtractionFailed) as caught:
        builder.add("eleven char")
    assert caught.value.state is FileState.TOO_LARGE
    with pytest.raises(ExtractionFailed) as caught:
        TextBuilder(Limits()).result("t", empty="Nothing.")
    assert (caught.value.state, caught.value.reason) == (FileState.EMPTY, "Nothing.")


def test_cleaning() -> None:
    assert clean("a\r\nb\rc\x0bd\u2028e") == "a\nb\nc\nd\ne"
    assert clean("a\r\nb\x0cc\u2028d", editor_lines=True) == "a\nb c d"
    assert clean("a\0b\ud800c\ufeffd\x7f") == "abcd"
    assert clean("中文 plain") == "中文 plain"


def test_rows_and_titles() -> None:
    assert table_row(["a ", "b\nc", "", "d", "", ""]) == "a | b c |  | d"
    assert title_from_name("annual_report-2025.final.txt") == "annual report 2025.final"
    assert title_from_name(".profile") == ".profile"
