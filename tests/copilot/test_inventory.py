"""Devices, packs and jobs, as the models page shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.calls import GetModels
from copilot.models.pack import MANIFEST
from tests.copilot.rehearsed import SILENT, keep_setting, make_pack, rehearsed


def test_what_is_here_what_is_damaged_and_what_could_be_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_pack(tmp_path, "good")
    (make_pack(tmp_path, "short") / "openvino_model.bin").write_bytes(b"")
    (make_pack(tmp_path, "broken") / MANIFEST).write_text("format = 99", "utf-8")
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        models = copilot.perform(GetModels(), SILENT)
    packs = {pack.id: pack for pack in models.packs}
    assert {name: packs[name].state for name in ("good", "short", "broken", "e5-small")} == {
        "good": "here",
        "short": "damaged",
        "broken": "damaged",
        "e5-small": "fetchable",
    }
    assert "0 bytes" in packs["short"].reason
    assert (packs["good"].size, packs["good"].quantization, packs["good"].licence) == (7, "int4", "MIT")
    assert packs["e5-small"].default
    assert packs["e5-small"].size > 1_000_000


def test_each_job_says_where_it_runs_and_why_not_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_pack(tmp_path, "good")
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        roles = {role.role: role for role in copilot.perform(GetModels(), SILENT).roles}
        generator = roles["generator"]
        assert (generator.pack_id, generator.pack_name, generator.device, generator.loaded) == (
            "good",
            "Good",
            "CPU",
            False,
        )
        assert [refusal.device for refusal in generator.refusals] == ["GPU", "NPU"]
        assert all(refusal.reason for refusal in generator.refusals)
        assert roles["embedder"].pack_id == ""
        assert roles["embedder"].reason
        copilot._lineup.generator()
        assert {role.role: role for role in copilot.perform(GetModels(), SILENT).roles}["generator"].loaded


def test_a_device_that_was_forced_and_can_not_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_pack(tmp_path, "good")
    keep_setting(tmp_path, answer_device="NPU")
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        generator = copilot.perform(GetModels(), SILENT).roles[2]
        assert (generator.role, generator.device) == ("generator", "")
        assert [refusal.device for refusal in generator.refusals] == ["NPU"]


def test_every_kind_of_device_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        assert isinstance(copilot, Copilot)
        devices = copilot.perform(GetModels(), SILENT).devices
    assert [device.device.split(".")[0] for device in devices] == ["CPU", "GPU", "NPU"]
    assert all(device.available or device.reason for device in devices)
