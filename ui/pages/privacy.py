"""Privacy: what leaves this computer and what doesn't, in plain words; the record of it; providers; rules.

What may be offered is decided in the engine (copilot/farside.py); this page shows and sets what that goes by.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QTabBar, QVBoxLayout, QWidget

from copilot.privacy.entries import EntryKind, LedgerEntry
from copilot.reports import FolderReport
from copilot.settings.providers import read_providers
from indexer.errors import NearsideError
from ui import preferences, setting_words, wording
from ui.desk import Desk
from ui.dialogs.key import KeyDialog
from ui.dialogs.provider import ProviderDialog
from ui.slices import Slices
from ui.tokens import GRID
from ui.widgets.label_list import LabelList
from ui.widgets.ledger_view import LedgerView
from ui.widgets.page_frame import PageFrame
from ui.widgets.parts import card, text_label
from ui.widgets.provider_list import ProviderList
from ui.widgets.setting_group import SettingGroup
from ui.widgets.trouble import Trouble

PAGE_ID = "privacy"
ORDER = 40


def title() -> str:
    return QCoreApplication.translate("Privacy", "Privacy")


def build(desk: Desk) -> QWidget:
    return PrivacyPage(desk)


class PrivacyPage(PageFrame):
    def __init__(self, desk: Desk) -> None:
        about = QCoreApplication.translate("Privacy", "What leaves this computer, and what doesn't.")
        super().__init__(desk, title(), about)
        self._desk = desk
        self._folders: tuple[FolderReport, ...] | None = None
        self._entries: tuple[LedgerEntry, ...] | None = None
        """None while they are not known: then nothing is said of them."""
        self._facts: list[QLabel] = []
        self._trouble = Trouble()
        self._ledger = LedgerView(desk)
        self._providers = ProviderList(desk)
        self._labels = LabelList(desk)
        self._settings = SettingGroup(desk, self.tr("Every time"), setting_words.leaving())
        self._tabs = QTabBar()
        self._parts: list[QWidget] = []
        self._slices = Slices(self)
        self._lay_out()
        self._tabs.currentChanged.connect(self._turn_to)
        self._providers.key_wished.connect(lambda name: self._open(KeyDialog(desk, name, self)))
        self._providers.change_wished.connect(lambda provider: self._open(ProviderDialog(desk, provider, self)))
        self._ledger.changed.connect(self._take_entries)
        self._labels.changed.connect(self._take_folders)
        desk.wishes.settings_changed.connect(self._setting_changed)

    def shown(self) -> None:
        """The page came to the front."""
        self._ledger.refresh()
        self._labels.refresh()
        self._providers.refresh()
        try:
            resolved = preferences.in_force(self._desk)
        except NearsideError as error:
            self._trouble.say(error)
            return
        self._trouble.hide()
        if not self._settings.has_keyboard():
            if self._settings.rows and not self._slices.busy:
                self._settings.fill(resolved)
            else:
                self._slices.begin(self._settings.draw(resolved))
        self._tell()

    def again(self) -> PrivacyPage:
        """The same part of the page, with what was typed there, in the words that the window speaks now."""
        page = PrivacyPage(self._desk)
        page._tabs.setCurrentIndex(self._tabs.currentIndex())
        page._ledger.look_for(self._ledger.looked_for)
        page._labels.write_pattern(self._labels.written_pattern)
        return page

    def _turn_to(self, number: int) -> None:
        for at, part in enumerate(self._parts):
            part.setVisible(at == number)
        if number == 1:
            self._providers.refresh()

    def _open(self, dialog: KeyDialog | ProviderDialog) -> None:
        dialog.kept.connect(lambda _: self._providers.refresh())
        dialog.kept.connect(lambda _: self._tell())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # --- in plain words

    def _take_folders(self, folders: tuple[FolderReport, ...]) -> None:
        self._folders = folders
        self._tell()

    def _take_entries(self, entries: tuple[LedgerEntry, ...]) -> None:
        self._entries = entries
        if entries and entries[-1].at >= _month_began() and not self._ledger.complete:
            self._ledger.load_older()  # the month's sum needs the whole month
        self._tell()

    def _setting_changed(self, _: str) -> None:
        self._tell()

    def _tell(self) -> None:
        try:
            said = (self._may_ask(), self._may_leave(), self._this_month())
        except NearsideError as error:
            self._trouble.say(error)
            return
        for label, words in zip(self._facts, said, strict=True):
            label.setText(words)
            label.setVisible(bool(words))

    def _may_ask(self) -> str:
        settings = preferences.in_force(self._desk).settings
        if not settings.cloud_allowed:
            return self.tr("Your organization has switched providers off: nothing can leave.")
        if settings.cloud_mode == "local":
            return self.tr("You chose never to ask elsewhere: nothing is offered, nothing leaves.")
        names = [wording.provider(provider.name) for provider in read_providers(self._desk.paths.providers)]
        if not names:
            return self.tr("No provider is set up: nothing can leave.")
        words = self.tr(
            "When your files can't answer, Nearside may offer to ask {providers}. You see every word first."
        )
        return words.format(providers=self.tr(" or ").join(names))

    def _may_leave(self) -> str:
        if self._folders is None:
            return ""
        opened = [wording.folder_title(folder.path) for folder in self._folders if folder.label != "local"]
        if not opened:
            return self.tr("Every folder is local only: of your files, no word may leave.")
        words = self.tr("Text may go along from {folders}, private data replaced. All other folders are local only.")
        return words.format(folders=self.tr(", ").join(opened))

    def _this_month(self) -> str:
        if self._entries is None:
            return ""
        settings = preferences.in_force(self._desk).settings
        month = [written.entry for written in self._entries if written.at >= _month_began()]
        sent = sum(entry.kind is EntryKind.SENT for entry in month)
        if not sent:
            return self.tr("This month nothing was sent.")
        spent: dict[str, float] = {}
        for entry in month:
            if entry.kind is EntryKind.RECEIVED and entry.cost:  # an offer's cost is an estimate
                spent[entry.currency] = spent.get(entry.currency, 0.0) + entry.cost
        money = self.tr(", ").join(wording.money(amount, currency) for currency, amount in spent.items())
        words = self.tr("Sent this month: {count}, for {money}.") if money else self.tr("Sent this month: {count}.")
        said = words.format(count=wording.number(sent), money=money)
        if settings.monthly_budget:
            budget = self.tr("The budget is {amount}.").format(amount=wording.number(settings.monthly_budget, 2))
            said = f"{said} {budget}"
        return said

    # --- making

    def _lay_out(self) -> None:
        frame, column = card()
        column.setSpacing(GRID)
        lead = self.tr("Your files, the index, your questions and the answers stay on this computer.")
        column.addWidget(text_label(lead, "strong", wraps=True))
        for _ in range(3):
            fact = text_label("", wraps=True)
            self._facts.append(fact)
            column.addWidget(fact)
        self.column.addWidget(frame)
        self.column.addWidget(self._trouble)
        self.column.addSpacing(GRID * 2)
        rules = QWidget()
        below = QVBoxLayout(rules)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self._labels)
        below.addWidget(self._settings)
        below.addStretch(1)
        parts = (
            (self.tr("What left"), self._ledger),
            (self.tr("Providers"), self._providers),
            (self.tr("Rules"), rules),
        )
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName(self.tr("Parts of this page"))
        for words, part in parts:
            self._tabs.addTab(words)
            self._parts.append(part)
        self.column.addWidget(self._tabs)
        for part in self._parts:
            self.column.addWidget(part, 1)
        self._turn_to(0)


def _month_began() -> float:
    now = datetime.now().astimezone()
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()
