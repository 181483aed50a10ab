"""CSV and its kin: separators, quotes, row numbers and headers."""

from __future__ import annotations

import pytest

from indexer.content import Content, FormatResult, Limits
from indexer.document import FileState
from indexer.errors import ExtractionFailed
from indexer.formats import delimited


def read(source: str) -> FormatResult:
    return delimited.extract(Content("a.csv", data=source.encode()), Limits())


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_makes_even_rows(separator: str) -> None:
    rows = [["Name", "Town", "Sum"], ["Ann, B", "Köln; a", "1.5"], ["Li", "Ulm | x", "2"]]
    quoted = "\n".join(separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in rows)
    assert read(quoted).text.split("\n")[0] == "Name | Town | Sum"
    assert "Ann, B" in read(quoted).text


def test_one_column_of_sentences_is_not_cut_at_letters() -> None:
    assert read("alpha\nbeta gamma\ndelta\n").text == "alpha\nbeta gamma\ndelta"


def test_row_numbers_go_on_after_a_gap_and_the_header_goes_with_them() -> None:
    result = read("Part,Count\nbolt,4\n\n,\nnut,5\n")
    assert [(section.first_row, section.header) for section in result.sections] == [
        (1, "Part | Count"),
        (5, "Part | Count"),
    ]


def test_a_table_of_numbers_has_no_header() -> None:
    assert read("1,2\n3,4\n").sections[0].header == ""


def test_a_long_table_is_one_run_of_rows() -> None:
    result = read("Part,Count\n" + "\n".join(f"p{number},{number}" for number in range(2500)))
    (section,) = result.sections
    assert result.text.split("\n")[2001] == "p2000 | 2000"
    assert section.first_row == 1


def test_no_rows_are_empty() -> None:
    with pytest.raises(ExtractionFailed) as caught:
        read(",,\n,,\n")
    assert caught.value.state is FileState.EMPTY
