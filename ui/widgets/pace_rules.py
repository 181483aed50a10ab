"""When indexing that nobody waits for stands still or goes slowly: the rules as they are set, on one line, and the way
to change them. What holds it up at the moment is said by the page.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from copilot.settings.schema import Settings
from indexer.errors import NearsideError
from ui import preferences
from ui.desk import Desk
from ui.tokens import GRID
from ui.widgets.parts import push, text_label

PREFIX = "pace_"


class PaceRules(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._says = text_label("", "muted", wraps=True)
        change = push(self.tr("Change"), "link", name=self.tr("Change when indexing waits"))
        change.clicked.connect(lambda: desk.wishes.page.emit("settings"))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GRID * 2)
        across.addWidget(self._says, 1)
        across.addWidget(change)
        desk.wishes.settings_changed.connect(self._follow)
        self.refresh()

    @property
    def text(self) -> str:
        return self._says.text()

    def refresh(self) -> None:
        try:
            settings = preferences.in_force(self._desk).settings
        except NearsideError:  # the settings page says what is wrong with them
            settings = Settings()
        rules = self._rules(settings)
        says = self.tr("Indexing waits or slows down: {rules}").format(rules=" · ".join(rules))
        self._says.setText(says if rules else self.tr("Indexing never waits for battery, load or full screens."))

    def _follow(self, name: str) -> None:
        if name.startswith(PREFIX):
            self.refresh()

    def _rules(self, settings: Settings) -> tuple[str, ...]:
        rules = []
        if settings.pace_battery_percent > 0:
            rules.append(self.tr("on battery below {percent} %").format(percent=settings.pace_battery_percent))
        if settings.pace_power_saver:
            rules.append(self.tr("in power saver"))
        if settings.pace_full_screen:
            rules.append(self.tr("behind a full-screen program"))
        if settings.pace_cpu_percent < 100:
            says = self.tr("above {percent} % load from other programs")
            rules.append(says.format(percent=settings.pace_cpu_percent))
        return tuple(rules)
