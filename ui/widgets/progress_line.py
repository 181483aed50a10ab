"""A thin bar with a sentence: what is being done, how many of how many, how fast, how long still."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from indexer.reporter import Progress
from ui import wording
from ui.tokens import GRID
from ui.widgets.parts import text_label

RATE_AFTER_SECONDS = 2.0
STEPS = 1000


class ProgressLine(QWidget):
    """Hidden while there is nothing to say. `sentence` is what it says, for whoever wants to repeat it."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = ""
        self._stage = ""
        self._began = (0.0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(GRID)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, STEPS)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._words = text_label("", "muted", wraps=True)
        column.addWidget(self._bar)
        column.addWidget(self._words)
        self.hide()

    def show_progress(self, progress: Progress) -> None:
        """Say how far it is. Speed is measured here, over the stage so far."""
        if progress.stage != self._stage or progress.done < self._began[1]:
            self._stage, self._began = progress.stage, (time.monotonic(), progress.done)
        if progress.total:
            self._bar.setRange(0, STEPS)
            self._bar.setValue(round(STEPS * min(1.0, progress.done / progress.total)))
        else:
            self._bar.setRange(0, 0)
        self.sentence = self._sentence(progress)
        self._words.setText(self.sentence)
        self._bar.setAccessibleDescription(self.sentence)
        self.show()

    def say(self, sentence: str) -> None:
        """A sentence without a bar that moves, such as why it waits."""
        self.sentence = sentence
        self._words.setText(sentence)
        self._bar.setVisible(bool(sentence) and self._bar.value() > 0)
        self.setVisible(bool(sentence))

    def clear(self) -> None:
        self._stage, self.sentence = "", ""
        self._bar.setValue(0)
        self._bar.show()
        self.hide()

    def _sentence(self, progress: Progress) -> str:
        parts = [self._what(progress)]
        since = time.monotonic() - self._began[0]
        if progress.stage == "extract" and since > RATE_AFTER_SECONDS and progress.done > self._began[1]:
            rate = (progress.done - self._began[1]) / since
            parts.append(self.tr("{count} files/s").format(count=wording.number(rate, 1 if rate < 10 else 0)))
        elif progress.stage == "recognize" and since > RATE_AFTER_SECONDS and progress.done > self._began[1]:
            rate = (progress.done - self._began[1]) / since
            parts.append(self.tr("{count} pages/s").format(count=wording.number(rate, 1 if rate < 10 else 0)))
        elif progress.chunks_per_second:
            rate = progress.chunks_per_second
            parts.append(self.tr("{count} passages/s").format(count=wording.number(rate, 1 if rate < 10 else 0)))
        if progress.seconds_left is not None:
            parts.append(wording.time_left(progress.seconds_left))
        return self.tr(", ").join(parts)

    def _what(self, progress: Progress) -> str:
        done = wording.number(progress.done)
        known = progress.total is not None
        sentence = {
            "scan": self.tr("Looking for files: {done}"),
            "extract": self.tr("Indexing: {done} of {total}") if known else self.tr("Indexing: {done}"),
            "recognize": self.tr("Recognizing text: {done} of {total} pages")
            if known
            else self.tr("Recognizing text: {done}"),
            "wait": self.tr("Waiting"),
            "embed": self.tr("Understanding: {done} of {total} passages")
            if known
            else self.tr("Understanding: {done}"),
            "snapshot": self.tr("Saving the index"),
            "fetch": self.tr("Fetching: {done} of {total}"),
            "convert": self.tr("Making it ready for this computer"),
            "verify": self.tr("Checking: {done} of {total}"),
        }.get(progress.stage, self.tr("Working"))
        if progress.stage in ("fetch", "verify") and progress.total:
            return sentence.format(done=wording.size(progress.done), total=wording.size(progress.total))
        return sentence.format(done=done, total=wording.number(progress.total or 0))
