"""One folder of the library looked at closely: what is left out of it, and its files."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from copilot.reports import FolderReport
from ui import wording
from ui.desk import Desk
from ui.tokens import GRID
from ui.widgets.file_table import FileTable
from ui.widgets.keyboard import put_away
from ui.widgets.parts import push, row, text_label

LINES_SHOWN = 4


class FolderDetails(QFrame):
    """Hidden until `open`."""

    excludes_changed = Signal(str, tuple)
    """(folder, patterns)"""
    read_now = Signal(object)
    """A tuple of paths whose text is to be recognized at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._path = ""
        self._kept: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 5, GRID * 4, GRID * 5, GRID * 5)
        column.setSpacing(GRID * 2)
        self._title = text_label("", "subheading")
        close = push(self.tr("Close"), "quiet")
        close.clicked.connect(self._close)
        QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(
            self._close
        )
        self._before: QWidget | None = None
        column.addLayout(row(self._title, None, close))
        self._where = text_label("", "muted", wraps=True)
        column.addWidget(self._where)
        self._files = FileTable(desk)
        self._files.read_now.connect(self.read_now)
        column.addWidget(self._files)
        column.addSpacing(GRID * 2)
        column.addWidget(text_label(self.tr("Left out of this folder"), "strong"))
        hint = self.tr("One pattern a line, such as *.log, drafts/ or ~$*. What matches is not read.")
        column.addWidget(text_label(hint, "muted", wraps=True))
        self._excludes = QPlainTextEdit()
        self._excludes.setAccessibleName(self.tr("Patterns that are left out"))
        self._excludes.setTabChangesFocus(True)
        self._excludes.setFixedHeight(desk.theme.pixels(24 * LINES_SHOWN))
        column.addWidget(self._excludes)
        self._save = push(self.tr("Save and read again"))
        self._save.setEnabled(False)
        self._save.clicked.connect(self._send)
        column.addLayout(row(self._save, None))
        self._excludes.textChanged.connect(lambda: self._save.setEnabled(self._patterns() != self._kept))
        self.hide()

    @property
    def path(self) -> str:
        return self._path

    def open(self, folder: FolderReport, state: str = "") -> None:
        self._path, self._kept = folder.path, folder.excludes
        self._title.setText(wording.file_name(folder.path))
        size = wording.size(folder.bytes)
        self._where.setText(
            self.tr("{path}, {files}, {size}").format(path=folder.path, files=wording.files(folder.files), size=size)
        )
        self._excludes.setPlainText("\n".join(folder.excludes))
        self._files.show_folder(folder.path, state)
        self._before = QApplication.focusWidget()
        self.show()
        self._files.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        if not self.isHidden():
            self._files.refresh()

    def _close(self) -> None:
        put_away(self)
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _patterns(self) -> tuple[str, ...]:
        lines = (text.strip() for text in self._excludes.toPlainText().splitlines())
        return tuple(dict.fromkeys(text for text in lines if text))

    def _send(self) -> None:
        self._kept = self._patterns()
        self._excludes.setFocus(Qt.FocusReason.OtherFocusReason)
        self._save.setEnabled(False)
        self.excludes_changed.emit(self._path, self._kept)
