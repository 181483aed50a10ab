"""The settings file: TOML, written whole and swapped in, only what differs from the defaults.

What may stand in it is schema.py's matter.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import tomli_w

from copilot.errors import SettingInvalid
from copilot.paths import write_whole
from copilot.settings.schema import SCHEMA_VERSION, Settings, checked, names


def read_settings(path: Path) -> Settings:
    """What the person set at `path`, over the defaults. Raises SettingInvalid for what can't be read or meant.

    What is in force may differ: see policy.resolve.
    """
    values: dict[str, Any] = {name: checked(name, value) for name, value in kept_settings(path).items()}
    return replace(Settings(), **values)


def kept_settings(path: Path) -> dict[str, Any]:
    """The values that stand in the file at `path`, not yet checked; empty when there is no file."""
    if not path.exists():
        return {}
    try:
        kept = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise SettingInvalid(
            str(path), "this text", "TOML; mend the file or remove it to start from the defaults"
        ) from None
    version = kept.pop("schema_version", SCHEMA_VERSION)
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise SettingInvalid("schema_version", str(version), f"{SCHEMA_VERSION}; a newer Nearside wrote this file")
    return kept


def write_settings(path: Path, settings: Settings) -> None:
    defaults, values = asdict(Settings()), asdict(settings)
    kept = {"schema_version": SCHEMA_VERSION} | {n: values[n] for n in names() if values[n] != defaults[n]}
    write_whole(path, tomli_w.dumps(kept))
