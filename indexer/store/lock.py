"""One writer per library: an operating-system lock on a file beside it, which dies with its holder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from indexer.errors import StoreLocked

_PID_BYTES = 20
_LOCKED_BYTE = 1024
"""Windows locks bytes against reading too, so the lock sits behind the pid that others want to read."""


class WriterLock:
    """Held from construction to `release()`. Raises StoreLocked with the holder's process id."""

    def __init__(self, library: Path) -> None:
        path = library.with_name(library.name + ".lock")
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError:
            holder = (
                os.pread(self._descriptor, _PID_BYTES, 0)
                if hasattr(os, "pread")
                else os.read(self._descriptor, _PID_BYTES)
            )
            os.close(self._descriptor)
            text = holder.strip()
            raise StoreLocked(str(library), int(text) if text.isdigit() else None) from None
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, str(os.getpid()).ljust(_PID_BYTES).encode())

    def release(self) -> None:
        """Let the next writer in. The file stays: removing it would race with one who just opened it."""
        os.close(self._descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
