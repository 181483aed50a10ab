"""The settings file, there and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.errors import SettingInvalid
from copilot.settings.schema import Settings
from copilot.settings.store import read_settings, write_settings


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == Settings()


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.toml"
    chosen = Settings(answer_device="NPU", watch=False, passages=3)
    write_settings(file, chosen)
    assert read_settings(file) == chosen
    assert "embed_device" not in file.read_text("utf-8")  # only what differs: new defaults reach old installations


@pytest.mark.parametrize("text", ["passages = 99", "passages = true", "colour = 'red'", "][", "schema_version = 99"])
def test_a_file_that_makes_no_sense_is_refused_and_kept(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(SettingInvalid):
        read_settings(file)
    assert file.read_text("utf-8") == text
