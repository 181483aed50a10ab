"""Runs `nearside` as a process, the way a person or a script does, with a home and a key file of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Said:
    """What a run printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def fields(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Nearside:
    """One installation: `home` holds its library and settings, `packs` is where its model packs lie."""

    home: Path
    packs: Path | None = None

    @property
    def environment(self) -> dict[str, str]:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("NEARSIDE_") and name not in ("CI", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY")
        }
        return environment | {
            "NEARSIDE_HOME": str(self.home),
            "NEARSIDE_KEY_FILE": str(self.home / "library.key"),
            "PYTHONWARNINGS": "error",
        }

    def command(self, *words: str | Path) -> list[str]:
        return [sys.executable, "-m", "copilot.cli", *map(str, words)]

    def run(self, *words: str | Path, timeout: float = 240, text: str | None = None) -> Said:
        self.place_packs()
        done = subprocess.run(
            self.command(*words),
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            timeout=timeout,
            input=text,
            encoding="utf-8",
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def place_packs(self) -> None:
        shelf = self.home / "cache" / "models"
        if self.packs is not None and not shelf.exists():
            shelf.parent.mkdir(parents=True, exist_ok=True)
            shelf.symlink_to(self.packs, target_is_directory=True)
