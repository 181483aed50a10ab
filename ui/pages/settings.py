"""Settings, drawn from the table in copilot/settings/schema.py: a search box, groups in plain words, what policy forces
locked with its source, and a look at how this computer is doing.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from copilot.models.shelf import Shelf
from copilot.settings.policy import Resolved
from copilot.settings.schema import SettingRow as Row
from copilot.settings.schema import Settings, Value, rows
from indexer.errors import NearsideError
from ui import preferences, setting_words
from ui.desk import Desk
from ui.doctor import Doctor, Found, report
from ui.tokens import GRID, READING_WIDTH
from ui.widgets.page_frame import PageFrame
from ui.widgets.parts import clear, line, push, row, text_label
from ui.widgets.setting_row import SettingRow
from ui.widgets.trouble import Trouble

PAGE_ID = "settings"
ORDER = 60

PACK_ROLES = {"answer_pack": "generator", "embed_pack": "embedder"}


def title() -> str:
    return QCoreApplication.translate("SettingsPage", "Settings")


def build(desk: Desk) -> QWidget:
    return SettingsPage(desk)


@dataclass(slots=True)
class _Section:
    """A heading with its rows, hidden together when a search finds none of them."""

    heading: QWidget
    rows: list[SettingRow]
    lines: list[QWidget]


class SettingsPage(PageFrame):
    def __init__(self, desk: Desk) -> None:
        about = QCoreApplication.translate("SettingsPage", "Kept on this computer. A change counts at once.")
        super().__init__(desk, title(), about, READING_WIDTH)
        self._desk = desk
        self._sections: list[_Section] = []
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
        self._connect()
        self.fill()

    def shown(self) -> None:
        """The page came to the front: another process may have changed the file."""
        if not any(one.isAncestorOf(self.focusWidget() or self) for section in self._sections for one in section.rows):
            self.fill()

    def fill(self) -> None:
        """Draw every setting as it stands now."""
        clear(self._list)
        self._sections = []
        try:
            resolved = preferences.in_force(self._desk)
        except NearsideError as error:
            self._trouble.say(error)
            return
        self._trouble.hide()
        known = {one.name: one for one in rows()}
        for group in setting_words.groups():
            shown = {name: words for name, words in group.words.items() if name in known}
            self._add(group.title, [self._row_of(known[name], words, resolved) for name, words in shown.items()])
        self._add_rest(known, resolved)
        self._filter(self._search.text())

    def _add_rest(self, known: dict[str, Row], resolved: Resolved) -> None:
        """Settings without words of their own, and what the organization set that no person may set."""
        named = {name for group in setting_words.groups() for name in group.words}
        policy = setting_words.policy_words()
        rest = [one for one in known.values() if one.name not in named and not one.policy_only]
        if rest:
            title = self.tr("More")
            self._add(title, [self._row_of(one, (one.name.replace("_", " "), one.about), resolved) for one in rest])
        forced = [one for one in known.values() if one.policy_only and resolved.of(one.name).locked]
        if forced:
            words = {one.name: policy.get(one.name, (one.name, one.about)) for one in forced}
            title = self.tr("Set by your organization")
            self._add(title, [self._row_of(one, (words[one.name][0], one.about), resolved) for one in forced])

    def _row_of(self, one: Row, words: setting_words.Words, resolved: Resolved) -> SettingRow:
        made = SettingRow(self._desk.theme, one, words, resolved.of(one.name), self._offers(one.name))
        made.changed.connect(lambda name, value: self._set(made, name, value))
        made.reset.connect(self._reset)
        return made

    def _offers(self, name: str) -> tuple[tuple[str, str], ...]:
        if name not in PACK_ROLES:
            return ()
        packs = Shelf(self._desk.paths.packs).packs()
        here = tuple((pack.id, pack.name) for pack in packs if pack.role == PACK_ROLES[name])
        return (("", self.tr("The best one here")), *here)

    def _add(self, heading: str, made: list[SettingRow]) -> None:
        label = text_label(heading, "subheading")
        label.setContentsMargins(0, GRID * 5, 0, GRID * 2)
        self._list.addWidget(label)
        lines: list[QWidget] = []
        for one in made:
            lines.append(line())
            self._list.addWidget(lines[-1])
            self._list.addWidget(one)
        self._sections.append(_Section(label, made, lines))

    # --- what the person does

    def _set(self, made: SettingRow, name: str, value: Value) -> None:
        if name.endswith("_shortcut") and (other := self._taken(name, value)):
            text = self.tr("These keys already belong to: {action}.").format(action=other)
            made.trouble.tell(text, self.tr("Choose other keys, or take them away there first."))
            return
        try:
            preferences.put(self._desk, name, value)
        except NearsideError as error:
            made.trouble.say(error)

    def _taken(self, name: str, value: Value) -> str:
        """Which other action has these keys; empty when none has."""
        resolved = preferences.in_force(self._desk)
        for other, words in setting_words.shortcuts().items():
            if other != name and value and resolved.of(other).value == value:
                return words[0]
        return ""

    def _reset(self, name: str) -> None:
        try:
            preferences.put(self._desk, name, getattr(Settings(), name))
        except NearsideError as error:
            self._trouble.say(error)
        self.fill()

    def _filter(self, text: str) -> None:
        any_shown = False
        for section in self._sections:
            first = True
            for one, above in zip(section.rows, section.lines, strict=True):
                found = one.matches(text)
                one.setVisible(found)
                above.setVisible(found)
                first = first and not found
            section.heading.setVisible(not first)
            any_shown = any_shown or not first
        self._nothing.setVisible(not any_shown)
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
        return part

    def _show_findings(self, findings: tuple[Found, ...]) -> None:
        clear(self._checks)
        self._findings = findings
        marks = {"good": ("✓", "good"), "note": ("·", "muted"), "bad": ("!", "warning")}
        for number, one in enumerate(findings):
            mark, role = marks.get(one.verdict, ("·", "muted"))
            self._checks.addWidget(text_label(mark, role), number, 0, Qt.AlignmentFlag.AlignTop)
            said = report((one,)).strip().split("  ", 1)[-1]
            self._checks.addWidget(text_label(said, "warning" if one.verdict == "bad" else "", wraps=True), number, 1)
        self._look.setEnabled(True)
        self._look.setText(self.tr("Look again"))
        self._copy.setVisible(bool(findings))
        self._save.setVisible(bool(findings))

    def _start_look(self) -> None:
        self._look.setEnabled(False)
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
        self._look.clicked.connect(self._start_look)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report(self._findings)))
        self._save.clicked.connect(self._save_report)
        self._doctor.found.connect(self._show_findings)
        self._doctor.failed.connect(self._not_found)
