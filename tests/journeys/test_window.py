"""The window on a screen, with real keys and a real engine: first steps, quick bar, second start, an engine that dies.

SmolLM2-135M drives the path; the far side is a server on this computer.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.calls import GetConversation, GetEngine, GetStatus, ListConversations
from tests import display
from tests.display import Screen, until
from tests.journeys import otherprogram
from tests.journeys.cli import ROOT, Nearside
from tests.journeys.windowing import Desk, welcomed, window
from tests.packs import packs_folder

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the screen is X11's"),
    pytest.mark.skipif(bool(display.missing()), reason=display.missing()),
]

SAMPLES = ROOT / "docs" / "sample-folder"
QUESTION = "How long does the lease run?"


@pytest.fixture
def screen() -> Iterator[Screen]:
    with display.screen() as shown:
        yield shown


@pytest.fixture
def nearside(tmp_path: Path) -> Nearside:
    return Nearside(tmp_path / "nearside", packs_folder())


@pytest.fixture
def desk(nearside: Nearside, screen: Screen) -> Iterator[Desk]:
    """A window past its first steps, with one indexed file."""
    welcomed(nearside.home)
    documents = nearside.home.parent / "papers"
    documents.mkdir()
    shutil.copy(SAMPLES / "Contracts" / "Office lease Harbour Street.pdf", documents)
    assert nearside.run("index", "add", documents).code == 0
    with window(nearside, screen) as shown:
        yield shown


def test_the_first_steps_end_in_a_cited_answer(nearside: Nearside, screen: Screen) -> None:
    documents = nearside.home.parent / "Documents"
    documents.mkdir()
    shutil.copy(SAMPLES / "Contracts" / "Office lease Harbour Street.pdf", documents)
    with window(nearside, screen) as desk:
        screen.focus("Nearside")
        desk.wait_for_call("Follow")
        screen.press("Return")
        desk.wait_for_call("AddFolders")
        screen.press("Return", "Return")
        until(lambda: desk.ask_engine(GetStatus()).counts.indexed == 1, 60, "the folder was not read")
        screen.press("ctrl+n")
        screen.wait_for("Chat - Nearside")
        screen.type(QUESTION)
        screen.press("Return")
        until(lambda: bool(desk.ask_engine(ListConversations()).rows), 30, "nothing was asked")
        (row,) = desk.ask_engine(ListConversations()).rows
        until(lambda: desk.ask_engine(GetConversation(row.id)).turns[0].state == "done", 120, "no answer came")
        before = desk.engine_log().count("call GetDocument")
        screen.press("alt+1")
        desk.wait_for_call("GetDocument", before + 1)
    assert '"welcomed":true' in (nearside.home / "data" / "window.json").read_text("utf-8")
    assert not (nearside.home / "logs" / "window-crash.txt").exists()


def test_a_second_start_shows_what_it_was_given(desk: Desk) -> None:
    assert desk.start_again("--page", "library") == 0
    desk.screen.wait_for("Library - Nearside")
    assert desk.start_again("nearside:page/settings") == 0
    desk.screen.wait_for("Settings - Nearside")
    assert desk.start_again("--quick") == 0
    desk.screen.wait_for("Nearside quick bar")
    assert desk.process.poll() is None


def test_the_quick_bar_answers_over_another_program(desk: Desk) -> None:
    screen = desk.screen
    letter = desk.nearside.home / "letter.txt"
    text = "The harbour lease ends in August 2029. The rent rises with the index once a year, in January."
    command = [sys.executable, otherprogram.__file__, str(letter), text]
    other = subprocess.Popen(command, env=desk.environment)
    try:
        screen.wait_for("Letter")
        screen.focus("Letter")
        screen.press("ctrl+End", "ctrl+shift+Home")
        screen.press("ctrl+alt+space")
        screen.wait_for("Nearside quick bar")
        until(lambda: len(screen.windows("Letter")) == 1, 5, "the other program went away")
        display.time.sleep(0.5)
        screen.press("alt+2")
        desk.wait_for_call("Compose")
        until(lambda: desk.engine_log().count("call Compose") == 1, 5, "asked twice")
        display.time.sleep(8)
        screen.press("ctrl+Return")
        until(letter.exists, 20, "nothing was pasted back")
        assert letter.read_text("utf-8").strip() not in ("", text)
        assert not screen.windows("Nearside quick bar")
        screen.press("ctrl+alt+space")
        screen.wait_for("Nearside quick bar")
        screen.type("lease")
        desk.wait_for_call("FindFiles")
        desk.wait_for_call("Search")
        screen.press("Return")
        desk.wait_for_call("Ask")
        screen.press("Escape", "Escape")
        until(lambda: not screen.windows("Nearside quick bar"), 15, "Esc does not hide the bar")
    finally:
        other.terminate()
        other.wait(10)


def test_an_engine_that_is_killed_comes_back_and_nothing_is_lost(desk: Desk) -> None:
    first = desk.ask_engine(GetEngine()).pid
    desk.screen.press("ctrl+alt+space")
    desk.screen.wait_for("Nearside quick bar")
    desk.screen.type("? " + QUESTION)
    desk.screen.press("Return")
    desk.wait_for_call("Ask")
    os.kill(first, signal.SIGKILL)
    until(lambda: desk.engine_runs() and desk.ask_engine(GetEngine()).pid != first, 60, "the engine stayed away")
    assert desk.process.poll() is None
    desk.wait_for_call("Follow", 2)
    assert desk.ask_engine(GetStatus()).counts.indexed == 1
    (row,) = desk.ask_engine(ListConversations()).rows
    (turn,) = desk.ask_engine(GetConversation(row.id)).turns
    assert (turn.question, turn.state) == (QUESTION, "interrupted")


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace: sh installers/debian_packages.sh test")
def test_the_window_opens_no_internet_socket(nearside: Nearside, screen: Screen, tmp_path: Path) -> None:
    welcomed(nearside.home)
    trace = tmp_path / "trace"
    trace.mkdir()
    tracing = ("strace", "-ff", "-qq", "-e", "trace=socket,connect,clone,clone3,execve", "-o", str(trace / "t"))
    with window(nearside, screen, wrapped=tracing) as desk:
        assert desk.start_again("--page", "library") == 0
        screen.wait_for("Library - Nearside")
        screen.press("ctrl+k")
        screen.type("lease")
        screen.press("ctrl+alt+space")
        screen.wait_for("Nearside quick bar")
        (root,) = [file for file in trace.iterdir() if '"-m", "ui"]' in first_line(file)]
        pid = int(root.name.rpartition(".")[2])
        os.kill(pid, signal.SIGTERM)
        desk.nearside.run("engine", "stop")
        desk.process.wait(60)
    threads = process_of(trace, root)
    assert len(threads) > 3
    texts = [file.read_text("utf-8", "replace") for file in threads]
    assert not [text for text in texts if "AF_INET" in text]
    assert any("AF_UNIX" in text for text in texts)


def first_line(file: Path) -> str:
    with file.open(encoding="utf-8", errors="replace") as stream:
        return stream.readline()


def process_of(trace: Path, root: Path) -> list[Path]:
    """The traces of a process's own threads, not of its children."""
    found, todo = [root], [root]
    while todo:
        text = todo.pop().read_text("utf-8", "replace")
        for call, number in re.findall(r"^(clone3?\(.*?)= (\d+)$", text, re.MULTILINE):
            file = root.with_suffix(f".{number}")
            if "CLONE_THREAD" in call and file.exists() and file not in found:
                found.append(file)
                todo.append(file)
    return found
