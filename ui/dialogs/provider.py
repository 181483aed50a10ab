"""Setting up a provider: which one, where it is, which model. Nothing is sent, and no key is asked for here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from copilot.failures import Failure
from copilot.settings.providers import Provider
from ui import background, far_sides
from ui.desk import Desk
from ui.tokens import GRID
from ui.widgets.choice import Choice
from ui.widgets.parts import push, row, text_label
from ui.widgets.trouble import Trouble

WIDTH = 520


@dataclass(frozen=True, slots=True)
class _Known:
    """A provider whose address is public; `name` is what it is called here."""

    name: str
    words: str
    kind: str
    url: str


class ProviderDialog(QDialog):
    """Open it with `open()`. With a `provider` it changes that one."""

    kept = Signal(str)
    """The name of the provider that is set up now."""

    def __init__(self, desk: Desk, provider: Provider | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known = self._providers()
        self.setModal(True)
        title = self.tr("Change a provider") if provider is not None else self.tr("Add a provider")
        self.setWindowTitle(title)
        self._which = Choice(desk.theme, self.tr("Provider"))
        self._which.fill(tuple((known.name, known.words) for known in self._known), self._known[0].name)
        self._kind = Choice(desk.theme, self.tr("It speaks like"))
        self._kind.fill((("openai", "OpenAI"), ("anthropic", "Anthropic"), ("gemini", "Gemini")), "openai")
        self._name, self._url, self._model = QLineEdit(), QLineEdit(), QLineEdit()
        self._trouble = Trouble()
        self._save = push(self.tr("Keep"), "primary")
        self._save.setDefault(True)
        self._cancel = push(self.tr("Cancel"))
        self._lay_out(title, provider is not None)
        self._which.activated.connect(lambda _: self._choose())
        self._save.clicked.connect(self._keep)
        self._cancel.clicked.connect(self.reject)
        if provider is None:
            self._choose()
        else:
            self._fill(provider)

    def _providers(self) -> tuple[_Known, ...]:
        return (
            _Known("deepseek", "DeepSeek", "openai", "https://api.deepseek.com/v1"),
            _Known("openai", "OpenAI", "openai", "https://api.openai.com/v1"),
            _Known("anthropic", "Anthropic", "anthropic", "https://api.anthropic.com/v1"),
            _Known("gemini", "Gemini", "gemini", "https://generativelanguage.googleapis.com/v1beta"),
            _Known("openrouter", "OpenRouter", "openai", "https://openrouter.ai/api/v1"),
            _Known("local", self.tr("A server on this computer"), "openai", "http://localhost:8080/v1"),
            _Known("", self.tr("Another one"), "openai", ""),
        )

    def _choose(self) -> None:
        known = next(known for known in self._known if known.name == self._which.value)
        self._name.setText(known.name)
        self._url.setText(known.url)
        self._kind.setCurrentIndex(self._kind.findData(known.kind))

    def _fill(self, provider: Provider) -> None:
        self._which.setCurrentIndex(self._which.findData(provider.name if self._is_known(provider.name) else ""))
        self._which.setEnabled(False)
        self._name.setText(provider.name)
        self._name.setEnabled(False)
        self._url.setText(provider.url)
        self._model.setText(provider.model)
        self._kind.setCurrentIndex(self._kind.findData(provider.kind))

    def _is_known(self, name: str) -> bool:
        return any(known.name == name for known in self._known)

    def _keep(self) -> None:
        made = Provider(
            self._name.text().strip(),
            self._kind.value,
            self._url.text().strip().rstrip("/"),
            self._model.text().strip(),
        )
        self._trouble.hide()
        self._save.setEnabled(False)
        paths = self._desk.paths
        background.run(lambda: far_sides.keep(paths, made), lambda _: self._done(made.name), self._failed, owner=self)

    def _done(self, name: str) -> None:
        self.kept.emit(name)
        self.accept()

    def _failed(self, failure: Failure) -> None:
        self._save.setEnabled(True)
        self._trouble.say(failure)

    def _lay_out(self, title: str, changes: bool) -> None:
        self.setMinimumWidth(self._desk.theme.pixels(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 7, GRID * 6, GRID * 7, GRID * 6)
        column.setSpacing(GRID * 3)
        column.addWidget(text_label(title, "heading"))
        column.addWidget(text_label(self.tr("Nothing goes there unless you see it and say yes."), "muted", wraps=True))
        form = QFormLayout()
        form.setSpacing(GRID * 2)
        form.setHorizontalSpacing(GRID * 5)
        self._model.setPlaceholderText(self.tr("As the provider writes it, such as deepseek-chat"))
        rows = (
            (self.tr("Provider"), self._which),
            (self.tr("Name here"), self._name),
            (self.tr("Address"), self._url),
            (self.tr("Model"), self._model),
            (self.tr("It speaks like"), self._kind),
        )
        for words, field in rows:
            field.setAccessibleName(words)
            label = text_label(words, "muted")
            label.setMinimumHeight(field.sizeHint().height())
            form.addRow(label, field)
        column.addLayout(form)
        if changes:
            note = self.tr("With another host the key is forgotten: it was given for the old one.")
            column.addWidget(text_label(note, "muted", wraps=True))
        column.addWidget(self._trouble)
        column.addSpacing(GRID)
        column.addLayout(row(None, self._cancel, self._save))
