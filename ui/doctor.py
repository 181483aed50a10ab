"""What `nearside doctor` finds, for the settings page: run as a process of its own, because it looks at devices, and
the window loads no model runtime. How it is said is doctor_words.py's.
"""

from __future__ import annotations

import sys

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from copilot.failures import Failure
from copilot.paths import Paths, child_environment


class Found(msgspec.Struct, frozen=True):
    """One thing that was looked at: `verdict` is good, note or bad."""

    subject: str
    verdict: str
    says: str
    advice: str = ""
    code: str = ""
    facts: tuple[tuple[str, str], ...] = ()


class _Output(msgspec.Struct):
    findings: tuple[Found, ...] = ()
    error: Failure | None = None


class Doctor(QObject):
    """One look at a time."""

    found = Signal(object)
    """A tuple of Found."""
    failed = Signal(object)
    """Failure."""

    def __init__(self, paths: Paths) -> None:
        super().__init__()
        self._process = QProcess(self)
        environment = QProcessEnvironment()
        for name, value in child_environment(paths).items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._broke)

    def look(self) -> None:
        if self._process.state() is QProcess.ProcessState.NotRunning:
            self._process.start(sys.executable, ["-P", "-m", "copilot.cli", "doctor", "--json"])

    def _end(self) -> None:
        try:
            output = msgspec.json.decode(bytes(self._process.readAllStandardOutput().data()), type=_Output)
        except msgspec.MsgspecError:
            self._broke()
            return
        if output.error is not None:
            self.failed.emit(output.error)
        else:
            self.found.emit(output.findings)

    def _broke(self) -> None:
        sentence = self.tr("Nearside could not look at this computer.")
        self.failed.emit(Failure("doctor_failed", 1, sentence, self.tr("Start Nearside anew and try again.")))
