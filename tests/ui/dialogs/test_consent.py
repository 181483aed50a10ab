"""Nothing leaves by accident: focus, Esc and the cross refuse, and only what is shown byte for byte can be sent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from copilot.calls import Offer, Revise
from copilot.conversation import Message, Question, Role
from copilot.far_errors import RedactionForced
from copilot.privacy.consent import ConsentRequest, Cost, FindingCount, Sending, Swap, Withheld, digest_of
from copilot.providers import openai
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.dialogs.consent import ConsentDialog

ASKED = "Question: how does Person A compare? 😀 Call Phone 1 or ⟨Phone 1⟩2.\n\n[1] Net revenue rose."


def request_for(text: str, request_id: str = "r1", swaps: tuple[Swap, ...] = ()) -> ConsentRequest:
    messages = (Message(Role.SYSTEM, "Names such as Person A stand for private data."), Message(Role.USER, text))
    outgoing = openai.build("https://api.deepseek.com/v1", "deepseek-chat", messages, 700)
    return ConsentRequest(
        id=request_id,
        conversation_id="c1",
        provider="deepseek",
        kind="openai",
        url=outgoing.url,
        host="api.deepseek.com",
        model="deepseek-chat",
        send=Sending.PASSAGES,
        body=outgoing.body,
        digest=digest_of(outgoing.body),
        cost=Cost(0.0012, "EUR", 4.5),
        files=("/home/li/Finance/Q3 report.pdf", "/home/li/Board/Minutes.docx"),
        findings=(FindingCount("person", 1), FindingCount("phone", 1)),
        withheld=(Withheld("/home/li/Contracts", 2),),
        reason="Not in your files.",
        swaps=swaps,
    )


SWAPS = (Swap("person", "Marianne Vogelsang", "Person A", True), Swap("phone", "+49 30 1234", "Phone 1", False))


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> ConsentDialog:
    made = ConsentDialog(desk, request_for(ASKED, swaps=SWAPS), None, Question("how does Marianne Vogelsang compare?"))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_keyboard_stands_on_the_refusal(dialog: ConsentDialog, qtbot: QtBot) -> None:
    assert dialog.focusWidget() is dialog._no
    with qtbot.waitSignal(dialog.decided) as decided:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert decided.args == ["no"]


@pytest.mark.parametrize("close", ["escape", "cross"])
def test_leaving_it_is_a_no_and_said_once(dialog: ConsentDialog, qtbot: QtBot, close: str) -> None:
    said: list[str] = []
    dialog.decided.connect(said.append)
    if close == "escape":
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        dialog.close()
    dialog._once.click()
    assert said == ["no"]


@pytest.mark.parametrize(
    ("button", "decision"),
    [("_once", "once"), ("_conversation", "conversation"), ("_no", "no"), ("_never", "never_folder")],
)
def test_each_button_says_its_own(dialog: ConsentDialog, qtbot: QtBot, button: str, decision: str) -> None:
    with qtbot.waitSignal(dialog.decided) as decided:
        getattr(dialog, button).click()
    assert decided.args == [decision]
    assert not dialog.isVisible()


def test_the_whole_text_is_shown_and_nothing_else(dialog: ConsentDialog) -> None:
    assert dialog._text.toPlainText() == f"{ASKED}\n\nNames such as Person A stand for private data."
    assert dialog.sound
    assert dialog.request.body.decode() in dialog._raw.toPlainText()


def test_a_body_that_is_not_what_was_signed_can_not_be_sent(desk: Desk, qtbot: QtBot) -> None:
    other = request_for("Another question")
    forged = replace(request_for(ASKED), body=other.body)
    dialog = ConsentDialog(desk, forged)
    qtbot.addWidget(dialog)
    assert not dialog._once.isEnabled()
    assert not dialog._conversation.isEnabled()


def test_a_text_that_was_changed_on_the_screen_can_not_be_sent(dialog: ConsentDialog) -> None:
    said: list[str] = []
    dialog.decided.connect(said.append)
    dialog._text.setPlainText("something else")
    dialog._once.click()
    assert said == []


def test_marks_are_on_what_was_replaced_and_not_on_the_programs_examples(dialog: ConsentDialog) -> None:
    text = dialog._text.toPlainText()
    assert [text[mark.start : mark.end] for mark in dialog._text._marks] == ["Person A", "Phone 1", "⟨Phone 1⟩"]
    assert all(mark.end <= len(ASKED) for mark in dialog._text._marks)


def menu_of(dialog: ConsentDialog, swap: Swap) -> QMenu:
    dialog._offer_to_lift(swap, QPoint(0, 0))
    return next(menu for menu in dialog.findChildren(QMenu) if menu.isVisible())


def test_lifting_makes_another_body_and_until_then_nothing_can_be_sent(
    dialog: ConsentDialog, link: FakeLink, qtbot: QtBot
) -> None:
    menu_of(dialog, SWAPS[0]).actions()[-1].trigger()
    assert link.last(Revise).call == Revise("r1", (), ("Marianne Vogelsang",))
    assert not dialog._once.isEnabled()
    lifted = request_for(ASKED.replace("Person A", "Marianne Vogelsang"), "r2", SWAPS[1:])
    with qtbot.waitSignal(dialog.changed) as changed:
        link.last(Revise).give(lifted)
    assert changed.args == [lifted]
    assert dialog.request.digest == lifted.digest
    assert dialog._once.isEnabled()
    (chip,) = [button for button in dialog.findChildren(QPushButton) if button.property("kind") == "chip"]
    assert "Marianne Vogelsang" in chip.text()
    chip.click()
    assert link.last(Revise).call == Revise("r2", ("Marianne Vogelsang",), ())


def test_what_was_plain_stays_plain_when_a_mark_was_lifted_by_keyboard(dialog: ConsentDialog, link: FakeLink) -> None:
    text = dialog._text
    text.setTextCursor(text.document().find("Person A"))  # new text takes the look of where the cursor stands
    menu_of(dialog, SWAPS[0]).actions()[-1].trigger()
    link.last(Revise).give(request_for(ASKED.replace("Person A", "Marianne Vogelsang"), "r2", SWAPS[1:]))
    looks = {
        word: text.document().find(word).charFormat().background().color().name()
        for word in ("Net revenue", "Phone 1", "Names such")
    }
    assert looks["Phone 1"] != looks["Net revenue"] == looks["Names such"]


def test_what_must_stay_replaced_can_not_be_lifted(dialog: ConsentDialog) -> None:
    assert not menu_of(dialog, SWAPS[1]).actions()[-1].isEnabled()


def test_a_refused_change_leaves_what_was_shown(dialog: ConsentDialog, link: FakeLink, qtbot: QtBot) -> None:
    before = dialog.request
    dialog._revise(lift=("Marianne Vogelsang",))
    link.last(Revise).give(RedactionForced("person"))
    assert dialog.request is before
    assert dialog._once.isEnabled()
    assert dialog._trouble.sentence
    assert dialog._lifted == []


def test_selected_text_can_be_replaced(dialog: ConsentDialog, link: FakeLink, qtbot: QtBot) -> None:
    cursor = dialog._text.document().find("Net revenue")
    dialog._text.setTextCursor(cursor)
    dialog._replace.setFocus()
    dialog._replace.click()
    assert dialog.focusWidget() is dialog._no, "the keyboard must not fall on a button that sends"
    assert link.last(Revise).call == Revise("r1", ("Net revenue",), ())


def test_a_mark_opens_by_keyboard(dialog: ConsentDialog, qtbot: QtBot) -> None:
    cursor = dialog._text.document().find("Phone 1")
    cursor.setPosition(cursor.position() - 2)
    dialog._text.setTextCursor(cursor)
    with qtbot.waitSignal(dialog._text.mark_chosen) as chosen:
        qtbot.keyClick(dialog._text, Qt.Key.Key_Return)
    assert chosen.args[0] is SWAPS[1]
    for menu in dialog.findChildren(QMenu):
        menu.close()


def test_another_way_of_sending_is_another_offer(dialog: ConsentDialog, link: FakeLink, qtbot: QtBot) -> None:
    dialog._way.setCurrentIndex(dialog._way.findData("question"))
    dialog._choose_way()
    offer = link.last(Offer).call
    assert (offer.send, offer.provider, offer.conversation_id) == ("question", "deepseek", "c1")
    assert not dialog._once.isEnabled()


def test_the_four_facts_say_where_how_much_what_and_what_for(dialog: ConsentDialog, qapp: QApplication) -> None:
    facts = [words for fact in dialog._fact_words() for words in fact[:2]]
    assert facts[0] == "api.deepseek.com"
    assert "2 replaced" in facts
    assert "person, phone" in facts
    assert facts[-2].endswith("0.001 EUR")
    assert "4.50" in facts[-1]
    assert "Q3 report.pdf" in dialog._sources.text()
    assert "Contracts" in dialog._withheld.text()


def test_without_a_conversation_there_is_no_lasting_yes(desk: Desk, qtbot: QtBot) -> None:
    dialog = ConsentDialog(desk, replace(request_for(ASKED), conversation_id=""))
    qtbot.addWidget(dialog)
    assert not dialog._conversation.isEnabled()
    assert dialog._once.isEnabled()


def test_the_buttons_stay_on_a_low_screen_and_the_rest_scrolls(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.dialogs.consent.FRAME", QApplication.primaryScreen().availableGeometry().height() - 420)
    dialog = ConsentDialog(desk, request_for("\n\n".join([ASKED] * 20), swaps=SWAPS))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.height() <= 420
    send = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Send once")
    assert dialog.rect().contains(send.mapTo(dialog, send.rect().bottomRight()))
    assert dialog._scroll.verticalScrollBar().maximum() > 0
