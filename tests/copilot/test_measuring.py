"""Measuring a device: with the model in use, with one of its own, on one that is not there; and the power meter."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot import measuring
from copilot.calls import MeasureDevice
from copilot.conversation import Generated
from copilot.lineup import Lineup
from copilot.measuring import Measuring, _joules
from copilot.models.shelf import Shelf
from copilot.settings.schema import Settings
from indexer.reporter import Cancelled
from tests.copilot.rehearsed import SILENT, Listening, WatchedGenerator, home, make_pack


class Timed(WatchedGenerator):
    def generate(self, messages, reporter, **options) -> Generated:  # type: ignore[no-untyped-def]
        written = super().generate(messages, reporter, **options)
        return Generated(written.text, "stop", 90, 41, 0.5, 2.5)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Timed]:
    made: list[Timed] = []

    def make(*_: object) -> Timed:
        made.append(Timed())
        return made[-1]

    monkeypatch.setattr(Lineup, "_open_generator", make)
    monkeypatch.setattr("copilot.engines.generator.open_generator", make)
    return made


@pytest.fixture
def lineup(tmp_path: Path, made: list[Timed]) -> Lineup:
    make_pack(tmp_path, "good")
    return Lineup(Shelf(home(tmp_path).packs), Settings())


def test_the_model_in_use_is_measured_and_stays(lineup: Lineup, made: list[Timed]) -> None:
    lineup.generator()
    measured = Measuring(lineup).measure(MeasureDevice("CPU"), SILENT)
    assert (measured.first_token_seconds, measured.tokens_per_second, measured.reason) == (0.5, 20.0, "")
    assert measured.pack_id == "good"
    assert measured.load_seconds is not None
    assert len(made) == 1
    assert not made[0].closed


def test_without_one_in_use_one_is_loaded_and_let_go(lineup: Lineup, made: list[Timed]) -> None:
    assert Measuring(lineup).measure(MeasureDevice("CPU"), SILENT).tokens_per_second == 20.0
    assert [generator.closed for generator in made] == [True]
    assert lineup.loaded() == ()


def test_no_prompt_twice(lineup: Lineup, made: list[Timed]) -> None:
    lineup.generator()
    listening = Listening()
    for _ in range(2):
        Measuring(lineup).measure(MeasureDevice("CPU"), listening)
    assert made[0].prompts[0] != made[0].prompts[1]
    assert listening.events == [], "what is written to measure is nobody's answer"


def test_a_device_that_is_not_there_has_its_reason(lineup: Lineup) -> None:
    measured = Measuring(lineup).measure(MeasureDevice("NPU"), SILENT)
    assert measured.tokens_per_second is None
    assert "NPU" in measured.reason


def test_without_a_pack_there_is_nothing_to_measure(tmp_path: Path) -> None:
    measured = Measuring(Lineup(Shelf(tmp_path), Settings())).measure(MeasureDevice("CPU"), SILENT)
    assert measured.tokens_per_second is None
    assert measured.reason


def test_measuring_can_be_stopped(lineup: Lineup, made: list[Timed]) -> None:
    listening = Listening()
    listening.stopped = True
    with pytest.raises(Cancelled):
        Measuring(lineup).measure(MeasureDevice("CPU"), listening)
    assert [generator.closed for generator in made] == [True]


def test_watts_where_the_packages_tell(lineup: Lineup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, joules in (("intel-rapl:0", 5), ("intel-rapl:1", 7), ("intel-rapl:0:0", 100)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "energy_uj").write_text(f"{joules * 1_000_000}\n", "ascii")
    assert _joules(tmp_path) == 12.0, "parts of a package are not counted twice"
    assert _joules(tmp_path / "none") is None
    readings = iter((10.0, 40.0))
    monkeypatch.setattr(measuring, "_joules", lambda: next(readings))
    lineup.generator()
    watts = Measuring(lineup).measure(MeasureDevice("CPU"), SILENT).watts
    assert watts is not None
    assert watts > 30
