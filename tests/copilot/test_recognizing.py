"""Reading a picture's text by a call: what comes back, and what is said where no recognizer is."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.calls import GetModels, ReadPicture
from copilot.engines.rehearsal import RehearsalRecognizer, picture_of
from copilot.errors import PictureUnusable, RecognizerMissing
from copilot.host import protocol
from copilot.lineup import Lineup
from indexer.pictures import Picture
from tests.copilot.rehearsed import SILENT, rehearsed


def test_lines_come_in_order_and_as_one_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lineup, "_open_recognizer", lambda _: RehearsalRecognizer())
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        read = copilot.perform(ReadPicture(picture_of("Rent: 2,400 euros\n付款期限为三十天")), SILENT)
        loaded = copilot.loaded()

    assert [line.text for line in read.lines] == ["Rent: 2,400 euros", "付款期限为三十天"]
    assert read.text == "Rent: 2,400 euros\n付款期限为三十天"
    assert read.device == "CPU"
    assert loaded == ("rehearsal-recognizer on CPU",)


def test_without_a_pack_it_is_said_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        with pytest.raises(RecognizerMissing) as raised:
            copilot.perform(ReadPicture(picture_of("x")), SILENT)
        report = copilot.perform(GetModels(), SILENT)

    assert raised.value.code == "recognizer_missing"
    assert raised.value.pack in raised.value.advice
    (role,) = (role for role in report.roles if role.role == "recognizer")
    assert (role.pack_id, role.reason) == ("", "No pack for it is on this computer.")


def test_a_pack_that_came_meanwhile_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        with pytest.raises(RecognizerMissing):
            copilot.perform(ReadPicture(picture_of("x")), SILENT)
        monkeypatch.setattr(copilot._lineup.recognizer, "_open", RehearsalRecognizer)

        assert copilot.perform(ReadPicture(picture_of("x")), SILENT).text == "x"


def test_it_is_let_go_when_nobody_needs_it_and_loads_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lineup, "_open_recognizer", lambda _: Closing())
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        copilot.perform(ReadPicture(picture_of("x")), SILENT)
        held = copilot._lineup.recognizer()
        copilot.unload_when_idle()
        assert copilot.loaded() == ("rehearsal-recognizer on CPU",)

        copilot._lineup._last_used["recognizer"] = float("-inf")
        copilot.unload_when_idle()

        assert copilot.loaded() == ()
        assert isinstance(held, Closing)
        assert held.closed
        assert copilot.perform(ReadPicture(picture_of("again")), SILENT).text == "again"


class Closing(RehearsalRecognizer):
    closed = False

    def close(self) -> None:
        self.closed = True


def test_a_picture_whose_pixels_are_missing_is_refused() -> None:
    with pytest.raises(PictureUnusable):
        RehearsalRecognizer().read(Picture(10, 10, b"\0" * 10))


def test_pixels_cross_the_pipe_as_they_are() -> None:
    call = ReadPicture(picture_of("税号 4711"))
    assert protocol.read_call(protocol.open_envelope(protocol.seal("call", call))) == call
