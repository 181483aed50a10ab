"""The spawner alone: what it runs, what it does not take, and that it ends. The whole chain is in tests/journeys."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.errors import EngineUnreachable
from copilot.far_errors import ApprovalMissing
from copilot.gateway.frames import Failed
from copilot.gateway.spawner import Spawner
from indexer.reporter import Silent
from tests.approvals import Desk, desk_in

ID = "0123456789abcdef"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("NEARSIDE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NEARSIDE_KEY_FILE", str(tmp_path / "home" / "library.key"))
    return desk_in(tmp_path / "home")


@pytest.fixture
def spawner(desk: Desk) -> Iterator[Spawner]:
    with Spawner(desk.paths) as spawner:
        yield spawner


def test_the_gateway_refuses_what_was_never_offered_and_makes_nothing(desk: Desk, spawner: Spawner) -> None:
    last = spawner.run(ID, lambda _: None, Silent())
    assert isinstance(last, Failed)
    assert last.failure.code == "approval_missing"
    assert not desk.paths.config.exists()


@pytest.mark.parametrize("name", ["", "../x", "0123456789ABCDEF", "-" + ID, ID + "\n", "a" * 65, "--help"])
def test_what_is_no_requests_id_is_not_run(spawner: Spawner, name: str) -> None:
    with pytest.raises(ApprovalMissing):
        spawner.run(name, lambda _: None, Silent())


def test_a_closed_spawner_says_so(desk: Desk) -> None:
    spawner = Spawner(desk.paths)
    spawner.close()
    with pytest.raises(EngineUnreachable):
        spawner.run(ID, lambda _: None, Silent())
    spawner.close()


def test_its_process_takes_nothing_but_ids_and_ends_with_the_pipe() -> None:
    lines = b"import os\n" + b"\xff\xfe\n" + b"../../etc/passwd\n" + b"-" + ID.encode() + b"\n\n"
    done = subprocess.run(
        [sys.executable, "-m", "copilot.gateway.spawner"], input=lines, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
