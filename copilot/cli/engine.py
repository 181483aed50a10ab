"""`nearside engine …`: the process that keeps library and models ready."""

from __future__ import annotations

import time

import click

from copilot.calls import GetEngine
from copilot.cli.screen import json_option, out, print_json
from copilot.paths import find_paths
from copilot.reports import EngineReport
from indexer.reporter import Silent


@click.group()
def engine() -> None:
    """The process that keeps the library and the models ready."""


@engine.command()
@json_option
def start(as_json: bool) -> None:
    """Start the engine in the background, or say that it runs."""
    from copilot.host.client import start_engine

    _show(start_engine(find_paths()), as_json)


@engine.command()
@json_option
def stop(as_json: bool) -> None:
    """Stop the engine; work in hand is put down safely."""
    from copilot.host.client import stop_engine

    stopped = stop_engine(find_paths())
    if as_json:
        print_json({"stopped": stopped})
    else:
        out.print("The engine has stopped." if stopped else "No engine was running.")


@engine.command()
@json_option
def status(as_json: bool) -> None:
    """Whether the engine runs, since when, and what it holds in memory. Exit code 8 when it does not run."""
    from copilot.host.client import connect

    remote = connect(find_paths())
    if remote is None:
        if as_json:
            print_json({"running": False})
        else:
            out.print("No engine is running. Start it with: nearside engine start")
        raise SystemExit(8)
    with remote:
        _show(remote.perform(GetEngine(), Silent()), as_json)


def _show(report: EngineReport, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "running": True,
                "pid": report.pid,
                "protocol": report.protocol,
                "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(report.started_at)),
                "resident_bytes": report.resident_bytes,
                "loaded": report.loaded,
                "watching": report.watching,
            }
        )
        return
    out.print(
        f"The engine runs (process {report.pid}, {report.resident_bytes / 1e6:,.0f} MB) "
        f"and follows {report.watching} folders."
    )
    for model in report.loaded:
        out.print(f"  {model}", markup=False)
