"""The caret blinks while somebody types and stands still when nobody does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.caret import Caret


@pytest.fixture
def blinking(qapp: QApplication) -> Iterator[int]:
    """Milliseconds of a blink; put back afterwards."""
    before = qapp.styleHints().cursorFlashTime()
    qapp.styleHints().setCursorFlashTime(900)
    yield 900
    qapp.styleHints().setCursorFlashTime(before)


def test_it_stands_still_after_a_while_and_a_key_makes_it_blink(
    qtbot: QtBot, qapp: QApplication, blinking: int
) -> None:
    caret = Caret(qapp, still_after_ms=60)
    window = QWidget()
    line, text = QLineEdit(), QPlainTextEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(line)
    layout.addWidget(text)
    qtbot.addWidget(window)
    window.show()
    hints = qapp.styleHints()
    for field in (line, text):
        field.setFocus()
        qtbot.waitUntil(lambda: hints.cursorFlashTime() == 0, timeout=3000)
        QTest.keyClick(field, Qt.Key.Key_A)
        assert hints.cursorFlashTime() == blinking
        qtbot.waitUntil(lambda: hints.cursorFlashTime() == 0, timeout=3000)
    line.setFocus()
    assert hints.cursorFlashTime() == blinking, "another field"
    caret.deleteLater()
    qtbot.wait(1)
