"""The quick bar alone over a stand-in engine, for tests on real screens. Reads commands from its input, a line each.

`appear`, `region`, `quit`; prints `picture WIDTH HEIGHT COLOUR` for what the engine is asked to read, COLOUR being that
of all its pixels or `mixed`. A window of 200 by 100 of the second screen's own pixels is red.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSocketNotifier, Qt
from PySide6.QtWidgets import QApplication, QWidget

from copilot.calls import ReadPicture
from copilot.paths import find_paths
from copilot.reports import PictureText
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.quick.bar import QuickBar
from ui.theme import Theme
from ui.wishes import Wishes


def main() -> None:
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    theme = Theme("light")
    theme.apply()
    link = FakeLink({ReadPicture: told})
    bar = QuickBar(Desk(link, theme, Wishes(), find_paths(Path(sys.argv[1]))))
    square = red(application)
    reader = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    doing = {"appear": bar.appear, "region": bar.read_screen, "quit": application.quit}
    reader.activated.connect(lambda: doing[sys.stdin.readline().strip()]())
    square.show()
    print("ready", flush=True)
    application.exec()
    bar.close()


def told(call: ReadPicture) -> PictureText:
    picture = call.picture
    colors = {picture.pixels[at : at + 3] for at in range(0, len(picture.pixels), 3)}
    color = colors.pop().hex() if len(colors) == 1 else "mixed"
    print("picture", picture.width, picture.height, color, flush=True)
    return PictureText((), "text", "CPU", 0.1)


def red(application: QApplication) -> QWidget:
    screen = application.screens()[-1]
    scale = screen.devicePixelRatio()
    square = QWidget(None, Qt.WindowType.FramelessWindowHint)
    square.setStyleSheet("background: #ff0000")
    corner = screen.geometry().topLeft() + QPoint(round(100 / scale), round(600 / scale))
    square.setGeometry(QRect(corner.x(), corner.y(), round(200 / scale), round(100 / scale)))
    return square


if __name__ == "__main__":
    main()
