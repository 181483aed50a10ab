"""Typing a question: keys, input methods, selected text, files dropped in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.desk import Desk
from ui.widgets.picture_chips import PictureChips
from ui.widgets.question_field import LONGEST_PASTE, QuestionField, paths_of


@pytest.fixture
def field(desk: Desk, qtbot: QtBot) -> QuestionField:
    field = QuestionField(QWidget(), PictureChips(desk))
    qtbot.addWidget(field)
    field.resize(600, 120)
    field.show()
    return field


def test_enter_asks_and_empties_the_field(field: QuestionField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field.text, "Why?")
    with qtbot.waitSignal(field.asked) as heard:
        qtbot.keyClick(field.text, Qt.Key.Key_Return)
    assert heard.args == ["Why?"]
    assert field.text.toPlainText() == ""


def test_shift_enter_breaks_the_line_and_the_field_grows(field: QuestionField, qtbot: QtBot) -> None:
    height = field.text.height()
    qtbot.keyClicks(field.text, "one")
    qtbot.keyClick(field.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(field.text, "two")
    assert field.text.toPlainText() == "one\ntwo"
    assert field.text.height() > height


def test_enter_while_an_input_method_composes_asks_nothing(field: QuestionField, qtbot: QtBot) -> None:
    asked: list[str] = []
    field.asked.connect(asked.append)
    QApplication.sendEvent(field.text, QInputMethodEvent("li run", []))
    qtbot.keyClick(field.text, Qt.Key.Key_Return)
    assert asked == []
    committed = QInputMethodEvent()
    committed.setCommitString("\u5229\u6da6")
    QApplication.sendEvent(field.text, committed)
    qtbot.keyClick(field.text, Qt.Key.Key_Return)
    assert asked == ["\u5229\u6da6"]


def test_an_empty_question_is_not_asked(field: QuestionField, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(field.asked):
        qtbot.keyClicks(field.text, "   ")
        qtbot.keyClick(field.text, Qt.Key.Key_Return)


def test_while_an_answer_is_written_the_button_stops_it(field: QuestionField, qtbot: QtBot) -> None:
    field.set_busy(True)
    qtbot.keyClicks(field.text, "next")
    with qtbot.assertNotEmitted(field.asked):
        qtbot.keyClick(field.text, Qt.Key.Key_Return)
    with qtbot.waitSignal(field.stopped):
        qtbot.mouseClick(field.send_button, Qt.MouseButton.LeftButton)
    assert field.text.toPlainText() == "next"


def test_selected_text_goes_above_the_question(field: QuestionField, qtbot: QtBot) -> None:
    field.write("What is it?", "selected words")
    with qtbot.waitSignal(field.asked) as heard:
        qtbot.keyClick(field.text, Qt.Key.Key_Return)
    assert heard.args == ["> selected words\n\nWhat is it?"]
    assert field.context == ""


def test_only_local_files_count_as_dropped(tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path)), QUrl("https://elsewhere.example/x")])
    assert paths_of(mime) == (str(tmp_path),)


def test_pasted_markup_is_plain_text(field: QuestionField) -> None:
    mime = QMimeData()
    mime.setHtml("<b>bold</b>")
    mime.setText("bold")
    field.text.insertFromMimeData(mime)
    assert field.text.toPlainText() == "bold"


def test_a_megabyte_is_cut_off_and_said(field: QuestionField, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setText("all in one line " * 65_536)
    with qtbot.waitSignal(field.cut_off):
        field.text.insertFromMimeData(mime)
    assert len(field.text.toPlainText()) == LONGEST_PASTE
    field.text.clear()
    mime.setText("short")
    field.text.insertFromMimeData(mime)
    assert field.text.toPlainText() == "short"
