"""Models come when they are needed, stay while they work, and go when nobody needs them or the settings change."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot import lineup as module
from copilot.engines.rehearsal import RehearsalEmbedder
from copilot.errors import PackMissing
from copilot.lineup import WARM_UP_QUERIES, Lineup
from copilot.models.shelf import Shelf
from copilot.settings.schema import Settings
from tests.copilot.rehearsed import WatchedGenerator


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture
def generators(monkeypatch: pytest.MonkeyPatch) -> list[WatchedGenerator]:
    made: list[WatchedGenerator] = []

    def make(_: Lineup) -> WatchedGenerator:
        made.append(WatchedGenerator())
        return made[-1]

    monkeypatch.setattr(Lineup, "_open_generator", make)
    monkeypatch.setattr(Lineup, "_open_embedder", lambda _: RehearsalEmbedder())
    return made


@pytest.fixture
def lineup(tmp_path: Path, clock: Clock, generators: list[WatchedGenerator]) -> Lineup:
    return Lineup(Shelf(tmp_path), Settings(unload_minutes=1))


@pytest.fixture
def bare(tmp_path: Path) -> Lineup:
    """With the real ways to open models, and none to open."""
    return Lineup(Shelf(tmp_path), Settings())


def test_idle_models_go_and_come_again(lineup: Lineup, generators: list[WatchedGenerator], clock: Clock) -> None:
    assert (lineup.loaded(), lineup.answer_device()) == ((), "")
    with lineup.in_use("generator", "embedder"):
        lineup.generator()
        lineup.embedder()
    assert lineup.answer_device() == "CPU"
    assert lineup.loaded() == ("rehearsal-embedder-256 on CPU", "rehearsal-generator on CPU")
    clock.now += 59
    lineup.unload_when_idle()
    assert len(lineup.loaded()) == 2
    clock.now += 2
    lineup.unload_when_idle()
    assert lineup.loaded() == ()
    assert generators[0].closed
    assert lineup.generator() is generators[1]


def test_an_answer_that_takes_longer_than_the_idle_time_is_not_cut(
    lineup: Lineup, generators: list[WatchedGenerator], clock: Clock
) -> None:
    with lineup.in_use("generator"):
        generator = lineup.generator()
        clock.now += 600
        lineup.unload_when_idle()
        assert not generators[0].closed
        assert lineup.generator() is generator
    lineup.unload_when_idle()
    assert not generators[0].closed, "the time counts from the end of the answer"
    clock.now += 61
    lineup.unload_when_idle()
    assert generators[0].closed


def test_indexing_does_not_keep_the_answer_model(
    lineup: Lineup, generators: list[WatchedGenerator], clock: Clock
) -> None:
    lineup.generator()
    with lineup.in_use("embedder"):
        lineup.embedder()
        clock.now += 61
        lineup.unload_when_idle()
        assert lineup.loaded() == ("rehearsal-embedder-256 on CPU",)


def test_other_settings_replace_what_they_are_about(lineup: Lineup, generators: list[WatchedGenerator]) -> None:
    lineup.generator()
    lineup.embedder()
    lineup.apply(Settings(answer_tokens=99))
    assert len(lineup.loaded()) == 2
    lineup.apply(Settings(answer_device="GPU"))
    assert lineup.loaded() == ("rehearsal-embedder-256 on CPU",)
    assert lineup.chosen("generator") == ("", "GPU")
    assert generators[0].closed


def test_a_model_at_work_ends_its_work_before_it_is_replaced(
    lineup: Lineup, generators: list[WatchedGenerator]
) -> None:
    with lineup.in_use("generator"):
        lineup.generator()
        lineup.apply(Settings(answer_pack="other"))
        assert not generators[0].closed
        assert lineup.generator() is generators[1]


def test_without_a_pack_indexing_by_meaning_says_so(bare: Lineup) -> None:
    assert bare.embedder() is None
    with pytest.raises(PackMissing):
        bare.needed_embedder()
    with pytest.raises(PackMissing):
        bare.generator()
    assert bare.in_memory("generator") is None
    assert bare.loaded() == ()


def test_the_embedder_is_warm_in_both_scripts(monkeypatch: pytest.MonkeyPatch, bare: Lineup) -> None:
    asked: list[str] = []

    class Embedder(RehearsalEmbedder):
        def embed_query(self, text: str):  # type: ignore[no-untyped-def]
            asked.append(text)
            return super().embed_query(text)

    monkeypatch.setattr(Lineup, "pack", lambda *_: object())
    monkeypatch.setattr(module, "place", lambda *_: object())
    monkeypatch.setattr("copilot.engines.embedder.open_embedder", lambda *_: Embedder())
    bare.embedder()
    assert tuple(asked) == WARM_UP_QUERIES
    assert any(text.isascii() for text in asked)
    assert any(not text.isascii() for text in asked)
