"""`python -m installers.draw_artwork`: the program's mark as files, for menus, installers and stores.

ui/icons.py draws it in the window; what lies in installers/artwork/ is the same mark, in the light theme's colours:
an SVG, PNGs as desktops want them, and one ICO with all sizes.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image

from ui.tokens import LIGHT

TARGET = Path(__file__).parent / "artwork"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="256" height="256">
<title>Nearside</title>
<circle cx="50" cy="50" r="43" fill="{soft}"/>
<path d="M50 7A43 43 0 0 0 50 93A23 43 0 0 0 50 7Z" fill="{accent}"/>
<circle cx="50" cy="50" r="43" fill="none" stroke="{accent}" stroke-width="6"/>
</svg>
"""


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtWidgets import QApplication

    from ui import icons
    from ui.theme import Theme

    application = QApplication([])
    TARGET.mkdir(exist_ok=True)
    (TARGET / "nearside.svg").write_text(SVG.format(soft=LIGHT.accent_soft, accent=LIGHT.accent), "utf-8")
    drawn = {}
    for size in SIZES:
        packed = QByteArray()
        buffer = QBuffer(packed)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        assert icons.mark(Theme("light"), size, "").save(buffer, "PNG")
        drawn[size] = Image.open(io.BytesIO(packed.data()))
        drawn[size].save(TARGET / f"nearside-{size}.png", optimize=True)
    largest = drawn[max(ICO_SIZES)]
    others = [drawn[size] for size in ICO_SIZES[:-1]]
    largest.save(TARGET / "nearside.ico", sizes=[(size, size) for size in ICO_SIZES], append_images=others)
    application.quit()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
