"""The models page: where each job runs and why, speeds with reasons, packs that come and go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from copilot.calls import GetModels, MeasureDevice, ReloadSettings
from copilot.errors import DiskShort, PackMissing
from copilot.failures import Failure, failure_of
from copilot.host.launcher import Launcher
from copilot.reports import DeviceRow, Measured, ModelsReport, PackRow, Refusal, RoleRow
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.pages.models import ModelsPage

NO_DRIVER = "its driver is not installed"
REPORT = ModelsReport(
    (
        DeviceRow("CPU", "Intel Core", True, ""),
        DeviceRow("GPU", "Arc", True, ""),
        DeviceRow("NPU", "", False, NO_DRIVER),
    ),
    (
        RoleRow("embedder", "e5", "E5 small", "CPU", "Intel Core", (), False),
        RoleRow("generator", "qwen", "Qwen", "GPU", "Arc", (Refusal("NPU", NO_DRIVER),), True),
    ),
    (
        PackRow("qwen", "Qwen", "generator", "1", "Apache-2.0", 986_000_000, "int4-sym", ("CPU", "GPU"), "here", True),
        PackRow("smol", "SmolLM2", "generator", "1", "Apache-2.0", 92_000_000, "", ("CPU",), "fetchable"),
    ),
)


class StandInLauncher:
    """Takes orders and lets the test say how they go."""

    def __init__(self) -> None:
        self.runs: list[tuple[tuple[str, ...], Callable[[str], None], Callable[[int], None]]] = []
        self.stopped: list[int] = []

    def run(self, words: tuple[str, ...], line: Callable[[str], None], end: Callable[[int], None]) -> int:
        self.runs.append((words, line, end))
        return len(self.runs)

    def stop(self, number: int) -> None:
        self.stopped.append(number)


@pytest.fixture
def outside() -> StandInLauncher:
    return StandInLauncher()


@pytest.fixture
def page(desk: Desk, link: FakeLink, outside: StandInLauncher, qtbot: QtBot) -> ModelsPage:
    link.answers |= {GetModels: REPORT, ReloadSettings: None}
    made = ModelsPage(replace(desk, outside=cast(Launcher, outside)))
    qtbot.addWidget(made)
    made.resize(1000, 900)
    made.show()
    made.shown()
    link.settle()
    return made


def button(page: ModelsPage, name: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.accessibleName() == name)


def test_each_job_says_where_it_runs_and_why_not_elsewhere(page: ModelsPage) -> None:
    words = [label.text() for label in page.findChildren(QLabel)]
    where = next(text for text in words if "Arc" in text)
    assert "in memory now" in where
    assert f"Not on NPU: {NO_DRIVER}." in where
    assert words.index("Writes answers") < words.index("Compares meanings")


def test_every_device_is_measured_and_a_failure_has_its_own_reason(page: ModelsPage, link: FakeLink) -> None:
    def measured(call: MeasureDevice) -> Any:
        if call.device == "GPU":
            return PackMissing("qwen")
        return Measured(call.device, 1.4, 0.62, 18.4, None, "", "qwen")

    link.answers[MeasureDevice] = measured
    page._measure.click()
    link.settle()
    assert [call.device for call in link.calls(MeasureDevice)] == ["CPU", "GPU"]
    said = page._bars.accessibleDescription()
    assert "18.4 tokens/s" in said
    assert "qwen" in said.split("Graphics (GPU): ")[1]
    assert "Its driver is not installed" in said
    assert page._measure.text() == "Measure speed here"
    assert page._bars._part("CPU") == 1.0
    assert page._bars._part("GPU") == 0.0


def test_a_fetch_runs_outside_and_shows_how_far_it_is(page: ModelsPage, outside: StandInLauncher, qtbot: QtBot) -> None:
    button(page, "Fetch SmolLM2").click()
    words, line, end = outside.runs[0]
    assert words == ("models", "fetch", "smol", "--json", "--progress")
    line('{"progress":{"stage":"fetch","done":46000000,"total":92000000}}')
    line("not a line of ours")
    qtbot.waitUntil(lambda: "46.0 MB of 92.0 MB" in page._progress.sentence)
    assert not button(page, "Fetch SmolLM2").isEnabled()
    page._stop.click()
    assert outside.stopped == [1]
    end(143)
    qtbot.waitUntil(lambda: not page._fetch.pack)
    assert page._trouble.sentence == "", "stopping is no error"


def test_a_fetch_that_fails_says_why(page: ModelsPage, outside: StandInLauncher, link: FakeLink, qtbot: QtBot) -> None:
    button(page, "Fetch SmolLM2").click()
    _, line, end = outside.runs[0]
    failure = Failure("unheard_of", 1, "The registry is not there.", "Look at the cable.")
    line(msgspec.json.encode({"error": failure}).decode())
    end(5)
    qtbot.waitUntil(lambda: page._trouble.sentence == "The registry is not there.")
    qtbot.waitUntil(lambda: len(link.calls(GetModels)) == 2)
    link.settle()
    assert page._trouble.sentence, "the shelf was looked at anew, and the reason still stands"


def test_a_pack_that_does_not_come_is_called_by_its_name(
    page: ModelsPage, outside: StandInLauncher, qtbot: QtBot
) -> None:
    button(page, "Fetch SmolLM2").click()
    _, line, end = outside.runs[0]
    line(msgspec.json.encode({"error": failure_of(DiskShort("smol", 2_500_000_000, 100_000_000))}).decode())
    end(6)
    qtbot.waitUntil(lambda: page._trouble.sentence != "")
    assert page._trouble.sentence == "The model pack SmolLM2 needs 2.5 GB on the disk, and 100.0 MB are free."


def test_where_policy_allows_no_source_nothing_can_be_fetched(desk: Desk, link: FakeLink, qtbot: QtBot) -> None:
    link.answers |= {GetModels: REPORT}
    page = ModelsPage(desk)
    qtbot.addWidget(page)
    page.shown()
    link.settle()
    assert not any(one.accessibleName().startswith("Fetch") for one in page.findChildren(QPushButton))


def test_removing_asks_and_keeps_by_default(page: ModelsPage, qtbot: QtBot) -> None:
    button(page, "Remove Qwen").click()
    box = page.findChild(QMessageBox)
    assert box is not None
    assert box.defaultButton().text() == "Keep"
    qtbot.keyClick(box, Qt.Key.Key_Escape)


def test_a_pack_that_is_not_there_cannot_be_checked(page: ModelsPage, qtbot: QtBot) -> None:
    button(page, "Check Qwen").click()
    qtbot.waitUntil(lambda: bool(page._trouble.sentence))


def test_measuring_can_be_stopped(page: ModelsPage, link: FakeLink) -> None:
    page._measure.click()
    assert page._measure.text() == "Stop measuring"
    ticket = link.last(MeasureDevice).ticket
    page._measure.click()
    assert ticket.dropped
    assert page._measure.text() == "Measure speed here"
    assert len(link.calls(MeasureDevice)) == 1
