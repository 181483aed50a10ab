"""What an IT department forces or recommends, over what the person set. The order: managed, user, recommended, default.

Linux reads `*.json` in `/etc/nearside/policies/managed` and `…/recommended`, in the order of their names, later files
over earlier ones; Windows the registry below `Software\\Policies\\Nearside` of the machine (`Recommended` below that);
macOS the managed preferences of the domain `app.nearside`. Values are those of schema.py; nothing else is known here.

Decision: a policy that can't be read or meant stops the program with a sentence that names it. Going on without it
would turn a typing error in a file of IT into an open gate.
"""

from __future__ import annotations

import importlib
import json
import plistlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from copilot.errors import PolicyInvalid, SettingInvalid
from copilot.settings.schema import Settings, Value, checked, names, set_by_policy_only
from copilot.settings.store import kept_settings

LINUX_FOLDER = Path("/etc/nearside/policies")
REGISTRY_KEY = r"Software\Policies\Nearside"
MACOS_FILE = Path("/Library/Managed Preferences/app.nearside.plist")

Raw = tuple[str, dict[str, Any]]
"""Where values come from, in words, and the values."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """One setting as it stands: its value, and who set it: managed, user, recommended or default.

    `source` names the policy where one set it. A managed value is locked.
    """

    name: str
    value: Value
    set_by: str
    source: str = ""

    @property
    def locked(self) -> bool:
        return self.set_by == "managed"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The settings in force, and for each the story of its value, in the table's order."""

    settings: Settings
    ruled: tuple[Ruled, ...]

    def of(self, name: str) -> Ruled:
        return next(rule for rule in self.ruled if rule.name == name)


@dataclass(frozen=True, slots=True)
class Machine:
    """What this machine's policies say, in rising order of weight within each part."""

    managed: tuple[Raw, ...] = ()
    recommended: tuple[Raw, ...] = ()


def resolve(settings_file: Path, machine: Machine | None = None) -> Resolved:
    """Settings with every layer applied. Raises PolicyInvalid and SettingInvalid."""
    machine = machine_policies() if machine is None else machine
    user: tuple[Raw, ...] = (("settings file", kept_settings(settings_file)),)
    story = {name: Ruled(name, getattr(Settings(), name), "default") for name in names()}
    for set_by, layer in (("recommended", machine.recommended), ("user", user), ("managed", machine.managed)):
        for source, values in layer:
            for name, value in values.items():
                story[name] = _rule(name, value, set_by, source)
    values_in_force: dict[str, Any] = {name: rule.value for name, rule in story.items()}
    return Resolved(replace(Settings(), **values_in_force), tuple(story.values()))


def _rule(name: str, value: object, set_by: str, source: str) -> Ruled:
    if set_by == "user":
        if set_by_policy_only(name):
            raise SettingInvalid(name, str(value), "its value from your IT department's policy only")
        return Ruled(name, checked(name, value), set_by)
    try:
        return Ruled(name, checked(name, value), set_by, source)
    except SettingInvalid as error:
        raise PolicyInvalid(source, f"{error.sentence} {error.advice}") from None


def machine_policies() -> Machine:
    """What the platform keeps for this program; nothing where it keeps nothing."""
    readers: dict[str, Callable[[], Machine]] = {"win32": _from_registry, "darwin": _from_preferences}
    return readers.get(sys.platform, _from_folder)()


def _from_folder(folder: Path = LINUX_FOLDER) -> Machine:
    return Machine(tuple(_json_files(folder / "managed")), tuple(_json_files(folder / "recommended")))


def _json_files(folder: Path) -> Iterator[Raw]:
    for file in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        try:
            values = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise PolicyInvalid(str(file), f"It can't be read ({type(error).__name__}).") from None
        if not isinstance(values, dict):
            raise PolicyInvalid(str(file), "It is not a JSON object.")
        yield str(file), values


def _from_preferences(file: Path = MACOS_FILE) -> Machine:
    if not file.exists():
        return Machine()
    try:
        values = plistlib.loads(file.read_bytes())
    except (OSError, plistlib.InvalidFileException) as error:
        raise PolicyInvalid(str(file), f"It can't be read ({type(error).__name__}).") from None
    recommended = values.pop("Recommended", {})
    # The system adds keys of its own, all with this prefix.
    managed = {name: value for name, value in values.items() if not name.startswith("Payload")}
    return Machine(((str(file), managed),), ((f"{file} (Recommended)", recommended),))


def _from_registry() -> Machine:
    return Machine(tuple(_registry_values(REGISTRY_KEY)), tuple(_registry_values(REGISTRY_KEY + r"\Recommended")))


def _registry_values(key: str) -> Iterator[Raw]:
    """REG_SZ, REG_DWORD and REG_MULTI_SZ as the table's types: switches are 0 and 1, numbers with a point are text."""
    winreg: Any = importlib.import_module("winreg")  # there on Windows alone, which is where this is called
    try:
        opened = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key)
    except FileNotFoundError:
        return
    with opened:
        count = winreg.QueryInfoKey(opened)[1]
        found = (winreg.EnumValue(opened, number)[:2] for number in range(count))
        yield rf"HKEY_LOCAL_MACHINE\{key}", {name: typed(name, value) for name, value in found}


def typed(name: str, value: object) -> object:
    """A registry value as the type that the setting has; what doesn't fit is left for `checked` to refuse."""
    default = getattr(Settings(), name, None)
    match default:
        case bool() if value in (0, 1):
            return bool(value)
        case float() if isinstance(value, str):
            try:
                return float(value)
            except ValueError:
                return value
        case tuple() if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
    return value
