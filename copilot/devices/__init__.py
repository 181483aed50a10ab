"""ROOM: one file = one kind of device that OpenVINO can run on. What runs where is decided in placement.py.

A device offers DEVICE (as OpenVINO names it), `probe() -> Probe` and `config(pack) -> pairs of OpenVINO properties`.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol, cast

from copilot.models.pack import Pack
from copilot.probe import Probe


class Device(Protocol):
    """What every module of the room offers."""

    DEVICE: str

    def probe(self) -> Probe:
        """Is it here, and if not, why. Loads no model; never raises."""

    def config(self, pack: Pack) -> tuple[tuple[str, str], ...]:
        """The OpenVINO properties that this pack wants on this device."""


def devices() -> tuple[Device, ...]:
    """Every device kind of the room, by name."""
    found = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(cast(Device, importlib.import_module(f"{__name__}.{name}")) for name in found)


def probes() -> tuple[Probe, ...]:
    """Every device kind with what was found out about it."""
    return tuple(device.probe() for device in devices())
