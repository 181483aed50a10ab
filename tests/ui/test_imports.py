"""The window's process loads no model runtime, no index, no store, no network library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FORBIDDEN = "openvino openvino_genai faiss apsw httpx keyring numpy cryptography rjieba opencc pypdfium2"

SCRIPT = f"""
import sys
import ui.app, ui.resident
from ui.registry import entries
entries()
print(*[name for name in {FORBIDDEN.split()!r} if name in sys.modules])
"""


def test_importing_the_whole_window_loads_nothing_heavy() -> None:
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=root,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == []
