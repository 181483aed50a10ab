"""Who follows hears the state at once and every change, not too often, and nothing when nothing happens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from copilot import bulletin
from copilot.bulletin import Bulletin
from copilot.reports import EngineState
from indexer.reporter import Cancelled, Progress, Silent
from indexer.store.records import Counts
from tests.copilot.rehearsed import Listening


class Facts:
    def __init__(self) -> None:
        self.counted = 0
        self.loaded: tuple[str, ...] = ()
        self.paused = (False, "")
        self.bulletin = Bulletin(self._counts, lambda: self.loaded, lambda: "", lambda: self.paused)

    def _counts(self) -> Counts:
        self.counted += 1
        return Counts(self.counted, 0, 0, 0, 0, 0, 1)


def followed(facts: Facts, meanwhile: Callable[[], None]) -> list[EngineState]:
    listening = Listening()

    def follow() -> None:
        with pytest.raises(Cancelled):
            facts.bulletin.follow(listening)

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    while not listening.events:
        time.sleep(0.005)
    meanwhile()
    time.sleep(0.15)
    listening.stopped = True
    thread.join(5)
    assert not thread.is_alive()
    states = listening.events
    assert all(isinstance(state, EngineState) for state in states)
    return states  # type: ignore[return-value]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulletin, "_LEAST_SECONDS", 0.02)
    monkeypatch.setattr(bulletin, "_LOOK_SECONDS", 0.05)


def test_nothing_is_told_twice() -> None:
    facts = Facts()
    (state,) = followed(facts, lambda: time.sleep(0.2))
    assert (state.indexing, state.progress, state.fresh_at, state.counts.folders) == (False, None, 0.0, 1)
    assert facts.counted == 1


def test_a_run_is_told_whoever_started_it() -> None:
    facts = Facts()
    mine = Listening()

    def run() -> None:
        with facts.bulletin.run(mine) as heard:
            heard.report(Progress("extract", 3, 9))
            time.sleep(0.1)
            heard.report(Progress("wait", 0, subject="battery"))
            time.sleep(0.1)

    states = followed(facts, run)
    assert mine.events == [Progress("extract", 3, 9), Progress("wait", 0, subject="battery")]
    assert any(state.indexing and state.progress == Progress("extract", 3, 9) for state in states)
    assert not any(state.progress and state.progress.stage == "wait" for state in states)
    last = states[-1]
    assert (last.indexing, last.progress) == (False, None)
    assert time.time() - last.fresh_at < 5
    assert last.counts.files > states[0].counts.files


def test_a_run_that_failed_freshens_nothing() -> None:
    facts = Facts()
    with pytest.raises(ValueError), facts.bulletin.run(Silent()):
        raise ValueError
    state = facts.bulletin.state()
    assert (state.indexing, state.fresh_at) == (False, 0.0)


def test_models_and_pauses_are_noticed() -> None:
    facts = Facts()

    def change() -> None:
        facts.loaded = ("m on CPU",)
        time.sleep(0.15)
        facts.paused = (True, "paused")
        facts.bulletin.changed()

    states = followed(facts, change)
    assert [(state.loaded, state.paused) for state in states if state.loaded or state.paused][-1] == (
        ("m on CPU",),
        True,
    )


def test_a_busy_engine_is_told_a_few_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulletin, "_LEAST_SECONDS", 0.1)
    facts = Facts()

    def run() -> None:
        with facts.bulletin.run(Silent()) as heard:
            for number in range(400):
                heard.report(Progress("extract", number))
                time.sleep(0.001)

    assert len(followed(facts, run)) <= 10
    assert facts.counted <= 4, "counting costs time on a large library"


def test_a_quiet_engine_is_looked_at_seldom_until_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulletin, "_QUIET_SECONDS", 0.1)
    monkeypatch.setattr(bulletin, "_QUIET_LOOK_SECONDS", 2.0)
    facts = Facts()
    looks: list[float] = []

    def pause() -> tuple[bool, str]:
        looks.append(time.monotonic())
        return facts.paused

    facts.bulletin = Bulletin(facts._counts, lambda: facts.loaded, lambda: "", pause)

    def change() -> None:
        time.sleep(0.4)
        facts.loaded = ("m on CPU",)
        before = len(looks)
        time.sleep(0.3)
        assert len(looks) - before <= 1
        facts.bulletin.stir()

    assert [state.loaded for state in followed(facts, change)] == [(), ("m on CPU",)]
