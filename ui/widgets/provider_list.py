"""The providers that are set up: where each is, whether it has a key, and what can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QMessageBox, QVBoxLayout, QWidget

from copilot.calls import TryProvider
from copilot.conversation import Answer
from copilot.failures import Failure
from copilot.far_errors import ApiKeyRefused
from copilot.settings.policy import Resolved
from copilot.settings.providers import Provider, read_providers
from indexer.errors import NearsideError
from ui import background, far_sides, preferences, wording
from ui.desk import Desk
from ui.messages import said
from ui.tokens import GRID
from ui.widgets.parts import clear, line, push, row, set_role, text_label
from ui.widgets.trouble import Trouble


class ProviderList(QWidget):
    """`refresh` reads the providers from their file and their keys, on another thread, from the keyring."""

    key_wished = Signal(str)
    change_wished = Signal(object)
    """A Provider, or None for a new one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._keys: dict[str, QLabel] = {}
        self._news: dict[str, QLabel] = {}
        self._trouble = Trouble()
        self._locked = text_label("", "warning", wraps=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GRID * 6)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(0, 1)
        self._none = text_label(
            self.tr("No provider is set up, so nothing can be offered or sent."), "muted", wraps=True
        )
        self._add = push(self.tr("Add a provider"))
        self._add.clicked.connect(lambda: self.change_wished.emit(None))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID * 3, 0, 0)
        column.setSpacing(GRID * 3)
        column.addWidget(self._locked)
        column.addWidget(self._none)
        column.addLayout(self._grid)
        column.addWidget(self._trouble)
        column.addLayout(row(self._add, None))
        column.addStretch(1)

    def refresh(self) -> None:
        try:
            providers = read_providers(self._desk.paths.providers)
            resolved = preferences.in_force(self._desk)
        except NearsideError as error:
            self._trouble.say(error)
            return
        self._trouble.hide()
        self._say_locks(resolved)
        clear(self._grid)
        self._keys, self._news = {}, {}
        for number, provider in enumerate(providers):
            self._grid.addWidget(line(), number * 2, 0, 1, 2)
            self._add_row(number * 2 + 1, provider)
        self._grid.addWidget(line(), len(providers) * 2, 0, 1, 2)
        self._none.setVisible(not providers)
        names = tuple(provider.name for provider in providers)
        if names:
            background.run(lambda: far_sides.masked_keys(names), self._show_keys, self._no_keyring, owner=self)

    def _say_locks(self, resolved: Resolved) -> None:
        allowed, off = resolved.of("providers_allowed"), resolved.of("cloud_allowed")
        says = ""
        if not off.value:
            says = self.tr("Your organization has switched providers off: {source}").format(source=off.source)
        elif allowed.locked and isinstance(allowed.value, tuple) and allowed.value:
            words = self.tr("Your organization allows: {names} ({source})")
            says = words.format(names=self.tr(", ").join(allowed.value), source=allowed.source)
        self._locked.setText(says)
        self._locked.setVisible(bool(says))
        self._add.setEnabled(bool(off.value))

    def _add_row(self, at: int, provider: Provider) -> None:
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        words.setContentsMargins(0, GRID * 2, 0, GRID * 2)
        name = wording.provider(provider.name)
        self._keys[provider.name] = text_label("", "muted")
        self._news[provider.name] = text_label("", "muted", wraps=True)
        self._news[provider.name].hide()
        words.addLayout(row(text_label(name, "strong"), self._keys[provider.name], None))
        words.addWidget(text_label(f"{provider.host}, {provider.model}", "muted", wraps=True))
        words.addWidget(self._news[provider.name])
        self._grid.addLayout(words, at, 0)
        test = push(self.tr("Test"), name=self.tr("Test {provider}").format(provider=name))
        test.clicked.connect(partial(self._test, provider.name))
        key = push(self.tr("Key"), name=self.tr("Key for {provider}").format(provider=name))
        key.clicked.connect(lambda: self.key_wished.emit(provider.name))
        change = push(self.tr("Change"), "quiet", name=self.tr("Change {provider}").format(provider=name))
        change.clicked.connect(lambda: self.change_wished.emit(provider))
        remove = push(self.tr("Remove"), "quiet", name=self.tr("Remove {provider}").format(provider=name))
        remove.clicked.connect(partial(self._remove, provider.name))
        buttons = QWidget()
        buttons.setLayout(row(test, key, change, remove, spacing=GRID))
        self._grid.addWidget(buttons, at, 1)

    def _show_keys(self, keys: dict[str, str]) -> None:
        for name, shown in keys.items():
            if name in self._keys:
                words = self.tr("key {last}").format(last=shown) if shown else self.tr("no key yet")
                self._keys[name].setText(words)

    def _no_keyring(self, failure: Failure) -> None:
        """Only the question whether there are keys went wrong: nothing was to be kept."""
        if failure.code != ApiKeyRefused.code:
            self._trouble.say(failure)
            return
        self._trouble.tell(
            self.tr(
                "There is no secure keyring here. Keys can't be kept, so a provider that wants one can't be asked."
            ),
            self.tr("Unlock or install one, such as GNOME Keyring or KWallet. Keys are never kept in a plain file."),
        )

    def _test(self, name: str) -> None:
        """Sends a fixed line with nothing of the person's in it: pressing the button is the yes to that."""
        self._tell(name, self.tr("Sending a fixed line with nothing of yours in it."))
        self._desk.link.perform(
            TryProvider(name), done=partial(self._answered, name), failed=partial(self._refused, name), owner=self
        )

    def _answered(self, name: str, answer: Answer) -> None:
        words = self.tr("It answers, in {seconds}.").format(seconds=wording.seconds(answer.seconds.total))
        self._tell(name, words, "good")

    def _refused(self, name: str, failure: Failure) -> None:
        self._tell(name, wording.sentences(*said(failure)), "warning")

    def _tell(self, name: str, says: str, role: str = "muted") -> None:
        if (news := self._news.get(name)) is not None:
            news.setText(says)
            set_role(news, role)
            news.show()

    def _remove(self, name: str) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Remove a provider"))
        box.setText(self.tr("Remove {provider} and its key?").format(provider=wording.provider(name)))
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.buttonClicked.connect(lambda button: self._remove_now(name) if button is remove else None)
        box.open()

    def _remove_now(self, name: str) -> None:
        paths = self._desk.paths
        background.run(lambda: far_sides.forget(paths, name), lambda _: self.refresh(), self._trouble.say, owner=self)
