"""A provider set up, asked and refused through the window alone: started as a person does, sealed, its launcher starts
the engine, the key goes through its dialog into a real Secret Service, keys and pointer are real. The far side is a
server on this computer that keeps every byte.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.calls import GetLedger, GetSent, VerifyLedger
from copilot.privacy.entries import EntryKind
from tests import display, screenreader
from tests.journeys.hands import Hands
from tests.journeys.test_offer import KEY, OPEN, Office
from tests.journeys.windowing import welcomed, window
from tests.loopback import Loopback, answer, streams
from tests.packs import packs_folder

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the screen is X11's, the keyring Secret Service"),
    pytest.mark.skipif(bool(display.missing()), reason=display.missing()),
    pytest.mark.skipif(bool(screenreader.missing()), reason=screenreader.missing()),
    pytest.mark.skipif(
        not shutil.which("gnome-keyring-daemon"), reason="needs gnome-keyring: sh installers/debian_packages.sh test"
    ),
]

PRIVATE = ("Marianne", "Vogelsang", "901820")
QUESTION = "Who painted the pump, and in which colour?"
"""The files do not say."""
SHOWN = "The text that would be sent"


@pytest.fixture
def server() -> Iterator[Loopback]:
    events = answer("openai", "The pump costs ", "4,310 euros, ", "says Per", "son A [1].")
    with Loopback(streams(*events, pause=0.05)) as server:
        yield server


@pytest.fixture
def hands(tmp_path: Path) -> Iterator[Hands]:
    """A window on the privacy page, one folder read whose text may be offered, no provider, an empty keyring."""
    with screenreader.session(tmp_path / "run") as session, display.screen() as screen:
        keyring = _keyring(tmp_path / "keys", session.environment)
        office = Office(tmp_path / "nearside" / "home", packs_folder(), tuple(session.environment.items()))
        welcomed(office.home)
        documents = office.home.parent / "documents"
        documents.mkdir()
        (documents / "pump.txt").write_text(OPEN, "utf-8")
        assert office.run("index", "add", documents).code == 0
        assert office.run("label", documents, "ask").code == 0
        with window(office, screen, "--page", "privacy") as desk:
            yield Hands(desk, session.reader)
        keyring.terminate()
        keyring.wait(20)


def _keyring(home: Path, session: dict[str, str]) -> subprocess.Popen[bytes]:
    """A daemon of its own on the session's bus, unlocked, with nothing in it."""
    home.mkdir(mode=0o700)
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        env=dict(os.environ) | session | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert daemon.stdin is not None
    daemon.stdin.write(b"password")
    daemon.stdin.close()
    return daemon


def test_the_whole_way_there_and_back(hands: Hands, server: Loopback) -> None:
    _set_up_a_provider(hands, server)
    _refuse(hands, "Escape")
    _refuse(hands, "Return")  # where the keyboard stands
    assert server.connections == 0
    _change_what_is_sent(_asked(hands))
    raw = _raw_body(hands)
    hands.click("push button", "Send once")
    badge = hands.find("label", "From acme (large), sent ")
    answers = [hands.reader.text(t) for t in hands.reader.walk() if t.name == "Answer"]
    assert "4,310 euros, says Marianne Vogelsang" in answers[-1], "what was replaced comes back here"
    (received,) = server.received
    assert received.body == raw.encode()
    assert received.header("authorization") == f"Bearer {KEY}"
    assert badge.name.startswith(f"From acme (large), sent {len(raw.encode())} bytes, entry ")
    _find_in_the_record(hands, received.body, int(badge.name.rpartition(" ")[2]))
    _agree_for_a_conversation(hands, server)
    assert KEY.encode() not in b"".join(p.read_bytes() for p in hands.desk.nearside.home.rglob("*") if p.is_file())


def _set_up_a_provider(hands: Hands, server: Loopback) -> None:
    screen = hands.screen
    hands.click("page tab", "Providers")
    hands.click("push button", "Add a provider")
    screen.wait_for("Add a provider")
    hands.fill("Name here", "acme")
    hands.fill("Address", server.url)
    hands.fill("Model", "large")
    screen.press("Return")
    hands.wait_gone("Add a provider")
    hands.find("label", "no key yet")
    hands.click("push button", "Key for acme")
    screen.wait_for("Key for acme")
    hands.find("label", "It is kept by ")
    hands.fill("Key for acme", KEY)
    screen.press("Return")
    hands.wait_gone("Key for acme")
    assert KEY not in hands.find("label", "key …").name


