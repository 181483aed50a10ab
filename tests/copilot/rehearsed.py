"""A Copilot with rehearsal models over a small folder: everything but the models is real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.calls import AddFolders
from copilot.conversation import Generated, Message
from copilot.engines.rehearsal import RehearsalEmbedder, RehearsalGenerator
from copilot.lineup import Lineup
from copilot.models.pack import Pack, PackFile, write_pack
from copilot.paths import Paths, find_paths
from copilot.settings.store import read_settings, write_settings
from indexer.reporter import Reporter, Silent

SILENT = Silent()

NOTES = {
    "lease.txt": "The rent of the harbour office is 2,400 euros a month. The lease ends on 30 June 2027.\n",
    "travel.txt": "Employees may spend up to 120 euros on a hotel night. Breakfast is paid separately.\n",
    "合同.txt": "交货日期为三月一日。付款期限为三十天。\n",
}


class Listening:
    """A Reporter that keeps events, and cancels when `stop` says so of one."""

    def __init__(self, stop: Callable[[object], bool] | None = None) -> None:
        self.events: list[object] = []
        self._stop = stop
        self.stopped = False

    def report(self, event: object) -> None:
        self.events.append(event)
        self.stopped = self.stopped or (self._stop is not None and self._stop(event))

    def check(self) -> None:
        from indexer.reporter import Cancelled

        if self.stopped:
            raise Cancelled


class WatchedGenerator(RehearsalGenerator):
    """Keeps the prompts it was given; `before` is called first and may raise."""

    def __init__(self, before: Callable[[Reporter], None] | None = None, context_tokens: int = 4096) -> None:
        super().__init__(context_tokens)
        self.prompts: list[tuple[Message, ...]] = []
        self.closed = False
        self._before = before

    def generate(self, messages, reporter, **options) -> Generated:  # type: ignore[no-untyped-def]
        self.prompts.append(tuple(messages))
        if self._before is not None:
            self._before(reporter)
        return super().generate(messages, reporter, **options)

    def choose(self, messages, options, reporter) -> tuple[float, ...]:  # type: ignore[no-untyped-def]
        """Sure that the passages hold the answer, so that it is written."""
        super().choose(messages, options, reporter)
        return (0.99, *(0.01 / (len(options) - 1) for _ in options[1:]))

    def close(self) -> None:
        self.closed = True


def write_notes(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in NOTES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@contextmanager
def rehearsed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    generator: RehearsalGenerator | None = None,
    indexed: bool = True,
) -> Iterator[Copilot]:
    """The notes are at `tmp_path / "notes"`, the program's own folders at `tmp_path / "home"`."""
    monkeypatch.setenv("NEARSIDE_KEY_FILE", str(tmp_path / "library.key"))
    monkeypatch.setattr(Lineup, "_open_embedder", lambda _: RehearsalEmbedder())
    monkeypatch.setattr(Lineup, "_open_generator", lambda _: generator or RehearsalGenerator())
    copilot = Copilot(home(tmp_path), writer=True)
    try:
        if indexed:
            copilot.perform(AddFolders((str(write_notes(tmp_path / "notes")),)), SILENT)
        yield copilot
    finally:
        copilot.close()


def home(tmp_path: Path) -> Paths:
    return find_paths(tmp_path / "home")


def keep_setting(tmp_path: Path, **values: object) -> None:
    """What the settings page does: change the file."""
    path = home(tmp_path).settings
    write_settings(path, replace(read_settings(path), **values))  # type: ignore[arg-type]


def make_pack(tmp_path: Path, name: str) -> Path:
    """A pack of an answer model on the shelf, whole but for the model itself; its folder."""
    folder = home(tmp_path).packs / name
    folder.mkdir(parents=True)
    (folder / "openvino_model.bin").write_bytes(b"weights")
    files = (PackFile("openvino_model.bin", 7, ""),)
    write_pack(
        Pack(name, "generator", name.title(), "1", "MIT", "openvino", folder, ("CPU",), "int4", 4096, 1, files=files)
    )
    return folder
