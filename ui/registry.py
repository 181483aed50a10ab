"""The pages that exist: every module of the room `ui/pages`, in the order in which each says it stands."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from types import ModuleType

from PySide6.QtWidgets import QWidget

from ui import pages
from ui.desk import Desk


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One module of the room."""

    module: ModuleType

    @property
    def page_id(self) -> str:
        return str(self.module.PAGE_ID)

    @property
    def title(self) -> str:
        return str(self.module.title())

    def build(self, desk: Desk) -> QWidget:
        page: QWidget = self.module.build(desk)
        return page


def entries() -> tuple[PageEntry, ...]:
    modules = [
        importlib.import_module(f"{pages.__name__}.{found.name}") for found in pkgutil.iter_modules(pages.__path__)
    ]
    return tuple(PageEntry(module) for module in sorted(modules, key=lambda module: module.ORDER))
