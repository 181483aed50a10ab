"""Search as one types: late answers of older lines are dropped, the keyboard goes all the way, errors stand beside."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from copilot.calls import FindFiles, Found, GetFolders, Search
from copilot.reports import FileRow, FileRows, FolderReports
from indexer.document import Chunk, Span
from indexer.query import FoundBy, Hit
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.pages.search import SearchPage, build
from ui.widgets.hit_list import ROW, HitRow, RowKind
from ui.wishes import AskWish, Place


def hit(number: int, path: str, text: str, page: int | None = None) -> Hit:
    chunk = Chunk(number, text, Span(10, 10 + len(text)), page=page)
    return Hit(number, path, "", "pdf", 0, chunk, 1.0 / number, number, (FoundBy.WORDS,))


HITS = (
    hit(1, "/d/Finance/Q3.pdf", "Operating margin fell to 9.8 %", 12),
    hit(2, "/d/Board/Minutes.docx", "The margin was discussed"),
    hit(3, "/d/Finance/Q3.pdf", "Margin outlook", 13),
)
FILES = FileRows((FileRow("/d/Finance/Q3 margin.xlsx", "indexed", "", 1, 1, 1),), 1)


@pytest.fixture
def page(desk: Desk, link: FakeLink, qtbot: QtBot) -> SearchPage:
    link.answers |= {
        GetFolders: FolderReports(()),
        FindFiles: FILES,
        Search: lambda call: Found(call.text, HITS, 0.04),
    }
    made = build(desk)
    assert isinstance(made, SearchPage)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.shown()
    return made


def rows(page: SearchPage) -> list[HitRow]:
    model = page._list.model()
    return [model.data(model.index(number, 0), ROW) for number in range(model.rowCount())]


def test_names_come_first_then_passages_under_their_files(page: SearchPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.field, "margin")
    qtbot.waitUntil(lambda: len(rows(page)) == 8)
    kinds = [row.kind for row in rows(page)]
    assert kinds == [
        *(RowKind.HEAD, RowKind.FILE, RowKind.HEAD),
        *(RowKind.GROUP, RowKind.HIT, RowKind.HIT, RowKind.GROUP, RowKind.HIT),
    ]
    assert [row.side for row in rows(page) if row.kind is RowKind.HIT] == ["p. 12", "p. 13", ""]
    assert not QImage(page.grab().toImage()).isNull()


def test_one_search_a_pause_and_none_for_every_key(page: SearchPage, link: FakeLink, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.field, "margin")
    qtbot.waitUntil(lambda: bool(link.calls(Search)))
    assert [call.text for call in link.calls(Search)] == ["margin"]
    assert link.calls(Search)[0].at_once


def test_a_late_answer_to_an_older_line_is_dropped(page: SearchPage, link: FakeLink, qtbot: QtBot) -> None:
    del link.answers[Search]
    page.field.setText("first")
    page.search()
    old = link.last(Search)
    page.field.setText("second")
    page.search()
    assert old.ticket.dropped
    old.give(Found("first", HITS, 1.0))
    link.last(Search).give(Found("second", (), 0.1))
    link.settle()
    assert all(row.kind is not RowKind.HIT for row in rows(page))


def test_meanings_follow_once_their_model_is_loaded(page: SearchPage, link: FakeLink, qtbot: QtBot) -> None:
    link.answers[Search] = lambda call: (
        Found(call.text, HITS[:1], 0.01, "loading") if call.at_once else Found("", HITS, 1)
    )
    page.field.setText("margin")
    page.search()
    qtbot.waitUntil(lambda: sum(row.kind is RowKind.HIT for row in rows(page)) == 3)
    assert [call.at_once for call in link.calls(Search)] == [True, False]


def test_the_keyboard_goes_from_the_field_to_a_preview_and_back(page: SearchPage, desk: Desk, qtbot: QtBot) -> None:
    page.field.setText("margin")
    page.search()
    qtbot.waitUntil(lambda: len(rows(page)) == 8)
    qtbot.keyClick(page.field, Qt.Key.Key_Down)
    assert page._list.currentIndex().row() == 1
    for _ in range(2):
        qtbot.keyClick(page._list, Qt.Key.Key_Down)
    assert page._list.currentIndex().row() == 4, "headings are passed over"
    with qtbot.waitSignal(desk.wishes.place) as placed:
        qtbot.keyClick(page._list, Qt.Key.Key_Return)
    place = placed.args[0]
    assert isinstance(place, Place)
    assert (place.path, place.start, place.page) == ("/d/Finance/Q3.pdf", 10, 12)
    with qtbot.waitSignal(desk.wishes.ask) as asked:
        qtbot.keyClick(page._list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.args[0] == AskWish("", asked.args[0].scope, send=False)
    assert asked.args[0].scope.folders == ("/d/Finance/Q3.pdf",)
    for _ in range(4):
        qtbot.keyClick(page._list, Qt.Key.Key_Up)
    assert page.field.hasFocus()


def test_letters_typed_in_the_list_go_on_in_the_field(page: SearchPage, qtbot: QtBot) -> None:
    page.field.setText("margin")
    page.search()
    qtbot.waitUntil(lambda: len(rows(page)) == 8)
    qtbot.keyClick(page.field, Qt.Key.Key_Down)
    qtbot.keyClick(page._list, Qt.Key.Key_S)
    assert page.field.text() == "margins"
    assert page.field.hasFocus()


def test_what_cannot_be_read_is_said_beside_the_field(page: SearchPage, link: FakeLink, qtbot: QtBot) -> None:
    page.field.setText("after:soon margin")
    page.search()
    assert "soon" in page._trouble.sentence
    assert not link.calls(Search)
    page.field.setText("margin")
    page.search()
    assert page._trouble.sentence == ""


def test_asking_takes_the_filters_along(page: SearchPage, desk: Desk, qtbot: QtBot) -> None:
    page.field.setText("notice period type:pdf")
    page.search()
    with qtbot.waitSignal(desk.wishes.ask) as asked:
        qtbot.keyClick(page.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.args[0].text == "notice period"
    assert asked.args[0].scope.formats == ("pdf", ".pdf") or "pdf" in asked.args[0].scope.formats


def test_names_are_not_searched_under_a_filter(page: SearchPage, link: FakeLink, qtbot: QtBot) -> None:
    page.field.setText("margin type:pdf")
    page.search()
    qtbot.waitUntil(lambda: bool(link.calls(Search)))
    assert not link.calls(FindFiles)
