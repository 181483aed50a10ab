"""The call that reads the text in a picture: a part of the screen, a scan. Nothing of it is kept.

How text is recognized is the recognizer's (engines/recognizer.py); pictures that are files are the indexer's.
"""

from __future__ import annotations

import time

from copilot.calls import ReadPicture
from copilot.lineup import Lineup
from copilot.reports import PictureText
from indexer.reporter import Reporter


class Recognizing:
    """Of one computer, with the recognizer of the lineup."""

    def __init__(self, lineup: Lineup) -> None:
        self._lineup = lineup

    def read(self, call: ReadPicture, reporter: Reporter) -> PictureText:
        """`seconds` tells the reading alone, not the loading before it. Raises RecognizerMissing, PictureUnusable,
        ModelError, and DeviceUnavailable where no device can run the pack."""
        with self._lineup.in_use("recognizer"):
            recognizer = self._lineup.needed_recognizer()
            reporter.check()
            began = time.perf_counter()
            lines = recognizer.read(call.picture)
            seconds = time.perf_counter() - began
        return PictureText(lines, "\n".join(line.text for line in lines), recognizer.device, seconds)
