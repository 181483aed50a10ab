from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen import canvas

from indexer.content import Content, FormatResult, Limits
from indexer.document import FileState
from indexer.errors import ExtractionFailed
from indexer.formats.pdf import extract, recognizes

REFUSED = Path(__file__).parents[2] / "samples" / "pdf" / "refused"


def read(*pages: tuple[str, ...], sizes: tuple[int, ...] = ()) -> FormatResult:
    stream = io.BytesIO()
    page: Any = canvas.Canvas(stream)
    for lines in pages:
        for row, line in enumerate(lines):
            page.setFont("Helvetica", sizes[row] if row < len(sizes) else 10)
            page.drawString(60, 780 - 20 * row, line)
        page.showPage()
    page.save()
    return extract(Content("a.pdf", data=stream.getvalue()), Limits())


def refused(content: Content) -> ExtractionFailed:
    with pytest.raises(ExtractionFailed) as caught:
        extract(content, Limits())
    return caught.value


def test_pages_are_numbered_from_one() -> None:
    assert [section.page for section in read(("first",), ("second",)).sections] == [1, 2]


def test_running_page_numbers_are_left_out_and_other_numbers_stay() -> None:
    pages = [(f"Statement 2026, page {n}", f"paid {n * 7}", "end of page", f"balance {n * n}") for n in range(1, 5)]
    text = read(*pages).text
    assert "page 3" not in text
    assert "paid 21" in text
    assert "balance 9" in text


def test_large_short_lines_are_headings() -> None:
    result = read(("Rules", "Dogs stay on the lead all day long.", "Cats do as they like."), sizes=(20,))
    assert result.sections[-1].heading == ("Rules",)


def test_sentences_broken_by_the_margin_are_joined_and_short_lines_are_not() -> None:
    result = read(
        ("This sentence is long enough to reach the margin of", "the page and goes on below.", "Tea 3", "Milk 2")
    )
    assert "margin of the page" in result.text
    assert "Tea 3\nMilk 2" in result.text


def test_a_locked_file_is_encrypted() -> None:
    assert refused(Content("locked.pdf", path=str(REFUSED / "locked.pdf"))).state is FileState.ENCRYPTED


def test_a_scan_has_no_text_and_names_its_pages_as_unread() -> None:
    result = extract(Content("scan.pdf", path=str(REFUSED / "scan.pdf")), Limits())
    assert result.text == ""
    assert result.unread == (1,)


def test_half_a_file_is_damage() -> None:
    assert refused(Content("half.pdf", data=b"%PDF-1.7\n1 0 obj\n<<")).state is FileState.DAMAGED


def test_the_mark_may_stand_a_little_below_the_top() -> None:
    assert recognizes(b"\r\n\r\nHTTP junk\r\n%PDF-1.4", "x")
    assert not recognizes(b"about %PD", "x.pdf")
