"""The belts are tried, not believed: in a worker as it is started here, and in one that a sealed process starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from indexer.belts import FILTER, HOOK, tried
from indexer.isolation import worker_belts

ROOT = Path(__file__).parents[2]


def test_a_process_without_belts_says_so() -> None:
    assert not any(belt.holds for belt in tried())
    assert all(belt.reason for belt in tried())


def test_a_worker_has_the_hook_whoever_starts_it() -> None:
    held = {belt.name: belt.holds for belt in worker_belts()}
    assert held == {HOOK: True, FILTER: False}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="seccomp is Linux's")
def test_a_worker_of_a_sealed_process_has_both() -> None:
    code = "from copilot.sealing import seal; seal(); from indexer.isolation import worker_belts; print(worker_belts())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.count("holds=True") == 2
