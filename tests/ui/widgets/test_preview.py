"""The preview pane: which way a file is shown, the passage in sight, whether it is still what was read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from copilot.calls import GetDocument, RenderPage
from copilot.errors import EngineUnreachable, FileUnknown
from copilot.reports import Box, PageImage
from indexer.document import Section, SectionKind, Span
from tests.ui.answers import PATH, QUOTE, TEXT, document
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.theme import Theme
from ui.widgets.preview import Preview
from ui.widgets.preview_page import PagePreview
from ui.widgets.preview_table import TablePreview
from ui.widgets.preview_text import TextPreview
from ui.wishes import Place, Wishes

START = TEXT.index(QUOTE)
PLACE = Place(PATH, START, START + len(QUOTE), None, QUOTE)


class Outside:
    """Keeps what would have been started."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.shown: list[str] = []

    def open(self, file: str) -> None:
        self.opened.append(file)

    def show(self, file: str) -> None:
        self.shown.append(file)


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def preview(desk: Desk, link: FakeLink, theme: Theme, outside: Outside, qtbot: QtBot) -> Preview:
    link.answers |= {GetDocument: document()}
    given: Any = outside
    preview = Preview(Desk(link, theme, Wishes(), desk.paths, None, given))
    qtbot.addWidget(preview)
    preview.resize(420, 700)
    preview.show()
    return preview


