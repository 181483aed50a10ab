"""Which device runs which model, and why not the others.

Decision: chosen here in code, not by OpenVINO's AUTO. `AUTO:NPU,GPU,CPU` raises where a device is missing, and where it
falls back it does so without a word; a person who sees "CPU" beside an answer shall be able to read why not "NPU".
"""

from __future__ import annotations

from dataclasses import dataclass

import psutil

from copilot.devices import Device, devices
from copilot.errors import DeviceUnavailable, ModelTooLarge
from copilot.models.pack import Pack

PREFERENCE: dict[str, tuple[str, ...]] = {
    # Graphics write fastest; the NPU frees the processor; short queries are answered at once by the processor.
    "generator": ("GPU", "NPU", "CPU"),
    "embedder": ("GPU", "CPU", "NPU"),
    "reranker": ("GPU", "CPU", "NPU"),
    "recognizer": ("GPU", "CPU", "NPU"),
}
OTHERS = ("CPU", "GPU", "NPU")


@dataclass(frozen=True, slots=True)
class Placement:
    """`device` as OpenVINO names it, `name` as its maker does; `refusals` are (device, reason) of those preferred to
    it.
    """

    device: str
    name: str
    config: tuple[tuple[str, str], ...]
    refusals: tuple[tuple[str, str], ...]


def place(role: str, pack: Pack, forced: str | None = None, room: tuple[Device, ...] | None = None) -> Placement:
    """The best device that can run the pack, or the forced one. Raises DeviceUnavailable and ModelTooLarge.

    `room` is for tests: the devices to choose among, instead of this computer's.
    """
    by_kind = {device.DEVICE: device for device in (devices() if room is None else room)}
    wanted = (forced,) if forced else PREFERENCE.get(role, OTHERS)
    refusals: list[tuple[str, str]] = []
    for kind in wanted:
        device = by_kind.get(kind)
        if device is None:
            refusals.append((kind, "Nearside does not know this kind of device"))
            continue
        if kind not in pack.devices:
            refusals.append((kind, f"the pack {pack.id} is not made for it"))
            continue
        probe = device.probe()
        if not probe.available:
            refusals.append((kind, probe.reason))
            continue
        if kind == "CPU":
            check_memory(pack)
        return Placement(probe.device, probe.name, device.config(pack), tuple(refusals))
    raise DeviceUnavailable(role, tuple(refusals))


def check_memory(pack: Pack) -> None:
    """Raises ModelTooLarge when the pack needs more memory than is free now."""
    free = psutil.virtual_memory().available
    if pack.memory_bytes > free:
        raise ModelTooLarge(pack.name, pack.memory_bytes, free)
