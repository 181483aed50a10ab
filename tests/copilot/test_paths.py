"""Where things live."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from copilot.paths import child_environment, find_paths, private_folder


def test_home_holds_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEARSIDE_HOME", str(tmp_path))
    paths = find_paths()
    for path in (paths.library, paths.packs, paths.downloads, paths.settings, paths.logs, paths.engine_secret):
        assert tmp_path in path.parents


def test_children_see_the_same_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEARSIDE_HOME", raising=False)
    paths = find_paths(tmp_path)
    assert child_environment(paths)["NEARSIDE_HOME"] == str(tmp_path)
    monkeypatch.setenv("NEARSIDE_HOME", str(tmp_path))
    assert child_environment(find_paths())["NEARSIDE_HOME"] == str(tmp_path)


def test_a_deep_home_still_gets_an_address_a_socket_can_have(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 20) / ("deeper" * 10)
    assert len(find_paths(deep).engine_address.encode()) <= 100
    assert find_paths(deep).engine_address != find_paths(deep / "other").engine_address


def test_private_folders_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "loose"
    folder.mkdir(mode=0o755)
    assert stat.S_IMODE(private_folder(folder).stat().st_mode) == 0o700