def png(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def test_text_has_the_passage_marked(preview: Preview, link: FakeLink) -> None:
    preview.open(PLACE)
    link.settle()
    assert isinstance(preview.way, TextPreview)
    assert preview.way.marked == QUOTE
    assert "unchanged since indexed" in preview.about


def test_positions_count_characters_not_utf16(preview: Preview, link: FakeLink) -> None:
    text = "\U0001f642 \U0001f642 the words"
    link.answers[GetDocument] = document(text)
    preview.open(Place(PATH, 4, 13, None, "the words"))
    link.settle()
    assert isinstance(preview.way, TextPreview)
    assert preview.way.marked.strip() == "the words"


def test_words_that_moved_are_found_again(preview: Preview, link: FakeLink) -> None:
    link.answers[GetDocument] = document("A new beginning.\n" + TEXT)
    preview.open(PLACE)
    link.settle()
    assert isinstance(preview.way, TextPreview)
    assert preview.way.marked == QUOTE


@pytest.mark.parametrize("more", [{"changed": True}, {"text": "All new."}])
def test_a_file_that_changed_says_so(preview: Preview, link: FakeLink, more: dict[str, Any]) -> None:
    link.answers[GetDocument] = document(**more)
    preview.open(PLACE)
    link.settle()
    assert "changed since it was read" in preview.about


def test_markup_in_a_file_is_shown_as_it_stands(preview: Preview, link: FakeLink) -> None:
    link.answers[GetDocument] = document('<img src="file:///etc/passwd"><b>x</b>')
    preview.open(Place(PATH))
    link.settle()
    assert isinstance(preview.way, TextPreview)
    assert "<b>x</b>" in preview.way.text


def test_a_long_file_is_shown_around_the_passage(preview: Preview, link: FakeLink) -> None:
    text = "word " * 100_000 + QUOTE + " word" * 100_000
    at = text.index(QUOTE)
    link.answers[GetDocument] = document(text)
    preview.open(Place(PATH, at, at + len(QUOTE), None, QUOTE))
    link.settle()
    assert isinstance(preview.way, TextPreview)
    assert preview.way.marked == QUOTE
    assert len(preview.way.text) < 100_000


def test_pages_are_drawn_with_their_marks_and_turned(preview: Preview, link: FakeLink, qtbot: QtBot) -> None:
    link.answers |= {
        GetDocument: document(path="/f/Q3.pdf", format_id="pdf"),
        RenderPage: lambda call: PageImage(png(200, 280), 200, 280, 48, (Box(10, 10, 100, 12),) if call.quote else ()),
    }
    preview.open(Place("/f/Q3.pdf", START, START + len(QUOTE), 12, QUOTE))
    link.settle()
    pages = preview.way
    assert isinstance(pages, PagePreview)
    assert pages.boxes == 1
    assert "page 12 of 48" in preview.about
    qtbot.keyClick(pages, Qt.Key.Key_PageDown)
    link.settle()
    assert pages.page == 13
    assert pages.boxes == 0
    assert link.calls(RenderPage)[-1].quote == ""
    before = link.calls(RenderPage)[-1].width
    pages.zoom(1)
    assert link.calls(RenderPage)[-1].width > before


def test_a_page_that_cannot_be_drawn_is_shown_as_text(preview: Preview, link: FakeLink) -> None:
    link.answers |= {GetDocument: document(format_id="pdf"), RenderPage: EngineUnreachable("x")}
    preview.open(PLACE)
    link.settle()
    assert isinstance(preview.way, TextPreview)
    assert preview.way.marked == QUOTE


def test_rows_of_a_sheet_are_a_table_with_the_cited_ones_marked(preview: Preview, link: FakeLink) -> None:
    text = "Item | Amount\nRent | 1200\nHeating | 80"
    section = Section(Span(0, len(text)), kind=SectionKind.TABLE, sheet="2026", first_row=4, header="Item | Amount")
    start = text.index("Rent")
    link.answers[GetDocument] = document(text, format_id="spreadsheet", sections=(section,))
    preview.open(Place(PATH, start, start + len("Rent | 1200"), None, "Rent | 1200"))
    link.settle()
    way = preview.way
    assert isinstance(way, TablePreview)
    assert way.model.marked == range(1), "the header is not repeated below itself"
    assert way.model.headerData(0, Qt.Orientation.Vertical) == "5"
    assert way.model.data(way.model.index(0, 1), Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert way.model.data(way.model.index(0, 1)) == "1200"
    assert "2026" in preview.about


def test_a_file_that_is_not_there_says_so(preview: Preview, link: FakeLink) -> None:
    link.answers[GetDocument] = document(missing=True)
    preview.open(PLACE)
    link.settle()
    assert "not on this computer any more" in preview.about


def test_a_file_opens_in_its_program(preview: Preview, link: FakeLink, outside: Outside) -> None:
    link.answers[GetDocument] = document(path="/f/mail.eml!/offer.docx")
    preview.open(Place("/f/mail.eml!/offer.docx"))
    link.settle()
    preview.open_button.click()
    preview.show_button.click()
    assert outside.opened == ["/f/mail.eml"]
    assert outside.shown == ["/f/mail.eml"]


def test_a_file_that_can_run_is_asked_about(preview: Preview, link: FakeLink, outside: Outside) -> None:
    link.answers[GetDocument] = document(path="/f/setup.BAT")
    preview.open(Place("/f/setup.BAT"))
    link.settle()
    preview.open_button.click()
    (asking,) = preview.findChildren(QMessageBox)
    assert outside.opened == []
    default = asking.defaultButton()
    assert default is not None
    default.click()
    assert outside.opened == []


def test_an_answer_that_comes_late_is_for_a_file_no_longer_wanted(preview: Preview, link: FakeLink) -> None:
    del link.answers[GetDocument]
    preview.open(Place("/f/one.docx"))
    first = link.last(GetDocument)
    preview.open(Place("/f/two.docx"))
    first.give(document("one", path="/f/one.docx"))
    link.last(GetDocument).give(document("two", path="/f/two.docx"))
    assert isinstance(preview.way, TextPreview)
    assert preview.way.text == "two"


def test_a_failure_stands_in_the_pane(preview: Preview, link: FakeLink) -> None:
    link.answers[GetDocument] = EngineUnreachable("x")
    preview.open(PLACE)
    link.settle()
    assert preview.trouble.sentence


def test_of_a_file_that_is_gone_the_passage_is_kept(preview: Preview, link: FakeLink) -> None:
    link.answers[GetDocument] = FileUnknown(PATH)
    preview.open(replace(PLACE, around=f"Net revenue rose. {QUOTE} Freight rates doubled."))
    link.settle()
    assert isinstance(preview.way, TextPreview)
    assert preview.way.text == f"Net revenue rose. {QUOTE} Freight rates doubled."
    assert preview.way.marked == QUOTE
    assert preview.trouble.sentence == "This file is not in the library any more."
    assert not preview.open_button.isEnabled()


def test_samples_of_programs_are_known(tmp_path: Path) -> None:
    from ui.widgets.preview import PROGRAMS

    assert {".exe", ".desktop", ".docm", ".html"} <= PROGRAMS
    assert ".docx" not in PROGRAMS


def test_a_picture_is_shown_itself_with_its_boxes_and_as_text_when_wished(preview: Preview, link: FakeLink) -> None:
    section = Section(Span(0, len(TEXT)), page=1)
    path = "/d/receipt.png"
    link.answers[GetDocument] = document(path=path, format_id="image", sections=(section,))
    link.answers[RenderPage] = PageImage(png(300, 400), 300, 400, 1, (Box(20, 350, 100, 12),))
    preview.open(Place(path, START, START + len(QUOTE), 1, QUOTE))
    link.settle()
    assert isinstance(preview.way, PagePreview)
    assert preview.way.boxes == 1
    assert "picture" in preview.about
    call = link.last(RenderPage).call
    assert (call.path, call.page, call.quote) == (path, 1, QUOTE)
    assert call.width <= preview.width() * preview.devicePixelRatioF(), "the whole picture is in sight"
    preview.other_way_button.click()
    assert isinstance(preview.way, TextPreview)
    assert preview.way.marked == QUOTE
    preview.other_way_button.click()
    assert isinstance(preview.way, PagePreview)


def test_a_scan_opens_at_its_page(preview: Preview, link: FakeLink) -> None:
    link.answers[GetDocument] = document(format_id="pdf", sections=(Section(Span(0, len(TEXT)), page=3),))
    link.answers[RenderPage] = PageImage(png(300, 400), 300, 400, 7, (Box(20, 350, 100, 12),))
    preview.open(Place(PATH, START, START + len(QUOTE), None, QUOTE))
    link.settle()
    assert link.last(RenderPage).call.page == 3
    assert "page 3 of 7" in preview.about


def test_a_text_has_no_other_way(preview: Preview, link: FakeLink) -> None:
    preview.open(PLACE)
    link.settle()
    assert preview.other_way_button.isHidden()
