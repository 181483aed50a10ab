"""ROOM: one file = one kind of private data. Each finds its kind in a text; none changes, stores or sends anything.

A kind offers KIND, NAMING, RANK, OPTIONAL and `find(text) -> tuple[Finding, ...]` (copilot/privacy/finding.py has the
shapes). Rules and checksums alone: names that no rule can know come from the person's mail and own list (people.py).
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import cast

from copilot.privacy.finding import KindOfData


@functools.cache
def kinds() -> tuple[KindOfData, ...]:
    """Every kind of the room, those with the best proof first."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple(sorted((cast(KindOfData, module) for module in modules), key=lambda kind: (kind.RANK, kind.KIND)))
