"""What the bar's list shows for what is typed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from copilot.calls import Found
from copilot.reports import FileRow, FileRows
from indexer.document import Chunk, Span
from indexer.query import FoundBy, Hit
from ui.quick.rows import Command, Prefix, RowKind, rows, split

FILES = FileRows(tuple(FileRow(f"/home/a/Finance/2026/Q3 {n}.pdf", "indexed", "", 1, 1, 1) for n in range(9)), 9)
CHUNK = Chunk(0, "Operating margin fell from 11.3 % to 9.8 %.", Span(10, 53), page=12)
FOUND = Found("q3 margin", (Hit(1, "/home/a/Q3 report.pdf", "Q3", "pdf", 1, CHUNK, 1.0, 1, (FoundBy.WORDS,)),), 0.01)
COMMANDS = (Command("new", "New question"), Command("pause", "Pause indexing"))


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("q3 margin", (Prefix.NONE, "q3 margin")),
        ("> pause", (Prefix.COMMAND, "pause")),
        ("=1+1", (Prefix.CALCULATE, "1+1")),
        ("? why", (Prefix.ASK, "why")),
        ("？为什么", (Prefix.ASK, "为什么")),
        ("/report", (Prefix.FILE, "report")),
        ("   ", (Prefix.NONE, "")),
    ],
)
def test_prefixes(line: str, meant: tuple[Prefix, str]) -> None:
    assert split(line) == meant


def test_names_first_then_passages_then_the_question(qapp: QApplication) -> None:
    shown = rows("q3 margin", FILES, FOUND, COMMANDS)
    assert [row.kind for row in shown] == [
        RowKind.HEADER, RowKind.FILE, RowKind.FILE, RowKind.FILE, RowKind.HEADER, RowKind.PASSAGE, RowKind.ASK,
    ]  # fmt: skip
    assert shown[1].detail == "Finance / 2026"
    passage = shown[5]
    assert passage.place is not None
    assert (passage.place.start, passage.place.end, passage.place.page) == (10, 53, 12)
    assert [passage.text[a:b] for a, b in passage.marks] == ["margin"]
    assert passage.detail == "Q3 report.pdf, p. 12"
    assert [row.chosen_first for row in shown].index(True) == len(shown) - 1


def test_each_prefix_shows_its_own_kind_alone(qapp: QApplication) -> None:
    assert {row.kind for row in rows("/q3", FILES, FOUND, COMMANDS)} == {RowKind.HEADER, RowKind.FILE}
    assert [row.kind for row in rows("?q3", FILES, FOUND, COMMANDS)] == [RowKind.ASK]
    assert [row.value for row in rows(">pau ind", FILES, FOUND, COMMANDS)] == ["pause"]
    assert [row.value for row in rows("=6*7", FILES, FOUND, COMMANDS)] == ["42"]
    assert rows("=6*", FILES, FOUND, COMMANDS) == ()
    assert rows("", FILES, FOUND, COMMANDS) == ()
