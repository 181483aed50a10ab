"""The window in a Wayland session: weston without a screen. What stands there is known from the accessibility bus."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import screenreader
from tests.display import until
from tests.journeys.cli import ROOT, Nearside
from tests.journeys.windowing import welcomed
from tests.screenreader import ScreenReader, Session

MISSING = screenreader.missing() or (
    "" if shutil.which("weston") else "needs weston: sh installers/debian_packages.sh test"
)
pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Wayland is Linux's"),
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Both buses and a compositor."""
    with screenreader.session(tmp_path / "session") as buses:
        environment = buses.environment | {"WAYLAND_DISPLAY": "nearside-test"}
        command = ["weston", "--backend=headless-backend.so", "--socket=nearside-test", "--idle-time=0"]
        quiet = subprocess.DEVNULL
        weston = subprocess.Popen(command, env=environment | {"PATH": "/usr/bin:/bin"}, stdout=quiet, stderr=quiet)
        try:
            until((tmp_path / "session" / "nearside-test").exists, 10, "no compositor came up")
            yield Session(environment, buses.reader)
        finally:
            weston.terminate()
            weston.wait(10)


def test_window_and_quick_bar_come_and_go(tmp_path: Path, session: Session) -> None:
    nearside = Nearside(tmp_path / "nearside")
    welcomed(nearside.home)
    own = {name: value for name, value in nearside.environment.items() if name != "QT_QPA_PLATFORM"}
    own |= session.environment | {"HOME": str(tmp_path), "PYTHONWARNINGS": "default"}

    def start(*words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "ui", *words], cwd=ROOT, env=own)

    window = start()
    try:
        until(lambda: frames(session.reader) == {"Chat - Nearside"}, 30, "no window came")
        assert start("--page", "library").wait(20) == 0
        until(lambda: frames(session.reader) == {"Library - Nearside"}, 10, "the library is not shown")
        assert start("--quick", "=6*7").wait(20) == 0
        until(lambda: "Nearside quick bar" in frames(session.reader), 10, "no quick bar came")
        assert "42" in next(thing.name for thing in session.reader.walk() if thing.role == "list item")
    finally:
        window.terminate()
        assert window.wait(20) == 0
        nearside.run("engine", "stop")
    assert not (nearside.home / "logs" / "window-crash.txt").exists()


def frames(reader: ScreenReader) -> set[str]:
    """Titles of the windows that are shown."""
    with contextlib.suppress(screenreader.Gone):
        program = reader.application()
        return {thing.name for thing in reader.children(program.owner, program.path) if "showing" in thing.states}
    return set()
