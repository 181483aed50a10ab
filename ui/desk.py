"""What every page, dialog and the quick bar are given: engine, theme, wishes, folders. One for the whole program."""

from __future__ import annotations

from dataclasses import dataclass

from copilot.host.launcher import Launcher
from copilot.paths import Paths
from ui.engine_link import Performs
from ui.pulse import Pulse
from ui.theme import Theme
from ui.wishes import Wishes


@dataclass(frozen=True, slots=True)
class Desk:
    link: Performs
    theme: Theme
    wishes: Wishes
    paths: Paths
    pulse: Pulse | None = None
    """The engine's state as it changes; None in tests that need none."""
    outside: Launcher | None = None
    """Starts what must not inherit the seal: `run(("models", "fetch", ...))`, `open`, `show`. None in tests."""
