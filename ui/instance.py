"""One window a person and library: who holds the lock is the window; a second start hands it what was wanted and ends.

The doorbell is a local socket that only this user can reach; what comes through it is checked field by field and can
ask for nothing but showing something.

Decision: a lock file decides who is first, the socket only carries words: two starts in the same moment can't both
find no socket.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from copilot.paths import Paths, private_folder

LONGEST_MESSAGE = 65_536
ANSWER = b"shown\n"
WAIT_MS = 1000
PATIENCE_SECONDS = 5.0
"""How long a second start waits for a first one that is still starting."""


class Summons(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a second start wants shown: the window, the quick bar, the choice of a part of the screen for it, a question
    in the window's field, a file, a page."""

    verb: Literal["raise", "quick", "region", "ask", "file", "page"]
    text: Annotated[str, msgspec.Meta(max_length=16_384)] = ""
    activation: Annotated[str, msgspec.Meta(max_length=256)] = ""
    """What lets a window come to the front under Wayland, where a program may not do so by itself."""
    version: Literal[1] = 1

    def activated_by(self, token: str) -> Summons:
        return msgspec.structs.replace(self, activation=token[:256])


def take_lock(paths: Paths) -> QLockFile | None:
    """The lock, to be kept as long as the window lives; None when another window has it."""
    lock = QLockFile(str(private_folder(paths.runtime) / "window.lock"))
    lock.setStaleLockTime(0)  # a lock whose process is gone is stale all the same
    return lock if lock.tryLock(0) else None


def summon(paths: Paths, summons: Summons) -> bool:
    """Ask the running window; False when it does not answer."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        socket = QLocalSocket()
        socket.connectToServer(paths.window_address)
        if socket.waitForConnected(WAIT_MS):
            socket.write(msgspec.json.encode(summons) + b"\n")
            socket.flush()
            socket.waitForReadyRead(WAIT_MS)  # says False as well when the answer and the end come together
            if bytes(socket.readAll().data()) == ANSWER:
                return True
        time.sleep(0.1)
    return False


class Doorbell(QObject):
    """The first window's end."""

    rang = Signal(object)
    """Summons."""

    def __init__(self, paths: Paths) -> None:
        super().__init__()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(4)
        self._server.newConnection.connect(self._greet)
        self._address = paths.window_address
        if not self._address.startswith("\\\\"):
            private_folder(Path(self._address).parent)
        self._heard: dict[QLocalSocket, bytes] = {}

    def listen(self) -> bool:
        """False when the address can't be had: then this window can't be summoned, and lives on."""
        if self._server.listen(self._address):
            return True
        QLocalServer.removeServer(self._address)  # left by a window that was killed: the lock is ours
        return self._server.listen(self._address)

    def close(self) -> None:
        self._server.close()

    def _greet(self) -> None:
        socket = self._server.nextPendingConnection()
        self._heard[socket] = b""
        socket.readyRead.connect(lambda: self._hear(socket))
        socket.disconnected.connect(lambda: self._forget(socket))
        self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        if socket not in self._heard:
            return
        self._heard[socket] += bytes(socket.readAll().data())
        text, end, _ = self._heard[socket].partition(b"\n")
        if not end and len(text) <= LONGEST_MESSAGE:
            return
        try:
            summons = msgspec.json.decode(text[:LONGEST_MESSAGE], type=Summons)
        except msgspec.DecodeError:
            socket.abort()
            return
        socket.write(ANSWER)
        socket.flush()
        socket.disconnectFromServer()
        self.rang.emit(summons)

    def _forget(self, socket: QLocalSocket) -> None:
        self._heard.pop(socket, None)
        socket.deleteLater()
