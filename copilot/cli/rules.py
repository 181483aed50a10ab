"""`nearside policy …` and `label …`: what IT forces, and what may leave which folder."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from copilot.calls import SetLabel
from copilot.cli.screen import json_option, out, performer, print_json, reporting
from copilot.paths import find_paths
from copilot.settings.policy import resolve
from copilot.settings.schema import LABELS, plain

NO_RULE = "none"
SAID = {
    "local": "Nothing from it leaves this computer.",
    "ask": "Its text may be offered; you see and decide each time.",
    NO_RULE: "There is no rule for it now. What no rule speaks about stays here.",
    "redacted": "Its text may be offered with private data replaced; you see and decide each time.",
}


@click.group()
def policy() -> None:
    """What your IT department forces or recommends."""


@policy.command()
@json_option
def show(as_json: bool) -> None:
    """Every setting, its value, and who set it."""
    ruled = resolve(find_paths().settings).ruled
    if as_json:
        rows = [
            {"name": r.name, "value": r.value, "set_by": r.set_by, "source": r.source, "locked": r.locked}
            for r in ruled
        ]
        print_json({"settings": rows})
        return
    table = Table("Setting", "Value", "Set by", "Source", box=None, pad_edge=False)
    for rule in ruled:
        table.add_row(rule.name, plain(rule.value), rule.set_by + (" (locked)" if rule.locked else ""), rule.source)
    out.print(table)


@click.command()
@click.argument("path")
@click.argument("label", type=click.Choice((*LABELS, NO_RULE)))
@json_option
def label(path: str, label: str, as_json: bool) -> None:
    """Say what may leave a folder, or what matches a pattern such as '*.key': local, ask or redacted.

    `none` takes the rule away: what it spoke about follows the rules that are left, and is local without any.
    """
    wanted = path if any(c in path for c in "*?[") else str(Path(path).expanduser().absolute())
    with performer(writer=True) as copilot, reporting(as_json=as_json) as reporter:
        labels = copilot.perform(SetLabel(wanted, "" if label == NO_RULE else label), reporter)
    if as_json:
        print_json({"labels": [{"pattern": rule.pattern, "label": rule.label} for rule in labels.rules]})
    else:
        out.print(f"{wanted}: {SAID[label]}", markup=False)
