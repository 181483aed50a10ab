"""Intel graphics, in the processor or on a card."""

from __future__ import annotations

from dataclasses import replace

from copilot.models.pack import Pack
from copilot.probe import Probe, core, look_for

DEVICE = "GPU"


def probe() -> Probe:
    found = look_for(DEVICE, "no Intel graphics with a compute driver was found")
    if not found.available:
        return found
    try:
        return replace(found, memory_bytes=int(core().get_property(found.device, "GPU_DEVICE_TOTAL_MEM_SIZE")))
    except Exception:  # an older driver does not know the property; the size stays unknown
        return found


def config(pack: Pack) -> tuple[tuple[str, str], ...]:
    """Nothing here: the plug-in's own defaults serve every role."""
    return ()
