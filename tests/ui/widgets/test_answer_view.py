"""An answer's text in the window: chips, doubts, copying, and nothing that is ever loaded."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.ui.answers import citation
from tests.ui.test_markdown import MIXED
from ui.markdown import Doubt
from ui.text_formats import CHIP_OBJECT, DOUBT_PROPERTY
from ui.theme import Theme
from ui.widgets.answer_view import AnswerView


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> AnswerView:
    view = AnswerView(theme)
    qtbot.addWidget(view)
    view.resize(600, 100)
    view.show()
    return view


def chips(view: AnswerView) -> list[str]:
    """The links of the chips, in order."""
    cursor = QTextCursor(view.document())
    found = []
    for position in range(1, view.document().characterCount()):
        cursor.setPosition(position)
        if cursor.charFormat().objectType() == CHIP_OBJECT:
            found.append(cursor.charFormat().anchorHref())
    return found


def test_marks_become_chips_only_when_the_answer_is_final(view: AnswerView, qtbot: QtBot) -> None:
    view.grow("It fell [1]. It rose [2")
    qtbot.waitUntil(lambda: "rose" in view.toPlainText())
    assert view.toPlainText() == "It fell. It rose"
    view.finish("It fell [1]. It rose [2].", (citation(1), citation(2)))
    assert chips(view) == ["cite:1/0", "cite:2/1"]


def test_a_chip_that_is_chosen_tells_its_number(view: AnswerView, qtbot: QtBot) -> None:
    view.finish("It fell [1]. It rose [2].", (citation(1), citation(2)))
    with qtbot.waitSignal(view.cited) as heard:
        view.anchorClicked.emit(QUrl("cite:2/1"))
    assert heard.args == [2]


def test_a_long_text_is_drawn_in_slices_and_whole_in_the_end(view: AnswerView, qtbot: QtBot) -> None:
    text = MIXED * 60
    view.finish(text, (citation(1), citation(2)))
    assert view.busy
    qtbot.waitUntil(lambda: not view.busy, timeout=10_000)
    assert len(chips(view)) == 120
    assert view.toPlainText().count("print(1)") == 60


def test_the_view_is_as_high_as_its_text(view: AnswerView) -> None:
    view.finish("One line.")
    one = view.height()
    view.finish("\n\n".join(["A paragraph."] * 10))
    assert view.height() > 5 * one
    assert view.height() >= view.document().size().height()


def test_a_doubtful_statement_says_why(view: AnswerView) -> None:
    view.finish("Sure. Not sure.", (), (Doubt(6, 15, "no passage says this"),))
    cursor = QTextCursor(view.document())
    cursor.setPosition(10)
    assert cursor.charFormat().property(DOUBT_PROPERTY) == "no passage says this"
    cursor.setPosition(3)
    assert not cursor.charFormat().property(DOUBT_PROPERTY)


def test_what_is_copied_has_numbers_for_chips_and_no_markup(view: AnswerView) -> None:
    view.finish("Es fiel \U0001f642 **stark** [1].", (citation(1),))
    view.selectAll()
    mime = view.createMimeDataFromSelection()
    assert mime.text() == "Es fiel \U0001f642 stark [1]."
    assert not mime.hasHtml()


def test_code_is_copied_whole(view: AnswerView) -> None:
    view.finish("```py\nprint(1)\nprint(2)\n```")
    view.anchorClicked.emit(QUrl("copy:0"))
    assert QGuiApplication.clipboard().text() == "print(1)\nprint(2)"


def test_nothing_is_loaded_whatever_the_text_names(view: AnswerView) -> None:
    view.finish('![x](file:///etc/passwd) <img src="file:///etc/passwd"> [y](file:///etc/passwd)')
    assert view.loadResource(2, QUrl("file:///etc/passwd")) is None
    assert "<img" in view.toPlainText()


def test_a_link_shows_its_address_and_opens_nothing(view: AnswerView) -> None:
    view.finish("[harmless](https://elsewhere.example/?q=secret)")
    view.anchorClicked.emit(QUrl("https://elsewhere.example/?q=secret"))
    (menu,) = view.findChildren(QMenu)
    actions = menu.actions()
    assert actions[0].text() == "https://elsewhere.example/?q=secret"
    assert not actions[0].isEnabled()
    assert [action.text() for action in actions[1:]] == ["Copy the address"]
    menu.close()


def test_another_theme_draws_it_again(view: AnswerView, theme: Theme) -> None:
    view.finish(MIXED, (citation(1), citation(2)))
    before = view.toPlainText()
    theme.apply("dark")
    view.redress()
    assert view.toPlainText() == before
    assert len(chips(view)) == 2
    theme.apply("light")
