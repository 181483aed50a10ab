"""What the verbs share: where a call goes, how progress, results and errors reach a terminal or a script.

Everything a script reads goes to standard output as one JSON object; progress and notes go to standard error.
"""

from __future__ import annotations

import contextlib
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn
from rich.progress import Progress as Bars
from rich.text import Text

from copilot.calls import Performer
from copilot.conversation import Delta
from copilot.failures import failure_of
from copilot.paths import Paths, find_paths
from indexer.errors import NearsideError
from indexer.reporter import Cancelled, Progress

CANCELLED_EXIT = 130
SECONDS_BETWEEN_LINES = 0.2

F = TypeVar("F", bound=Callable[..., Any])

_BIDI = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Characters that turn the direction of what follows: a name can be made to read as another one."""
_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(0x7F, 0xA0), *_BIDI) if chr(code) not in "\n\t"}
_C1_IN_UTF8 = re.compile(rb"\xc2([\x80-\x9f])")
_BIDI_IN_UTF8 = re.compile("|".join(map(chr, _BIDI)).encode())


class Screen(Console):
    """Paths, reasons and errors come from files, too: no text that is printed can give orders to the terminal."""

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(text.translate(_CONTROLS), **options)


out = Screen(highlight=False, soft_wrap=True)
err = Screen(stderr=True, highlight=False, soft_wrap=True)

STAGES = {
    "scan": "Looking for files",
    "extract": "Reading files",
    "recognize": "Recognizing text",
    "embed": "Reading files",
    "snapshot": "Saving",
    "fetch": "Fetching",
    "convert": "Converting",
    "verify": "Verifying",
    "wait": "Waiting: indexing is paused",
}


def plain(text: str, style: str = "") -> Text:
    """Text from a file or from far away: control characters would be orders to the terminal, so they show as marks."""
    return Text(text.translate(_CONTROLS), style=style)


def json_option(command: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")(command)


def print_json(fields: object) -> None:
    """One line of JSON, UTF-8 whatever the terminal's locale says, with every control character as an escape."""
    line = _C1_IN_UTF8.sub(lambda found: b"\\u00%02x" % found[1][0], msgspec.json.encode(fields))
    line = _BIDI_IN_UTF8.sub(lambda found: b"\\u%04x" % ord(found[0].decode()), line).replace(b"\x7f", b"\\u007f")
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


class Guarded(click.Group):
    """The edge: turns an error into one sentence and one advice, or into JSON, and into an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NearsideError as error:
            show_error(error, as_json="--json" in sys.argv)
            ctx.exit(error.exit_code)
        except (Cancelled, KeyboardInterrupt):
            err.print("Stopped. What was done so far is kept.")
            ctx.exit(CANCELLED_EXIT)


def show_error(error: NearsideError, *, as_json: bool) -> None:
    if as_json:
        print_json({"error": failure_of(error)})
        return
    err.print(error.sentence, style="bold red", markup=False)
    err.print(error.advice, markup=False)


@contextlib.contextmanager
def performer(paths: Paths | None = None, *, writer: bool = False, sends: bool = False) -> Iterator[Performer]:
    """The running engine where there is one, else a Copilot in this process.

    `writer`: it takes the library; `sends`: it may have an approved request sent.
    """
    from copilot.host.client import connect

    paths = paths or find_paths()
    remote = connect(paths)
    if remote is not None:
        with remote:
            yield remote
        return
    from copilot.app import Copilot
    from copilot.gateway.spawner import Spawner
    from copilot.sealing import seal

    spawner = Spawner(paths) if sends else None  # before the seal, which its children would inherit
    seal()
    copilot = Copilot(paths, writer=writer, spawner=spawner)
    try:
        yield copilot
    finally:
        copilot.close()


class TerminalReporter:
    """Progress as a bar on standard error, words of an answer to `on_text`; Ctrl+C cancels at the next event.

    With `lines`, progress goes to standard output as JSON, one object a line, for a window that watches.
    """

    def __init__(self, bars: Bars | None, on_text: Callable[[str], None] | None = None, *, lines: bool = False) -> None:
        self._bars = bars
        self._on_text = on_text
        self._lines = lines
        self._printed = 0.0
        self._task: TaskID | None = None
        self.cancelled = threading.Event()

    def report(self, event: object) -> None:
        self.check()
        if isinstance(event, Delta) and self._on_text is not None:
            self._on_text(event.text)
        elif isinstance(event, Progress) and self._bars is not None:
            self._draw(event, self._bars)
        elif isinstance(event, Progress) and self._lines:
            self._print(event)

    def check(self) -> None:
        if self.cancelled.is_set():
            raise Cancelled

    def _print(self, event: Progress) -> None:
        if event.done != event.total and time.monotonic() - self._printed < SECONDS_BETWEEN_LINES:
            return
        self._printed = time.monotonic()
        print_json({"progress": event})

    def _draw(self, event: Progress, bars: Bars) -> None:
        what = STAGES.get(event.stage, event.stage)
        if self._task is None:
            self._task = bars.add_task(what, total=event.total, detail="")
        bars.update(self._task, description=what, completed=event.done, total=event.total, detail=_detail(event))


@contextlib.contextmanager
def reporting(
    *, as_json: bool, on_text: Callable[[str], None] | None = None, lines: bool = False
) -> Iterator[TerminalReporter]:
    """A reporter with a bar where a person watches; the first Ctrl+C asks the work to stop, the second insists."""
    bars: Bars | None = None
    if err.is_terminal and not as_json and on_text is None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[detail]}"))
        bars = Bars(*columns, console=err, transient=True)
    reporter = TerminalReporter(bars, on_text, lines=lines)

    def ask_to_stop(*_: object) -> None:
        reporter.cancelled.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, ask_to_stop)
    try:
        with bars if bars is not None else contextlib.nullcontext():
            yield reporter
    finally:
        signal.signal(signal.SIGINT, before)


def _detail(event: Progress) -> str:
    """How many of how many, speed, time left, failures: `1,204 of 2,561 · 164 passages/s · 0:21 left · 3 failed`."""
    if event.stage in ("fetch", "convert", "verify"):
        total = f" of {event.total / 1e6:,.0f}" if event.total else ""
        return f"{event.subject} · {event.done / 1e6:,.0f}{total} MB"
    unit = {"recognize": "pages", "embed": "passages"}.get(event.stage, "files")
    parts = [f"{event.done:,} of {event.total:,} {unit}" if event.total else f"{event.done:,} {unit}"]
    if event.chunks_per_second:
        parts.append(f"{event.chunks_per_second:,.0f} passages/s")
    if event.seconds_left is not None:
        parts.append(f"{int(event.seconds_left) // 60}:{int(event.seconds_left) % 60:02d} left")
    if event.failed:
        parts.append(f"{event.failed:,} failed")
    return " · ".join(parts)
