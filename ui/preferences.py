"""Reading what is set and by whom, and setting it: the file, then the engine, then everybody in the window."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from copilot.calls import ReloadSettings
from copilot.settings.policy import Resolved, resolve
from copilot.settings.schema import Value, checked
from copilot.settings.store import read_settings, write_settings
from ui.desk import Desk


def in_force(desk: Desk) -> Resolved:
    """Raises SettingInvalid and PolicyInvalid: a page shows them beside its title."""
    return resolve(desk.paths.settings)


def put(desk: Desk, name: str, value: Value) -> None:
    """Set `name` for this person. Raises SettingInvalid for what it can't take."""
    changes: dict[str, Any] = {name: checked(name, value)}
    write_settings(desk.paths.settings, replace(read_settings(desk.paths.settings), **changes))
    desk.link.perform(ReloadSettings(), failed=lambda _: None)
    desk.wishes.settings_changed.emit(name)


def set_aside(desk: Desk) -> None:
    """Begin with the usual settings; the file that can't be used is kept beside. Raises OSError."""
    file = desk.paths.settings
    file.replace(file.with_name(f"{file.stem}-set-aside{file.suffix}"))
