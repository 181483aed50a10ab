"""Every error has a sentence and an advice in the window's words."""

from __future__ import annotations

import inspect
import string

import pytest
from PySide6.QtWidgets import QApplication

from copilot.errors import FolderForbidden, LibraryMissing, SettingInvalid
from copilot.failures import Failure, failure_of
from indexer.errors import NearsideError
from installers.reference import error_types
from ui import messages


def table() -> dict[str, messages.Said]:
    return {code: words for group in messages.GROUPS for code, words in group().items()}


@pytest.mark.parametrize("error", error_types(), ids=lambda error: error.code)
def test_every_error_is_said_in_the_windows_words(qapp: QApplication, error: type[NearsideError]) -> None:
    sentence, advice = table()[error.code]
    assert sentence
    assert advice.endswith(".")
    facts = set(inspect.signature(error.__init__).parameters) - {"self"}
    assert {name for _, name, _, _ in string.Formatter().parse(sentence + advice) if name} <= facts


def test_nothing_tells_of_the_command_line(qapp: QApplication) -> None:
    for sentence, advice in table().values():
        assert "Run:" not in advice
        assert "!" not in sentence + advice


def test_no_code_is_said_twice(qapp: QApplication) -> None:
    codes = [code for group in messages.GROUPS for code in group()]
    assert len(codes) == len(set(codes))


def test_facts_fill_the_sentence(qapp: QApplication) -> None:
    sentence, advice = messages.said(failure_of(FolderForbidden("/data/secret")))
    assert "/data/secret" in sentence
    assert "{" not in sentence + advice
    assert messages.said(failure_of(LibraryMissing()))[0] == "Nothing has been read yet."


def test_a_code_of_a_newer_engine_keeps_its_own_words(qapp: QApplication) -> None:
    assert messages.said(Failure("brand_new", 1, "It broke.", "Wait.")) == ("It broke.", "Wait.")


def test_settings_that_can_not_be_read_at_all_are_said_without_their_path() -> None:
    whole = messages.said(failure_of(SettingInvalid("/home/li/.config/nearside/settings.toml", "this text", "TOML")))
    one = messages.said(failure_of(SettingInvalid("theme", "pink", "light or dark")))
    assert "/home/li" not in " ".join(whole)
    assert whole != one
