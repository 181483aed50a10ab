"""Settings, drawn from the table in copilot/settings/schema.py: a search box, groups in plain words, what policy forces
locked with its source, and a look at how this computer is doing.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from copilot.settings.policy import Resolved
from copilot.settings.schema import rows
from indexer.errors import NearsideError
from ui import preferences, setting_words
from ui.desk import Desk
from ui.doctor import Doctor, Found
from ui.doctor_words import report, words
from ui.setting_words import Group
from ui.slices import Slices
from ui.tokens import GRID, READING_WIDTH
from ui.widgets.library_check import LibraryCheck
from ui.widgets.page_frame import PageFrame
from ui.widgets.parts import clear, push, row, text_label
from ui.widgets.setting_group import SettingGroup
from ui.widgets.trouble import Trouble

PAGE_ID = "settings"
ORDER = 60


def title() -> str:
    return QCoreApplication.translate("SettingsPage", "Settings")


def build(desk: Desk) -> QWidget:
    return SettingsPage(desk, at_once=False)


class SettingsPage(PageFrame):
    def __init__(self, desk: Desk, *, at_once: bool = True) -> None:
        """Without `at_once` the settings come in slices, so that the window goes on meanwhile."""
        about = QCoreApplication.translate("SettingsPage", "Kept on this computer. A change counts at once.")
        super().__init__(desk, title(), about, READING_WIDTH)
        self._desk = desk
        self._groups: list[SettingGroup] = []
        self._slices = Slices(self)
        self._outgrown = False
        """The rows were made for text of another size."""
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Search settings"))
        self._search.setAccessibleName(self.tr("Search settings"))
        self._search.setClearButtonEnabled(True)
        self._trouble = Trouble()
        self._nothing = text_label(self.tr("No setting is called that."), "muted")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._checks = QGridLayout()
        self._look = push(self.tr("Look at this computer"))
        self._copy = push(self.tr("Copy the report"))
        self._save = push(self.tr("Save the report"))
        self._findings: tuple[Found, ...] = ()
        self._health = self._health_part()
        self._doctor = Doctor(desk.paths)
        self.column.addWidget(self._search)
        self.column.addWidget(self._trouble)
        self.column.addWidget(self._nothing)
        self.column.addLayout(self._list)
        self.column.addWidget(self._health)
        self.column.addStretch(1)
        self._nothing.hide()
        self._connect()
        self._show_all(at_once=at_once)

    def shown(self) -> None:
        """The page came to the front: another process may have changed the file."""
        if not any(group.has_keyboard() for group in self._groups):
            self._show_all(at_once=False)

    def again(self) -> SettingsPage:
        """The same page in the words that the window speaks now."""
        page = SettingsPage(self._desk)
        page._search.setText(self._search.text())
        if self._findings:
            page._show_findings(self._findings)
        return page

    def fill(self) -> None:
        """Show every setting as it stands now."""
        self._show_all(at_once=True)

    def _show_all(self, *, at_once: bool) -> None:
        try:
            resolved = preferences.in_force(self._desk)
        except NearsideError as error:
            self._trouble.say(error)
            return
        self._trouble.hide()
        groups = (*setting_words.groups(), *self._rest(resolved))
        if self._groups and not self._outgrown and [group.names for group in self._groups] == [*map(_names, groups)]:
            self._slices.finish()
            for group in self._groups:
                group.fill(resolved)
            self._tell_shortcuts()
            return
        self._outgrown = False
        clear(self._list)
        self._groups = []
        self._health.hide()  # until all that stands above it is there: nothing jumps
        self._slices.begin(self._draw(groups, resolved))
        if at_once:
            self._slices.finish()

    def _draw(self, groups: tuple[Group, ...], resolved: Resolved) -> Iterator[None]:
        for group in groups:
            made = SettingGroup(self._desk, group.title, group.words)
            yield from made.draw(resolved)
            self._list.addWidget(made)  # with all its rows: the page is laid out once for it
            self._groups.append(made)
            yield
        self._tell_shortcuts()
        self._filter(self._search.text())

    def _outgrow(self) -> None:
        self._outgrown = True

    def _tell_shortcuts(self) -> None:
        for group in self._groups:
            group.tell_shortcuts(self._desk.wishes.shortcuts)

    def _rest(self, resolved: Resolved) -> Iterator[Group]:
        """Settings without words of their own, and what the organization set that no person may set."""
        named = {name for group in setting_words.groups() for name in group.words}
        rest = {one.name: (one.name.replace("_", " "), one.about) for one in rows() if not one.policy_only}
        rest = {name: words for name, words in rest.items() if name not in named}
        if rest:
            yield Group("more", self.tr("More"), rest)
        titles = setting_words.policy_words()
        forced = [one for one in rows() if one.policy_only and resolved.of(one.name).locked]
        if forced:
            words = {one.name: titles.get(one.name, (one.name, one.about)) for one in forced}
            yield Group("organization", self.tr("Set by your organization"), words)

    def _filter(self, text: str) -> None:
        found = [group.filter(text) for group in self._groups]
        self._nothing.setVisible(bool(text) and not any(found))
        self._health.setVisible(not text)

    # --- health

    def _health_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, GRID * 5, 0, 0)
        column.setSpacing(GRID * 3)
        column.addWidget(text_label(self.tr("How this computer is doing"), "subheading"))
        about = self.tr("Devices, models, keys, library and engine. The report holds no text and no names of yours.")
        column.addWidget(text_label(about, "muted", wraps=True))
        self._checks.setHorizontalSpacing(GRID * 3)
        self._checks.setVerticalSpacing(GRID * 2)
        self._checks.setColumnStretch(1, 1)
        column.addLayout(self._checks)
        column.addLayout(row(self._look, self._copy, self._save, None))
        self._copy.hide()
        self._save.hide()
        column.addWidget(LibraryCheck(self._desk))
        return part

    def _show_findings(self, findings: tuple[Found, ...]) -> None:
        clear(self._checks)
        self._findings = findings
        marks = {"good": ("✓", "good"), "note": ("·", "muted"), "bad": ("!", "warning")}
        for number, one in enumerate(findings):
            mark, role = marks.get(one.verdict, ("·", "muted"))
            self._checks.addWidget(text_label(mark, role), number, 0, Qt.AlignmentFlag.AlignTop)
            said = text_label(words(one), "warning" if one.verdict == "bad" else "", wraps=True)
            self._checks.addWidget(said, number, 1)
        self._look.setText(self.tr("Look again"))
        self._copy.setVisible(bool(findings))
        self._save.setVisible(bool(findings))

    def _start_look(self) -> None:
        self._look.setText(self.tr("Looking"))
        self._doctor.look()

    def _not_found(self, failure: object) -> None:
        self._show_findings(())
        self._trouble.say(failure)  # type: ignore[arg-type]

    def _save_report(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile("nearside-report.txt")
        dialog.fileSelected.connect(self._write_report)
        dialog.open()

    def _write_report(self, path: str) -> None:
        try:
            with open(path, "w", encoding="utf-8") as file:
                file.write(report(self._findings))
        except OSError:
            self._trouble.tell(self.tr("The report could not be written there."), self.tr("Choose another folder."))

    def _connect(self) -> None:
        self._search.textChanged.connect(self._filter)
        self._desk.theme.changed.connect(self._outgrow)
        self._desk.wishes.shortcuts_settled.connect(self._tell_shortcuts)
        self._look.clicked.connect(self._start_look)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report(self._findings)))
        self._save.clicked.connect(self._save_report)
        self._doctor.found.connect(self._show_findings)
        self._doctor.failed.connect(self._not_found)


def _names(group: Group) -> tuple[str, ...]:
    return tuple(group.words)
