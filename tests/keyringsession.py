"""A D-Bus session of its own with a real, unlocked Secret Service daemon in it, for tests that need keys kept."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

NEEDS_KEYRING = pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="needs gnome-keyring and dbus: sh installers/debian_packages.sh test",
)

SESSION = """
printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
printf '%s\\n' "$DBUS_SESSION_BUS_ADDRESS"
read -r until_the_pipe_is_closed
"""

KEEP = "import sys; from copilot.keys import set_api_key; set_api_key(sys.argv[1], sys.stdin.readline().strip())"


@contextlib.contextmanager
def keyring_session(home: Path) -> Iterator[dict[str, str]]:
    """What a process needs in its environment to find the daemon; `home` holds the daemon's own, encrypted file."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    own = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "XDG_DATA_HOME": str(home / "data")}
    session = subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", SESSION],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin"} | own,
        encoding="utf-8",
    )
    assert session.stdin is not None
    assert session.stdout is not None
    try:
        yield own | {"DBUS_SESSION_BUS_ADDRESS": session.stdout.readline().strip()}
    finally:
        session.stdin.close()
        session.wait(20)
        session.stdout.close()


def keep_api_key(provider: str, key: str, environment: dict[str, str]) -> None:
    """The way of the product, in a process of its own, so that this one never holds a connection to the daemon."""
    subprocess.run(
        [sys.executable, "-W", "error", "-c", KEEP, provider],
        input=key,
        encoding="utf-8",
        env=dict(os.environ) | environment,
        cwd=Path(__file__).parents[1],
        timeout=60,
        check=True,
    )
