"""`nearside index …`: take folders in, let them go, bring the library up to date, prove it."""

from __future__ import annotations

import click
from rich.table import Table

from copilot.calls import AddFolders, CheckLibrary, GetStatus, RemoveFolders, RunIndex
from copilot.cli.screen import err, json_option, out, performer, plain, print_json, reporting
from copilot.reports import LibraryStatus
from indexer.runs import RunSummary
from indexer.store.records import CheckReport

SHOWN_FAILURES = 20
_HOW_TO_READ = "Get the pack that reads pictures with: nearside models fetch, and then run: nearside index run"


@click.group()
def index() -> None:
    """Folders and files that Nearside knows."""


@index.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--exclude", "excludes", multiple=True, metavar="PATTERN", help="Leave out what matches (like .gitignore)."
)
@click.option("--words-only", is_flag=True, help="Index words now and meanings later; needs no model pack.")
@json_option
def add(paths: tuple[str, ...], excludes: tuple[str, ...], words_only: bool, as_json: bool) -> None:
    """Take folders or files into the library and read them."""
    with performer(writer=True) as copilot, reporting(as_json=as_json) as reporter:
        summary = copilot.perform(AddFolders(paths, excludes, words_only, waited_for=True), reporter)
    _show_summary(summary, as_json)


@index.command()
@click.argument("paths", nargs=-1, required=True)
@json_option
def remove(paths: tuple[str, ...], as_json: bool) -> None:
    """Forget folders. The files on disk stay as they are."""
    with performer(writer=True) as copilot, reporting(as_json=as_json) as reporter:
        removed = copilot.perform(RemoveFolders(paths), reporter)
    if as_json:
        print_json(removed)
    else:
        out.print(f"Forgot {removed.files:,} files of {removed.folders} folders. The files themselves are untouched.")


@index.command()
@click.option("--words-only", is_flag=True, help="Index words now and meanings later; needs no model pack.")
@json_option
def run(words_only: bool, as_json: bool) -> None:
    """Bring the library up to date with its folders; goes on where an interrupted run stopped."""
    with performer(writer=True) as copilot, reporting(as_json=as_json) as reporter:
        summary = copilot.perform(RunIndex(words_only=words_only, waited_for=True), reporter)
    _show_summary(summary, as_json)


@index.command()
@json_option
def status(as_json: bool) -> None:
    """What the library holds, and which files could not be read."""
    with performer() as copilot, reporting(as_json=as_json) as reporter:
        state = copilot.perform(GetStatus(), reporter)
    if as_json:
        print_json(_status_fields(state))
    else:
        _show_status(state)


@index.command()
@click.option("--repair", is_flag=True, help="Mend what is found; files that can't be mended are read again.")
@json_option
def check(repair: bool, as_json: bool) -> None:
    """Prove that text, words and vectors of the library agree. Exit code 4 while something is wrong."""
    with performer(writer=repair) as copilot, reporting(as_json=as_json) as reporter:
        report = copilot.perform(CheckLibrary(repair), reporter)
    if as_json:
        print_json(report)
    else:
        _show_check(report, repair)
    if report.problems and not repair:
        raise SystemExit(4)


def _show_summary(summary: RunSummary, as_json: bool) -> None:
    if as_json:
        print_json(summary)
        return
    out.print(
        f"{summary.files:,} files: {summary.indexed:,} indexed, "
        f"{summary.skipped:,} skipped, {summary.failed:,} failed; "
        f"{summary.chunks:,} passages in {summary.seconds:,.1f} s."
    )
    if summary.recognized:
        pages = "1 page" if summary.recognized == 1 else f"{summary.recognized:,} pages"
        out.print(f"Text was recognized on {pages}.")
    if summary.waiting:
        out.print(f"{_files(summary.waiting)} for text recognition. {_HOW_TO_READ}")
    for failure in summary.failures[:SHOWN_FAILURES]:
        err.print(f"  {failure.path}: {failure.reason}", markup=False)
    for remark in summary.remarks[: max(0, SHOWN_FAILURES - len(summary.failures))]:
        err.print(f"  {remark.path}: {remark.reason}", style="dim", markup=False)
    if len(summary.failures) > SHOWN_FAILURES:
        err.print(f"  … and {len(summary.failures) - SHOWN_FAILURES:,} more: nearside index status --json")


def _status_fields(state: LibraryStatus) -> dict[str, object]:
    return {
        "folders": [{"path": f.path, "excludes": f.excludes, "label": f.label} for f in state.folders],
        "files": state.counts.files,
        "indexed": state.counts.indexed,
        "pending": state.counts.pending,
        "failed": state.counts.failed,
        "waiting": state.counts.waiting,
        "chunks": state.counts.chunks,
        "vectors": state.counts.vectors,
        "embed_model": state.embed_model,
        "bytes_on_disk": state.bytes_on_disk,
        "failures": [{"path": path, "state": kind, "reason": reason} for path, kind, reason in state.failures],
    }


def _show_status(state: LibraryStatus) -> None:
    if not state.folders:
        out.print("The library is empty. Take a folder in with: nearside index add FOLDER")
        return
    for folder in state.folders:
        out.print(plain(folder.path, style="bold"))
    counts = state.counts
    out.print(
        f"{counts.files:,} files, {counts.indexed:,} indexed, {counts.pending:,} waiting for vectors, "
        f"{counts.failed:,} not readable; {counts.chunks:,} passages, {state.bytes_on_disk / 1e6:,.1f} MB on disk."
    )
    if counts.waiting:
        out.print(f"{_files(counts.waiting)} for text recognition. {_HOW_TO_READ}")
    if state.failures:
        table = Table("File", "State", "Reason", box=None, pad_edge=False)
        for path, kind, reason in state.failures[:SHOWN_FAILURES]:
            table.add_row(plain(path), kind, plain(reason))
        out.print(table)


def _files(count: int) -> str:
    return "1 file waits" if count == 1 else f"{count:,} files wait"


def _show_check(report: CheckReport, repaired: bool) -> None:
    if not report.problems:
        out.print("The library is whole: text, words and vectors agree.")
        return
    out.print("Mended:" if repaired else "Found:")
    for problem in report.problems:
        out.print(f"  {problem}", markup=False)
    if not repaired:
        err.print("Run: nearside index check --repair")
