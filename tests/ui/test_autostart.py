"""Starting with the session: an entry that a desktop can read, there and gone as the setting says."""

from __future__ import annotations

import configparser
import re
import sys
from pathlib import Path

import pytest

from ui import autostart

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the entry is XDG's")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "autostart"


def test_the_entry_comes_and_goes(folder: Path) -> None:
    autostart.follow(False)
    assert not folder.exists()
    autostart.follow(True)
    (file,) = folder.iterdir()
    read = configparser.ConfigParser(interpolation=None)
    read.read(file, "utf-8")
    entry = read["Desktop Entry"]
    assert entry["Type"] == "Application"
    assert entry["Comment"]
    assert re.search(r"[\u4e00-\u9fff]", entry["Comment[zh_CN]"])
    assert entry["Exec"].endswith("-m ui --hidden")
    autostart.follow(False)
    assert list(folder.iterdir()) == []


def test_a_path_with_odd_signs_is_quoted() -> None:
    text = autostart.entry(("/opt/My Programs/100%/python", "-m", 'a"b'))
    assert 'Exec="/opt/My Programs/100%%/python" -m "a\\\\"b"' in text