def _asked(hands: Hands) -> Hands:
    """The dialog about a question that was asked in a conversation of its own."""
    hands.screen.press("ctrl+n")
    hands.screen.wait_for("Chat - Nearside")
    hands.screen.type(QUESTION)
    hands.screen.press("Return")
    return _shown(hands)


def _shown(hands: Hands) -> Hands:
    hands.click("push button", "Show what would be sent")
    hands.screen.wait_for("Send to acme")
    hands.find("push button", "Don't send")
    assert not [word for word in PRIVATE if word in hands.text("text", SHOWN)]
    return hands


def _refuse(hands: Hands, key: str) -> None:
    _asked(hands)
    hands.screen.press(key)
    hands.wait_gone("Send to acme")
    ledger = hands.desk.ask_engine(GetLedger())
    assert ledger.entries[0].entry.detail == "no"
    assert EntryKind.SENT not in {written.entry.kind for written in ledger.entries}


def _change_what_is_sent(hands: Hands) -> None:
    """Let the company's name go, keep the pump back; both by the keyboard in the text."""
    screen = hands.screen
    _go_to(hands, "Company A", 2)
    screen.press("space")
    display.time.sleep(0.5)  # the menu has no window of its own that xdotool would know
    screen.press("Down", "Return")
    display.until(lambda: "Acme Hydraulics GmbH" in hands.text("text", SHOWN), 20, "nothing was lifted")
    _go_to(hands, "pump", 0)
    screen.press(*["shift+Right"] * len("pump"))
    hands.click("push button", "Replace what is selected")
    display.until(lambda: "pump" not in hands.text("text", SHOWN), 20, "nothing was replaced")


def _go_to(hands: Hands, word: str, inside: int) -> None:
    text = hands.reader.text(hands.click("text", SHOWN))
    hands.screen.press("ctrl+Home", *["Right"] * (text.index(word) + inside))


def _raw_body(hands: Hands) -> str:
    """What the dialog shows as the exact body."""
    hands.click("push button", "Show raw request")
    head, _, raw = hands.text("text", "Raw request").partition("\n\n")
    assert head.startswith("POST http://127.0.0.1:")
    assert "Acme Hydraulics GmbH" in raw
    assert not [word for word in (*PRIVATE, "pump") if word in raw]
    return raw


def _find_in_the_record(hands: Hands, body: bytes, number: int) -> None:
    ledger = hands.desk.ask_engine(GetLedger())
    (sent,) = [w.entry for w in ledger.entries if w.entry.kind is EntryKind.SENT]
    assert hands.desk.ask_engine(GetSent(sent.digest)).body == body
    assert sent.byte_count == len(body)
    assert number in {w.number for w in ledger.entries if w.entry.request_id == sent.request_id}
    assert hands.desk.ask_engine(VerifyLedger()).problems == ()


def _agree_for_a_conversation(hands: Hands, server: Loopback) -> None:
    """The second question of it shows no dialog and says so before; its bytes are in the record as well."""
    before = len(server.received)
    _asked(hands)
    hands.click("push button", "This conversation")
    hands.wait_gone("Send to acme")
    display.until(lambda: len(server.received) == before + 1, 30, "nothing was sent")
    hands.find("label", "From acme (large), sent ")
    hands.screen.focus("Chat - Nearside")
    hands.screen.type(QUESTION)
    hands.screen.press("Return")
    hands.click("push button", "Ask acme")
    display.until(lambda: len(server.received) == before + 2, 30, "the standing yes was not taken")
    assert not hands.screen.windows("Send to acme")
    kept = [w.entry.digest for w in hands.desk.ask_engine(GetLedger()).entries if w.entry.kind is EntryKind.SENT]
    assert [hands.desk.ask_engine(GetSent(digest)).body for digest in reversed(kept)] == [
        one.body for one in server.received
    ]
