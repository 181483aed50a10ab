"""ROOM: one file = one cloud wire format. Each builds a request's bytes and reads a reply's; none opens a connection.

A format offers KIND, `build(url, model, messages, max_tokens) -> Outgoing` and `reading(provider) -> Reading`
(copilot/wire.py has the shapes).
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import cast

from copilot.wire import WireFormat


def wire_formats() -> dict[str, WireFormat]:
    """Every format of the room by its KIND."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return {module.KIND: cast(WireFormat, module) for module in modules}
