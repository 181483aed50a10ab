"""Text read from the screen, as a person does it: keys, a rectangle over another program, the real recognizer; and
indexing that waits behind a program that fills the screen.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from copilot.calls import AddFolders, Follow, GetConversation, GetStatus, ListConversations, SetPause
from copilot.host.client import connect
from copilot.paths import find_paths
from copilot.reports import EngineState
from indexer.reporter import Cancelled
from tests import display
from tests.display import Screen, until
from tests.journeys import otherprogram
from tests.journeys.cli import Nearside
from tests.journeys.windowing import Desk, welcomed, window
from tests.packs import packs_folder

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the screen is X11's"),
    pytest.mark.skipif(bool(display.missing()), reason=display.missing()),
]

LETTER = "The harbour lease ends in August 2029.\nThe rent rises with the index in January.\nNotice: six months."
OVERLAY = "Choose a part of the screen"
BAR = "Nearside quick bar"
FILM = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication(sys.argv)
label = QLabel("film")
label.setWindowTitle("Film")
label.showFullScreen()
application.exec()
"""


@pytest.fixture
def screen() -> Iterator[Screen]:
    with display.screen() as shown:
        yield shown


@pytest.fixture
def desk(tmp_path: Path, screen: Screen) -> Iterator[Desk]:
    nearside = Nearside(tmp_path / "nearside", packs_folder())
    welcomed(nearside.home)
    assert nearside.run("settings", "set", "region_shortcut", "Ctrl+Alt+R").code == 0
    with window(nearside, screen) as shown:
        shown.wait_for_call("Follow")
        yield shown


@contextlib.contextmanager
def letter(desk: Desk) -> Iterator[None]:
    """Another program that shows some lines, in front."""
    command = [sys.executable, otherprogram.__file__, str(desk.nearside.home / "letter.txt"), LETTER]
    with other_program(desk, command, "Letter"):
        yield


@contextlib.contextmanager
def other_program(desk: Desk, command: list[str], title: str) -> Iterator[None]:
    other = subprocess.Popen(command, env=desk.environment)
    try:
        desk.screen.wait_for(title)
        desk.screen.focus(title)
        yield
    finally:
        other.terminate()
        other.wait(10)


def press_until(desk: Desk, keys: str, true: Callable[[], bool], otherwise: str) -> None:
    """Until somebody listens, or the text is there that these keys are about: before that they do nothing."""

    def pressed() -> bool:
        if true():
            return True
        desk.screen.press(keys)
        time.sleep(0.5)
        return true()

    until(pressed, 60, otherwise)


def asked_about(desk: Desk) -> str:
    """The question that reached the engine, with what it is about."""
    (row,) = desk.ask_engine(ListConversations()).rows
    (turn,) = desk.ask_engine(GetConversation(row.id)).turns
    return turn.question


def left_on_disk(desk: Desk) -> list[Path]:
    """Files below the person's folder that hold pixels or the text that was read."""
    files = [file for file in desk.nearside.home.parent.rglob("*") if "models" not in file.parts and file.is_file()]
    assert len(files) > 5
    held = {file: file.read_bytes() for file in files}
    return [file for file, data in held.items() if b"\x89PNG" in data[:8] or b"August 2029" in data]


def test_a_rectangle_over_another_program_is_read_and_asked_about(desk: Desk) -> None:
    screen = desk.screen
    with letter(desk):
        press_until(desk, "ctrl+alt+r", lambda: bool(screen.windows(OVERLAY)), "the shortcut is not heard")
        time.sleep(0.3)
        screen.drag(50, 630, 640, 720)
        desk.wait_for_call("ReadPicture")
        screen.wait_for(BAR)
        until(lambda: not screen.windows(OVERLAY), 5, "the screen stays dim")
        screen.type("when does it end?")
        press_until(desk, "alt+1", lambda: bool(desk.ask_engine(ListConversations()).rows), "nothing was asked")
        question = asked_about(desk)
    assert "lease ends in August 2029" in question
    assert question.endswith("when does it end?")
    assert left_on_disk(desk) == []


def test_keys_alone_read_the_screen_and_summarize(desk: Desk) -> None:
    screen = desk.screen
    with letter(desk):
        assert desk.start_again("--quick", "--region") == 0
        screen.wait_for(OVERLAY)
        time.sleep(0.3)
        screen.press("Down", *["Left"] * 25, *["Down"] * 25)
        screen.press("Return")
        screen.wait_for(BAR)
        desk.wait_for_call("ReadPicture")
        press_until(desk, "alt+2", lambda: "call Compose\n" in desk.engine_log(), "nothing was summarized")
        screen.press("Escape", "Escape")
        until(lambda: not screen.windows(BAR), 15, "Esc does not hide the bar")


def test_escape_leaves_the_screen_as_it_was(desk: Desk) -> None:
    with letter(desk):
        press_until(desk, "ctrl+alt+r", lambda: bool(desk.screen.windows(OVERLAY)), "the shortcut is not heard")
        time.sleep(0.3)
        desk.screen.press("Escape")
        until(lambda: not desk.screen.windows(OVERLAY), 5, "Esc does not leave")
        assert not desk.screen.windows(BAR)
    assert "call ReadPicture" not in desk.engine_log()


# --- behind a full screen


class OneState:
    """Hears the first state that the engine tells, and leaves."""

    def __init__(self) -> None:
        self.state: EngineState | None = None

    def report(self, event: object) -> None:
        assert isinstance(event, EngineState)
        self.state = event

    def check(self) -> None:
        if self.state is not None:
            raise Cancelled


def state(desk: Desk) -> EngineState:
    heard = OneState()
    remote = connect(find_paths(desk.nearside.home))
    assert remote is not None
    with remote, contextlib.suppress(Cancelled):
        remote.perform(Follow(), heard)
    assert heard.state is not None
    return heard.state


def test_indexing_waits_while_a_film_fills_the_screen(desk: Desk) -> None:
    with other_program(desk, [sys.executable, "-c", FILM], "Film"):
        papers = desk.nearside.home.parent / "papers"
        papers.mkdir()
        (papers / "office.txt").write_text("The office closes at six.", "utf-8")
        desk.ask_engine(AddFolders((str(papers),), waited_for=True))
        desk.ask_engine(SetPause(True))  # held until the window had a look
        for number in range(40):
            (papers / f"note {number}.txt").write_text(f"Note {number}: the crane costs {number} euros a day.", "utf-8")
        until(lambda: state(desk).indexing, 60, "the new files are not noticed")
        desk.wait_for_call("FillsScreen")
        desk.ask_engine(SetPause(False))
        until(lambda: state(desk).pause_reason == "full_screen", 10, "indexing does not wait behind the film")
        time.sleep(1)
        assert desk.ask_engine(GetStatus()).counts.indexed < 41
    until(lambda: desk.ask_engine(GetStatus()).counts.indexed == 41, 60, "indexing did not go on")
    assert state(desk).pause_reason != "full_screen"
