"""Text in pictures that the window holds: a part of the screen, a picture that was pasted or dropped. The engine reads
it; here a picture becomes the pixels that it takes.

Decision: a picture exists in memory alone, here and in the engine, for as long as it is being read. It is written
nowhere, and files that were dropped are opened in the formats named here and in no others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QImage, QImageReader, QPainter

from copilot.calls import ReadPicture
from copilot.errors import PictureUnusable
from copilot.failures import Failure
from copilot.reports import PictureText
from indexer.pictures import Picture
from ui import background
from ui.engine_link import Performs, Ticket

ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff")
FORMATS = (b"png", b"jpeg", b"bmp", b"gif", b"webp", b"tiff")
"""What a file may hold, whatever it is called: pixels, and nothing that has to be carried out to be drawn."""
LARGEST_PIXELS = 50_000_000
"""What the recognizer takes at most."""
_SINGLE = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SINGLE}]|[^\W_{_SINGLE}]+(?:['’.,-][^\W_{_SINGLE}]+)*")


def picture_of(image: QImage) -> Picture:
    """The pixels of an image as the engine takes them; what is see-through becomes white."""
    if image.hasAlphaChannel():
        ground = QImage(image.size(), QImage.Format.Format_RGB32)
        ground.fill(0xFFFFFFFF)
        _paint(ground, image)
        image = ground
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    width, height, stride = plain.width(), plain.height(), plain.bytesPerLine()
    bits = plain.constBits()
    rows = (bits[y * stride : y * stride + 3 * width] for y in range(height))
    return Picture(width, height, b"".join(rows))


def read(
    link: Performs,
    image: QImage,
    done: Callable[[PictureText], None],
    failed: Callable[[Failure], None],
    *,
    owner: QObject,
) -> Ticket:
    """Have the engine read an image."""
    return link.perform(ReadPicture(picture_of(image)), done=done, failed=failed, owner=owner)


def read_file(
    link: Performs,
    path: str,
    done: Callable[[PictureText], None],
    failed: Callable[[Failure], None],
    *,
    owner: QObject,
) -> None:
    """Open a picture file on a thread, then have the engine read it."""

    def hand_on(image: QImage) -> None:
        read(link, image, done, failed, owner=owner)

    background.run(lambda: opened(path), hand_on, failed, owner=owner)


def opened(path: str) -> QImage:
    """The picture in a file, the right way up. Raises PictureUnusable."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    if bytes(reader.format().data()) not in FORMATS:
        raise PictureUnusable("the file holds no picture that can be opened")
    size = reader.size()
    if size.width() * size.height() > LARGEST_PIXELS:
        raise PictureUnusable("it is too large")
    image = reader.read()
    if image.isNull():
        raise PictureUnusable("the file is damaged")
    return image


def holds_picture(mime: QMimeData) -> bool:
    """Whether a picture is what is pasted or dropped, without looking at it. Where it comes with text, as a copied
    table does, the text is meant.
    """
    return mime.hasImage() and not mime.hasFormat("text/plain") and not mime.hasUrls()


def pasted(mime: QMimeData) -> QImage | None:
    """The picture in what is pasted or dropped."""
    if not holds_picture(mime):
        return None
    image = mime.imageData()
    return image if isinstance(image, QImage) and not image.isNull() else None


def is_picture(path: str) -> bool:
    """Whether a file is one that can be opened here, by its name."""
    return PurePath(path).suffix.lower() in ENDINGS


def count_words(text: str) -> int:
    """Words; in Chinese and Japanese, characters."""
    return len(_WORD.findall(text))


def _paint(ground: QImage, image: QImage) -> None:
    painter = QPainter(ground)
    painter.drawImage(0, 0, image)
    painter.end()
