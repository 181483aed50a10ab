"""When background work goes on: the rule, and that work really waits, slows down, goes on and can be stopped."""

from __future__ import annotations

import threading
import time

import pytest

from copilot import pacing
from copilot.pacing import (
    BATTERY,
    BUSY,
    FULL_SCREEN,
    PAUSED,
    POWER_SAVER,
    SLOW,
    Conditions,
    Machine,
    Pacer,
    Verdict,
    verdict,
)
from copilot.settings.schema import Settings
from indexer.reporter import Cancelled, Progress, Silent
from tests.copilot.rehearsed import Listening

FINE = Conditions()
LOW = Conditions(battery=30.0)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (FINE, Verdict()),
        (Conditions(battery=50.0), Verdict()),
        (Conditions(battery=49.0), Verdict(0.0, BATTERY)),
        (Conditions(power_saver=True), Verdict(0.0, POWER_SAVER)),
        (Conditions(others=80.0), Verdict()),
        (Conditions(others=81.0), Verdict(SLOW, BUSY)),
        (Conditions(battery=10.0, others=99.0), Verdict(0.0, BATTERY)),
        (Conditions(full_screen=True), Verdict(0.0, FULL_SCREEN)),
        (Conditions(full_screen=True, others=99.0), Verdict(0.0, FULL_SCREEN)),
    ],
)
def test_the_rule(conditions: Conditions, expected: Verdict) -> None:
    assert verdict(conditions, Settings(), paused=False) == expected
    assert verdict(conditions, Settings(), paused=True) == Verdict(0.0, PAUSED)
    assert verdict(conditions, Settings(), paused=False, waited_for=True) == Verdict()
    assert verdict(conditions, Settings(), paused=True, waited_for=True) == Verdict(0.0, PAUSED)


def test_the_rule_is_adjustable() -> None:
    settings = Settings(pace_battery_percent=0, pace_cpu_percent=100, pace_power_saver=False, pace_full_screen=False)
    assert verdict(Conditions(5.0, True, 99.0, True), settings, paused=False) == Verdict()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "_LOOK_SECONDS", 0.0)
    monkeypatch.setattr(pacing, "_WAIT_SECONDS", 0.01)


class Weather:
    """Conditions that a test changes, and a Pacer under them."""

    def __init__(self) -> None:
        self.now = FINE
        self.changes = 0
        self.pacer = Pacer(Settings, self._changed, lambda: self.now)

    def _changed(self) -> None:
        self.changes += 1


@pytest.fixture
def weather() -> Weather:
    return Weather()


def resting(pacer: Pacer, reporter: object, worked: float = 0.0) -> threading.Thread:
    def rest() -> None:
        pacer.rest(worked, reporter, waited_for=False)  # type: ignore[arg-type]

    thread = threading.Thread(target=rest, daemon=True)
    thread.start()
    return thread


def test_work_waits_on_a_low_battery_and_goes_on_when_it_is_plugged_in(weather: Weather) -> None:
    weather.now = LOW
    listening = Listening()
    thread = resting(weather.pacer, listening)
    thread.join(0.1)
    assert thread.is_alive()
    assert weather.pacer.reason == BATTERY
    assert listening.events == [Progress("wait", 0, subject=BATTERY)]
    weather.now = FINE
    thread.join(5)
    assert not thread.is_alive()
    assert weather.pacer.reason == ""
    assert weather.changes == 2


def test_a_pause_holds_and_ends_at_once(weather: Weather) -> None:
    weather.pacer.pause(True)
    thread = resting(weather.pacer, Silent())
    thread.join(0.05)
    assert thread.is_alive()
    assert weather.pacer.reason == PAUSED
    weather.pacer.pause(False)
    thread.join(5)
    assert not thread.is_alive()


def test_beside_others_work_three_quarters_of_the_time_are_rest(weather: Weather) -> None:
    weather.now = Conditions(others=95.0)
    begin = time.monotonic()
    weather.pacer.rest(0.1, Silent(), waited_for=False)
    assert 0.3 <= time.monotonic() - begin < 2
    assert weather.pacer.reason == BUSY
    begin = time.monotonic()
    weather.pacer.rest(0.1, Silent(), waited_for=True)
    assert time.monotonic() - begin < 0.2


def test_work_waits_behind_a_full_screen_until_its_teller_goes(
    weather: Weather, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "_FULL_SCREEN_LOOK_SECONDS", 0.01)
    gone = threading.Event()

    class Teller:
        def report(self, event: object) -> None:
            raise AssertionError(event)

        def check(self) -> None:
            if gone.is_set():
                raise Cancelled

    def tell() -> None:
        with pytest.raises(Cancelled):
            weather.pacer.behind_full_screen(Teller())

    telling = threading.Thread(target=tell)
    telling.start()
    thread = resting(weather.pacer, Silent())
    thread.join(0.1)
    assert thread.is_alive()
    assert weather.pacer.reason == FULL_SCREEN
    gone.set()
    thread.join(5)
    telling.join(5)
    assert not thread.is_alive()
    assert weather.pacer.reason == ""


def test_who_waits_can_be_stopped(weather: Weather) -> None:
    weather.pacer.pause(True)
    with pytest.raises(Cancelled):
        weather.pacer.rest(0.0, Listening(stop=lambda _: True), waited_for=False)


def test_this_computer_says_something_of_itself() -> None:
    machine = Machine()
    assert machine.look().others == 0.0
    deadline = time.process_time() + 0.3
    while time.process_time() < deadline:
        pass
    now = machine.look()
    assert 0.0 <= now.others <= 100.0
    assert now.battery is None or 0.0 <= now.battery <= 100.0


def test_our_own_work_is_not_others_work(monkeypatch: pytest.MonkeyPatch) -> None:
    class Times(tuple[float, ...]):
        idle = 0.0

    times = iter((Times((100.0,)), Times((110.0,)), Times((120.0,))))
    ours = iter((50.0, 58.0, 58.0))
    monkeypatch.setattr(pacing.psutil, "cpu_times", lambda: next(times))
    monkeypatch.setattr(pacing, "_own_seconds", lambda: next(ours))
    machine = Machine()
    assert [round(machine.look().others) for _ in range(3)] == [0, 20, 100]
