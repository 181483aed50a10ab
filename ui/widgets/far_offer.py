"""The quiet card under an answer that the files do not hold: ask a provider, after seeing every byte. Sends nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from copilot.failures import Failure
from ui import wording
from ui.tokens import GRID
from ui.widgets.flow import Flow
from ui.widgets.parts import push, text_label
from ui.widgets.trouble import Trouble

NARROWEST_WORDS = 36
"""Characters of a line beside the buttons, below which the words get lines of their own."""


class FarOffer(QFrame):
    """One provider or several, one of the ways of sending that are allowed. With no provider at all it is not shown:
    see ProviderHint."""

    wanted = Signal(str, str)
    """Show what would be sent: provider and way of sending."""
    declined = Signal()

    def __init__(
        self, providers: tuple[str, ...], ways: tuple[str, ...], way: str, agreed: frozenset[str] = frozenset()
    ) -> None:
        """`agreed` are the providers to whom this conversation may go by a yes that was said before."""
        super().__init__()
        self.setProperty("kind", "card")
        self._agreed = agreed
        self._provider, self._way = providers[0], way
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 3, GRID * 4, GRID * 3)
        self._across = across = QHBoxLayout()
        across.setSpacing(GRID * 2)
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        self._title, self._about = text_label("", wraps=True), text_label("", "muted", wraps=True)
        words.addWidget(self._title)
        words.addWidget(self._about)
        across.addLayout(words, 1)
        self._choose = push(self.tr("Change"), "link", name=self.tr("Choose where to ask and what goes along"))
        self._choose.setMenu(self._menu(providers, ways))
        self._choose.setVisible(len(providers) > 1 or len(ways) > 1)
        self._not_now = push(self.tr("Not now"))
        self._show = push(self.tr("Show what would be sent"), "primary")
        self._not_now.clicked.connect(self.declined)
        self._show.clicked.connect(lambda: self.wanted.emit(self._provider, self._way))
        across.addLayout(Flow(self._choose, self._not_now, self._show, across=GRID * 2, down=GRID))
        column.addLayout(across)
        self._trouble = Trouble()
        column.addWidget(self._trouble)
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 Qt's name
        """In a narrow page the buttons go under the words."""
        super().resizeEvent(event)
        needed = sum(button.sizeHint().width() for button in (self._choose, self._not_now, self._show))
        narrow = self.width() - needed < self.fontMetrics().averageCharWidth() * NARROWEST_WORDS
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._across.setDirection(way)

    @property
    def trouble(self) -> Trouble:
        return self._trouble

    @property
    def sends_at_once(self) -> bool:
        """What the card says: its button asks, and shows nothing before."""
        return self._provider in self._agreed

    def wait(self, waiting: bool) -> None:
        """What would be sent is being prepared, or is ready."""
        self._show.setEnabled(not waiting)
        if waiting:
            self._show.setText(self.tr("Preparing"))
            self._trouble.hide()
        else:
            self._write()

    def fail(self, failure: Failure) -> None:
        self.wait(False)
        self._trouble.say(failure)

    def _menu(self, providers: tuple[str, ...], ways: tuple[str, ...]) -> QMenu:
        menu = QMenu(self)
        for provider in providers if len(providers) > 1 else ():
            menu.addAction(wording.provider(provider)).triggered.connect(
                lambda _=False, chosen=provider: self._choose_provider(chosen)
            )
        if len(providers) > 1 and len(ways) > 1:
            menu.addSeparator()
        for way in ways if len(ways) > 1 else ():
            menu.addAction(wording.sending(way)).triggered.connect(lambda _=False, chosen=way: self._choose_way(chosen))
        return menu

    def _choose_provider(self, provider: str) -> None:
        self._provider = provider
        self._write()

    def _choose_way(self, way: str) -> None:
        self._way = way
        self._write()

    def _write(self) -> None:
        self._title.setText(self.tr("Ask {provider} about this?").format(provider=wording.provider(self._provider)))
        leaves = {
            "question": self.tr("Only the question would leave. You see every byte first."),
            "passages": self.tr("Question and passages would leave, private data replaced. You see every byte first."),
            "sketch": self.tr("The question and a sketch without values would leave. You see every byte first."),
        }
        self._about.setText(leaves.get(self._way, ""))
        self._show.setText(self.tr("Show what would be sent"))
        if self.sends_at_once:
            self._about.setText(self.tr("You said yes for this conversation. The record keeps every byte that leaves."))
            self._show.setText(self.tr("Ask {provider}").format(provider=wording.provider(self._provider)))
        self.setAccessibleName(f"{self._title.text()} {self._about.text()}")


class ProviderHint(QWidget):
    """Where a provider would be offered and none is set up: one quiet line that leads to the privacy page."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GRID)
        label: QLabel = text_label(self.tr("A cloud provider could be asked, after you see every byte."), "muted")
        button = push(self.tr("Set one up"), "link")
        button.clicked.connect(self.wanted)
        across.addWidget(label)
        across.addWidget(button)
        across.addStretch(1)
