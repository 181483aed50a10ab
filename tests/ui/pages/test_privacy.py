"""The privacy page tells what leaves in plain words, keeps the record readable, and guards providers and keys."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from copilot.calls import GetFolders, GetLedger, GetSent, ReloadSettings, SetLabel, TryProvider, VerifyLedger
from copilot.far_errors import ApiKeyMissing
from copilot.privacy.boundary import LabelRule, Labels
from copilot.privacy.entries import Entry, EntryKind, LedgerEntry, Problem
from copilot.reports import FolderReport, FolderReports, LedgerCheck, LedgerPage, SentBody
from copilot.settings import policy
from copilot.settings.labels import write_labels
from copilot.settings.policy import Machine
from copilot.settings.providers import Provider, read_providers, write_providers
from tests.ui.fakelink import FakeLink
from ui import far_sides
from ui.desk import Desk
from ui.pages.privacy import PrivacyPage

NOW = time.time()
FACTS = ("r1", "deepseek", "api.deepseek.com", "deepseek-chat", "passages", "d" * 64)
LONG_AGO = NOW - 90 * 86_400
ENTRIES = (
    LedgerEntry(
        6, NOW, Entry(EntryKind.RECEIVED, *FACTS, answer_tokens=96, cost=0.5, currency="EUR", seconds=2.0), "f"
    ),
    LedgerEntry(5, NOW - 1, Entry(EntryKind.SENT, *FACTS, byte_count=2140), "e"),
    LedgerEntry(4, NOW - 9, Entry(EntryKind.OFFERED, *FACTS, cost=9.0, currency="EUR"), "d"),
    LedgerEntry(3, LONG_AGO, Entry(EntryKind.SENT, *FACTS), "c"),
    LedgerEntry(2, LONG_AGO, Entry(EntryKind.DECIDED, *FACTS, detail="once"), "b"),
    LedgerEntry(1, LONG_AGO, Entry(EntryKind.OFFERED, *FACTS), "a"),
)
FOLDERS = FolderReports(
    (
        FolderReport("/d/Documents", "local", False, (), 1, 1, 0, 0, 1, 1, False),
        FolderReport("/d/Projects", "redacted", False, (), 1, 1, 0, 0, 1, 1, False),
    )
)


def ledger(call: GetLedger) -> LedgerPage:
    older = tuple(written for written in ENTRIES if not call.before or written.number < call.before)
    return LedgerPage(older[:2], len(ENTRIES))


@pytest.fixture(autouse=True)
def _no_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "machine_policies", Machine)
    monkeypatch.setattr(far_sides, "masked_api_key", lambda name: "…9f3a" if name == "deepseek" else None)
    monkeypatch.setattr(far_sides, "remove_api_key", lambda name: True)


@pytest.fixture
def page(desk: Desk, link: FakeLink, qtbot: QtBot) -> PrivacyPage:
    providers = (
        Provider("deepseek", "openai", "https://api.deepseek.com/v1", "deepseek-chat"),
        Provider("mine", "openai", "http://localhost:8080/v1", "m"),
    )
    write_providers(desk.paths.providers, providers)
    return shown(desk, link, qtbot)


def shown(desk: Desk, link: FakeLink, qtbot: QtBot) -> PrivacyPage:
    link.answers |= {GetLedger: ledger, GetFolders: FOLDERS, SetLabel: None, ReloadSettings: None}
    page = PrivacyPage(desk)
    qtbot.addWidget(page)
    page.resize(1000, 900)
    page.show()
    page.shown()
    link.settle()
    return page


def facts(page: PrivacyPage) -> str:
    return " ".join(label.text() for label in page._facts)


def test_plain_words_say_who_may_be_asked_from_where_and_for_how_much(page: PrivacyPage) -> None:
    assert "DeepSeek or mine" in facts(page)
    assert "Text may go along from d / Projects" in facts(page)
    assert "Sent this month: 1, for 0.500 EUR." in facts(page)


def test_without_providers_nothing_can_leave(desk: Desk, link: FakeLink, qtbot: QtBot) -> None:
    assert "No provider is set up: nothing can leave." in facts(shown(desk, link, qtbot))


def test_what_it_switched_off_is_said_with_its_source(
    desk: Desk, link: FakeLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = Machine(managed=(("office.json", {"cloud_allowed": False}),))
    monkeypatch.setattr(policy, "machine_policies", lambda: off)
    page = shown(desk, link, qtbot)
    assert "nothing can leave" in facts(page)
    assert "office.json" in page._providers._locked.text()
    assert not page._providers._add.isEnabled()


def test_the_record_is_read_page_by_page_and_searched(page: PrivacyPage, link: FakeLink) -> None:
    view = page._ledger
    assert [call.before for call in link.calls(GetLedger)] == [0, 5], "until the month is whole"
    view._older.click()
    link.settle()
    assert [call.before for call in link.calls(GetLedger)] == [0, 5, 3]
    assert not view._older.isVisible()
    view._search.setText("send once")
    model = view._table.model()
    said = [model.data(model.index(number, 0)) for number in range(model.rowCount())]
    assert len(said) == 2
    assert said[1].endswith("You said: send once")


def test_what_was_sent_can_be_read_back(page: PrivacyPage, link: FakeLink) -> None:
    view = page._ledger
    view._table.setCurrentIndex(view._table.model().index(2, 0))
    assert "api.deepseek.com" in view._facts.text()
    assert "d" * 64 in view._facts.text()
    body = b'{"model":"m","messages":[{"role":"user","content":"the very words"}]}'
    link.answers[GetSent] = lambda call: SentBody(body if call.digest == "d" * 64 else None)
    view._read.click()
    link.settle()
    assert view._body.toPlainText() == "the very words"
    link.answers[GetSent] = SentBody(None)
    view._read.click()
    link.settle()
    assert "not kept" in view._body.toPlainText()


def test_verifying_says_what_it_found(page: PrivacyPage, link: FakeLink) -> None:
    link.answers[VerifyLedger] = LedgerCheck(3, ())
    page._ledger._verify.click()
    link.settle()
    assert "none changed" in page._ledger._news.text()
    link.answers[VerifyLedger] = LedgerCheck(3, (Problem(2, "Entry 2 was changed."),))
    page._ledger._verify.click()
    link.settle()
    assert page._ledger._news.text() == "Entry 2 was changed."


@pytest.mark.parametrize("name", ["record.json", "record.csv"])
def test_an_export_holds_everything(page: PrivacyPage, link: FakeLink, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    page._ledger.export(str(tmp_path / name))
    qtbot.waitUntil(lambda: name in page._ledger._news.text())
    text = (tmp_path / name).read_text("utf-8-sig")
    if name.endswith("json"):
        assert [row["number"] for row in json.loads(text)["entries"]] == [1, 2, 3, 4, 5, 6]
    else:
        assert len(text.strip().splitlines()) == 7


def test_providers_show_the_end_of_their_keys_only(page: PrivacyPage, qtbot: QtBot) -> None:
    page._tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page._providers._keys["deepseek"].text() == "key …9f3a")
    assert page._providers._keys["mine"].text() == "no key yet"


def test_a_test_says_what_came_of_it(page: PrivacyPage, link: FakeLink) -> None:
    page._tabs.setCurrentIndex(1)
    page._providers._test("deepseek")
    assert "nothing of yours" in page._providers._news["deepseek"].text()
    link.last(TryProvider).give(ApiKeyMissing("deepseek"))
    assert page._providers._news["deepseek"].property("role") == "warning"


def test_removing_a_provider_asks_and_takes_the_key_along(
    page: PrivacyPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed: list[str] = []
    monkeypatch.setattr(far_sides, "remove_api_key", removed.append)
    page._providers._remove("deepseek")
    box = page._providers.findChild(QMessageBox)
    assert box is not None
    assert box.defaultButton().text() == "Keep"
    next(button for button in box.buttons() if button.text() == "Remove").click()
    qtbot.waitUntil(lambda: [known.name for known in read_providers(desk.paths.providers)] == ["mine"])
    assert removed == ["deepseek"]


def test_labels_by_folder_and_pattern(page: PrivacyPage, link: FakeLink, qtbot: QtBot) -> None:
    page._tabs.setCurrentIndex(2)
    choice = next(one for one in page._labels.findChildren(QComboBox) if "Documents" in one.accessibleName())
    choice.setCurrentIndex(choice.findData("redacted"))
    choice.activated.emit(choice.currentIndex())
    assert link.last(SetLabel).call == SetLabel("/d/Documents", "redacted")
    page._labels._pattern.setText("*salary*")
    qtbot.keyClick(page._labels._pattern, Qt.Key.Key_Return)
    assert link.last(SetLabel).call == SetLabel("*salary*", "local")


def test_a_pattern_is_taken_away(page: PrivacyPage, desk: Desk, link: FakeLink) -> None:
    rules = (LabelRule("/d/Documents", "ask"), LabelRule("*salary*", "local"))
    write_labels(desk.paths.labels, Labels(rules))
    page._tabs.setCurrentIndex(2)
    page._labels.refresh()
    link.settle()
    removes = [one for one in page._labels.findChildren(QPushButton) if one.accessibleName().startswith("Remove")]
    assert [one.accessibleName() for one in removes if one.isVisibleTo(page)] == ["Remove the rule for *salary*"]
    removes[0].click()
    assert link.last(SetLabel).call == SetLabel("*salary*", "")


def test_only_one_part_is_shown(page: PrivacyPage) -> None:
    for number in range(3):
        page._tabs.setCurrentIndex(number)
        assert [part.isVisible() for part in page._parts] == [at == number for at in range(3)]
    assert page.findChildren(QLabel)
    assert page.findChildren(QPushButton)
