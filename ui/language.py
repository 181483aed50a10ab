"""The window's language: which one is meant, its words and plurals, and numbers and dates to match."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).parent / "i18n"
LANGUAGES = ("en", "zh_CN")


def words_of_qt() -> tuple[str, ...]:
    """Qt's own words that its Chinese says badly: ours are asked first."""
    return (QCoreApplication.translate("QKeySequenceEdit", "Press shortcut"),)


def wanted(choice: str) -> str:
    """`choice` is a value of the setting `language`: system, en, zh_CN."""
    if choice in LANGUAGES:
        return choice
    return "zh_CN" if QLocale.system().language() is QLocale.Language.Chinese else "en"


class Speaking:
    """The translators that are in force; they live as long as the program."""

    def __init__(self) -> None:
        self._installed: list[QTranslator] = []
        self.language = ""

    def speak(self, choice: str) -> bool:
        """Use the wanted language from here on; False when it is spoken already. Widgets that are shown stay as they
        are: the caller builds them anew.
        """
        language = wanted(choice)
        if language == self.language:
            return False
        self.silence()
        self.language = language
        for name, folder in (
            (f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
            (f"nearside_{language}", str(FOLDER)),
        ):
            translator = QTranslator()
            if translator.load(name, folder):
                QCoreApplication.installTranslator(translator)
                self._installed.append(translator)
        QLocale.setDefault(_locale(language))
        return True

    def silence(self) -> None:
        """Take the translators away again."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed = []
        self.language = ""


def _locale(language: str) -> QLocale:
    system = QLocale.system()
    same = system.language() is QLocale(language).language()
    return system if same else QLocale(language)
