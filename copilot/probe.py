"""What one look at a kind of device found, and how the look is taken. Which kinds there are is the room devices/."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from copilot import runtime


@dataclass(frozen=True, slots=True)
class Probe:
    """One kind of device. `device` as OpenVINO names it (the first of several), `name` as its maker does.

    `reason` says why it can't be used, as the end of a sentence; empty when it can. `memory_bytes` is 0 where unknown.
    """

    device: str
    name: str
    available: bool
    reason: str = ""
    memory_bytes: int = 0


@functools.cache
def core() -> Any:
    """OpenVINO's Core; made once, because finding devices takes a moment. Cleared by nobody: devices don't come and
    go.
    """
    return runtime.openvino().Core()


def look_for(kind: str, why_missing: str) -> Probe:
    """Is a device of this kind among those that OpenVINO really has (not those that its files could support)?"""
    try:
        found = [device for device in core().available_devices if device.split(".")[0] == kind]
        if not found:
            return Probe(kind, "", False, why_missing)
        return Probe(found[0], str(core().get_property(found[0], "FULL_DEVICE_NAME")), True)
    except Exception as error:  # a driver may raise anything while it is asked for its name
        return Probe(kind, "", False, f"its driver failed ({type(error).__name__})")
