"""`nearside read`: a picture file through the worker that decodes it and a recognizer that knows what it sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from copilot.cli import main
from copilot.engines.rehearsal import RehearsalRecognizer, picture_of
from copilot.lineup import Lineup

TEXT = "Rent: 2,400 euros\n付款期限为三十天"


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEARSIDE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NEARSIDE_KEY_FILE", str(tmp_path / "library.key"))
    monkeypatch.setattr("copilot.sealing.seal", lambda: None)  # nothing breaks a seal, and this process has more tests


def saved(folder: Path) -> Path:
    picture = picture_of(TEXT)
    path = folder / "note.png"
    Image.frombytes("RGB", (picture.width, picture.height), picture.pixels).save(path)
    return path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["read", *words])


def test_text_goes_to_the_terminal_and_fields_to_a_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lineup, "_open_recognizer", lambda _: RehearsalRecognizer())
    path = saved(tmp_path)

    spoken, told = run(str(path)), json.loads(run(str(path), "--json").stdout)

    assert spoken.stdout.splitlines() == TEXT.splitlines()
    assert "2 lines on CPU" in spoken.stderr
    seconds = told.pop("seconds")
    assert 0 <= seconds < 5
    width = told["width"]
    assert told == {
        "path": str(path),
        "page": 1,
        "width": width,
        "height": 2,
        "text": TEXT,
        "lines": [
            {"text": line, "box": [0, row, width, 1], "confidence": 1.0} for row, line in enumerate(TEXT.splitlines())
        ],
        "device": "CPU",
    }


def test_without_a_recognizer_it_is_said_how_to_get_one(tmp_path: Path) -> None:
    ended = run(str(saved(tmp_path)))

    assert ended.exit_code == 6
    assert "nearside models fetch ppocrv6-small" in ended.stderr


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("plain")

    assert run(str(path)).exit_code == 3
    assert run(str(path), "--page", "0").exit_code == 2
