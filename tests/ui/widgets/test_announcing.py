"""What a screen reader is told: an answer in whole sentences and then its end, troubles once, the consent in full."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets import announcing
from ui.widgets.announcing import MOST_CHARACTERS, Reading
from ui.widgets.trouble import Trouble

Told = list[tuple[str, bool]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Announcements as (words, urgent), with a screen reader that seems to run."""
    heard: Told = []

    def hear(event: object) -> None:
        assert isinstance(event, QAccessibleAnnouncementEvent)
        heard.append((event.message(), event.politeness() is QAccessible.AnnouncementPoliteness.Assertive))

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return heard


@pytest.fixture
def speaker(qtbot: QtBot) -> QLabel:
    label = QLabel("Answer")
    qtbot.addWidget(label)
    return label


@pytest.fixture
def read(speaker: QLabel, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, told: Told) -> Callable[..., list[str]]:
    monkeypatch.setattr(announcing, "REST_MS", 15)

    def run(pieces: tuple[str, ...], final: str, end: str = "Answer finished.", every: int = 1) -> list[str]:
        reading = Reading(speaker)
        for number, piece in enumerate(pieces, 1):
            reading.grow(piece)
            if number % every == 0:
                qtbot.wait(25)
        reading.finish(final, end)
        return [words for words, _ in told]

    return run


def test_whole_sentences_are_told_never_words(read: Callable[..., list[str]]) -> None:
    text = "The lease **runs** for five years. It ends in 2029 [1]. The rent rises"
    assert read(tuple(f"{word} " for word in text.split(" ")), text + " each year.") == [
        "The lease runs for five years.",
        "It ends in 2029.",
        "The rent rises each year. Answer finished.",
    ]


def test_sentences_that_come_fast_are_told_together(read: Callable[..., list[str]]) -> None:
    pieces = ("One. ", "Two. ", "Three. ", "Four")
    assert read(pieces, "One. Two. Three. Four.", every=3) == ["One. Two. Three.", "Four. Answer finished."]


def test_chinese_ends_its_sentences_otherwise(read: Callable[..., list[str]]) -> None:
    assert read(("租期五年。", "到期日"), "租期五年。到期日是八月。", "回答完毕。") == [
        "租期五年。",
        "到期日是八月。 回答完毕。",
    ]


def test_an_answer_that_reads_otherwise_in_the_end_is_told_anew(read: Callable[..., list[str]]) -> None:
    said = read(("It ends in 2030. ", "Or so"), "Not found in your files.")
    assert said == ["It ends in 2030.", "Not found in your files. Answer finished."]


def test_a_list_that_is_numbered_anew_is_not_told_twice(read: Callable[..., list[str]]) -> None:
    said = read(("- first thing\n", "- second thing\n"), "- first thing\n- second thing\n")
    assert said[-1] == "Answer finished."


def test_a_long_answer_is_not_read_out_to_its_end(read: Callable[..., list[str]]) -> None:
    sentence = "This sentence is one of very many. "
    (only,) = read((), sentence * 200)
    assert len(only) < MOST_CHARACTERS + 50
    assert only.endswith("\u2026 Answer finished.")


def test_nothing_is_told_where_nobody_listens(speaker: QLabel, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    announcing.announce(speaker, "Hello")
    assert told == []


def test_a_trouble_is_urgent_and_told_once(qtbot: QtBot, told: Told) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    trouble = Trouble()
    trouble.setParent(room)
    for _ in range(3):
        trouble.tell("It broke.", "Mend it.")
    trouble.hide()
    trouble.tell("It broke.", "Mend it.")
    assert told == [("It broke. Mend it.", True)] * 2
