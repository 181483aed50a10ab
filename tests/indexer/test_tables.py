from __future__ import annotations

import pytest

from indexer.content import FormatResult, Limits, TextBuilder
from indexer.tables import add_sheet, add_table, is_header, number_text


def sheet(*rows: list[str]) -> FormatResult:
    builder = TextBuilder(Limits())
    add_sheet(builder, "S", rows)
    return builder.result("t")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Name", "Price"], ["Tea", "3"]], True),
        ([["2024", "2025"], ["1", "2"]], False),
        ([["Name", "Price"]], False),
        ([["Total", ""], ["a", "b"]], False),
        ([["日期", "金额"], ["2026年3月1日", "¥12"]], True),
        ([["x" * 80, "Price"], ["Tea", "3"]], False),
        ([["a", "a", "a", "b"], ["1", "2", "3", "4"]], False),
    ],
)
def test_a_header_names_columns(rows: list[list[str]], expected: bool) -> None:
    assert is_header(rows) is expected


def test_tables_of_a_sheet_are_parted_by_empty_rows_and_keep_their_row_numbers() -> None:
    result = sheet(["Item", "Euros"], ["Tea", "3"], [], [], ["Person", "Hours"], ["Ann", "7"])
    places = [(section.first_row, section.header) for section in result.sections]
    assert places == [(1, "Item | Euros"), (5, "Person | Hours")]
    assert result.text == "Item | Euros\nTea | 3\n\nPerson | Hours\nAnn | 7"


def test_lines_of_one_cell_above_a_table_are_its_heading() -> None:
    result = sheet(["Costs"], ["in euros"], ["Item", "Sum"], ["Tea", "3"])
    assert [(section.heading, section.first_row) for section in result.sections] == [
        ((), 1),
        (("Costs", "in euros"), 3),
    ]


def test_a_table_without_header_goes_on_under_the_one_before() -> None:
    result = sheet(["Item", "Sum"], ["Tea", "3"], [], ["Milk", "2"])
    assert [section.header for section in result.sections] == ["Item | Sum", "Item | Sum"]


def test_a_column_of_single_cells_has_no_heading() -> None:
    assert sheet(["Ann"], ["Bob"], ["Cleo"], ["Dan"]).sections[0].heading == ()


def test_a_long_table_is_one_section() -> None:
    result = sheet(["n", "square"], *([str(n), str(n * n)] for n in range(1, 5001)))
    assert [(section.first_row, section.header) for section in result.sections] == [(1, "n | square")]
    assert result.text.split("\n")[4999] == "4999 | 24990001"


def test_rows_that_are_nearly_empty_are_not_drawn_with_their_gaps() -> None:
    assert sheet(["a", *[""] * 30, "b"]).text == "a | b"


def test_a_table_in_a_text_keeps_its_header() -> None:
    builder = TextBuilder(Limits())
    add_table(builder, [["Part", "Grade"], ["Deck", "2"]])
    assert builder.result("t").sections[0].header == "Part | Grade"


@pytest.mark.parametrize(
    ("number", "text"),
    [(3.0, "3"), (0.1 + 0.2, "0.3"), (-2.5, "-2.5"), (1e20, "1e+20"), (123456789.25, "123456789.25")],
)
def test_numbers_are_printed_as_people_write_them(number: float, text: str) -> None:
    assert number_text(number) == text
