"""The Screenshot portal over a real D-Bus: asked without a question first, its file read and deleted, a no is a no."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from copilot.failures import Failure
from tests.playedportal import PlayedPortal, session_bus
from ui import desktop_portal
from ui.quick import portal_shot
from ui.quick.capture import Captured, capture

REFUSED = 2


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[contextlib.ExitStack]:
    with session_bus(tmp_path, monkeypatch) as later:
        yield later


class Camera:
    """A portal that writes a picture where it likes, or answers with `codes`, one a request."""

    def __init__(self, folder: Path, session: contextlib.ExitStack, codes: tuple[int, ...] = ()) -> None:
        self.file = folder / "Screenshot from today, 1 of 1.png"
        self.asked: list[bool] = []
        self._codes = list(codes)
        played = PlayedPortal({"Screenshot": self._shoot})
        session.callback(played.close)

    def _shoot(self, body: Any) -> tuple[int, dict[str, Any]]:
        self.asked.append(body[1]["interactive"][1])
        code = self._codes.pop(0) if self._codes else desktop_portal.DONE
        if code != desktop_portal.DONE:
            return code, {}
        image = QImage(80, 60, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        image.save(str(self.file))
        return code, {"uri": ("s", self.file.as_uri())}


def test_the_file_is_read_and_deleted(session: contextlib.ExitStack, tmp_path: Path) -> None:
    camera = Camera(tmp_path, session)
    taken = portal_shot.take()
    assert taken.picture.startswith(b"\x89PNG")
    assert not taken.chosen
    assert camera.asked == [False]
    assert not camera.file.exists()


def test_a_portal_that_must_ask_the_person_may(session: contextlib.ExitStack, tmp_path: Path) -> None:
    camera = Camera(tmp_path, session, (REFUSED, desktop_portal.DONE))
    assert portal_shot.take().chosen
    assert camera.asked == [False, True]
    assert not camera.file.exists()


def test_a_no_of_the_person_is_not_asked_twice(session: contextlib.ExitStack, tmp_path: Path) -> None:
    camera = Camera(tmp_path, session, (desktop_portal.CANCELLED,))
    assert portal_shot.take().picture == b""
    assert camera.asked == [False]


def test_a_portal_that_can_not_says_so(session: contextlib.ExitStack, tmp_path: Path) -> None:
    with pytest.raises(portal_shot.NoPicture):
        portal_shot.take()
    Camera(tmp_path, session, (REFUSED, REFUSED))
    with pytest.raises(portal_shot.NoPicture):
        portal_shot.take()


def test_on_wayland_the_screens_come_from_the_portal(
    session: contextlib.ExitStack, tmp_path: Path, qtbot: QtBot
) -> None:
    Camera(tmp_path, session)
    got: list[Captured] = []
    failed: list[Failure] = []
    owner = QObject()
    capture(got.append, failed.append, owner=owner)
    qtbot.waitUntil(lambda: bool(got or failed))
    assert failed == []
    assert len(got[0].shots) == len(QGuiApplication.screens())
    assert (got[0].shots[0].image.width(), got[0].shots[0].image.height()) == (80, 60)
