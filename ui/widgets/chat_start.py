"""What the chat page shows before the first question: one next step, or a few files to ask about.

Decision: files, not made-up questions. Nobody knows without reading which question a file answers, and a first click
that ends in "not found" teaches distrust.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from copilot.calls import GetFolders, ListFiles
from copilot.reports import FileRow, FileRows, FolderReports
from indexer.document import MEMBER_SEPARATOR
from ui import wording
from ui.desk import Desk
from ui.tokens import GRID, READING_WIDTH
from ui.widgets.citation_chip import shortened
from ui.widgets.parts import clear, push, row, set_tip, text_label

EXAMPLES = 3
SHARE = 0.7
LOOKED_AT = 60
TITLE_CHARACTERS = 48


class ChatStart(QWidget):
    """`chosen` carries the path of a file to ask about."""

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[str, ...] | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(GRID * 4, 0, GRID * 4, 0)
        across.addStretch(1)
        holder = QWidget()
        holder.setMaximumWidth(desk.theme.pixels(READING_WIDTH * SHARE))
        across.addWidget(holder, 100)
        across.addStretch(1)
        self._column = QVBoxLayout(holder)
        self._column.setSpacing(GRID * 2)
        self._column.setAlignment(Qt.AlignmentFlag.AlignVCenter)

    def refresh(self) -> None:
        """Look what there is to ask about."""
        self._desk.link.perform(GetFolders(), done=self._know, failed=lambda _: None, owner=self)

    def _know(self, found: FolderReports) -> None:
        if not found.folders:
            self._show_first_step()
            return
        self._desk.link.perform(
            ListFiles(state="indexed", limit=LOOKED_AT), done=self._show_examples, failed=lambda _: None, owner=self
        )

    def _show_first_step(self) -> None:
        if self._shown == ():
            return
        self._shown = ()
        clear(self._column)
        add = push(self.tr("Add a folder"), "primary")
        add.clicked.connect(lambda: self._desk.wishes.page.emit("library"))
        self._say(
            self.tr("Show Nearside a folder"),
            self.tr("It reads the files in it on this computer. Then you can ask about them."),
        )
        self._column.addLayout(row(None, add, None))

    def _show_examples(self, rows: FileRows) -> None:
        examples = examples_of(rows.files)
        paths = tuple(file.path for file in examples)
        if self._shown == paths and paths:
            return
        self._shown = paths
        clear(self._column)
        self._say(
            self.tr("Ask about your files"),
            self.tr("Answers are written on this computer and name the passages they come from."),
        )
        for file in examples:
            name = shortened(file.title.strip() or wording.file_name(file.path), TITLE_CHARACTERS)
            button = push(self.tr("Ask about {title}").format(title=name), "example")
            set_tip(button, file.path)
            button.clicked.connect(lambda _=False, path=file.path: self.chosen.emit(path))
            self._column.addWidget(button)

    def _say(self, heading: str, about: str) -> None:
        for text, role in ((heading, "title"), (about, "muted")):
            label = text_label(text, role, wraps=True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(label)
        self._column.addSpacing(GRID * 2)


def examples_of(files: tuple[FileRow, ...]) -> tuple[FileRow, ...]:
    """A few files that are worth a question: of different folders where possible, the longest first."""
    longest = sorted((file for file in files if MEMBER_SEPARATOR not in file.path), key=lambda file: -file.chunks)
    first: dict[str, FileRow] = {}
    for file in longest:
        first.setdefault(wording.folder_name(file.path), file)
    return tuple(dict.fromkeys((*first.values(), *longest)))[:EXAMPLES]
