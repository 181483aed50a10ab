"""The command line `nearside`: verbs for people, scripts and IT. Fields of its JSON are a contract (docs/cli.md).

Verbs live one group a file; what they share (output, errors, where calls go) lives in screen.py.
"""

from __future__ import annotations

import importlib

import click

from copilot.cli.screen import Guarded

VERBS = {
    "index": ("library", "index"),
    "search": ("asking", "search"),
    "ask": ("asking", "ask"),
    "chat": ("asking", "chat"),
    "read": ("pictures", "read"),
    "consent": ("offering", "consent"),
    "providers": ("cloud", "providers"),
    "keys": ("cloud", "keys"),
    "label": ("rules", "label"),
    "policy": ("rules", "policy"),
    "ledger": ("book", "ledger"),
    "models": ("packs", "models"),
    "engine": ("engine", "engine"),
    "settings": ("preferences", "settings"),
    "open": ("desktop", "open_window"),
    "quick": ("desktop", "quick"),
    "doctor": ("doctor", "doctor"),
}


class Verbs(Guarded):
    """Loads a verb's module when the verb is used, so that `nearside --help` stays instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module, name = VERBS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"copilot.cli.{module}"), name)
        return command


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="nearside", prog_name="nearside")
def main() -> None:
    """Nearside knows your files, answers on this computer, and asks before anything leaves."""
