"""How the window is dressed: which tokens are in force, fonts, and the change from light to dark. Colours and sizes
themselves are in tokens.py, the style sheet in stylesheet.py; nowhere else.
"""

from __future__ import annotations

import functools

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.stylesheet import stylesheet
from ui.tokens import BODY, CONTRAST, DARK, LIGHT, MOTION_MS, SECONDARY, Tokens

_FAMILIES = ("Inter", "Segoe UI Variable Text", "Segoe UI", ".AppleSystemUIFont", "Noto Sans", "DejaVu Sans")
_CJK_FAMILIES = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
_MONO_FAMILIES = ("Cascadia Mono", "SF Mono", "JetBrains Mono", "DejaVu Sans Mono", "Noto Sans Mono CJK SC")


class Theme(QObject):
    """The tokens in force. `changed` is sent after the application has its new style sheet."""

    changed = Signal()

    def __init__(self, choice: str = "system") -> None:
        """`choice` is system, light, dark or contrast."""
        super().__init__()
        self._choice = choice
        self._tokens = LIGHT
        self._scale = 1.0
        self.motion = MOTION_MS

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    def apply(self, choice: str | None = None, scale: float | None = None) -> None:
        """Dress the application: `scale` multiplies every font size (text scaling on top of the screen's own)."""
        self._choice = choice or self._choice
        self._scale = scale or self._scale
        self._tokens = self._chosen()
        families.cache_clear()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setStyleSheet("")  # each of these dresses every widget anew: with a sheet three times as slowly
        if application.style().name() != "fusion":
            application.setStyle("Fusion")
        application.setFont(self.font(BODY))
        application.setPalette(_palette(self._tokens))
        application.setStyleSheet(stylesheet(self._tokens, self._scale))
        self.changed.emit()

    def follow_system(self) -> None:
        """Change with the desktop's light, dark and high-contrast modes while the choice is `system`."""
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda _: self.apply())
        if hasattr(hints, "accessibility"):  # Qt 6.10 and later
            hints.accessibility().contrastPreferenceChanged.connect(lambda _: self.apply())

    def font(self, pixels: float, *, strong: bool = False) -> QFont:
        font = QFont()
        font.setFamilies([*families(), *_CJK_FAMILIES])
        font.setPixelSize(max(1, round(pixels * self._scale)))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def mono(self, pixels: float = SECONDARY) -> QFont:
        font = QFont()
        font.setFamilies([*_MONO_FAMILIES, *_CJK_FAMILIES])
        font.setPixelSize(max(1, round(pixels * self._scale)))
        font.setStyleHint(QFont.StyleHint.Monospace)
        return font

    def pixels(self, value: float) -> int:
        """A length that grows with the text."""
        return round(value * self._scale)

    def color(self, name: str) -> QColor:
        return QColor(getattr(self._tokens, name))

    def _chosen(self) -> Tokens:
        if self._choice != "system":
            return {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}[self._choice]
        if _wants_contrast():
            return CONTRAST
        return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT


@functools.cache
def families() -> tuple[str, ...]:
    """UI fonts that are installed here, best first, then the system's own. Asked for every row that is painted."""
    installed = set(QFontDatabase.families())
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    return (*[family for family in _FAMILIES if family in installed][:1], QFontInfo(system).family())


def _wants_contrast() -> bool:
    hints = QGuiApplication.styleHints()
    preference = getattr(hints, "accessibility", None)
    if preference is None:
        return False
    return "High" in str(preference().contrastPreference())


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: tokens.background,
        role.WindowText: tokens.ink,
        role.Base: tokens.card,
        role.AlternateBase: tokens.background,
        role.Text: tokens.ink,
        role.Button: tokens.card,
        role.ButtonText: tokens.ink,
        role.PlaceholderText: tokens.muted,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent,
        role.ToolTipBase: tokens.card,
        role.ToolTipText: tokens.ink,
    }
    for which, color in pairs.items():
        palette.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.muted))
    return palette
