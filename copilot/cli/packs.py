"""`nearside models …`: which model packs are here, and how they come and go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.table import Table

from copilot.cli.book import open_ledger
from copilot.cli.screen import err, json_option, out, print_json, reporting
from copilot.errors import KeyProblem, PackInvalid, PackProblem
from copilot.models.catalogue import Recipe, default_packs, recipe, recipes
from copilot.models.pack import Pack, verify
from copilot.models.shelf import Shelf
from copilot.paths import find_paths
from copilot.privacy.entries import Entry, EntryKind


@click.group()
def models() -> None:
    """Model packs: what answers questions and reads files."""


@models.command("list")
@json_option
def list_packs(as_json: bool) -> None:
    """Packs on this computer, and those that can be fetched."""
    shelf = Shelf(find_paths().packs)
    here = shelf.packs()
    rows = [_fields(pack, "here") for pack in here]
    rows += [
        {"id": r.id, "role": r.role, "name": r.name, "version": r.version, "licence": r.licence, "kind": "openvino"}
        | {"quantization": "", "size": r.fetched_bytes, "state": "to fetch", "folder": ""}
        for r in recipes()
        if r.id not in {pack.id for pack in here}
    ]
    rows += [{"id": problem.pack, "state": "damaged", "problem": problem.sentence} for problem in shelf.broken()]
    if as_json:
        print_json({"packs": rows})
        return
    table = Table("Pack", "Role", "Size", "Licence", "State", box=None, pad_edge=False)
    for row in rows:
        size = f"{row.get('size', 0) / 1e6:,.0f} MB"
        table.add_row(row["id"], row.get("role", ""), size, row.get("licence", ""), row["state"])
    out.print(table)


@models.command()
@click.argument("packs", nargs=-1)
@click.option("--progress", is_flag=True, help="With --json: print progress, too, one JSON object a line.")
@json_option
def fetch(packs: tuple[str, ...], progress: bool, as_json: bool) -> None:
    """Fetch and convert packs; without a name, the default ones. What is whole already is left alone."""
    from copilot.models.sources import obtain

    paths, wanted = find_paths(), [recipe(pack_id) for pack_id in packs or default_packs()]
    made = []
    for one in wanted:
        before = {pack.id for pack in Shelf(paths.packs).packs()}
        with reporting(as_json=as_json, lines=progress and as_json) as reporter:
            pack = obtain(paths, one, reporter)
        if pack.id not in before:
            _write_down(one)
        made.append(_fields(pack, "here"))
        if not as_json:
            out.print(f"{pack.name} is ready ({pack.quantization}, {pack.size / 1e6:,.0f} MB, {pack.licence}).")
        if pack.kind == "gguf":
            err.print("Memory was short to convert it: it answers on the processor until you fetch it again.")
    if as_json:
        print_json({"packs": made})


@models.command()
@click.argument("path", type=click.Path(path_type=Path))
@json_option
def add(path: Path, as_json: bool) -> None:
    """Take in a pack made elsewhere: a folder, or a .zip or .tar with one. Needs no network."""
    if not path.exists():
        raise PackInvalid(str(path), "there is nothing there")
    with reporting(as_json=as_json) as reporter:
        pack = Shelf(find_paths().packs).add(path, reporter)
    if as_json:
        print_json(_fields(pack, "here"))
    else:
        out.print(f"{pack.name} is ready ({pack.role}, {pack.quantization}, {pack.size / 1e6:,.0f} MB).")


@models.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--bits", type=click.Choice(["8", "4"]), default="8", show_default=True, help="Size of a weight.")
@click.option("--licence", default="unknown", metavar="SPDX", help="The model's licence.")
@click.option("--python", type=click.Path(path_type=Path), help="A Python that has nearside[convert]; else this one.")
@json_option
def import_folder(path: Path, bits: str, licence: str, python: Path | None, as_json: bool) -> None:
    """Turn a sentence-transformers or Hugging Face folder into a pack, and measure how near it is to the original."""
    from copilot.models.importing import import_model

    with reporting(as_json=as_json) as reporter:
        made = import_model(find_paths(), path, reporter, bits=int(bits), licence=licence, python=python)
    if as_json:
        print_json(_fields(made.pack, "here") | {"parity": made.parity, "measure": made.measure})
    else:
        out.print(f"{made.pack.name} is ready ({made.pack.quantization}, {made.pack.size / 1e6:,.0f} MB).")
        out.print(f"{made.measure}: {made.parity:.4f}", markup=False)


@models.command()
@click.argument("pack")
def remove(pack: str) -> None:
    """Delete a pack from this computer."""
    Shelf(find_paths().packs).remove(pack)
    out.print(f"{pack} is gone.", markup=False)


@models.command("verify")
@click.argument("packs", nargs=-1)
@json_option
def verify_packs(packs: tuple[str, ...], as_json: bool) -> None:
    """Compare every file of the packs with its hash. Exit code 6 when one is damaged."""
    shelf = Shelf(find_paths().packs)
    results: list[dict[str, str]] = []
    for pack_id in packs or tuple(pack.id for pack in shelf.packs()):
        problem = ""
        try:
            with reporting(as_json=as_json) as reporter:
                verify(shelf.get(pack_id), deep=True, reporter=reporter)
        except PackProblem as found:
            problem = found.sentence
        results.append({"id": pack_id, "state": "damaged" if problem else "whole", "problem": problem})
        if not as_json:
            out.print(problem or f"{pack_id} is whole.", markup=False)
    if as_json:
        print_json({"packs": results})
    if any(result["problem"] for result in results):
        raise SystemExit(6)


def _write_down(fetched: Recipe) -> None:
    """A fetch is in the ledger like all that crosses the boundary; before there is a key, there is no ledger."""
    entry = Entry(EntryKind.FETCHED, host="package registry", byte_count=fetched.fetched_bytes, detail=fetched.id)
    try:
        with open_ledger() as book:
            book.append(entry)
    except KeyProblem as problem:
        err.print(f"{problem.sentence} The fetch was not written into the ledger.", markup=False)


def _fields(pack: Pack, state: str) -> dict[str, Any]:
    return {
        "id": pack.id,
        "role": pack.role,
        "name": pack.name,
        "version": pack.version,
        "licence": pack.licence,
        "kind": pack.kind,
        "quantization": pack.quantization,
        "size": pack.size,
        "state": state,
        "folder": str(pack.folder),
    }
