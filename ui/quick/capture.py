"""A picture of what the screens show now, held in memory alone until a part of it was chosen.

X11, Windows and macOS let Qt take it; on Wayland the desktop's portal is asked (portal_shot.py). On Windows and macOS
it has not been tried; macOS asks the person for the right to record the screen, and shows bare desktops until it is
given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QRect
from PySide6.QtGui import QGuiApplication, QImage, QScreen

from copilot.failures import Failure
from copilot.paths import on_wayland
from ui import background
from ui.quick import portal_shot


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One screen as it was: `image` in the screen's own pixels, `place` in the desktop's coordinates."""

    screen: QScreen
    place: QRect
    image: QImage


@dataclass(frozen=True, slots=True, eq=False)
class Captured:
    """All screens; or, where the desktop let the person choose a part by its own means, that part."""

    shots: tuple[Shot, ...] = ()
    part: QImage | None = None


def capture(done: Callable[[Captured], None], failed: Callable[[Failure], None], *, owner: QObject) -> None:
    """Take the picture; `done` may be called at once."""
    if on_wayland():
        background.run(
            portal_shot.take,
            lambda taken: _from_portal(taken, done, failed),
            lambda _: failed(unreadable()),
            owner=owner,
            waits_for_person=True,
        )
        return
    shots = tuple(Shot(screen, screen.geometry(), _grabbed(screen)) for screen in QGuiApplication.screens())
    if any(shot.image.isNull() for shot in shots) or not shots:
        failed(unreadable())
    else:
        done(Captured(shots))


def unreadable() -> Failure:
    """The system gave no picture."""
    return Failure(
        "screen_unreadable",
        1,
        QCoreApplication.translate("Quick", "This system gave no picture of the screen."),
        QCoreApplication.translate("Quick", "Take a picture of it by the system's own means and paste it here."),
    )


def shared_out(image: QImage, screens: tuple[QScreen, ...]) -> tuple[Shot, ...]:
    """One picture of the whole desktop cut into screens. Desktops draw it at one scale, whatever the screens' own are:
    that of the picture against the rectangle around all screens.
    """
    whole = QRect()
    for screen in screens:
        whole = whole.united(screen.geometry())
    if whole.isEmpty():
        return ()
    return tuple(Shot(one, one.geometry(), cut(image, whole, one.geometry())) for one in screens)


def cut(image: QImage, place: QRect, part: QRect) -> QImage:
    """The pixels of `part`, both rectangles in the desktop's coordinates; `image` fills `place` at any scale."""
    across, down = image.width() / place.width(), image.height() / place.height()
    left, top = round((part.x() - place.x()) * across), round((part.y() - place.y()) * down)
    right = round((part.x() + part.width() - place.x()) * across)
    bottom = round((part.y() + part.height() - place.y()) * down)
    pixels = QRect(left, top, right - left, bottom - top).intersected(image.rect())
    return image.copy(pixels)


def _grabbed(screen: QScreen) -> QImage:
    image = screen.grabWindow(0).toImage()
    image.setDevicePixelRatio(1.0)
    return image


def _from_portal(taken: portal_shot.Taken, done: Callable[[Captured], None], failed: Callable[[Failure], None]) -> None:
    image = QImage.fromData(taken.picture)
    if taken.picture and image.isNull():
        failed(unreadable())
    elif not taken.picture:
        done(Captured())  # the person said no
    elif taken.chosen:
        done(Captured(part=image))
    else:
        done(Captured(shared_out(image, tuple(QGuiApplication.screens()))))
