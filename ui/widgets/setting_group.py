"""A heading with the settings below it: drawn from the table, written when they are changed, filtered by a search."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from copilot.models.shelf import Shelf
from copilot.settings.policy import Resolved, Ruled
from copilot.settings.schema import SettingRow as Row
from copilot.settings.schema import Settings, Value, rows
from indexer.errors import NearsideError
from ui import preferences, setting_words
from ui.desk import Desk
from ui.engine_words import about_shortcuts
from ui.keystroke import read_keystroke
from ui.tokens import GRID
from ui.widgets.parts import clear, line, text_label
from ui.widgets.setting_row import SettingRow
from ui.widgets.trouble import Trouble
from ui.wishes import ShortcutNews

QUICK_COMMAND = "nearside quick"
PACK_ROLES = {"answer_pack": "generator", "embed_pack": "embedder"}

Offers = tuple[tuple[str, str], ...]


class SettingGroup(QWidget):
    """Fill it anew after a change from elsewhere."""

    redrawn = Signal()
    """A value went back to its default: whoever shows the same settings draws them anew."""

    def __init__(self, desk: Desk, heading: str, words: dict[str, setting_words.Words]) -> None:
        super().__init__()
        self._desk = desk
        self._words = words
        self._rows: list[SettingRow] = []
        self._lines: list[QWidget] = []
        self._drawn: list[tuple[Ruled, Offers]] = []
        """What each row shows."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID * 5, 0, 0)
        column.setSpacing(0)
        title = text_label(heading, "subheading")
        title.setContentsMargins(0, 0, 0, GRID * 2)
        column.addWidget(title)
        self._trouble = Trouble()
        column.addWidget(self._trouble)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._words)

    @property
    def rows(self) -> tuple[SettingRow, ...]:
        return tuple(self._rows)

    def fill(self, resolved: Resolved) -> None:
        """Show every setting of the group that the table knows, as it stands now. Rows that show it already stay: to
        make them all takes longer than a window may be held.
        """
        if not self._rows:
            for _ in self.draw(resolved):
                pass
            return
        for at, row in enumerate(self._rows):
            now = resolved.of(row.name), self._offers(row.name)
            if now != self._drawn[at] or not row.trouble.isHidden():
                self._replace(at, now)

    def draw(self, resolved: Resolved) -> Iterator[None]:
        """The same from nothing, row by row."""
        clear(self._list)
        self._rows, self._lines, self._drawn = [], [], []
        known = {one.name: one for one in rows()}
        for name in self._words:
            if name in known:
                self._add(resolved.of(name), self._offers(name))
                yield

    def filter(self, text: str) -> bool:
        """Show what a search means; False, and hidden, when it means nothing here."""
        found = [one.matches(text) for one in self._rows]
        for one, above, shown in zip(self._rows, self._lines, found, strict=True):
            one.setVisible(shown)
            above.setVisible(shown)
        self.setVisible(any(found))
        return any(found)

    def tell_shortcuts(self, news: ShortcutNews) -> None:
        """Say beside each shortcut that it can't be had, and above them why none can."""
        refused = dict(news.refused)
        for one in self._rows:
            if one.name in refused:
                says = self.tr("Another program has these keys, or the system keeps them.")
                one.trouble.tell(says, self.tr("Choose other keys."))
        if news.reasons and any(one.name.endswith("_shortcut") for one in self._rows):
            reasons = tuple(filter(None, map(about_shortcuts, news.reasons)))
            says = self.tr("No keys can be heard over other programs in this session: {reasons}.")
            if not reasons:
                says = self.tr("No keys can be heard over other programs in this session.")
            advice = self.tr("In your desktop's own keyboard settings, bind keys to this command: {command}")
            self._trouble.tell(says.format(reasons=self.tr("; ").join(reasons)), advice.format(command=QUICK_COMMAND))
        else:
            self._trouble.hide()

    def has_keyboard(self) -> bool:
        return self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False

    def _add(self, ruled: Ruled, offers: Offers) -> None:
        self._rows.append(self._made(ruled, offers))
        self._lines.append(line())
        self._drawn.append((ruled, offers))
        self._list.addWidget(self._lines[-1])
        self._list.addWidget(self._rows[-1])

    def _replace(self, at: int, now: tuple[Ruled, Offers]) -> None:
        old, new = self._rows[at], self._made(*now)
        new.setVisible(not old.isHidden())
        self._list.replaceWidget(old, new)
        self._rows[at], self._drawn[at] = new, now
        old.hide()
        old.deleteLater()

    def _made(self, ruled: Ruled, offers: Offers) -> SettingRow:
        one: Row = next(row for row in rows() if row.name == ruled.name)
        made = SettingRow(self._desk.theme, one, self._words[ruled.name], ruled, offers)
        made.changed.connect(lambda name, value: self._set(made, name, value))
        made.reset.connect(lambda name: self._reset(made, name))
        return made

    def _offers(self, name: str) -> Offers:
        if name not in PACK_ROLES:
            return ()
        packs = Shelf(self._desk.paths.packs).packs()
        here = tuple((pack.id, pack.name) for pack in packs if pack.role == PACK_ROLES[name])
        return (("", self.tr("The best one here")), *here)

    def _set(self, made: SettingRow, name: str, value: Value) -> None:
        try:
            if self._refuses(made, name, value):
                return
            preferences.put(self._desk, name, value)
        except NearsideError as error:
            made.trouble.say(error)

    def _refuses(self, made: SettingRow, name: str, value: Value) -> bool:
        """Whether these are keys that can't be a shortcut or are one already; said beside the setting."""
        if name not in setting_words.shortcuts() or not value:
            return False
        if read_keystroke(str(value)) is None:
            says = self.tr("These keys can't be a shortcut.")
            made.trouble.tell(
                says, self.tr("Take Ctrl, Alt or Meta together with a letter, a digit or a function key.")
            )
            return True
        if other := self._taken(name, value):
            says = self.tr("These keys already belong to: {action}.").format(action=other)
            made.trouble.tell(says, self.tr("Choose other keys, or take them away there first."))
            return True
        return False

    def _taken(self, name: str, value: Value) -> str:
        """Which other action has these keys; empty when none has."""
        shortcuts = setting_words.shortcuts()
        resolved = preferences.in_force(self._desk)
        taken = (words[0] for other, words in shortcuts.items() if other != name and resolved.of(other).value == value)
        return next(taken, "")

    def _reset(self, made: SettingRow, name: str) -> None:
        try:
            preferences.put(self._desk, name, getattr(Settings(), name))
        except NearsideError as error:
            made.trouble.say(error)
        else:
            self.fill(preferences.in_force(self._desk))
            self.redrawn.emit()
