from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from indexer.content import Content, FormatResult, Limits
from indexer.document import FileState
from indexer.errors import ExtractionFailed
from indexer.formats import spreadsheet

SAMPLES = Path(__file__).parents[2] / "samples"


def read(book: Any) -> FormatResult:
    stream = io.BytesIO()
    book.save(stream)
    return spreadsheet.extract(Content("a.xlsx", data=stream.getvalue()), Limits())


def test_a_sheet_that_spreads_over_billions_of_cells_is_refused() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "here", "and far away"
    with pytest.raises(ExtractionFailed) as caught:
        read(book)
    assert caught.value.state is FileState.TOO_LARGE


def test_colouring_whole_columns_is_no_reason_to_refuse() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "here"
    book.active["XFD1048576"].font = Font(bold=True)
    assert read(book).text == "here"


def test_durations_and_truth_values_are_printed() -> None:
    book = openpyxl.Workbook()
    book.active.append([timedelta(hours=30, minutes=5), True])
    assert read(book).text == "30:05 | TRUE"


def test_a_table_away_from_the_corner_keeps_its_rows_and_percentages() -> None:
    book = openpyxl.Workbook()
    book.active["C4"], book.active["D4"] = "Tax", 0.19
    book.active["D4"].number_format = "0%"
    result = read(book)
    assert (result.text, result.sections[0].first_row) == ("Tax | 19%", 4)


def test_an_empty_workbook_is_empty() -> None:
    with pytest.raises(ExtractionFailed) as caught:
        read(openpyxl.Workbook())
    assert caught.value.state is FileState.EMPTY


def test_a_locked_workbook_is_encrypted() -> None:
    locked = (SAMPLES / "docx" / "refused" / "locked.docx").read_bytes()
    with pytest.raises(ExtractionFailed) as caught:
        spreadsheet.extract(Content("locked.xlsx", data=locked), Limits())
    assert caught.value.state is FileState.ENCRYPTED
