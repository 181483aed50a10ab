"""What tests of the window share: no screen, a dressed application, a desk with a stand-in for the engine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from copilot.paths import Paths, find_paths
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.theme import Theme
from ui.wishes import Wishes

QLocale.setDefault(QLocale("en_US"))  # numbers as the window writes them, wherever the tests run


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A home of the test's own."""
    return find_paths(tmp_path / "home")


@pytest.fixture
def link(qapp: QApplication) -> Iterator[FakeLink]:
    stand_in = FakeLink()
    yield stand_in
    stand_in.close()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme("light")
    theme.apply()
    return theme


@pytest.fixture
def desk(link: FakeLink, theme: Theme, paths: Paths) -> Desk:
    """What pages, dialogs and the quick bar are given; `link.answers[Type] = result` fills the engine."""
    return Desk(link, theme, Wishes(), paths)
