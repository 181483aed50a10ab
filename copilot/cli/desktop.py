"""`nearside open` and `nearside quick`: the desktop window, from a terminal or from a key of the desktop's own."""

from __future__ import annotations

import click

from copilot.cli.screen import json_option, print_json
from copilot.paths import find_paths


@click.command("open")
@click.argument("words", nargs=-1)
@click.option("--page", default="", metavar="PAGE", help="chat, search, library, privacy, models or settings")
@json_option
def open_window(words: tuple[str, ...], page: str, as_json: bool) -> None:
    """Open the window, or bring it to the front: with a file, a `nearside:` link, or `ask TEXT`."""
    _start(("--page", page) if page else words, as_json)


@click.command()
@click.argument("text", nargs=-1)
@click.option("--region", is_flag=True, help="mark a part of the screen, whose text comes into the quick bar")
@json_option
def quick(text: tuple[str, ...], region: bool, as_json: bool) -> None:
    """Show the quick bar. For systems where no program can hear global shortcuts: bind a key to this."""
    _start(("--quick", "--region") if region else ("--quick", *text), as_json)


def _start(words: tuple[str, ...], as_json: bool) -> None:
    from copilot.host.launcher import start_window

    start_window(find_paths(), words)
    if as_json:
        print_json({"shown": True})
