"""The first steps: folders are taken, the device is measured, all of it can be skipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from copilot.calls import AddFolders, GetFolders, GetModels, MeasureDevice, ReloadSettings
from copilot.host.launcher import Launcher
from copilot.reports import FolderReport, FolderReports, Measured, ModelsReport, PackRow, RoleRow
from tests.ui.fakelink import FakeLink
from tests.ui.pages.test_models import StandInLauncher
from ui.desk import Desk
from ui.dialogs.first_run import DeviceStep, FirstRun

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


def test_folders_that_are_taken_already_are_named_with_their_state(
    qtbot: QtBot, desk: Desk, link: FakeLink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Documents" / "Desktop").mkdir(parents=True)
    (tmp_path / "Downloads").mkdir()
    places = {"Documents": "Documents", "Desktop": "Documents/Desktop", "Download": "Downloads"}
    monkeypatch.setattr(
        "ui.dialogs.first_run.QStandardPaths.writableLocation",
        lambda place: str(tmp_path / places[place.name.removesuffix("Location")]),
    )
    known = FolderReport(str(tmp_path / "Documents"), "local", False, (), 24, 24, 0, 0, 90, 10**6, False)
    new = replace(known, path="/d/合同", files=9, indexed=2, pending=7)
    gone = replace(known, path="/media/stick", missing=True)
    link.answers = {GetFolders: FolderReports((known, new, gone))}
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    steps = FirstRun(desk, window)
    window.show()
    steps.show()
    link.settle()
    said = words(steps)
    assert "24 file(s), up to date" in said
    assert "being read, 2 file(s) so far" in said
    assert "not there now" in said
    assert [box.text() for box in steps.findChildren(QCheckBox) if box.isVisible()] == [str(tmp_path / "Downloads")]
    assert steps._folders.chosen() == ()
    steps.hide()


def test_every_missing_pack_is_fetched(qtbot: QtBot, desk: Desk, link: FakeLink) -> None:
    packs = tuple(
        PackRow(name, name, "generator", "1", "Apache-2.0", 10**9, "INT4", ("CPU",), "fetchable", True)
        for name in ("writer", "reader")
    )
    link.answers = {GetModels: ModelsReport((), (), packs), GetFolders: FolderReports(()), ReloadSettings: None}
    outside = StandInLauncher()
    step = DeviceStep(replace(desk, outside=cast(Launcher, outside)))
    qtbot.addWidget(step)
    step.begin()
    link.settle()
    assert "2.0 GB" in step._get.text()
    step._get.click()
    outside.runs[0][2](0)
    qtbot.waitUntil(lambda: len(outside.runs) == 2)
    outside.runs[1][2](0)
    qtbot.waitUntil(lambda: len(link.calls(ReloadSettings)) == 1)
    assert [words[2] for words, _, _ in outside.runs] == ["writer", "reader"]


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
