"""Pictures in a question: pasted and dropped ones are read, counted, shown, left out, and asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from copilot.calls import Ask, GetFolders, ListFiles, ReadPicture
from copilot.errors import PictureUnusable, RecognizerMissing
from copilot.given import context_of
from copilot.reports import FileRow, FileRows, FolderReport, FolderReports, PictureText
from indexer.query import Filter
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.pages.chat import ChatPage

RECEIPT = PictureText((), "Harbour Café\nTotal 21,40 EUR", "CPU", 0.1)


def picture() -> QImage:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    return image


@pytest.fixture
def page(desk: Desk, link: FakeLink, qtbot: QtBot) -> ChatPage:
    link.answers |= {ReadPicture: RECEIPT, GetFolders: FolderReports(()), ListFiles: FileRows((), 0)}
    page = ChatPage(desk)
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    return page


def paste(page: ChatPage, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setImage(picture())
    qtbot.keyClick(page.field.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def drop(page: ChatPage, mime: QMimeData) -> None:
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.field.dropEvent(event)


def test_a_pasted_picture_is_read_and_asked_about(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    paste(page, qtbot)
    qtbot.waitUntil(lambda: bool(page.field.pictures.chips))
    (chip,) = page.field.pictures.chips
    assert chip.look_button.text().startswith("Picture: 5 word")
    assert page.field.text.toPlainText() == ""
    qtbot.keyClicks(page.field.text, "How much?")
    qtbot.keyClick(page.field.text, Qt.Key.Key_Return)
    (asked,) = link.calls(Ask)
    assert context_of(asked.question.text) == (RECEIPT.text, "How much?")
    assert page.field.pictures.chips == ()
    assert not page.field.pictures.isVisible()


def test_what_is_dragged_over_the_field_is_not_decoded(page: ChatPage, monkeypatch: pytest.MonkeyPatch) -> None:
    mime = QMimeData()
    mime.setImageData(picture())
    looked: list[QMimeData] = []
    monkeypatch.setattr(QMimeData, "imageData", looked.append)
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    page.field.dragEnterEvent(event)
    assert event.isAccepted()
    assert looked == []


def test_its_text_can_be_looked_at_and_left_out(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    paste(page, qtbot)
    qtbot.waitUntil(lambda: bool(page.field.pictures.chips))
    (chip,) = page.field.pictures.chips
    assert not page.field.pictures.whole.isVisible()
    chip.look_button.click()
    assert page.field.pictures.whole.isVisible()
    assert page.field.pictures.whole.toPlainText() == RECEIPT.text
    chip.leave_button.click()
    assert not page.field.pictures.isVisible()
    qtbot.keyClicks(page.field.text, "How much?")
    qtbot.keyClick(page.field.text, Qt.Key.Key_Return)
    assert link.calls(Ask)[0].question.text == "How much?"


def test_a_picture_alone_is_no_question(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    paste(page, qtbot)
    qtbot.waitUntil(lambda: bool(page.field.pictures.chips))
    assert "about it" in page.field.text.placeholderText()
    qtbot.keyClick(page.field.text, Qt.Key.Key_Return)
    assert link.calls(Ask) == []
    assert len(page.field.pictures.chips) == 1
    page.field.pictures.chips[0].leave_button.click()
    assert "your files" in page.field.text.placeholderText()


def test_enter_waits_until_the_picture_is_read(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    del link.answers[ReadPicture]
    paste(page, qtbot)
    qtbot.keyClicks(page.field.text, "How much?")
    qtbot.keyClick(page.field.text, Qt.Key.Key_Return)
    assert link.calls(Ask) == []
    link.last(ReadPicture).give(RECEIPT)
    assert [context_of(call.question.text) for call in link.calls(Ask)] == [(RECEIPT.text, "How much?")]


def test_a_picture_that_fails_is_not_asked_about(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    del link.answers[ReadPicture]
    paste(page, qtbot)
    qtbot.keyClicks(page.field.text, "How much?")
    qtbot.keyClick(page.field.text, Qt.Key.Key_Return)
    link.last(ReadPicture).give(PictureUnusable("it is too large"))
    assert link.calls(Ask) == []
    assert page.field.text.toPlainText() == "How much?"
    assert "recognized" in page.field.pictures.notice.sentence


def test_without_the_pack_it_offers_to_get_it(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    link.answers[ReadPicture] = RecognizerMissing("some-pack")
    paste(page, qtbot)
    qtbot.waitUntil(lambda: page.field.pictures.notice.get_button.isVisible())


def test_a_late_answer_to_an_older_question_makes_no_chip(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    del link.answers[ReadPicture]
    paste(page, qtbot)
    page.field.pictures.clear()
    link.last(ReadPicture).give(RECEIPT)
    assert page.field.pictures.chips == ()
    assert not page.field.pictures.busy


def test_a_picture_dropped_from_a_browser_is_read(page: ChatPage, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setImageData(picture())
    drop(page, mime)
    qtbot.waitUntil(lambda: bool(page.field.pictures.chips))


def test_dropped_picture_files_are_read_unless_the_library_knows_them(
    page: ChatPage, link: FakeLink, qtbot: QtBot, tmp_path: Path
) -> None:
    known, unknown = tmp_path / "known.png", tmp_path / "unknown.png"
    for file in (known, unknown):
        picture().save(str(file))
    row = FileRow(str(known), "indexed", "", 1, 1, 1)
    link.answers[ListFiles] = lambda call: FileRows((row,) if call.text == row.path else (), 1)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(known)), QUrl.fromLocalFile(str(unknown))])
    drop(page, mime)
    qtbot.waitUntil(lambda: bool(page.field.pictures.chips))
    assert page.chips.scope == Filter(folders=(str(known),))
    assert len(link.calls(ReadPicture)) == 1
    assert not page.chips.offer.isVisible()


def test_a_picture_in_a_folder_of_the_library_is_no_words_of_the_persons(
    page: ChatPage, link: FakeLink, qtbot: QtBot, tmp_path: Path
) -> None:
    """The folder's label holds for it: it is offered to be taken in, like any other file that was not read yet."""
    new = tmp_path / "new.png"
    picture().save(str(new))
    folder = FolderReport(str(tmp_path), "local", False, (), 0, 0, 0, 0, 0, 0, missing=False)
    link.answers[GetFolders] = FolderReports((folder,))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(new))])
    drop(page, mime)
    qtbot.waitUntil(page.chips.offer.isVisible)
    assert link.calls(ReadPicture) == []
