"""Setting up a provider: known ones fill themselves in, addresses are checked, a new host forgets the old key."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from copilot.settings import policy
from copilot.settings.policy import Machine
from copilot.settings.providers import Provider, read_providers, write_providers
from ui import far_sides
from ui.desk import Desk
from ui.dialogs.provider import ProviderDialog


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(policy, "machine_policies", Machine)
    monkeypatch.setattr(far_sides, "remove_api_key", names.append)
    return names


def test_a_known_provider_needs_a_model_only(desk: Desk, qtbot: QtBot) -> None:
    dialog = ProviderDialog(desk)
    qtbot.addWidget(dialog)
    dialog._which.setCurrentIndex(dialog._which.findData("anthropic"))
    dialog._which.activated.emit(dialog._which.currentIndex())
    dialog._model.setText("claude")
    with qtbot.waitSignal(dialog.kept):
        dialog._save.click()
    assert read_providers(desk.paths.providers) == (
        Provider("anthropic", "anthropic", "https://api.anthropic.com/v1", "claude"),
    )


@pytest.mark.parametrize("address", ["http://example.com/v1", "https://user:pw@example.com", "ftp://x", ""])
def test_a_bad_address_is_refused_in_words(desk: Desk, qtbot: QtBot, address: str) -> None:
    dialog = ProviderDialog(desk)
    qtbot.addWidget(dialog)
    dialog._url.setText(address)
    dialog._model.setText("m")
    dialog._save.click()
    qtbot.waitUntil(lambda: bool(dialog._trouble.sentence))
    assert read_providers(desk.paths.providers) == ()
    assert dialog._save.isEnabled()


def test_a_new_host_forgets_the_old_key(desk: Desk, qtbot: QtBot, forgotten: list[str]) -> None:
    before = Provider("mine", "openai", "https://one.example.com/v1", "m")
    write_providers(desk.paths.providers, (before,))
    for url, gone in (("https://one.example.com/v2", []), ("https://two.example.com/v1", ["mine"])):
        dialog = ProviderDialog(desk, before)
        qtbot.addWidget(dialog)
        assert not dialog._name.isEnabled()
        dialog._url.setText(url)
        with qtbot.waitSignal(dialog.kept):
            dialog._save.click()
        assert forgotten == gone
        assert read_providers(desk.paths.providers)[0].url == url
