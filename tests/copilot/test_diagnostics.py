"""What the doctor may say, and what policy lets it say."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.diagnostics import examine
from copilot.errors import DiagnosticsForbidden
from copilot.paths import find_paths
from copilot.settings.policy import Machine


def test_where_policy_allows_no_diagnostics_there_is_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(managed=(("policy", {"diagnostics_allowed": False}),))
    monkeypatch.setattr("copilot.settings.policy.machine_policies", lambda: machine)
    with pytest.raises(DiagnosticsForbidden):
        examine(find_paths(tmp_path))
