"""The launcher: what it starts for a window that is sealed, and what it refuses."""

from __future__ import annotations

import queue
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.errors import SettingInvalid
from copilot.failures import RemoteFailure
from copilot.host.launcher import Launcher
from copilot.paths import Paths, find_paths
from tests.display import until

SEALED = """
import sys
from copilot.host.launcher import Launcher
from copilot.paths import find_paths
from copilot.sealing import seal
launcher = Launcher(find_paths())
seal()
import threading
over = threading.Event()
launcher.run(("models", "fetch", "no-such-pack", "--json"), print, lambda code: (print("code", code), over.set()))
assert over.wait(60)
launcher.close()
"""


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("NEARSIDE_HOME", str(tmp_path / "home"))
    return find_paths()


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop that writes down what it is asked to open."""
    written, programs = tmp_path / "opened.txt", tmp_path / "programs"
    programs.mkdir()
    opener = programs / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" >> {written}\n', "utf-8")
    opener.chmod(opener.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    return written


@pytest.fixture
def launcher(paths: Paths, opened: Path) -> Iterator[Launcher]:
    launcher = Launcher(paths)
    yield launcher
    launcher.close()


def ran(launcher: Launcher, *words: str) -> tuple[int, list[str]]:
    lines: list[str] = []
    code: queue.SimpleQueue[int] = queue.SimpleQueue()
    launcher.run(words, lines.append, code.put)
    return code.get(timeout=60), lines


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="xdg-open is Linux's")
def test_files_and_addresses_are_opened_and_nothing_else(launcher: Launcher, opened: Path, tmp_path: Path) -> None:
    file = tmp_path / "-letter 1.txt"
    file.write_text("x", "utf-8")
    launcher.open(str(file))
    until(lambda: opened.exists() and str(file) in opened.read_text("utf-8"), 10, "not opened")
    launcher.show(str(file))
    until(lambda: f"{tmp_path}\n" in opened.read_text("utf-8"), 10, "not shown")
    for word in ("letter.txt", "https://example.invalid", "/no/such/file", "--help"):
        launcher.open(word)
    launcher.browse("file:///etc/passwd")
    launcher.browse("https://example.invalid/a")
    until(lambda: "https://example.invalid/a\n" in opened.read_text("utf-8"), 10, "not browsed")
    assert len(opened.read_text("utf-8").splitlines()) == 3


def test_only_fetching_is_run(launcher: Launcher) -> None:
    assert ran(launcher, "models", "list", "--json")[1] == []
    assert ran(launcher, "engine", "start")[1] == []
    code, lines = ran(launcher, "models", "fetch", "no-such-pack", "--json")
    assert code == 6
    assert "pack_unknown" in "".join(lines)


def test_what_it_starts_is_not_sealed_with_the_window(paths: Paths) -> None:
    done = subprocess.run([sys.executable, "-c", SEALED], capture_output=True, text=True, timeout=120, check=False)
    assert "pack_unknown" in done.stdout, done.stderr
    assert "code 6" in done.stdout


def test_it_ends_with_the_window(paths: Paths) -> None:
    launcher = Launcher(paths)
    launcher.close()
    assert launcher._process.poll() is not None
    assert ran(launcher, "models", "fetch", "x")[0] == 8


def test_an_engine_that_can_not_start_says_why_with_its_own_code(launcher: Launcher, paths: Paths) -> None:
    paths.settings.parent.mkdir(parents=True, exist_ok=True)
    paths.settings.write_text('passages = "many"\n', "utf-8")
    with pytest.raises(RemoteFailure) as failure:
        launcher.start_engine(paths)
    assert failure.value.code == SettingInvalid.code
    assert dict(failure.value.facts)["name"] == "passages"
