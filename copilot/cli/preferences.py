"""`nearside settings …`: what can be set, to what, and how it stands."""

from __future__ import annotations

from dataclasses import asdict, replace

import click

from copilot.cli.screen import json_option, out, print_json
from copilot.paths import find_paths
from copilot.settings.schema import Settings, parse, plain, rows
from copilot.settings.store import read_settings, write_settings


@click.group()
def settings() -> None:
    """What can be set. A running engine takes new values at its next start."""


@settings.command("list")
@json_option
def list_settings(as_json: bool) -> None:
    """Every setting with its value."""
    values = asdict(read_settings(find_paths().settings))
    if as_json:
        print_json(
            {
                "settings": [
                    {"name": r.name, "value": values[r.name], "default": r.default, "takes": r.takes, "about": r.about}
                    for r in rows()
                ]
            }
        )
        return
    for row in rows():
        changed = "" if plain(values[row.name]) == row.default else f" (default: {row.default or 'empty'})"
        out.print(f"[bold]{row.name}[/bold] = {plain(values[row.name])}{changed}")
        out.print(f"    {row.about} Takes {row.takes}.", markup=False)


@settings.command("set")
@click.argument("name")
@click.argument("value")
def set_setting(name: str, value: str) -> None:
    """Set NAME to VALUE."""
    path = find_paths().settings
    write_settings(path, replace(read_settings(path), **{name: parse(name, value)}))  # type: ignore[arg-type]
    out.print(f"{name} = {value}", markup=False)


@settings.command()
@click.argument("name")
def reset(name: str) -> None:
    """Put NAME back to its default."""
    path = find_paths().settings
    default = asdict(Settings()).get(name, "")
    write_settings(path, replace(read_settings(path), **{name: parse(name, plain(default))}))  # type: ignore[arg-type]
    out.print(f"{name} = {plain(default)}", markup=False)
