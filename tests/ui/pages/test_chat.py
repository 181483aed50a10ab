"""The chat page: a question and its answer, citations, keys, conversations, and what stands there before the first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from copilot.calls import Ask, Done, DropTurns, GetConversation, GetDocument, GetFolders, ListFiles
from copilot.conversation import Delta, Origin
from copilot.errors import EngineUnreachable, FileUnknown
from copilot.reports import EngineState, FileRow, FileRows, FolderReport, FolderReports
from indexer.query import Filter
from indexer.store.records import Counts
from tests.ui.answers import NOT_FOUND, PATH, answer, citation, conversation, document, turn
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.pages.chat import ChatPage, build
from ui.pulse import Pulse
from ui.talk import Phase
from ui.theme import Theme
from ui.widgets.nearest import Nearest
from ui.wishes import AskWish, Place


@pytest.fixture
def page(desk: Desk, link: FakeLink, qtbot: QtBot) -> ChatPage:
    link.answers |= {GetDocument: document(), GetFolders: FolderReports(()), DropTurns: Done()}
    page = build(desk)
    assert isinstance(page, ChatPage)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    page.shown()
    return page


def ask(page: ChatPage, qtbot: QtBot, text: str = "What did the margin do?") -> None:
    qtbot.keyClicks(page.field.text, text)
    qtbot.keyClick(page.field.text, Qt.Key.Key_Return)


def test_a_question_is_answered_with_citations_that_open(
    page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot
) -> None:
    ask(page, qtbot)
    assert page.views[0].status == "Looking through your files"
    link.last(Ask).tell(Delta("The margin"))
    qtbot.waitUntil(lambda: page.views[0].answer_view.toPlainText() == "The margin")
    link.last(Ask).give(answer())
    places: list[Place] = []
    desk.wishes.place.connect(places.append)
    page.views[0].answer_view.anchorClicked.emit("cite:1/0")
    (place,) = places
    assert (place.path, place.quote) == (PATH, citation().quote)
    assert (place.start, place.end) == (citation().span.start, citation().span.end)


def test_alt_and_a_number_open_a_citation(page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot) -> None:
    ask(page, qtbot)
    link.last(Ask).give(answer())
    with qtbot.waitSignal(desk.wishes.place):
        qtbot.keyClick(page.field.text, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)


def test_the_chosen_chip_is_filled_while_its_file_is_shown(
    page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot
) -> None:
    ask(page, qtbot)
    link.last(Ask).give(answer())
    qtbot.keyClick(page.field.text, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert page.views[0].answer_view.chosen == 1
    desk.wishes.preview_closed.emit()
    assert page.views[0].answer_view.chosen == 0


def test_typing_anywhere_on_the_page_goes_into_the_field(page: ChatPage, qtbot: QtBot) -> None:
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_W)
    assert page.field.text.toPlainText() == "w"
    assert page.field.text.hasFocus()


def test_a_model_that_is_still_loading_is_named(desk: Desk, link: FakeLink, theme: Theme, qtbot: QtBot) -> None:
    pulse = Pulse(link)
    page = ChatPage(Desk(link, theme, desk.wishes, desk.paths, pulse))
    qtbot.addWidget(page)
    page.talk.ask("Why?")
    counts = Counts(1, 1, 0, 0, 1, 1, 1)
    pulse.changed.emit(EngineState(False, False, "", None, counts, (), "", 0.0))
    assert page.views[0].status == "Loading the model that answers"
    pulse.changed.emit(EngineState(False, False, "", None, counts, (), "CPU", 0.0))
    assert page.views[0].status == "Looking through your files"


def test_what_stands_under_an_answer(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    ask(page, qtbot)
    link.last(Ask).give(answer())
    foot = page.views[0].foot
    assert foot is not None
    assert foot.who == "Answered on the CPU in 2.1 s"
    assert not foot.panel.isVisible()
    foot.why.click()
    qtbot.waitUntil(foot.panel.isVisible)


def test_a_changed_file_makes_its_chips_stale(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    link.answers[GetDocument] = document(changed=True)
    ask(page, qtbot)
    link.last(Ask).give(answer())
    link.settle()
    assert page.views[0].answer_view.stale == {1}


def test_a_file_that_the_library_forgot_is_told_as_gone(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    link.answers[GetDocument] = FileUnknown(PATH)
    ask(page, qtbot)
    link.last(Ask).give(answer())
    qtbot.waitUntil(lambda: page.views[0].answer_view.stale == {1})
    view = page.views[0].answer_view
    view.mark_stale({1}, {1})
    assert view.note_on(1) == "not on this computer any more"


def test_files_are_looked_at_again_when_they_were_read_anew(
    desk: Desk, link: FakeLink, theme: Theme, qtbot: QtBot
) -> None:
    link.answers |= {GetDocument: document(), GetFolders: FolderReports(())}
    pulse = Pulse(link)
    page = ChatPage(Desk(link, theme, desk.wishes, desk.paths, pulse))
    qtbot.addWidget(page)
    page.show()
    page.talk.ask("Why?")
    link.last(Ask).give(answer())
    qtbot.wait(20)
    assert page.views[0].answer_view.stale == frozenset()
    link.answers[GetDocument] = document("4.2 Operating result. Nothing was rising.")
    counts = Counts(1, 1, 0, 0, 1, 1, 1)
    pulse.changed.emit(EngineState(False, False, "", None, counts, (), "CPU", 5.0))
    qtbot.waitUntil(lambda: page.views[0].answer_view.stale == {1})
    link.answers[GetDocument] = document()
    pulse.changed.emit(EngineState(False, False, "", None, counts, (), "CPU", 6.0))
    qtbot.waitUntil(lambda: page.views[0].answer_view.stale == frozenset())


def test_a_refusal_has_next_steps(page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot) -> None:
    page.talk.ask("Who paints?", Filter(folders=("/files/Art",)))
    link.last(Ask).give(NOT_FOUND)
    look, widen = (
        next(button for button in page.views[0].findChildren(QPushButton) if button.text() == words)
        for words in ("Search for these words", "Ask all files")
    )
    with qtbot.waitSignal(desk.wishes.search) as heard:
        look.click()
    assert heard.args == ["Who paints?"]
    widen.click()
    asked = link.last(Ask).call.question
    assert (asked.text, asked.scope) == ("Who paints?", Filter())


def test_the_programs_own_words_stand_on_nothing(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    ask(page, qtbot, "Hello")
    link.last(Ask).give(answer("Hello.", citations=(), origin=Origin("Nearside", "", "")))
    assert page.views[0].foot is None
    assert page.views[0].answer_view.toPlainText() == "Hello."


def test_what_is_not_found_shows_the_nearest_passages_as_such(
    page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot
) -> None:
    ask(page, qtbot)
    link.last(Ask).give(NOT_FOUND)
    (nearest,) = page.findChildren(Nearest)
    with qtbot.waitSignal(desk.wishes.place):
        nearest.chosen.emit(1)
    assert "\ufffc" not in page.views[0].answer_view.toPlainText()


def test_escape_stops_the_answer_and_keeps_what_is_there(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    ask(page, qtbot)
    link.last(Ask).tell(Delta("The margin"))
    qtbot.keyClick(page.field.text, Qt.Key.Key_Escape)
    assert page.talk.exchanges[0].phase is Phase.STOPPED
    assert link.last(Ask).ticket.dropped
    assert page.views[0].status == "You stopped this answer."
    qtbot.waitUntil(lambda: page.views[0].answer_view.toPlainText() == "The margin")


def test_a_lost_engine_is_said_beside_the_answer_with_a_way_on(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    link.answers[GetConversation] = EngineUnreachable("x")
    ask(page, qtbot)
    link.last(Ask).tell(Delta("The margin"))
    link.last(Ask).give(EngineUnreachable("it stopped"))
    view = page.views[0]
    assert "engine stopped" in view.trouble.sentence
    view.again.emit()
    link.settle()
    assert len(link.calls(Ask)) == 2


def test_a_question_can_be_edited_and_asked_anew(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    link.answers[GetConversation] = conversation(turn(1, "What did the margin do?", answer()))
    ask(page, qtbot)
    link.last(Ask).give(answer())
    page.views[0].edited.emit("And in Q2?")
    link.settle()
    assert link.calls(DropTurns)[0].first == 1
    assert [view.exchange.question for view in page.views] == ["And in Q2?"]


def test_up_in_an_empty_field_brings_the_last_question_back(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    ask(page, qtbot)
    link.last(Ask).give(answer())
    qtbot.keyClick(page.field.text, Qt.Key.Key_Up)
    assert page.field.text.toPlainText() == "What did the margin do?"


def test_a_saved_conversation_opens_with_what_was_interrupted(page: ChatPage, desk: Desk, link: FakeLink) -> None:
    link.answers[GetConversation] = conversation(
        turn(1, given=answer()), turn(2, "And Q2?", state="interrupted", partial="In Q2 the mar")
    )
    shown: list[str] = []
    desk.wishes.conversation_shown.connect(shown.append)
    desk.wishes.conversation.emit("c1")
    link.settle()
    assert len(page.views) == 2
    assert "interrupted" in page.views[1].status
    assert page.views[1].answer_view.toPlainText() == "In Q2 the mar"
    assert shown == ["c1"]


def test_a_new_conversation_forgets_the_old_one(page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot) -> None:
    ask(page, qtbot)
    link.last(Ask).give(answer())
    first = page.talk.id
    desk.wishes.conversation.emit("")
    assert page.views == ()
    ask(page, qtbot)
    assert page.talk.id != first


def test_follow_ups_stay_in_the_conversation(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    ask(page, qtbot)
    link.last(Ask).give(answer())
    ask(page, qtbot, "Why?")
    calls = link.calls(Ask)
    assert calls[0].conversation_id == calls[1].conversation_id
    assert calls[1].question.history == ()


def test_a_wish_from_elsewhere_is_asked_with_its_text_and_scope(page: ChatPage, desk: Desk, link: FakeLink) -> None:
    desk.wishes.ask.emit(AskWish("What is it?", Filter(folders=("/f",)), "selected words"))
    call = link.calls(Ask)[0]
    assert call.question.text == "> selected words\n\nWhat is it?"
    assert call.question.scope == Filter(folders=("/f",))
    desk.wishes.ask.emit(AskWish("Only written", send=False))
    assert page.field.text.toPlainText() == "Only written"
    assert len(link.calls(Ask)) == 1


def test_files_let_go_on_the_page_are_for_the_question(page: ChatPage, link: FakeLink, tmp_path: Path) -> None:
    link.answers[ListFiles] = FileRows((FileRow(str(tmp_path / "Q3.docx"), "indexed", "", 1, 1, 1),), 1)
    (tmp_path / "Q3.docx").write_text("x")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "Q3.docx"))])
    here, copy = QPointF(50, 50), Qt.DropAction.CopyAction
    page.dropEvent(QDropEvent(here, copy, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
    link.settle()
    assert page.chips.scope == Filter(folders=(str(tmp_path / "Q3.docx"),))


def test_without_a_folder_there_is_one_next_step(page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot) -> None:
    link.settle()
    button = next(one for one in page.findChildren(QPushButton) if one.text() == "Add a folder")
    with qtbot.waitSignal(desk.wishes.page) as heard:
        button.click()
    assert heard.args == ["library"]


def test_with_files_there_are_some_to_ask_about(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    link.answers |= {
        GetFolders: FolderReports((FolderReport("/f", "local", False, (), 1, 1, 0, 0, 1, 1, False),)),
        ListFiles: FileRows((FileRow("/f/Lease.docx", "indexed", "", 1, 1, 4, "docx", "Lease, Rotterdam"),), 1),
    }
    page.shown()
    link.settle()
    button = next(one for one in page.findChildren(QPushButton) if "Lease, Rotterdam" in one.text())
    button.click()
    assert page.chips.scope == Filter(folders=("/f/Lease.docx",))
    assert not link.calls(Ask)


def test_the_page_follows_the_answer_until_the_reader_scrolls_away(
    page: ChatPage, link: FakeLink, qtbot: QtBot
) -> None:
    ask(page, qtbot)
    bar = page.column.verticalScrollBar()
    link.last(Ask).tell(Delta("A paragraph.\n\n" * 60))
    qtbot.waitUntil(lambda: bar.maximum() > 100 and bar.value() == bar.maximum())
    bar.setValue(20)
    link.last(Ask).tell(Delta("More of it.\n\n" * 60))
    most = bar.maximum()
    qtbot.waitUntil(lambda: bar.maximum() > most)
    assert bar.value() == 20
    assert not page.column.follows


def test_who_has_scrolled_away_is_offered_the_end(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    ask(page, qtbot)
    link.last(Ask).give(answer("\n\n".join(["A long paragraph of words."] * 60)))
    bar = page.column.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 400 and bar.value() == bar.maximum())
    assert not page.column.to_end.isVisible()
    bar.setValue(0)
    assert page.column.to_end.isVisible()
    page.column.to_end.click()
    assert bar.value() == bar.maximum()
    assert page.column.follows
    assert not page.column.to_end.isVisible()


def test_nothing_but_the_margin_is_below_the_last_exchange(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    words = "A passage of words that needs several lines of its own. " * 5
    far = replace(NOT_FOUND, citations=tuple(citation(number, quote=words) for number in (1, 2, 3)))
    for _ in range(4):
        ask(page, qtbot)
        link.last(Ask).give(far)
        qtbot.wait(1)
    last = page.views[-1]
    bar = page.column.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    bottom = last.mapTo(page.column, last.rect().bottomLeft()).y()
    qtbot.waitUntil(lambda: page.column.height() - last.mapTo(page.column, last.rect().bottomLeft()).y() < 40)
    assert bottom <= page.column.height()


def test_every_control_has_a_name(page: ChatPage, link: FakeLink, qtbot: QtBot) -> None:
    ask(page, qtbot)
    link.last(Ask).give(answer())
    nameless = [one for one in page.findChildren(QPushButton) if not (one.text() or one.accessibleName())]
    assert nameless == []
    assert page.field.text.accessibleName()
    assert page.views[0].answer_view.accessibleName()
