"""The engine's own sentences are known to the window word by word: a changed one is noticed here."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from copilot.privacy.entries import Entry, EntryKind
from ui import engine_words
from ui.ledger_words import sentence


@pytest.mark.parametrize(
    "reason",
    [
        "no Intel graphics with a compute driver was found",
        "no Intel NPU with a driver was found",
        "its driver failed (RuntimeError)",
        "the pack qwen is not made for it",
    ],
)
def test_reasons_of_devices_are_known(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    monkeypatch.setattr(engine_words, "translate", lambda _, text: f"<{text}>")
    assert engine_words.about_device(reason) == f"<{reason}>"


def test_what_is_not_known_is_said_as_it_came(qapp: QApplication) -> None:
    assert engine_words.about_device("the moon is full") == "the moon is full"
    assert engine_words.about_ledger("the moon is full", 3) == "The moon is full"


def test_problems_of_the_record_name_their_entries(qapp: QApplication) -> None:
    assert engine_words.about_ledger("entries 3 to 5 are missing", 3) == "Entries 3 to 5 are missing."
    assert "Entry 7" in engine_words.about_ledger("the entry or the one before it was changed", 7)


@pytest.mark.parametrize("code", ["rate_limited", "api_key_missing", "provider_invalid", "budget_spent", "tls_failed"])
def test_why_nothing_came_of_it_is_said(qapp: QApplication, code: str) -> None:
    words = sentence(Entry(EntryKind.REFUSED, provider="deepseek", host="api.deepseek.com", detail=code))
    assert len(words) > len("DeepSeek gave no answer. ")
    assert "{" not in words


def test_a_code_of_a_newer_engine_is_not_shown(qapp: QApplication) -> None:
    assert sentence(Entry(EntryKind.BLOCKED, provider="gemini", detail="unheard_of")) == "Not offered to Gemini."
