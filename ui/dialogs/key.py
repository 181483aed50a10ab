"""Typing in a provider's key. It goes to the system's keyring and nowhere else, and is never shown again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from copilot.failures import Failure
from copilot.keys import keyring_state, set_api_key
from ui import background, wording
from ui.desk import Desk
from ui.engine_words import speaks_english
from ui.tokens import GRID
from ui.widgets.parts import push, row, text_label
from ui.widgets.trouble import Trouble

WIDTH = 480


class KeyDialog(QDialog):
    """Open it with `open()`."""

    kept = Signal(str)
    """The provider whose key is in the keyring now."""

    def __init__(self, desk: Desk, provider: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._provider = provider
        self.setModal(True)
        self.setObjectName("key")
        name = wording.provider(provider)
        self.setWindowTitle(self.tr("Key for {provider}").format(provider=name))
        self._field = QLineEdit()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setPlaceholderText(self.tr("Paste the key"))
        self._field.setAccessibleName(self.tr("Key for {provider}").format(provider=name))
        self._field.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._where = text_label(self.tr("Looking for your system's keyring."), "muted", wraps=True)
        self._trouble = Trouble()
        self._save = push(self.tr("Keep the key"), "primary")
        self._save.setDefault(True)
        self._cancel = push(self.tr("Cancel"))
        self._lay_out(desk)
        self._save.setEnabled(False)
        self._field.setEnabled(False)
        self._field.textChanged.connect(lambda text: self._save.setEnabled(bool(text.strip())))
        self._save.clicked.connect(self._keep)
        self._cancel.clicked.connect(self.reject)
        background.run(keyring_state, lambda state: self._found(state.name, state.reasons), self._failed, owner=self)

    def _found(self, keyring: str | None, reasons: tuple[str, ...]) -> None:
        if keyring is None:
            self._where.hide()
            self._trouble.tell(
                self.tr("There is no secure keyring here, so a key can't be kept. {reasons}")
                .format(reasons=". ".join(reasons) if speaks_english() else "")  # the keyrings' own words
                .strip(),
                self.tr(
                    "Unlock or install one, such as GNOME Keyring or KWallet. Keys are never kept in a plain file."
                ),
            )
            return
        words = self.tr("It is kept by {keyring}. Only the process that sends what you agreed to reads it.")
        self._where.setText(words.format(keyring=keyring))
        self._field.setEnabled(True)
        self._field.setFocus()

    def _keep(self) -> None:
        provider, key = self._provider, self._field.text().strip()
        self._save.setEnabled(False)
        self._trouble.hide()
        background.run(lambda: set_api_key(provider, key), lambda _: self._done(), self._failed, owner=self)

    def _done(self) -> None:
        self._field.clear()
        self.kept.emit(self._provider)
        self.accept()

    def _failed(self, failure: Failure) -> None:
        self._save.setEnabled(bool(self._field.text().strip()))
        self._trouble.say(failure)

    def _lay_out(self, desk: Desk) -> None:
        self.setMinimumWidth(desk.theme.pixels(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 7, GRID * 6, GRID * 7, GRID * 6)
        column.setSpacing(GRID * 3)
        column.addWidget(text_label(self.windowTitle(), "heading"))
        column.addWidget(self._where)
        column.addWidget(self._field)
        column.addWidget(self._trouble)
        column.addSpacing(GRID)
        column.addLayout(row(None, self._cancel, self._save))
