"""The window as a screen reader has it: every page's controls with names and roles, and an answer that is read out.

Over a real accessibility bus (at-spi2-core). Which words are told when is tests/ui/widgets/test_announcing.py's.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.calls import GetConversation, ListConversations
from tests import display, screenreader
from tests.display import until
from tests.journeys.cli import ROOT, Nearside
from tests.journeys.typist import Typist
from tests.journeys.windowing import Desk, welcomed, window
from tests.packs import packs_folder
from tests.screenreader import Thing

MISSING = display.missing() or screenreader.missing()
pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the screen and the bus are Linux's"),
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]

SENSIBLE = {
    "push button", "radio button", "check box", "button menu", "combo box", "text", "spin box", "list", "list item",
    "page tab list", "page tab", "table", "table cell", "label", "scroll pane",
}  # fmt: skip
KEYS_FIELD = ("filler", "Keys for ")
"""Qt's own field for a shortcut has no role of its own."""


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[tuple[Desk, Typist]]:
    nearside = Nearside(tmp_path / "nearside", packs_folder())
    welcomed(nearside.home)
    papers = tmp_path / "papers"
    papers.mkdir()
    shutil.copy(ROOT / "docs" / "sample-folder" / "Contracts" / "Office lease Harbour Street.pdf", papers)
    (papers / "broken.docx").write_bytes(b"PK\x03\x04 this is no document")
    nearside.run("index", "add", papers)
    with (
        screenreader.session(tmp_path / "session") as session,
        display.screen() as screen,
        window(nearside, screen, session=session.environment) as desk,
    ):
        screen.focus("Nearside")
        yield desk, Typist(screen, session.reader)


def test_everything_has_a_name_and_an_answer_is_read_out(shown: tuple[Desk, Typist]) -> None:
    desk, typist = shown
    ask(desk, typist)
    for keys, page in (("ctrl+k", "Search"), ("ctrl+l", "Library"), ("ctrl+comma", "Settings")):
        typist.press(keys)
        look_over(typist, page)
    for page in ("privacy", "models", "chat"):
        assert desk.start_again("--page", page) == 0
        look_over(typist, page.capitalize())
    labels = [thing for thing in stops(typist) if thing.role == "button menu"]
    assert any(thing.name == "Where to look: All files" for thing in labels), labels


def ask(desk: Desk, typist: Typist) -> None:
    typist.is_at("text", "Ask about your files")
    typist.type("How long does the lease run?")
    typist.press("Return")
    until(lambda: bool(desk.ask_engine(ListConversations()).rows), 30, "nothing was asked")
    (row,) = desk.ask_engine(ListConversations()).rows
    until(lambda: desk.ask_engine(GetConversation(row.id)).turns[0].state == "done", 120, "no answer came")
    answer = desk.ask_engine(GetConversation(row.id)).turns[0].answer
    assert answer is not None
    until(lambda: any("Answer finished" in words for words in typist.reader.said()), 10, "nobody says that it is there")
    said = typist.reader.said()
    assert said[0] in ("Looking through your files", "Loading the model that answers")
    first_words = answer.text.split(" [")[0].split(".")[0]
    assert any(first_words in words for words in said), said
    assert len(said) <= 4 + len(answer.text) // 20, f"a flood: {said}"
    view = typist.reader.find("label", "Answer")
    assert first_words in typist.reader.text(view)


def look_over(typist: Typist, page: str) -> None:
    """Every control of the page that is shown."""
    typist.screen.wait_for(f"{page} - Nearside")
    for thing in stops(typist):
        assert thing.name or thing.description, f"{thing} on {page} has no name"
        assert thing.role in SENSIBLE or (thing.role, thing.name[:9]) == KEYS_FIELD or inner(typist, thing), str(thing)
        assert "<" not in thing.name + thing.description, f"{thing} is read out with its markup"
        assert "\u25be" not in thing.name, f"{thing} is read out with its arrow"
        if thing.role == "combo box":
            assert thing.description, f"{thing} on {page} says what is chosen and not of what"


def inner(typist: Typist, thing: Thing) -> bool:
    """A line edit inside of Qt's field for a shortcut: the field speaks for it."""
    parent = typist.reader.parent(thing)
    return parent is not None and (parent.role, parent.name[:9]) == KEYS_FIELD


def stops(typist: Typist) -> list[Thing]:
    return [thing for thing in typist.reader.walk() if "focusable" in thing.states and "enabled" in thing.states]
