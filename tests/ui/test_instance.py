"""One window: the lock, the doorbell, and what may come through it."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from copilot.paths import Paths
from ui.__main__ import linked
from ui.instance import Doorbell, Summons, take_lock

ROOT = Path(__file__).parents[2]


@pytest.fixture
def doorbell(qtbot: QtBot, paths: Paths) -> Doorbell:
    bell = Doorbell(paths)
    assert bell.listen()
    return bell


def test_the_second_start_is_told(paths: Paths) -> None:
    lock = take_lock(paths)
    assert lock is not None
    assert take_lock(paths) is None
    lock.unlock()
    assert take_lock(paths) is not None


def test_a_second_start_hands_on_what_was_wanted(qtbot: QtBot, paths: Paths, doorbell: Doorbell) -> None:
    rung: list[Summons] = []
    doorbell.rang.connect(rung.append)
    lock = take_lock(paths)
    assert lock is not None
    command = [sys.executable, "-m", "ui", "ask", "合同到期日？"]
    own = {"NEARSIDE_HOME": str(paths.config), "PATH": "/usr/bin:/bin", "XDG_ACTIVATION_TOKEN": "from-the-session"}
    second = subprocess.Popen(command, env=own, cwd=ROOT)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0
    assert rung == [Summons("ask", "合同到期日？", activation="from-the-session")]
    doorbell.close()


def test_only_this_user_reaches_the_doorbell(paths: Paths, doorbell: Doorbell) -> None:
    assert stat.S_IMODE(Path(paths.window_address).stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(Path(paths.window_address).parent.stat().st_mode) == 0o700
    doorbell.close()


@pytest.mark.parametrize(
    "text",
    [
        b"nonsense\n",
        b'{"verb":"run","text":"rm"}\n',
        b'{"verb":"ask","text":5}\n',
        b'{"verb":"ask","text":"a","more":1}\n',
        b'{"verb":"ask","version":2}\n',
        msgspec.json.encode({"verb": "ask", "text": "x" * 20_000}) + b"\n",
        b"x" * 200_000,
    ],
)
def test_anything_else_is_turned_away(qtbot: QtBot, paths: Paths, doorbell: Doorbell, text: bytes) -> None:
    rung: list[Summons] = []
    doorbell.rang.connect(rung.append)
    socket = QLocalSocket()
    socket.connectToServer(paths.window_address)
    assert socket.waitForConnected(1000)
    socket.write(text)
    socket.flush()
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=3000)
    assert rung == []
    doorbell.close()


def test_a_doorbell_left_by_a_killed_window_is_replaced(qtbot: QtBot, paths: Paths) -> None:
    script = (
        "import os, sys; from PySide6.QtCore import QCoreApplication; from ui.instance import *;"
        "from copilot.paths import find_paths; app = QCoreApplication([]); paths = find_paths();"
        "lock = take_lock(paths); bell = Doorbell(paths); assert lock and bell.listen(); os._exit(9)"
    )
    environment = {"NEARSIDE_HOME": str(paths.config), "PATH": "/usr/bin:/bin"}
    assert subprocess.run([sys.executable, "-c", script], env=environment, cwd=ROOT, check=False).returncode == 9
    assert Path(paths.window_address).exists()
    assert take_lock(paths) is not None
    bell = Doorbell(paths)
    assert bell.listen()
    bell.close()


def test_links_show_and_never_send() -> None:
    assert linked("nearside:ask?text=lease%20term") == Summons("ask", "lease term")
    assert linked("nearside:page/library") == Summons("page", "library")
    assert linked("nearside:run?text=x") == Summons("raise")
    assert linked("nearside:") == Summons("raise")
