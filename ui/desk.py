"""What every page, dialog and the quick bar are given: engine, theme, wishes, folders. One for the whole program."""

from __future__ import annotations

from dataclasses import dataclass

from copilot.paths import Paths
from ui.engine_link import Performs
from ui.theme import Theme
from ui.wishes import Wishes


@dataclass(frozen=True, slots=True)
class Desk:
    link: Performs
    theme: Theme
    wishes: Wishes
    paths: Paths
