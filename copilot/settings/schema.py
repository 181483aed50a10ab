"""Every setting: its name, type, default, limits and what it does, in one table.

The settings file, `docs/settings.md`, the command line and, later, the settings page are made from it. No reading here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from copilot.errors import SettingInvalid

SCHEMA_VERSION = 1

DEVICES = ("auto", "CPU", "GPU", "NPU")


def _setting(default: Any, about: str, *, choices: tuple[str, ...] = (), low: int = 0, high: int = 0) -> Any:
    metadata = {"about": about, "choices": choices, "low": low, "high": high}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Settings:
    """Values in force. Names are what the settings file and `nearside settings` use."""

    answer_device: str = _setting(
        "auto", "Device that writes answers; auto takes the best one that works.", choices=DEVICES
    )
    embed_device: str = _setting("auto", "Device that reads files into the index.", choices=DEVICES)
    answer_pack: str = _setting("", "Model pack that writes answers; empty takes the best one on this computer.")
    embed_pack: str = _setting("", "Model pack that reads files into the index; empty takes the best one here.")
    rerank: bool = _setting(False, "Let a reranker pack, where there is one, sort the passages again.")
    answer_tokens: int = _setting(256, "Longest answer, in tokens.", low=32, high=2048)
    passages: int = _setting(6, "Passages that an answer is looked for in.", low=1, high=20)
    index_workers: int = _setting(2, "Processes that read files side by side.", low=1, high=16)
    file_megabytes: int = _setting(64, "Files larger than this many MB are skipped.", low=1, high=4096)
    file_seconds: int = _setting(30, "Processor seconds after which reading one file is given up.", low=1, high=600)
    unload_minutes: int = _setting(
        10, "Minutes without a question after which the engine frees the answer model.", low=1, high=1440
    )
    watch: bool = _setting(True, "Follow changes in the folders while the engine runs.")


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One line of the table, as documents and pages show it."""

    name: str
    kind: str
    default: str
    takes: str
    about: str


def rows() -> tuple[SettingRow, ...]:
    return tuple(
        SettingRow(f.name, type(f.default).__name__, plain(f.default), _takes(f.name), str(f.metadata["about"]))
        for f in fields(Settings)
    )


def names() -> tuple[str, ...]:
    return tuple(f.name for f in fields(Settings))


def plain(value: object) -> str:
    """A value as a person types it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def parse(name: str, text: str) -> bool | int | str:
    """The typed value of `text`, which a person typed. Raises SettingInvalid."""
    current = _field(name, text)
    value: bool | int | str = text
    if isinstance(current.default, bool):
        value = {"true": True, "false": False, "yes": True, "no": False}.get(text.strip().lower(), text)
    elif isinstance(current.default, int):
        value = int(text) if text.strip().lstrip("-").isdigit() else text
    return checked(name, value)


def checked(name: str, value: object) -> bool | int | str:
    """`value` if the setting can take it. Raises SettingInvalid with what it takes instead."""
    current = _field(name, value)
    good: bool
    match current.default:
        case bool():
            good = isinstance(value, bool)
        case int():
            good = isinstance(value, int) and not isinstance(value, bool)
            good = good and current.metadata["low"] <= value <= current.metadata["high"]
        case _:
            good = isinstance(value, str) and (not current.metadata["choices"] or value in current.metadata["choices"])
    if not good:
        raise SettingInvalid(name, str(value), _takes(name))
    return value  # type: ignore[return-value]


def _field(name: str, value: object) -> Any:
    for candidate in fields(Settings):
        if candidate.name == name:
            return candidate
    raise SettingInvalid(name, str(value), f"no value: there is no such setting. Known: {', '.join(names())}")


def _takes(name: str) -> str:
    current = _field(name, "")
    if isinstance(current.default, bool):
        return "true or false"
    if isinstance(current.default, int):
        return f"a whole number from {current.metadata['low']} to {current.metadata['high']}"
    if current.metadata["choices"]:
        return "one of " + ", ".join(current.metadata["choices"])
    return "the name of a model pack, or nothing"
