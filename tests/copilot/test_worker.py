"""Calls run one after the other on one thread; a caller who leaves stops his call."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from copilot.worker import Worker
from indexer.reporter import Cancelled, Reporter


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker("test")
    yield made
    made.close()


def test_every_call_runs_on_the_same_thread(worker: Worker) -> None:
    names = {worker.call(lambda _: threading.current_thread().name) for _ in range(3)}

    assert len(names) == 1
    assert threading.current_thread().name not in names


def test_errors_come_back_to_the_caller(worker: Worker) -> None:
    def fail(_: Reporter) -> None:
        raise LookupError("inside")

    with pytest.raises(LookupError):
        worker.call(fail)
    assert worker.call(lambda _: 7) == 7


def test_a_caller_who_stops_waiting_cancels_the_run(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    started, ended = threading.Event(), threading.Event()

    def run(reporter: Reporter) -> None:
        started.set()
        try:
            while True:
                reporter.check()
        except Cancelled:
            ended.set()
            raise

    def interrupted(*_: object) -> None:
        assert started.wait(5)
        raise KeyboardInterrupt

    monkeypatch.setattr("concurrent.futures.Future.result", interrupted)
    with pytest.raises(KeyboardInterrupt):
        worker.call(run)

    assert ended.wait(5)
