"""What the chat page shows before the first question: one next step, or a few questions about these files."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from copilot.calls import GetFolders, ListFiles
from copilot.reports import FileRow, FileRows, FolderReports
from ui import wording
from ui.desk import Desk
from ui.tokens import GRID, READING_WIDTH
from ui.widgets.citation_chip import shortened
from ui.widgets.parts import clear, push, row, text_label

EXAMPLES = 3
SHARE = 0.7
LOOKED_AT = 60
TITLE_CHARACTERS = 48


class ChatStart(QWidget):
    """`asked` carries an example that was chosen."""

    asked = Signal(str)

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
        titles = _titles(rows.files)
        if self._shown == titles and titles:
            return
        self._shown = titles
        clear(self._column)
        self._say(
            self.tr("Ask about your files"),
            self.tr("Answers are written on this computer and name the passages they come from."),
        )
        shapes = (
            self.tr("What is {title} about?"),
            self.tr("What are the most important dates and amounts in {title}?"),
            self.tr("Who is named in {title}?"),
        )
        for shape, name in zip(shapes, titles, strict=False):
            question = shape.format(title=name)
            button = push(question, "example")
            button.clicked.connect(lambda _=False, question=question: self.asked.emit(question))
            self._column.addWidget(button)

    def _say(self, heading: str, about: str) -> None:
        for text, role in ((heading, "title"), (about, "muted")):
            label = text_label(text, role, wraps=True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(label)
        self._column.addSpacing(GRID * 2)


def _titles(files: tuple[FileRow, ...]) -> tuple[str, ...]:
    """A few documents that are worth a question, of different folders where possible, the longest first."""
    chosen: dict[str, str] = {}
    for file in sorted(files, key=lambda file: -file.chunks):
        name = file.title.strip() or wording.file_name(file.path)
        chosen.setdefault(wording.folder_name(file.path), shortened(name, TITLE_CHARACTERS))
    spare = (shortened(file.title or wording.file_name(file.path), TITLE_CHARACTERS) for file in files)
    return tuple(dict.fromkeys((*chosen.values(), *spare)))[:EXAMPLES]
