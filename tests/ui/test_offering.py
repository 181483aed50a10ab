"""Offers under an answer: when the card comes, what it asks for, what a decision does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from copilot.calls import Ask, Decide, GetConversation, GetDocument, Offer
from copilot.conversation import Origin
from copilot.errors import EngineUnreachable
from copilot.settings.providers import Provider, write_providers
from copilot.settings.schema import Settings
from copilot.settings.store import write_settings
from tests.ui.answers import NOT_FOUND, answer, conversation, document, request, turn
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.dialogs.consent import ConsentDialog
from ui.offering import boundary
from ui.pages.chat import ChatPage
from ui.widgets.far_offer import FarOffer, ProviderHint

FAR = Origin("cloud", "deepseek-chat", "", "deepseek", "api.deepseek.com")


@pytest.fixture
def page(desk: Desk, link: FakeLink, qtbot: QtBot) -> ChatPage:
    link.answers |= {GetDocument: document()}
    page = ChatPage(desk)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    return page


def add_provider(desk: Desk) -> None:
    write_providers(
        desk.paths.providers, (Provider("deepseek", "openai", "https://api.deepseek.com", "deepseek-chat"),)
    )


def declined(page: ChatPage, link: FakeLink) -> None:
    page.talk.ask("Is that much?")
    link.last(Ask).give(NOT_FOUND)


def card(page: ChatPage, qtbot: QtBot) -> FarOffer:
    qtbot.waitUntil(lambda: bool(page.findChildren(FarOffer)), timeout=3000)
    return page.findChildren(FarOffer)[0]


def test_a_question_without_an_answer_gets_a_card(page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot) -> None:
    add_provider(desk)
    declined(page, link)
    assert "DeepSeek" in card(page, qtbot).accessibleName()
    assert not link.calls(Offer)


def test_a_good_answer_gets_none(page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot) -> None:
    add_provider(desk)
    page.talk.ask("Why?")
    link.last(Ask).give(answer())
    foot = page.views[0].foot
    assert foot is not None
    qtbot.waitUntil(lambda: foot.route == "Your files answer it.", timeout=3000)
    assert not page.findChildren(FarOffer)


def test_without_a_provider_one_line_leads_to_the_privacy_page(
    page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot
) -> None:
    shown: list[str] = []
    desk.wishes.page.connect(shown.append)
    declined(page, link)
    qtbot.waitUntil(lambda: bool(page.findChildren(ProviderHint)), timeout=3000)
    page.findChildren(ProviderHint)[0].wanted.emit()
    assert shown == ["privacy"]


def test_who_keeps_everything_here_is_offered_nothing(page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot) -> None:
    add_provider(desk)
    write_settings(desk.paths.settings, Settings(cloud_mode="local"))
    declined(page, link)
    foot = page.views[0].foot
    assert foot is not None
    qtbot.waitUntil(lambda: bool(foot.route), timeout=3000)
    assert not page.findChildren(FarOffer)
    assert not page.findChildren(ProviderHint)


def test_what_would_be_sent_is_shown_and_a_yes_sends_exactly_that(
    page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot
) -> None:
    add_provider(desk)
    declined(page, link)
    offer = card(page, qtbot)
    offer.wanted.emit("deepseek", "question")
    link.last(Offer).give(request())
    dialog = page.window().findChildren(ConsentDialog)[0]
    assert not link.calls(Decide)
    dialog.decided.emit("once")
    (call,) = link.calls(Decide)
    assert (call.request_id, call.digest, call.decision) == ("r1", request().digest, "once")
    link.last(Decide).give(answer("About average.", citations=(), origin=FAR, entry=12, sent=29))
    foot = page.views[1].foot
    assert foot is not None
    assert "DeepSeek (deepseek-chat)" in foot.who
    assert "29 byte" in foot.who
    assert "12" in foot.who
    dialog.close()


def test_an_answer_that_is_opened_again_still_says_what_was_sent(page: ChatPage, desk: Desk, link: FakeLink) -> None:
    far = answer("About average.", citations=(), origin=FAR, entry=12, sent=1214)
    link.answers[GetConversation] = conversation(turn(1, "Is that much?", far, offer="r1"))
    desk.wishes.conversation.emit("c1")
    link.settle()
    foot = page.views[0].foot
    assert foot is not None
    assert "1.2 kB" in foot.who
    foot.why.click()
    assert any("1.2 kB" in label.text() for label in foot.panel.findChildren(QLabel))


def test_a_no_sends_nothing_and_takes_the_card_away(page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot) -> None:
    said: list[str] = []
    desk.wishes.notice.connect(said.append)
    add_provider(desk)
    declined(page, link)
    offer = card(page, qtbot)
    offer.wanted.emit("deepseek", "question")
    link.last(Offer).give(request())
    page.window().findChildren(ConsentDialog)[0].reject()
    assert link.calls(Decide)[0].decision == "no"
    assert said == ["Nothing was sent."]
    assert not offer.isVisible()
    assert len(page.talk.exchanges) == 1


def test_the_keyboard_goes_back_to_the_question(page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot) -> None:
    add_provider(desk)
    declined(page, link)
    card(page, qtbot)._not_now.setFocus()
    assert page.focusWidget() is not page.field.text
    card(page, qtbot)._not_now.click()
    assert page.focusWidget() is page.field.text


def test_a_standing_yes_asks_no_more_once_the_card_has_said_so(
    page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot
) -> None:
    add_provider(desk)
    declined(page, link)
    first = card(page, qtbot)
    assert shows(first) == "Show what would be sent"
    first.wanted.emit("deepseek", "question")
    asked = replace(request(), conversation_id=page.talk.id)
    link.last(Offer).give(asked)
    page.window().findChildren(ConsentDialog)[0].decided.emit("conversation")
    link.last(Decide).give(answer("About average.", citations=(), origin=FAR, entry=12, sent=29))
    declined(page, link)
    qtbot.waitUntil(lambda: any(shows(one) == "Ask DeepSeek" for one in page.findChildren(FarOffer)), timeout=3000)
    second = next(one for one in page.findChildren(FarOffer) if shows(one) == "Ask DeepSeek")
    before = len(page.window().findChildren(ConsentDialog))
    second.wanted.emit("deepseek", "question")
    link.last(Offer).give(replace(asked, id="r2", standing=True))
    assert [call.decision for call in link.calls(Decide)] == ["conversation", "conversation"]
    assert len(page.window().findChildren(ConsentDialog)) == before


def test_a_card_that_promised_to_show_shows_whatever_stands(
    page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot
) -> None:
    """A window that was opened anew knows nothing of a yes from before."""
    add_provider(desk)
    declined(page, link)
    card(page, qtbot).wanted.emit("deepseek", "question")
    link.last(Offer).give(request(standing=True))
    assert not link.calls(Decide)
    assert page.window().findChildren(ConsentDialog)


def shows(offer: FarOffer) -> str:
    """The words of the button that goes on."""
    return offer._show.text()


def test_an_offer_that_fails_says_why_on_its_card(page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot) -> None:
    add_provider(desk)
    declined(page, link)
    offer = card(page, qtbot)
    offer.wanted.emit("deepseek", "question")
    link.last(Offer).give(EngineUnreachable("gone"))
    assert offer.trouble.sentence


def test_the_card_of_an_older_answer_goes(page: ChatPage, desk: Desk, link: FakeLink, qtbot: QtBot) -> None:
    add_provider(desk)
    declined(page, link)
    offer = card(page, qtbot)
    page.talk.ask("And then?")
    assert not offer.isVisible()


def test_policy_narrows_providers(tmp_path: Path, desk: Desk) -> None:
    add_provider(desk)
    assert boundary(desk.paths).providers == ("deepseek",)
    assert boundary(desk.paths).ways == ("question", "passages", "sketch")
