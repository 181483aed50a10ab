"""What is handed to whoever helps names no folder, file, provider, conversation, key or word of the person's."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from copilot.conversation import Question
from copilot.history import History
from copilot.keys import library_key
from copilot.paths import find_paths
from copilot.settings.providers import Provider, write_providers
from copilot.settings.schema import Settings
from copilot.settings.store import write_settings
from tests.journeys.cli import Nearside
from ui.crash import CrashFile
from ui.doctor import Found
from ui.doctor_words import report

PACK_MISSING = 6
CANARY = "Vogelsang"
"""In the name of everything that has one."""


@pytest.fixture
def nearside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nearside:
    """An installation in a folder with a private name; its key file, folders, files, words and titles have it, too."""
    home = tmp_path / f"Kanzlei {CANARY}"
    made = Nearside(home)
    monkeypatch.setenv("NEARSIDE_KEY_FILE", str(home / "library.key"))
    documents = tmp_path / f"Akten {CANARY}"
    documents.mkdir()
    (documents / f"Scheidung {CANARY}.txt").write_text(f"The house of {CANARY} is sold.", "utf-8")
    paths = find_paths(home)
    write_settings(paths.settings, Settings(redact_also=(f"{CANARY} AG",)))
    write_providers(paths.providers, (Provider(f"{CANARY.lower()}", "openai", "https://x.example/v1", CANARY),))
    assert made.run("index", "add", documents).code == PACK_MISSING
    paths.history.parent.mkdir(parents=True, exist_ok=True)
    with History.open(paths.history, library_key(paths.library).secret, writer=True) as history:
        history.begin("c1", Question(f"What of {CANARY}?"))
    return made


def test_a_report_names_nothing_of_the_person(nearside: Nearside, qapp: QApplication) -> None:
    with_engine = nearside.run("engine", "start").code == 0
    try:
        said = nearside.run("doctor", "--json").out
    finally:
        nearside.run("engine", "stop")
    assert with_engine
    assert CANARY in said, "what the person sees on the own screen has whole paths"
    findings = msgspec.convert(msgspec.json.decode(said)["findings"], tuple[Found, ...])
    text = report(findings)
    assert len(text.splitlines()) == len(findings) > 5
    assert CANARY.casefold() not in text.casefold()
    assert str(nearside.home.parent) not in text
    logs = [file.read_text("utf-8") for file in (nearside.home / "logs").iterdir()]
    assert any("call GetEngine" in log for log in logs)
    assert not [log for log in logs if CANARY.casefold() in log.casefold()]


def test_a_kept_crash_has_places_of_the_program_and_no_folder_of_the_person(tmp_path: Path) -> None:
    paths = find_paths(tmp_path / CANARY)
    paths.logs.mkdir(parents=True)
    places = f'File "/home/{CANARY}/apps/nearside/ui/app.py", line 63 in run\n  File "C:\\Users\\{CANARY}\\ui\\x.py"'
    paths.crash_file.write_text(f"Fatal Python error: Aborted\n\nCurrent thread 0x1:\n  {places}, line 2 in <module>\n")
    crash = CrashFile(paths)
    assert crash.kept is not None
    kept = crash.kept.read_text("utf-8")
    crash.close()
    assert 'File "ui/app.py", line 63 in run' in kept
    assert 'File "ui/x.py", line 2' in kept
    assert CANARY not in kept
