"""Kill -9 while files are put, moved, copied, dropped and given vectors: see tests/benchmarks/kill_cycles.py."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.benchmarks.kill_cycles import Expectation, cycle

CYCLES = 10


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_writer_loses_nothing_it_told(tmp_path: Path) -> None:
    rng = random.Random(3)
    expected = Expectation()
    told = sum(cycle(tmp_path / "library.db", seed, expected, rng.uniform(0, 0.4)) for seed in range(CYCLES))
    assert told > CYCLES
    assert expected.files
