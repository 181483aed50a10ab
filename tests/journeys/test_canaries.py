"""A key and a private sentence go the whole way, and stay nowhere: no file, no command line, no environment, no log.

The sentence lies in a document that may be asked about, so it is indexed, found, shown, sent and answered.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.cli import Nearside, Said
from tests.keyringsession import NEEDS_KEYRING, keyring_session
from tests.loopback import Loopback, Reply, answer, streams
from tests.packs import packs_folder
from tests.pictures import printed

pytestmark = [
    NEEDS_KEYRING,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Secret Service and /proc are Linux's"),
]

KEY = "sk-canary-b7f3e2a91c04d856"
SENTENCE = "velvet walruses audit the orchard boiler before dawn"
REPLY = "quartz penguins polish every seventh teapot"
QUESTION = "Which animals look after the boiler in the orchard?"


@dataclass(frozen=True, slots=True)
class Watched(Nearside):
    """An installation with a keyring session and a folder for temporary files of its own."""

    session: tuple[tuple[str, str], ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        plain: dict[str, str] = Nearside.environment.fget(self)  # type: ignore[attr-defined]
        return plain | dict(self.session) | {"TMPDIR": str(self.home.parent / "temp")}


def disguises(text: str) -> tuple[bytes, ...]:
    """How a text may lie in a file: as it is, in UTF-16, in hex, in each of the three shifts of base64."""
    plain = text.encode()
    shifted = (base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3))
    return (plain, text.encode("utf-16-le"), plain.hex().encode(), *shifted)


def files_that_tell(folder: Path, *texts: str) -> list[tuple[str, str]]:
    """Every file below `folder` whose name or bytes hold one of the texts; links to elsewhere are not followed."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            data = os.fsencode(path) + path.read_bytes()
            found += [(str(path), text) for text in texts if any(form in data for form in disguises(text))]
    return found


@dataclass(frozen=True, slots=True)
class Watch:
    """Texts that were seen in a command line or environment, and the gateways that were looked at."""

    told: list[str]
    gateways: set[str]


@contextmanager
def watching_processes(*texts: str) -> Iterator[Watch]:
    """Looks at every process's command line and environment, again and again."""
    watch = Watch([], set())
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.03):
            for entry in os.scandir("/proc"):
                if not entry.name.isdigit() or int(entry.name) == os.getpid():
                    continue
                try:
                    lines = [Path(entry.path, part).read_bytes() for part in ("cmdline", "environ")]
                except OSError:
                    continue
                if b"copilot.gateway.process" in lines[0]:
                    watch.gateways.add(entry.name)
                watch.told.extend(text for text in texts if any(text.encode() in line for line in lines))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        thread.join()


@pytest.fixture
def nearside(tmp_path: Path) -> Iterator[Watched]:
    (tmp_path / "all" / "temp").mkdir(parents=True)
    with keyring_session(tmp_path / "all" / "keyring") as session:
        yield Watched(tmp_path / "all" / "home", packs_folder(), tuple(session.items()))


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "notes.txt").write_text(f"Notes on the orchard and its animals. In winter {SENTENCE}.\n", "utf-8")
    return folder


def expect(said: Said, code: int) -> Said:
    assert said.code == code, said.err + said.out
    return said


def send_once(nearside: Watched, code: int) -> Said:
    asked = nearside.run("ask", QUESTION, "--offer", "--send", "passages", "--json")
    offer = expect(asked, 10).fields["offer"]
    assert SENTENCE in json.loads(offer["body"])["messages"][-1]["content"] + offer["body"]
    return expect(nearside.run("consent", offer["id"], "--once", "--json"), code)


def test_the_watch_does_see() -> None:
    with watching_processes(KEY, SENTENCE) as watch:
        subprocess.run(["sleep", "0.3"], env={"PATH": os.environ["PATH"], "API_KEY": KEY}, check=True)
        subprocess.run(["sh", "-c", "sleep 0.3; :", SENTENCE], check=True)
    assert set(watch.told) == {KEY, SENTENCE}


@pytest.mark.parametrize("form", disguises(SENTENCE))
def test_the_search_does_find(tmp_path: Path, form: bytes) -> None:
    (tmp_path / "file").write_bytes(b"\0\1" + form + b"\2")
    assert files_that_tell(tmp_path, SENTENCE) == [(str(tmp_path / "file"), SENTENCE)]


def test_nothing_stays_anywhere(nearside: Watched, documents: Path, tmp_path: Path) -> None:
    broken: Reply = streams(*answer("openai", REPLY)[:1], broken=True)
    with (
        Loopback(streams(*answer("openai", REPLY), pause=0.1), broken) as server,
        watching_processes(KEY, SENTENCE) as watch,
    ):
        add = ("providers", "add", "acme", "--kind", "openai", "--url", server.url, "--model", "large")
        expect(nearside.run(*add), 0)
        expect(nearside.run("keys", "set", "acme", text=KEY + "\n"), 0)
        expect(nearside.run("index", "add", documents), 0)
        expect(nearside.run("label", documents, "redacted"), 0)
        answered = send_once(nearside, 0)
        assert REPLY in answered.out
        send_once(nearside, 12)  # the second reply breaks off: errors leave traces, too
    assert watch.told == []
    assert watch.gateways  # or nothing was proved
    for received in server.received:
        assert received.header("authorization") == f"Bearer {KEY}"
        assert SENTENCE.encode() in received.body
    assert len(server.received) == 2
    assert files_that_tell(tmp_path / "documents", SENTENCE) != []  # the search does find
    assert files_that_tell(tmp_path / "all", KEY, SENTENCE, REPLY, QUESTION) == []
    assert (nearside.home / "data" / "library" / "ledger.db").stat().st_size > 0


def test_what_is_recognized_in_a_picture_stays_nowhere_and_leaves_only_by_its_label(
    nearside: Watched, tmp_path: Path
) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    printed(("Notes on the orchard and its animals.", "In winter " + SENTENCE + "."), size=24).save(folder / "note.png")
    add = ("providers", "add", "acme", "--kind", "openai", "--url", "http://127.0.0.1:9", "--model", "large")
    with watching_processes(SENTENCE) as watch:
        expect(nearside.run("index", "add", folder), 0)
        (hit,) = expect(nearside.run("search", "orchard boiler", "--json"), 0).fields["hits"]
        assert SENTENCE in hit["text"], "the picture was read"
        expect(nearside.run(*add), 0)
        expect(nearside.run("keys", "set", "acme", text=KEY + "\n"), 0)
        offered = nearside.run("ask", QUESTION, "--offer", "--send", "passages", "--json")
        assert SENTENCE not in offered.fields.get("offer", {}).get("body", ""), "its folder is local"
        expect(nearside.run("label", folder, "redacted"), 0)
        offered = nearside.run("ask", QUESTION, "--offer", "--send", "passages", "--json")
        assert SENTENCE in expect(offered, 10).fields["offer"]["body"]
    assert watch.told == []
    assert files_that_tell(tmp_path / "all", SENTENCE) == []
