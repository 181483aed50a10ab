"""Which device gets a model: the preferred one that works, and the reasons of those that don't."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from copilot.errors import DeviceUnavailable, ModelTooLarge
from copilot.models.pack import Pack
from copilot.placement import check_memory, place
from copilot.probe import Probe

EVERYWHERE = ("CPU", "GPU", "NPU")


@dataclass
class Rehearsed:
    """A device as it would answer."""

    DEVICE: str
    there: bool = True

    def probe(self) -> Probe:
        if not self.there:
            return Probe(self.DEVICE, "", False, "it was taken out")
        return Probe(f"{self.DEVICE}.0", f"A {self.DEVICE}", True)

    def config(self, pack: Pack) -> tuple[tuple[str, str], ...]:
        return (("FOR", f"{self.DEVICE} {pack.role}"),)


def pack(devices: tuple[str, ...] = EVERYWHERE, memory: int = 1000) -> Pack:
    return Pack("p", "generator", "P", "1", "MIT", "openvino", Path("/nowhere"), devices, "f16", 512, memory)


def room(*there: str) -> tuple[Rehearsed, ...]:
    return tuple(Rehearsed(kind, kind in there) for kind in EVERYWHERE)


@pytest.mark.parametrize(
    ("role", "there", "device"),
    [
        ("generator", EVERYWHERE, "GPU.0"),
        ("generator", ("CPU", "NPU"), "NPU.0"),
        ("generator", ("CPU",), "CPU.0"),
        ("embedder", EVERYWHERE, "GPU.0"),
        ("embedder", ("CPU", "NPU"), "CPU.0"),
        ("reranker", ("NPU",), "NPU.0"),
    ],
)
def test_the_preferred_device_that_is_there(role: str, there: tuple[str, ...], device: str) -> None:
    assert place(role, pack(), room=room(*there)).device == device


def test_every_refusal_is_kept() -> None:
    placement = place("generator", pack(devices=("CPU", "GPU")), room=room("CPU", "NPU"))
    assert placement.device == "CPU.0"
    assert placement.name == "A CPU"
    assert placement.config == (("FOR", "CPU generator"),)
    assert placement.refusals == (("GPU", "it was taken out"), ("NPU", "the pack p is not made for it"))


def test_a_forced_device_is_taken_or_refused_never_replaced() -> None:
    assert place("generator", pack(), "NPU", room(*EVERYWHERE)).device == "NPU.0"
    with pytest.raises(DeviceUnavailable, match="NPU: it was taken out") as caught:
        place("generator", pack(), "NPU", room("CPU", "GPU"))
    assert caught.value.refusals == (("NPU", "it was taken out"),)
    with pytest.raises(DeviceUnavailable, match="does not know"):
        place("generator", pack(), "TPU", room(*EVERYWHERE))


def test_no_device_at_all_tells_every_reason() -> None:
    with pytest.raises(DeviceUnavailable) as caught:
        place("generator", pack(), room=room())
    assert [device for device, _ in caught.value.refusals] == ["GPU", "NPU", "CPU"]


def test_a_model_that_does_not_fit_is_refused_before_it_is_loaded() -> None:
    with pytest.raises(ModelTooLarge) as caught:
        place("generator", pack(memory=10**15), "CPU", room("CPU"))
    assert caught.value.needed == 10**15
    assert 0 < caught.value.free < 10**15
    check_memory(pack(memory=1))
