"""`nearside doctor`: what works here, what doesn't, and what to do about it."""

from __future__ import annotations

import click
from rich.text import Text

from copilot.cli.screen import json_option, out, plain, print_json
from copilot.diagnostics import Verdict, examine
from copilot.paths import find_paths
from copilot.sealing import seal

MARKS = {Verdict.GOOD: ("✓", "green"), Verdict.NOTE: ("·", "dim"), Verdict.BAD: ("✗", "bold red")}


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Look at devices, models, key, library and engine. Exit code 1 when something needed is missing."""
    seal()
    findings = examine(find_paths())
    if as_json:
        print_json({"findings": findings})
    else:
        for finding in findings:
            mark, style = MARKS[finding.verdict]
            out.print(Text.assemble((f"{mark} ", style), plain(finding.says)))
            if finding.advice:
                out.print(plain(f"  {finding.advice}", style="bold"))
    if any(finding.verdict is Verdict.BAD for finding in findings):
        raise SystemExit(1)
