"""What is left of a window that died: the places in the program where it was, never what it held.

The file is empty while all is well and removed at a proper end; what an earlier window left is offered at the next
start.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import re
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import IO

from copilot.paths import Paths, private_folder

log = logging.getLogger("nearside.window")

_PLACE = re.compile(r'File "([^"\n]*)"')
_PARTS = 2
"""Of a program file's path that are kept: what is above may have the person's name."""


class CrashFile:
    """Open from the start of the window to its end."""

    def __init__(self, paths: Paths) -> None:
        private_folder(paths.logs)
        self._file = paths.crash_file
        self.kept: Path | None = self._keep_earlier()
        """What the last window left, if it died."""
        self._stream: IO[str] = self._file.open("w", encoding="utf-8")
        faulthandler.enable(self._stream, all_threads=True)

    def close(self) -> None:
        """A proper end: nothing to tell."""
        faulthandler.disable()
        self._stream.close()
        self._file.unlink(missing_ok=True)

    def _keep_earlier(self) -> Path | None:
        with contextlib.suppress(OSError):
            if self._file.stat().st_size:
                kept = self._file.with_name("window-crash-last.txt")
                text = self._file.read_text("utf-8", "replace")
                kept.write_text(_PLACE.sub(_shortened, text), "utf-8")
                self._file.unlink()
                return kept
        return None


def _shortened(place: re.Match[str]) -> str:
    parts = place[1].replace("\\", "/").split("/")
    return f'File "{"/".join(parts[-_PARTS:])}"'


def log_what_goes_wrong() -> None:
    """Errors that nobody caught go to the log by kind and place: their text may hold what was in a file."""

    def note(kind: type[BaseException], _: BaseException | None, trace: TracebackType | None) -> None:
        places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
        log.error("unexpected %s at %s", kind.__name__, ", ".join(places))
        if sys.stderr is not None:  # a window without a terminal has none on Windows
            sys.stderr.write(f"Something went wrong inside Nearside ({kind.__name__} at {', '.join(places[-3:])}).\n")

    def in_thread(hooked: threading.ExceptHookArgs) -> None:
        note(hooked.exc_type, hooked.exc_value, hooked.exc_traceback)

    sys.excepthook = note
    threading.excepthook = in_thread
