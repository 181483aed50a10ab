"""Opened once, in the background; whoever calls waits; errors reach every caller."""

from __future__ import annotations

import threading

import pytest

from copilot.loading import Loading


def test_opens_once_and_in_the_background() -> None:
    gate, opened = threading.Event(), []

    def open_it() -> str:
        gate.wait(5)
        opened.append(threading.current_thread())
        return "model"

    loading = Loading(open_it)
    loading.start()
    loading.start()
    ready_at_first = loading.ready
    gate.set()

    assert loading() == loading() == "model"
    assert (ready_at_first, loading.ready) == (False, True)
    assert loading.seconds is not None
    assert len(opened) == 1
    assert opened[0] is not threading.current_thread()


def test_errors_reach_every_caller_until_it_is_forgotten() -> None:
    results = iter([LookupError("first"), None])

    def open_it() -> str:
        error = next(results)
        if error is not None:
            raise error
        return "model"

    loading = Loading(open_it)
    for _ in range(2):
        with pytest.raises(LookupError):
            loading()
    loading.forget()

    assert loading() == "model"


def test_settling_waits_for_what_has_begun_and_starts_nothing() -> None:
    gate, opened = threading.Event(), []

    def open_it() -> str:
        gate.wait(5)
        opened.append("model")
        raise LookupError

    loading = Loading(open_it)
    loading.settle()
    assert opened == []
    loading.start()
    threading.Timer(0.05, gate.set).start()
    loading.settle()
    assert opened == ["model"]
