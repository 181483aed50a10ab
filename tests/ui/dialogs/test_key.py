"""A key goes to a secure keyring or nowhere, and is never shown."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from copilot.far_errors import ApiKeyInvalid
from copilot.keys import KeyringState
from ui.desk import Desk
from ui.dialogs import key
from ui.dialogs.key import KeyDialog

SECRET = "sk-" + "a" * 32


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    keyring: dict[str, str] = {}
    monkeypatch.setattr(key, "keyring_state", lambda: KeyringState("Secret Service", ()))
    monkeypatch.setattr(key, "set_api_key", keyring.__setitem__)
    return keyring


def opened(desk: Desk, qtbot: QtBot) -> KeyDialog:
    dialog = KeyDialog(desk, "deepseek")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_key_is_masked_kept_and_wiped(desk: Desk, qtbot: QtBot, kept: dict[str, str]) -> None:
    dialog = opened(desk, qtbot)
    qtbot.waitUntil(dialog._field.isEnabled)
    assert dialog._field.echoMode() is QLineEdit.EchoMode.Password
    assert "Secret Service" in dialog._where.text()
    qtbot.keyClicks(dialog._field, SECRET)
    with qtbot.waitSignal(dialog.kept) as told:
        dialog._save.click()
    assert told.args == ["deepseek"]
    assert kept == {"deepseek": SECRET}
    assert dialog._field.text() == ""


def test_without_a_secure_keyring_nothing_can_be_typed(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key, "keyring_state", lambda: KeyringState(None, ("Secret Service: no session bus",)))
    dialog = opened(desk, qtbot)
    qtbot.waitUntil(lambda: bool(dialog._trouble.sentence))
    assert "no session bus" in dialog._trouble.sentence
    assert not dialog._field.isEnabled()
    assert not dialog._save.isEnabled()


def test_a_key_that_cannot_be_one_is_refused_in_words(
    desk: Desk, qtbot: QtBot, kept: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(provider: str, _: str) -> None:
        raise ApiKeyInvalid(provider)

    monkeypatch.setattr(key, "set_api_key", refuse)
    dialog = opened(desk, qtbot)
    qtbot.waitUntil(dialog._field.isEnabled)
    qtbot.keyClicks(dialog._field, "two words")
    dialog._save.click()
    qtbot.waitUntil(lambda: bool(dialog._trouble.sentence))
    assert dialog.isVisible()
    assert "two words" not in dialog._trouble.sentence
