"""The bar's first line: the field, the button that reads text from the screen, and the shortcut as a reminder."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from ui import icons
from ui.theme import Theme
from ui.tokens import BODY, GRID
from ui.widgets.parts import push, text_label

SCREEN_KEYS = "Ctrl+R"


class Head(QFrame):
    screen_wished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.field = QLineEdit()
        self.field.setProperty("kind", "bare")
        self.field.setObjectName("quickField")
        self.field.setPlaceholderText(self.tr("Find or ask, > for commands, = to calculate"))
        self.field.setAccessibleName(self.tr("Find or ask"))
        self.screen_button = push("", "quiet", name=self.tr("Read text from the screen"))
        self.screen_button.setToolTip(self.tr("Read text from the screen ({keys})").format(keys=SCREEN_KEYS))
        self.screen_button.clicked.connect(self.screen_wished)
        self._keys = text_label("", "muted")
        across = QHBoxLayout(self)
        across.setContentsMargins(GRID * 5, GRID * 4, GRID * 5, GRID * 4)
        across.addWidget(self.field, 1)
        across.addWidget(self.screen_button)
        across.addWidget(self._keys)
        self.setFocusProxy(self.field)
        self.redress()

    def show_keys(self, keys: str) -> None:
        self._keys.setText(keys)

    def redress(self) -> None:
        self.field.setFont(self._theme.font(BODY + 6))
        self.screen_button.setIcon(icons.region(self._theme))
