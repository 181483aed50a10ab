"""`nearside ledger …`: what was offered, decided and sent; read, proved and taken out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec
from rich.table import Table

from copilot.cli.screen import json_option, out, print_json
from copilot.keys import library_key
from copilot.paths import find_paths
from copilot.privacy.entries import LedgerEntry
from copilot.privacy.ledger import Ledger, entry_fields
from copilot.settings.policy import resolve

UNPROVED_EXIT = 4


@contextmanager
def open_ledger() -> Iterator[Ledger]:
    paths = find_paths()
    with Ledger.open(paths.ledger, library_key(paths.library).secret) as ledger:
        ledger.forget_bodies(resolve(paths.settings).settings.keep_sent_days)
        yield ledger


@click.group()
def ledger() -> None:
    """What was offered, decided and sent: it only grows, and it shows when it was altered."""


@ledger.command()
@click.option("--since", default=1, help="From this entry's number on.")
@click.option("--body", "digest", default="", metavar="DIGEST", help="Print the exact bytes with this digest instead.")
@json_option
def show(since: int, digest: str, as_json: bool) -> None:
    """Entries, oldest first; or what was sent, byte for byte."""
    with open_ledger() as book:
        if digest:
            body = book.body(digest)
            click.echo(body if body is not None else b"", nl=False)
            raise SystemExit(0 if body is not None else 1)
        entries = book.entries(since=since)
    if as_json:
        print_json({"entries": [entry_fields(entry) for entry in entries]})
        return
    table = Table("No.", "When", "What", "Provider", "Bytes", "Cost", "Detail", box=None, pad_edge=False)
    for written in entries:
        table.add_row(*_row(written))
    out.print(table)


@ledger.command()
@json_option
def verify(as_json: bool) -> None:
    """Prove that no entry was changed, removed or moved. Exit code 4 when one was."""
    with open_ledger() as book:
        problems, count = book.verify(), len(book.entries())
    if as_json:
        print_json({"entries": count, "problems": [{"number": p.number, "says": p.says} for p in problems]})
    else:
        for problem in problems:
            out.print(f"{problem.number}: {problem.says}", markup=False)
        if not problems:
            out.print(f"All {count:,} entries are as they were written.")
    if problems:
        raise SystemExit(UNPROVED_EXIT)


@ledger.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export(file: Path) -> None:
    """Write every entry as one JSON line into FILE, for keeping where nobody here can change it."""
    with open_ledger() as book:
        entries = book.entries()
    file.write_bytes(b"".join(msgspec.json.encode(entry_fields(entry)) + b"\n" for entry in entries))
    out.print(f"{len(entries):,} entries are in {file}.", markup=False)


def _row(written: LedgerEntry) -> tuple[str, ...]:
    entry = written.entry
    return (
        str(written.number),
        time.strftime("%Y-%m-%d %H:%M", time.localtime(written.at)),
        entry.kind.value,
        " ".join(part for part in (entry.provider, entry.model) if part),
        f"{entry.byte_count:,}" if entry.byte_count else "",
        f"{entry.cost:.4f} {entry.currency}" if entry.cost else "",
        entry.detail,
    )
