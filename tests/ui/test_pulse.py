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
