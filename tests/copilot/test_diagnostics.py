"""What the doctor may say, and what policy lets it say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from copilot.diagnostics import examine
from copilot.errors import DiagnosticsForbidden
from copilot.paths import find_paths
from copilot.settings.policy import Machine
from tests.journeys.cli import Nearside


def test_where_policy_allows_no_diagnostics_there_is_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(managed=(("policy", {"diagnostics_allowed": False}),))
    monkeypatch.setattr("copilot.settings.policy.machine_policies", lambda: machine)
    with pytest.raises(DiagnosticsForbidden):
        examine(find_paths(tmp_path))


def test_answers_need_their_packs_and_pictures_only_wish_for_one(tmp_path: Path) -> None:
    found = {finding.subject: finding for finding in examine(find_paths(tmp_path))}

    assert [found[role].verdict for role in ("generator", "embedder", "recognizer")] == ["bad", "bad", "note"]
    assert found["recognizer"].facts == (("role", "recognizer"),)
    assert found["recognizer"].advice == "Run: nearside models fetch"


def test_the_doctor_says_which_belts_hold_in_engine_and_workers(tmp_path: Path) -> None:
    nearside = Nearside(tmp_path / "home")
    kernel = " and seccomp filter" if sys.platform.startswith("linux") else ""

    def seals() -> dict[str, tuple[str, str]]:
        found = nearside.run("doctor", "--json").fields["findings"]
        return {one["subject"]: (one["verdict"], one["says"]) for one in found if one["subject"].startswith("seal")}

    alone = seals()
    assert set(alone) == {"seal engine", "seal workers"}
    assert all(verdict == "good" and f"Python audit hook{kernel}" in says for verdict, says in alone.values())
    assert nearside.run("engine", "start").code == 0
    try:
        assert seals()["seal engine"][1].startswith(
            f"The running engine can open no network connection: Python audit hook{kernel}"
        )
    finally:
        nearside.run("engine", "stop")
