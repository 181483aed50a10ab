"""The asking side of pages: a worker that lives on, one that dies, one that is idle."""

from __future__ import annotations

import threading
from pathlib import Path

import psutil
import pytest

from indexer import rendering
from indexer.content import Limits
from indexer.errors import PageUnavailable, WorkersFailed
from indexer.pages import PageRequest
from indexer.rendering import PageRenderer

LEASE = Path(__file__).parents[2] / "docs/sample-folder/Contracts/Office lease Harbour Street.pdf"


def workers() -> set[int]:
    return {process.pid for process in psutil.Process().children()}


def test_one_worker_draws_page_after_page_from_any_thread() -> None:
    before = workers()
    renderer = PageRenderer()
    pages: list[int] = []
    alive: list[set[int]] = []
    for number in (1, 2):
        thread = threading.Thread(target=lambda page=number: pages.append(renderer.render(str(LEASE), page, 300).width))
        thread.start()
        thread.join(20)
        alive.append(workers() - before)
    assert pages == [300, 300]
    assert len(alive[0]) == 1
    assert alive[0] == alive[1], "the worker must outlive the thread that asked"
    renderer.close()
    assert workers() == before


def test_a_worker_that_dies_costs_one_page() -> None:
    renderer = PageRenderer()
    before = workers()
    renderer.render(str(LEASE), 1, 300)
    (worker,) = workers() - before
    psutil.Process(worker).kill()
    psutil.Process(worker).wait(5)
    with pytest.raises(PageUnavailable):
        renderer.render(str(LEASE), 1, 300)
    assert renderer.render(str(LEASE), 1, 300).pages == 2
    renderer.close()


def test_a_page_that_takes_too_long_is_given_up() -> None:
    renderer = PageRenderer(Limits(wall_seconds=0.0))
    renderer._thread.submit(renderer._start).result()
    process = renderer._process
    assert process is not None
    psutil.Process(process.pid).suspend()  # as good as a page that never ends
    with pytest.raises(PageUnavailable):
        renderer.render(str(LEASE), 1, 300)
    renderer.close()


def test_an_idle_worker_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "_IDLE_SECONDS", 0.0)
    renderer = PageRenderer()
    before = workers()
    renderer.render(str(LEASE), 1, 300)
    renderer._rest()
    renderer._thread.submit(lambda: None).result()
    assert workers() == before
    renderer.close()


def test_no_worker_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.isolation.worker_command", lambda: ["/nonexistent/python"])
    renderer = PageRenderer()
    with pytest.raises(WorkersFailed):
        renderer._thread.submit(renderer._ask, PageRequest(str(LEASE), 1, 300)).result()
    renderer.close()
