"""The first steps: folders are taken, the device is measured, all of it can be skipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from copilot.calls import AddFolders, GetModels, MeasureDevice
from copilot.reports import Measured, ModelsReport, PackRow, RoleRow
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.dialogs.first_run import FirstRun

ROLE = RoleRow("generator", "small", "Small", "NPU", "Intel AI Boost", (), False)


@pytest.fixture
def steps(qtbot: QtBot, desk: Desk) -> Iterator[FirstRun]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    steps = FirstRun(desk, window)
    window.show()
    steps.show()
    yield steps
    steps.hide()  # the window it is in lives until here


def words(steps: FirstRun) -> str:
    return "\n".join(label.text() for label in steps.findChildren(QLabel) if label.isVisible())


def test_chosen_folders_are_taken(steps: FirstRun, link: FakeLink, tmp_path: Path) -> None:
    steps._folders.offer(str(tmp_path / "a"), chosen=True)
    steps._folders.offer(str(tmp_path / "b"), chosen=False)
    steps._next.click()
    (call,) = link.calls(AddFolders)
    assert str(tmp_path / "a") in call.paths
    assert str(tmp_path / "b") not in call.paths


def test_the_device_is_named_and_measured(qtbot: QtBot, steps: FirstRun, link: FakeLink) -> None:
    link.answers = {
        GetModels: ModelsReport((), (ROLE,), ()),
        MeasureDevice: Measured("NPU", 1.0, 0.42, 31.25, None),
    }
    steps._next.click()
    qtbot.waitUntil(lambda: "31" in words(steps))
    assert "AI processor (NPU) answers here: Intel AI Boost" in words(steps)
    assert "0.42 s" in words(steps)
    steps._back.click()
    steps._next.click()
    link.settle()
    assert len(link.calls(MeasureDevice)) == 1


def test_a_missing_model_is_said(qtbot: QtBot, steps: FirstRun, link: FakeLink) -> None:
    pack = PackRow("small", "Small", "generator", "1", "Apache-2.0", 10**9, "INT4", ("CPU",), "fetchable", True)
    link.answers = {GetModels: ModelsReport((), (), (pack,))}
    steps._next.click()
    qtbot.waitUntil(lambda: "not on this computer yet" in words(steps))


def test_the_last_step_ends_it(qtbot: QtBot, steps: FirstRun, link: FakeLink) -> None:
    steps._next.click()
    steps._next.click()
    assert "Nothing leaves without you" in words(steps)
    with qtbot.waitSignal(steps.ended):
        steps._next.click()


def test_all_of_it_can_be_skipped(qtbot: QtBot, steps: FirstRun, link: FakeLink) -> None:
    with qtbot.waitSignal(steps.ended):
        steps._skip.click()
    assert link.calls(AddFolders) == []
