"""What may leave, folder by folder, and by patterns of names: the same labels as in the library, all in one place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from copilot.calls import GetFolders, SetLabel
from copilot.failures import Failure
from copilot.privacy.boundary import Labels
from copilot.reports import FolderReport, FolderReports
from copilot.settings.labels import read_labels
from copilot.settings.schema import LABELS
from indexer.errors import NearsideError
from ui import preferences, wording
from ui.desk import Desk
from ui.tokens import GRID
from ui.widgets.choice import Choice
from ui.widgets.parts import clear, line, push, row, set_tip, text_label
from ui.widgets.trouble import Trouble


class LabelList(QWidget):
    changed = Signal(tuple)
    """The FolderReports as they are now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._folders: tuple[FolderReport, ...] = ()
        self._labels = Labels()
        self._trouble = Trouble()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GRID * 6)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(0, 1)
        self._pattern = QLineEdit()
        self._pattern.setPlaceholderText(self.tr("Pattern, such as *salary*"))
        self._pattern.setAccessibleName(self.tr("Pattern of file names"))
        self._label = Choice(desk.theme, self.tr("What may leave files of this pattern"))
        self._label.fill(_choices(), LABELS[0])
        self._add = push(self.tr("Add"))
        self._add.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID * 5, 0, 0)
        column.setSpacing(GRID * 2)
        column.addWidget(text_label(self.tr("By folder and by name"), "subheading"))
        about = self.tr("A pattern is stronger than a folder. What no rule speaks about stays here.")
        column.addWidget(text_label(about, "muted", wraps=True))
        column.addLayout(self._grid)
        column.addLayout(row(self._pattern, self._label, self._add))
        column.addWidget(self._trouble)
        self._pattern.textChanged.connect(lambda text: self._add.setEnabled(bool(text.strip())))
        self._pattern.returnPressed.connect(self._add_pattern)
        self._add.clicked.connect(self._add_pattern)

    @property
    def written_pattern(self) -> str:
        """What stands in the field and is no rule yet."""
        return self._pattern.text()

    def write_pattern(self, text: str) -> None:
        self._pattern.setText(text)

    def refresh(self) -> None:
        self._desk.link.perform(GetFolders(), done=self._take, failed=self._trouble.say, owner=self)

    def _take(self, reports: FolderReports) -> None:
        self._folders = reports.folders
        try:
            settings = preferences.in_force(self._desk).settings
            self._labels = read_labels(self._desk.paths.labels, settings)
        except NearsideError as error:
            self._trouble.say(error)
            return
        self._trouble.hide()
        self._show()
        self.changed.emit(self._folders)

    def _show(self) -> None:
        clear(self._grid)
        folders = {folder.path: folder for folder in self._folders}
        others = [rule for rule in self._labels.rules if rule.pattern not in folders]
        at = 0
        for folder in self._folders:
            at = self._row(at, wording.folder_title(folder.path), folder.path, folder.label, folder.label_forced)
        for rule in others:
            at = self._row(at, rule.pattern, rule.pattern, rule.label, False, removable=True)
        for rule in self._labels.forced:
            at = self._row(at, rule.pattern, rule.pattern, rule.label, True)
        self._grid.addWidget(line(), at, 0, 1, 3)

    def _row(self, at: int, words: str, pattern: str, label: str, forced: bool, *, removable: bool = False) -> int:
        """Gives the number of the next row."""
        self._grid.addWidget(line(), at, 0, 1, 3)
        name = text_label(words)
        set_tip(name, pattern)
        self._grid.addWidget(name, at + 1, 0)
        if forced:
            said = self.tr("{label}, set by your organization").format(label=wording.label(label))
            self._grid.addWidget(text_label(said, "muted"), at + 1, 2)
            return at + 2
        choice = Choice(self._desk.theme, self.tr("What may leave {folder}").format(folder=words), quiet=True)
        choice.fill(_choices(), label)
        choice.activated.connect(lambda _: self._set(pattern, choice.value))
        self._grid.addWidget(choice, at + 1, 2)
        if removable:
            remove = push(
                self.tr("Remove"), "quiet", name=self.tr("Remove the rule for {pattern}").format(pattern=words)
            )
            remove.clicked.connect(lambda: self._set(pattern, ""))
            self._grid.addWidget(remove, at + 1, 1)
        return at + 2

    def _add_pattern(self) -> None:
        pattern = self._pattern.text().strip()
        if pattern:
            self._set(pattern, self._label.value)
            self._pattern.clear()

    def _set(self, pattern: str, label: str) -> None:
        """Have a rule made or changed; an empty label takes it away."""
        self._desk.link.perform(
            SetLabel(pattern, label), done=lambda _: self.refresh(), failed=self._refused, owner=self
        )

    def _refused(self, failure: Failure) -> None:
        """What was chosen does not hold: show what does."""
        self._show()
        self._trouble.say(failure)


def _choices() -> tuple[tuple[str, str], ...]:
    return tuple((label, wording.label(label)) for label in LABELS)
