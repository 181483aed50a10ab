"""What the window remembers between starts that is no setting: its size, what it has said once; its loss is none."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec

from copilot.paths import Paths, private_folder


class Remembered(msgspec.Struct, frozen=True):
    """`geometry` is Qt's own, in hex."""

    geometry: str = ""
    page: str = "chat"
    welcomed: bool = False
    """The first steps were shown or skipped."""
    told_of_tray: bool = False


def recall(paths: Paths) -> Remembered:
    try:
        return msgspec.json.decode(paths.window_state.read_bytes(), type=Remembered)
    except (OSError, msgspec.DecodeError):
        return Remembered()


def remember(paths: Paths, **changes: object) -> None:
    """Change what is remembered. A disk that refuses is no reason to stop anything."""
    fresh = paths.window_state.with_suffix(".new")
    with contextlib.suppress(OSError):
        private_folder(Path(fresh).parent)
        fresh.write_bytes(msgspec.json.encode(msgspec.structs.replace(recall(paths), **changes)))
        os.replace(fresh, paths.window_state)
