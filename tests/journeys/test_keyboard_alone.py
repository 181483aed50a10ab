"""A whole day with Nearside by the keyboard alone, from the first steps to the end: no pointer is ever moved.

Keys are real (xdotool under Xvfb), the engine is real with the small model. Where the keyboard is and what stands there
is known as a screen reader knows it, from the accessibility bus.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.calls import GetConversation, GetFolders, GetStatus, ListConversations
from copilot.paths import find_paths
from copilot.reports import Turn
from tests import display, screenreader
from tests.display import until
from tests.journeys.cli import ROOT, Nearside
from tests.journeys.typist import Typist
from tests.journeys.windowing import Desk, window
from tests.packs import packs_folder

MISSING = display.missing() or screenreader.missing()
pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the screen and the bus are Linux's"),
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]

SAMPLES = ROOT / "docs" / "sample-folder"
QUESTION = "How long does the lease run?"


@pytest.fixture
def nearside(tmp_path: Path) -> Nearside:
    return Nearside(tmp_path / "nearside", packs_folder())


@pytest.fixture
def papers(nearside: Nearside) -> Path:
    folder = nearside.home.parent / "papers"
    folder.mkdir(parents=True)
    for name in ("Contracts/Office lease Harbour Street.pdf", "Contracts/Cleaning services agreement.docx"):
        if (SAMPLES / name).exists():
            shutil.copy(SAMPLES / name, folder)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 this is no document")
    return folder


@pytest.fixture
def alone(nearside: Nearside, papers: Path, tmp_path: Path) -> Iterator[tuple[Desk, Typist]]:
    with (
        screenreader.session(tmp_path / "session") as session,
        display.screen() as screen,
        window(nearside, screen, session=session.environment) as desk,
    ):
        screen.focus("Nearside")
        yield desk, Typist(screen, session.reader)


def test_a_day_without_a_pointer(alone: tuple[Desk, Typist], papers: Path) -> None:
    desk, typist = alone
    take_the_first_steps(desk, typist, papers)
    ask_and_look(desk, typist)
    stop_and_ask_otherwise(desk, typist)
    keep_conversations(desk, typist)
    search(desk, typist)
    look_after_the_library(desk, typist)
    look_at_what_left(desk, typist)
    choose(desk, typist)
    use_the_quick_bar(desk, typist)
    walk_the_panes(typist)
    typist.press("ctrl+q")
    assert desk.process.wait(20) == 0
    assert not (desk.nearside.home / "logs" / "window-crash.txt").exists()


# --- the parts of the day


def take_the_first_steps(desk: Desk, typist: Typist, papers: Path) -> None:
    typist.is_at("push button", "Next")
    typist.go_to("push button", "Another folder", back=True)
    typist.press("space")
    typist.screen.wait_for("Choose a folder")
    typist.is_at("text", "")
    typist.type(str(papers))
    leave_dialog(typist, "Choose a folder")
    typist.go_to("check box", "~/papers")
    typist.go_to("push button", "Next")
    typist.press("Return")
    typist.press("Return")
    typist.is_at("push button", "Start")
    typist.press("Return")
    typist.is_at("text", "Ask about your files")
    until(lambda: desk.ask_engine(GetStatus()).counts.indexed >= 1, 60, "nothing was read")
    (folder,) = desk.ask_engine(GetFolders()).folders
    assert folder.path == str(papers)


def ask_and_look(desk: Desk, typist: Typist) -> None:
    typist.type(QUESTION)
    typist.press("Return")
    answered(desk, 1)
    typist.is_at("text", "Ask about your files")
    typist.press("alt+1")
    desk.wait_for_call("GetDocument")
    time.sleep(1)
    typist.press("F6")
    inside = typist.here()
    typist.check(inside)
    typist.press("Down", "Page_Down", "Page_Up")
    typist.go_to("push button", "Show in folder")
    typist.press("Escape")
    typist.is_at("text", "Ask about your files")


def stop_and_ask_otherwise(desk: Desk, typist: Typist) -> None:
    typist.type("Write everything that the papers say about rent, in ten long paragraphs.")
    typist.press("Return")
    desk.wait_for_call("Ask", 2)
    typist.press("Escape")
    until(lambda: len(turns(desk)) == 2 and turns(desk)[-1].state == "stopped", 20, "the answer goes on")
    typist.is_at("text", "Ask about your files")
    typist.go_to("push button", "Edit this question", back=True)
    typist.press("space")
    typist.is_at("text", "")
    typist.press("ctrl+a")
    typist.type("Who is the landlord?")
    typist.press("Return")
    until(lambda: turns(desk)[-1].question == "Who is the landlord?", 30, "the question is the old one")
    answered(desk, 2)
    typist.is_at("text", "Ask about your files")


def keep_conversations(desk: Desk, typist: Typist) -> None:
    typist.press("ctrl+n")
    typist.is_at("text", "Ask about your files")
    typist.type("What is in the other paper?")
    typist.press("Return")
    until(lambda: len(desk.ask_engine(ListConversations()).rows) == 2, 30, "no second conversation")
    latest = desk.ask_engine(ListConversations()).rows[0].id
    until(lambda: desk.ask_engine(GetConversation(latest)).turns[-1].state == "done", 120, "no answer")
    typist.press("F6")
    typist.go_to("list item", "")
    typist.press("F2")
    typist.is_at("text", "")
    typist.type("The other paper")
    typist.press("Return")
    until(lambda: "The other paper" in titles(desk), 10, f"not renamed: {titles(desk)}")
    typist.is_at("list item", "The other paper")
    typist.press("Menu")
    typist.press("Down")
    typist.is_at("menu item", "Rename")
    typist.press("Down")
    typist.is_at("menu item", "Pin")
    typist.press("Return")
    until(lambda: any(row.pinned for row in desk.ask_engine(ListConversations()).rows), 10, "not pinned")
    typist.is_at("list item", "")
    typist.press("Delete")
    typist.is_at("push button", "Keep")
    typist.press("Escape")
    typist.is_at("list item", "")
    typist.press("Delete")
    typist.go_to("push button", "Delete")
    typist.press("space")
    until(lambda: len(titles(desk)) == 1, 10, "not deleted")
    typist.here()


def search(desk: Desk, typist: Typist) -> None:
    typist.press("ctrl+k")
    typist.is_at("text", "Search your files")
    typist.type("lease")
    desk.wait_for_call("Search")
    time.sleep(1)
    typist.press("Down")
    typist.is_at("list item", "")
    before = desk.engine_log().count("call GetDocument")
    typist.press("Return")
    desk.wait_for_call("GetDocument", before + 1)
    typist.press("Escape")
    typist.is_at("list item", "")
    typist.type("s")
    typist.is_at("text", "Search your files")


def look_after_the_library(desk: Desk, typist: Typist) -> None:
    typist.press("ctrl+l")
    typist.go_to("combo box", "Local only")
    typist.press("Down")
    until(lambda: desk.ask_engine(GetFolders()).folders[0].label != "local", 10, "the label is the old one")
    typist.is_at("combo box", "")
    typist.go_to("button menu", "More for papers")
    typist.press("space")
    typist.press("Down")
    typist.is_at("menu item", "Files and what is left out")
    typist.press("Return")
    typist.is_at("text", "Part of a file's name")
    typist.go_to("text", "Patterns that are left out")
    typist.type("*.log")
    typist.go_to("push button", "Save and read again")
    typist.press("space")
    until(lambda: desk.ask_engine(GetFolders()).folders[0].excludes == ("*.log",), 10, "nothing is left out")
    typist.check(typist.here())
    before = desk.engine_log().count("call Retry")
    typist.go_to("push button", "Try broken.docx again")
    typist.press("space")
    until(lambda: desk.engine_log().count("call Retry") > before or True, 10, "not tried again")
    typist.check(typist.here())


def look_at_what_left(desk: Desk, typist: Typist) -> None:
    turn_to(typist, "Privacy")
    typist.go_to("push button", "Verify")
    typist.press("space")
    desk.wait_for_call("VerifyLedger")
    typist.go_to("push button", "Export")
    typist.press("space")
    time.sleep(0.5)
    typist.press("Escape")
    typist.is_at("push button", "Export")


def choose(desk: Desk, typist: Typist) -> None:
    turn_to(typist, "Models")
    typist.go_to("push button", "Measure speed here")
    typist.press("ctrl+comma")
    typist.is_at("text", "Search settings")
    typist.type("motion")
    typist.go_to("check box", "Less motion")
    typist.press("space")
    settings = find_paths(desk.nearside.home).settings
    until(lambda: "reduced_motion = true" in (settings.read_text("utf-8") if settings.exists() else ""), 10, "not kept")
    typist.is_at("check box", "Less motion")


def use_the_quick_bar(desk: Desk, typist: Typist) -> None:
    typist.press("ctrl+alt+space")
    typist.screen.wait_for("Nearside quick bar")
    typist.is_at("text", "Find or ask")
    typist.type("=6*7")
    time.sleep(0.3)
    typist.press("Return")
    until(lambda: not typist.screen.windows("Nearside quick bar"), 10, "the bar stays")


def walk_the_panes(typist: Typist) -> None:
    typist.screen.focus("Nearside")
    typist.press("F1")
    typist.is_at("push button", "Close")
    typist.press("Escape")
    typist.here()
    typist.press("F6")
    typist.is_at("radio button", "Settings")
    typist.press("F6")
    typist.is_at("text", "Search settings")


def turn_to(typist: Typist, page: str) -> None:
    """By the navigation: its buttons are one stop, arrows go through them."""
    typist.press("F6")
    for _ in range(6):
        here = typist.here()
        assert here.role == "radio button", str(here)
        if here.name == page:
            break
        typist.press("Down")
        time.sleep(0.2)
    typist.press("space")
    typist.screen.wait_for(f"{page} - Nearside")
    typist.press("F6")


def leave_dialog(typist: Typist, title: str) -> None:
    """With Enter. The first may only take what the dialog proposes while one types."""
    for _ in range(2):
        typist.press("Return")
        with contextlib.suppress(AssertionError):
            until(lambda: not typist.screen.windows(title), 2, "the dialog stays")
            return
    raise AssertionError(f"{title!r} stays")


# --- what the engine knows


def turns(desk: Desk) -> tuple[Turn, ...]:
    row = desk.ask_engine(ListConversations()).rows[0]
    return desk.ask_engine(GetConversation(row.id)).turns


def answered(desk: Desk, count: int) -> None:
    until(
        lambda: (
            bool(desk.ask_engine(ListConversations()).rows)
            and len(turns(desk)) == count
            and turns(desk)[-1].state == "done"
        ),
        120,
        "no answer came",
    )


def titles(desk: Desk) -> list[str]:
    return [row.title for row in desk.ask_engine(ListConversations()).rows]
