"""The library's key in a real Secret Service daemon: made once, found again, refused without one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="needs gnome-keyring and dbus: sh installers/debian_packages.sh test",
)

ROOT = Path(__file__).parents[2]

MAKE_AND_FIND = """
import sys
from pathlib import Path
from copilot.keys import keyring_state, library_key
library = Path(sys.argv[1])
first = library_key(library)
library.write_bytes(b"ciphertext")
again = library_key(library)
assert first == again and len(first.secret) == 32
print(keyring_state().name, "|", first.kept_in)
"""

REFUSED = """
import sys
from pathlib import Path
from copilot.errors import KeyringMissing
from copilot.keys import library_key
try:
    library_key(Path(sys.argv[1]))
except KeyringMissing as missing:
    print("refused:", missing.reasons)
"""


def in_session(tmp_path: Path, setup: str, code: str) -> str:
    """Run Python `code` in a D-Bus session of its own, with its own home, after the shell line `setup`."""
    home = tmp_path / "home"
    home.mkdir()
    script = f'{setup}; "$0" -W error -c "$1" "$2"'
    environment = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script, sys.executable, code, str(tmp_path / "library.db")],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_key_is_made_once_and_found_again(tmp_path: Path) -> None:
    unlock = "printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"
    said = in_session(tmp_path, unlock, MAKE_AND_FIND)
    assert said.strip() == "Secret Service | Secret Service"


def test_without_a_running_keyring_the_key_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    said = in_session(tmp_path, "true", REFUSED)
    assert said.startswith("refused:")
    assert not (tmp_path / "library.db").exists()
    written = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert [path for path in written if b"nearside" in path.read_bytes()] == []
