"""The composition root: every call has an answer, and changed settings take effect without a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.calls import CALLS, Ask, Compose, GetEngine, ReloadSettings, StopEngine
from copilot.conversation import Question
from copilot.errors import ActionUnknown, EmptyQuestion, SettingInvalid
from tests.copilot.rehearsed import SILENT, WatchedGenerator, home, keep_setting, rehearsed


def test_every_call_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        assert set(copilot._answers) == set(CALLS.values()) - {GetEngine, StopEngine}  # the server's own


def test_settings_take_effect_without_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens: list[int] = []

    class Counting(WatchedGenerator):
        def generate(self, messages, reporter, **options):  # type: ignore[no-untyped-def]
            tokens.append(options["max_tokens"])
            return super().generate(messages, reporter, **options)

    with rehearsed(tmp_path, monkeypatch, generator=Counting()) as copilot:
        ask = Ask(Question("What is the rent of the harbour office?"))
        copilot.perform(ask, SILENT)
        keep_setting(tmp_path, answer_tokens=77)
        copilot.perform(ask, SILENT)
        copilot.perform(ReloadSettings(), SILENT)
        copilot.perform(ask, SILENT)
    assert (tokens[0], tokens[1], tokens[2]) == (256, 256, 77)


def test_settings_that_mean_nothing_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        home(tmp_path).settings.parent.mkdir(parents=True, exist_ok=True)
        home(tmp_path).settings.write_text('answer_tokens = "many"\n', "utf-8")
        before = copilot._settings_now()
        with pytest.raises(SettingInvalid):
            copilot.perform(ReloadSettings(), SILENT)
        assert copilot._settings_now() == before


def test_compose_loads_the_model_and_refuses_what_it_can_not_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        assert copilot.perform(Compose("summarize", "The office opens at eight."), SILENT).text
        with pytest.raises(ActionUnknown):
            copilot.perform(Compose("sing", "a text"), SILENT)
        with pytest.raises(EmptyQuestion):
            copilot.perform(Compose("summarize", " \n"), SILENT)


def test_closing_lets_the_model_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generator = WatchedGenerator()
    with rehearsed(tmp_path, monkeypatch, generator=generator) as copilot:
        copilot.perform(Ask(Question("What is the rent of the harbour office?")), SILENT)
        assert not generator.closed
    assert generator.closed
