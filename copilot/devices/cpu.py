"""The processor: always there, runs every pack."""

from __future__ import annotations

from dataclasses import replace

import psutil

from copilot.models.pack import Pack
from copilot.probe import Probe, look_for

DEVICE = "CPU"


def probe() -> Probe:
    return replace(
        look_for(DEVICE, "OpenVINO's processor plug-in is missing"), memory_bytes=psutil.virtual_memory().total
    )


def config(pack: Pack) -> tuple[tuple[str, str], ...]:
    """Nothing here: the engines know what the processor wants for their role."""
    return ()
