"""The log file: what happened and where, never what was in a file, a question or an answer.

Nothing is logged by default below INFO; each process rolls over at 1 MB and keeps three.
"""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

from copilot.paths import private_folder

FORMAT = "%(asctime)s %(process)d %(name)s %(levelname)s %(message)s"


def start_log(folder: Path, name: str = "engine.log") -> Path:
    """Log this process into the file `name` in `folder`; returns the file."""
    file = private_folder(folder) / name
    sink = logging.handlers.RotatingFileHandler(file, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    sink.setFormatter(logging.Formatter(FORMAT))
    root = logging.getLogger("nearside")
    root.setLevel(logging.INFO)
    root.addHandler(sink)
    root.propagate = False
    return file
