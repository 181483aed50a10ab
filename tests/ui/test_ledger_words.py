"""The record in sentences and files: every kind has words, and a file holds every fact."""

from __future__ import annotations

import csv
import io
import json

import pytest
from PySide6.QtWidgets import QApplication

from copilot.privacy.entries import Entry, EntryKind, LedgerEntry
from ui.ledger_words import as_csv, as_json, matches, sentence

SENT = Entry(EntryKind.SENT, "r1", "deepseek", "api.deepseek.com", "deepseek-chat", "passages", "d" * 64, 2140)


@pytest.mark.parametrize("kind", list(EntryKind))
def test_every_kind_has_a_sentence(qapp: QApplication, kind: EntryKind) -> None:
    words = sentence(Entry(kind, provider="deepseek", send="question", detail="once", byte_count=214, currency="EUR"))
    assert words
    assert "{" not in words


def test_what_was_decided_is_said_plainly(qapp: QApplication) -> None:
    assert "Nothing left" in sentence(Entry(EntryKind.DECIDED, detail="no"))
    assert "DeepSeek" in sentence(SENT)


def test_a_search_finds_words_hosts_and_numbers(qapp: QApplication) -> None:
    written = LedgerEntry(17, 0.0, SENT, "h")
    assert matches(written, "sent deepseek")
    assert matches(written, "17")
    assert not matches(written, "gemini")


def test_files_hold_every_entry_oldest_first() -> None:
    entries = tuple(LedgerEntry(number, 1_700_000_000.0, SENT, "ab") for number in (3, 2, 1))
    kept = json.loads(as_json(entries))["entries"]
    assert [row["number"] for row in kept] == [1, 2, 3]
    assert kept[0]["kind"] == "sent"
    assert kept[0]["at"] == "2023-11-14T22:13:20+00:00"
    rows = list(csv.DictReader(io.StringIO(as_csv(entries).decode("utf-8-sig"))))
    assert [row["number"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["host"] == "api.deepseek.com"


def test_no_cell_is_a_formula() -> None:
    (row,) = csv.DictReader(
        io.StringIO(as_csv((LedgerEntry(1, 0.0, Entry(EntryKind.SENT, model="=cmd()"), "h"),)).decode("utf-8-sig"))
    )
    assert row["model"] == "'=cmd()"
