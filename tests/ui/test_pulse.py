"""The engine's pulse: states come through, a death is said once, and the next attempt follows."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from copilot.calls import Follow
from copilot.errors import EngineUnreachable
from copilot.failures import Failure
from copilot.reports import EngineState
from indexer.reporter import Progress
from indexer.store.records import Counts
from tests.ui.fakelink import FakeLink
from ui import pulse as pulse_module
from ui.pulse import Pulse
from ui.widgets.navigation import files_words, where_words


def state(**changes: object) -> EngineState:
    values: dict[str, object] = {
        "indexing": False,
        "paused": False,
        "pause_reason": "",
        "progress": None,
        "counts": Counts(files=12408, indexed=12408, pending=0, failed=0, chunks=1, vectors=1, folders=1),
        "loaded": (),
        "answer_device": "",
        "fresh_at": 1.0,
    }
    return EngineState(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def pulse(qtbot: QtBot, link: FakeLink, monkeypatch: pytest.MonkeyPatch) -> Pulse:
    monkeypatch.setattr(pulse_module, "WAITS_MS", (5, 10))
    pulse = Pulse(link)
    pulse.start()
    return pulse


def test_states_come_through(pulse: Pulse, link: FakeLink) -> None:
    seen: list[EngineState] = []
    pulse.changed.connect(seen.append)
    link.last(Follow).tell(state())
    assert seen == [state()]
    assert pulse.latest == state()


def test_a_death_is_said_once_and_the_return_too(qtbot: QtBot, pulse: Pulse, link: FakeLink) -> None:
    lost: list[Failure] = []
    back: list[bool] = []
    pulse.lost.connect(lost.append)
    pulse.back.connect(lambda: back.append(True))
    for attempt in range(1, 4):
        link.last(Follow).give(EngineUnreachable("it stopped"))
        qtbot.waitUntil(lambda attempt=attempt: len(link.calls(Follow)) == attempt + 1)
    assert [failure.code for failure in lost] == ["engine_unreachable"]
    link.last(Follow).tell(state())
    assert back == [True]
    assert pulse.failure is None


def test_the_foot_says_what_is_true(qtbot: QtBot) -> None:
    assert where_words(state()) == "Ready, on this computer"
    assert where_words(state(answer_device="NPU")) == "AI processor (NPU), on this computer"
    assert files_words(state()).endswith("up to date")
    assert "12,408" in files_words(state()) or "12408" in files_words(state())
    reading = state(indexing=True, progress=Progress("extract", 204, 3940))
    assert files_words(reading) == "Reading 204 of 3,940"
    assert files_words(state(indexing=True)) == "Looking for changes"
    assert files_words(state(pause_reason="battery", indexing=True)) == "Waiting: the battery is low"
    assert files_words(state(counts=Counts(0, 0, 0, 0, 0, 0, 0))) == "No files yet"


def test_an_engine_that_ends_again_and_again_is_started_less_often(
    qtbot: QtBot, pulse: Pulse, link: FakeLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse_module, "WAITS_MS", (5, 10, 20_000))
    waits: list[tuple[int, bool]] = []
    pulse.lost.connect(lambda _: waits.append((pulse.ends, pulse.wait_seconds > 1)))
    for calls in range(1, 4):
        qtbot.waitUntil(lambda calls=calls: len(link.calls(Follow)) == calls)
        link.last(Follow).tell(state())
        link.last(Follow).give(EngineUnreachable("it stopped"))
    assert waits == [(1, False), (2, False), (3, True)], "it came up each time, and was said to be gone each time"
    before = len(link.calls(Follow))
    pulse.try_now()
    assert len(link.calls(Follow)) == before + 1
    pulse.try_now()
    assert len(link.calls(Follow)) == before + 1, "one attempt at a time"


def test_one_that_lived_for_a_while_begins_anew(
    qtbot: QtBot, pulse: Pulse, link: FakeLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse_module, "STEADY_SECONDS", 0.0)
    for calls in range(1, 4):
        qtbot.waitUntil(lambda calls=calls: len(link.calls(Follow)) == calls)
        link.last(Follow).tell(state())
        link.last(Follow).give(EngineUnreachable("it stopped"))
        assert pulse.ends == 1
