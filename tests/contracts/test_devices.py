"""What every device kind promises: a plain name, an answer to every question, a reason when it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.devices import Device, devices, probes
from copilot.models.pack import ROLES, Pack

ROOM = devices()


def pack(role: str) -> Pack:
    return Pack("p", role, "P", "1", "MIT", "openvino", Path("/nowhere"), ("CPU", "GPU", "NPU"), "f16", 512, 1000)


def test_the_room_holds_the_three_kinds() -> None:
    assert {device.DEVICE for device in ROOM} == {"CPU", "GPU", "NPU"}


@pytest.mark.parametrize("device", ROOM, ids=lambda device: device.DEVICE)
class TestDevice:
    def test_it_is_there_or_says_why_not(self, device: Device) -> None:
        probe = device.probe()
        assert probe.device.split(".")[0] == device.DEVICE
        if probe.available:
            assert probe.name
            assert not probe.reason
        else:
            assert probe.reason
            assert probe.reason[0].islower()
            assert not probe.reason.endswith(".")

    def test_looking_twice_finds_the_same(self, device: Device) -> None:
        assert device.probe() == device.probe()

    @pytest.mark.parametrize("role", ROLES)
    def test_every_role_gets_pairs_of_text(self, device: Device, role: str) -> None:
        for name, value in device.config(pack(role)):
            assert name.isupper()
            assert isinstance(value, str)


def test_the_processor_is_always_there() -> None:
    processor = next(probe for probe in probes() if probe.device == "CPU")
    assert processor.available
    assert processor.memory_bytes > 0
