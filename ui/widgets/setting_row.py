"""One setting as a row: its name, what it does, and the control that its type asks for. What policy forces is locked
and says by whom.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QKeySequenceEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from copilot.settings.policy import Ruled
from copilot.settings.schema import SettingRow as Row
from copilot.settings.schema import Settings, Value, plain
from ui import setting_words
from ui.theme import Theme
from ui.tokens import GRID
from ui.widgets.choice import Choice, Switch
from ui.widgets.page_frame import guard_wheel
from ui.widgets.parts import push, text_label
from ui.widgets.trouble import Trouble

CONTROL_WIDTH = 236
NUMBER_WIDTH = 112
LINES = 4
PERCENT = ("budget_warning",)
"""Kept as a part of one, shown in percent."""


class SettingRow(QWidget):
    """`changed` gives the new value; `reset` asks for the default."""

    changed = Signal(str, object)
    reset = Signal(str)

    def __init__(
        self,
        theme: Theme,
        row: Row,
        words: setting_words.Words,
        ruled: Ruled,
        offers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """`offers` are choices that the table doesn't know, as (value, words), such as the packs that are here."""
        super().__init__()
        self._theme = theme
        self._row = row
        self._title, self._about = words
        self._offers = offers or tuple((choice, setting_words.choice_words(row.name, choice)) for choice in row.choices)
        self._ruled = ruled
        self.trouble = Trouble()
        self._lay_out()

    @property
    def name(self) -> str:
        return self._row.name

    def matches(self, text: str) -> bool:
        """Whether a search for `text` means this setting."""
        said = f"{self._title} {self._about} {self._row.name} {self._row.about}".casefold()
        return all(word in said for word in text.casefold().split())

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        words.addStretch(1)
        name = text_label(self._title)
        words.addWidget(name)
        if self._about:
            words.addWidget(text_label(self._about, "muted", wraps=True))
        if self._ruled.locked:
            source = self.tr("Set by your organization: {source}").format(source=self._ruled.source)
            words.addWidget(text_label(source, "warning", wraps=True))
        words.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(GRID * 6)
        across.addLayout(words, 1)
        if self._ruled.set_by == "user" and self._ruled.value != getattr(Settings(), self._row.name):
            back = push(self.tr("Reset"), "quiet", name=self.tr("Reset {setting}").format(setting=self._title))
            back.clicked.connect(lambda: self.reset.emit(self._row.name))
            across.addWidget(back, 0, Qt.AlignmentFlag.AlignVCenter)
        control = self._control()
        name.setBuddy(control)
        control.setAccessibleDescription(self._about)
        control.setEnabled(not self._ruled.locked and not self._row.policy_only)
        across.addWidget(control, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID * 2, 0, GRID * 2)
        column.addLayout(across)
        column.addWidget(self.trouble)

    def _control(self) -> QWidget:
        if self._row.policy_only:
            return text_label(_said(self._ruled.value), wraps=True)
        if self._offers:
            return self._choice()
        if self._row.name.endswith("_shortcut"):
            return self._keys()
        controls: dict[str, Callable[[], QWidget]] = {
            "bool": self._switch,
            "int": self._number,
            "float": self._part,
            "tuple": self._list,
        }
        return controls.get(self._row.kind, self._list)()

    def _choice(self) -> QWidget:
        choice = Choice(self._theme, self._title)
        value = plain(self._ruled.value)
        known = tuple(one for one, _ in self._offers)
        choice.fill(self._offers if value in known else (*self._offers, (value, value)), value)
        choice.setFixedWidth(self._theme.pixels(CONTROL_WIDTH))
        choice.activated.connect(lambda _: self._send(choice.value))
        return choice

    def _switch(self) -> QWidget:
        switch = Switch(self._theme, self._title)
        switch.setChecked(bool(self._ruled.value))
        switch.toggled.connect(self._send)
        return switch

    def _number(self) -> QWidget:
        spin = QSpinBox()
        spin.setRange(int(self._row.low), int(self._row.high))
        spin.setValue(int(_number(self._ruled.value)))
        spin.setSuffix(setting_words.suffix(self._row.name))
        spin.valueChanged.connect(self._send)
        return self._dressed(spin)

    def _part(self) -> QWidget:
        percent = self._row.name in PERCENT
        factor = 100 if percent else 1
        spin = QDoubleSpinBox()
        spin.setDecimals(0 if percent else 2)
        spin.setSingleStep(5 if percent else 1)
        spin.setRange(self._row.low * factor, self._row.high * factor)
        spin.setValue(_number(self._ruled.value) * factor)
        spin.setSuffix(" %" if percent else "")
        spin.valueChanged.connect(lambda value: self._send(value / factor))
        return self._dressed(spin)

    def _dressed(self, spin: QAbstractSpinBox) -> QWidget:
        spin.setAccessibleName(self._title)
        spin.setKeyboardTracking(False)
        spin.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        spin.setFixedWidth(self._theme.pixels(NUMBER_WIDTH))
        guard_wheel(spin)
        return spin

    def _list(self) -> QWidget:
        field = _Lines(self._theme)
        field.setAccessibleName(self._title)
        value = self._ruled.value
        field.setPlainText("\n".join(value) if isinstance(value, tuple) else str(value))
        field.left.connect(lambda: self._send_lines(field.toPlainText()))
        return field

    def _send_lines(self, text: str) -> None:
        lines = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
        value = lines if self._row.kind == "tuple" else text.strip()
        if value != self._ruled.value:
            self._send(value)

    def _keys(self) -> QWidget:
        keys = QKeySequenceEdit(QKeySequence(str(self._ruled.value)))
        keys.setMaximumSequenceLength(1)
        keys.setClearButtonEnabled(True)
        keys.setAccessibleName(self.tr("Keys for {action}").format(action=self._title))
        keys.setFixedWidth(self._theme.pixels(CONTROL_WIDTH))
        keys.editingFinished.connect(lambda: self._send_keys(keys.keySequence()))
        return keys

    def _send_keys(self, keys: QKeySequence) -> None:
        text = keys.toString(QKeySequence.SequenceFormat.PortableText)
        if text != self._ruled.value:
            self._send(text)

    def _send(self, value: Value) -> None:
        self.trouble.hide()
        self.changed.emit(self._row.name, value)


class _Lines(QPlainTextEdit):
    """`left` when the keyboard goes elsewhere: what was typed counts then."""

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedSize(theme.pixels(CONTROL_WIDTH), theme.pixels(22 * LINES))

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 Qt's name
        super().focusOutEvent(event)
        self.left.emit()


def _number(value: Value) -> float:
    assert isinstance(value, int | float)
    return value


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return setting_words.translate("Settings", "Yes") if value else setting_words.translate("Settings", "No")
    if isinstance(value, tuple):
        return "\n".join(value) or setting_words.translate("Settings", "None")
    return plain(value)
