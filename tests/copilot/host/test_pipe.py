"""The pipe with both ends in this process: results, events, cancel, failures, strangers, lost clients."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Client
from pathlib import Path
from typing import Any

import pytest

from copilot import calls
from copilot.errors import EngineUnreachable, PackMissing
from copilot.failures import RemoteFailure
from copilot.host import client, protocol, server
from copilot.paths import Paths, find_paths
from indexer.reporter import Cancelled, Progress, Reporter, Silent
from indexer.store.library import CheckReport

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the socket's folder is looked at")


class Desk:
    """Stands in for the Copilot behind the server: answers a few calls in ways that tests can watch."""

    def __init__(self) -> None:
        self.cancelled = threading.Event()
        self.started = threading.Event()
        self.let_go = threading.Event()
        self.ended = threading.Event()

    def perform(self, call: calls.Call[Any], reporter: Reporter) -> object:
        match call:
            case calls.Search("endless", _):
                self.started.set()
                try:
                    while True:
                        reporter.report(Progress("embed", 1, 2))
                        time.sleep(0.01)
                except Cancelled:
                    self.cancelled.set()
                    raise
            case calls.Search("deaf", _):
                reporter.report(Progress("embed", 1, 2))
                self.let_go.wait(10)  # a model in the middle of a step
                with contextlib.suppress(Cancelled):
                    reporter.report(Progress("embed", 2, 2))
                self.ended.set()
                return calls.Found("nobody wants it any more", (), 0.0)
            case calls.Search("no pack", _):
                raise PackMissing("e5-small")
            case calls.Search("bug", _):
                raise ValueError("what a file said")
            case calls.Search(text, _):
                reporter.report(Progress("scan", 1, 1))
                return calls.Found(text, (), 0.25)
        raise AssertionError(call)

    def loaded(self) -> tuple[str, ...]:
        return ("rehearsal on CPU",)

    def watching(self) -> int:
        return 0

    def open_library(self) -> None:
        return None

    def watch(self) -> None:
        return None

    def unload_when_idle(self) -> None:
        return None

    def close(self) -> None:
        return None


class Listening:
    """A Reporter that keeps events and can be told to cancel at the n-th."""

    def __init__(self, cancel_after: int | None = None) -> None:
        self.events: list[object] = []
        self._cancel_after = cancel_after

    def report(self, event: object) -> None:
        self.events.append(event)
        self.check()

    def check(self) -> None:
        if self._cancel_after is not None and len(self.events) >= self._cancel_after:
            raise Cancelled


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths(tmp_path)


@pytest.fixture
def desk(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    desk = Desk()
    monkeypatch.setattr(server, "IDLE_LOOK_SECONDS", 0.02)
    running = server.Server(paths, desk)  # type: ignore[arg-type]
    thread = threading.Thread(target=running.serve)
    thread.start()
    deadline = time.monotonic() + 5
    while not paths.engine_secret.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    yield desk
    running.stop()
    thread.join(5)
    assert not thread.is_alive()


@pytest.fixture
def remote(desk: Desk, paths: Paths) -> Iterator[client.RemoteCopilot]:
    remote = client.connect(paths)
    assert remote is not None
    with remote:
        yield remote


def test_without_an_engine_there_is_nobody(paths: Paths) -> None:
    assert client.connect(paths) is None
    assert client.stop_engine(paths) is False


def test_results_and_events_come_through(remote: client.RemoteCopilot) -> None:
    listening = Listening()
    assert remote.perform(calls.Search("交货", 3), listening) == calls.Found("交货", (), 0.25)
    assert listening.events == [Progress("scan", 1, 1)]
    assert remote.perform(calls.GetEngine(), Silent()).loaded == ("rehearsal on CPU",)


def test_cancel_reaches_the_work_and_the_line_stays_usable(remote: client.RemoteCopilot, desk: Desk) -> None:
    with pytest.raises(Cancelled):
        remote.perform(calls.Search("endless"), Listening(cancel_after=2))
    assert desk.cancelled.wait(2)
    assert remote.perform(calls.Search("next"), Silent()).query == "next"


def test_cancel_is_over_within_a_fifth_of_a_second_whatever_the_work_does(
    remote: client.RemoteCopilot, desk: Desk
) -> None:
    begin = 0.0

    class Impatient(Listening):
        def report(self, event: object) -> None:
            nonlocal begin
            begin = time.monotonic()
            super().report(event)

    listening = Impatient(cancel_after=1)
    with pytest.raises(Cancelled):
        remote.perform(calls.Search("deaf"), listening)
    assert time.monotonic() - begin < 0.2
    begin = time.monotonic()
    assert remote.perform(calls.Search("next"), Silent()).query == "next", "what comes next does not wait"
    assert time.monotonic() - begin < 0.2
    desk.let_go.set()
    assert desk.ended.wait(5)
    time.sleep(0.05)
    assert remote.perform(calls.Search("last"), Silent()).query == "last", "the late result goes nowhere"
    assert len(listening.events) == 1


def test_an_interrupt_ends_a_call_that_looks_at_nothing_and_no_other(remote: client.RemoteCopilot, desk: Desk) -> None:
    remote.interrupt()
    ended: list[type[BaseException]] = []
    asked = threading.Event()

    class Deaf(Listening):
        """Stops when it is interrupted, and never looks by itself."""

        def check(self) -> None:
            asked.set()

    def ask() -> None:
        try:
            remote.perform(calls.Search("deaf"), Deaf(), look_seconds=None)
        except Cancelled as error:
            ended.append(type(error))

    thread = threading.Thread(target=ask)
    thread.start()
    assert asked.wait(5)
    time.sleep(0.1)
    assert ended == [], "an interrupt before the call is not about it"
    remote.interrupt()
    thread.join(5)
    assert ended == [Cancelled], "the work itself goes on until it is let go"
    desk.let_go.set()
    remote.interrupt()
    assert remote.perform(calls.Search("next"), Silent()).query == "next", "one after the call is about nothing"


def test_a_client_that_goes_away_cancels_its_work(desk: Desk, paths: Paths) -> None:
    connection = Client(paths.engine_address, family="AF_UNIX", authkey=paths.engine_secret.read_bytes())
    connection.send_bytes(protocol.seal("call", calls.Search("endless")))
    assert desk.started.wait(2)
    connection.close()
    assert desk.cancelled.wait(2)


def test_failures_come_with_their_words(remote: client.RemoteCopilot) -> None:
    with pytest.raises(RemoteFailure) as failure:
        remote.perform(calls.Search("no pack"), Silent())
    assert failure.value.code == PackMissing.code
    assert failure.value.exit_code == PackMissing.exit_code
    with pytest.raises(RemoteFailure) as bug:
        remote.perform(calls.Search("bug"), Silent())
    assert "what a file said" not in str(bug.value)


def test_a_stranger_without_the_key_is_turned_away_and_others_go_on(remote: client.RemoteCopilot, paths: Paths) -> None:
    real = paths.engine_secret.read_bytes()
    paths.engine_secret.write_bytes(secrets.token_bytes(32))
    try:
        with pytest.raises(EngineUnreachable):
            client.connect(paths)
    finally:
        paths.engine_secret.write_bytes(real)
    assert remote.perform(calls.Search("still here"), Silent()).query == "still here"


def test_only_the_owner_can_reach_the_pipe(desk: Desk, paths: Paths) -> None:
    for private in (Path(paths.engine_address).parent, paths.runtime):
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert stat.S_IMODE(paths.engine_secret.stat().st_mode) == 0o600


def _cancelled_after_a_while(remote: client.RemoteCopilot) -> None:
    with pytest.raises(Cancelled):
        remote.perform(calls.Search("endless"), Listening(cancel_after=50))


def test_two_clients_at_once(desk: Desk, remote: client.RemoteCopilot, paths: Paths) -> None:
    other = client.connect(paths)
    assert other is not None
    with other:
        waiting = threading.Thread(target=_cancelled_after_a_while, args=(remote,))
        waiting.start()
        assert desk.started.wait(2)
        assert other.perform(calls.Search("quick"), Silent()).query == "quick"
        waiting.join(5)


def test_an_engine_that_leaves_stops_what_it_does_and_sends_no_end_of_it(desk: Desk, paths: Paths) -> None:
    ended: list[type[BaseException]] = []
    listening = Listening()
    remote, other = client.connect(paths), client.connect(paths)
    assert remote is not None
    assert other is not None

    def ask() -> None:
        try:
            remote.perform(calls.Search("endless"), listening)
        except (Cancelled, EngineUnreachable) as error:
            ended.append(type(error))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    assert desk.started.wait(2)
    with other, contextlib.suppress(EngineUnreachable):
        other.perform(calls.StopEngine(), Silent())
    assert desk.cancelled.wait(5)
    thread.join(0.3)
    assert ended == [], "the process's end is what the client learns it from"
    listening._cancel_after = 0
    remote._connection.close()
    thread.join(5)
    assert ended == [EngineUnreachable]


def test_a_result_that_cannot_be_read_is_an_error_of_ours() -> None:
    envelope = protocol.open_envelope(protocol.seal("result", calls.Removed(1, 2)))
    with pytest.raises(EngineUnreachable):
        protocol.read_result(envelope, calls.CheckLibrary())
    assert CheckReport is calls.result_type(calls.CheckLibrary)
