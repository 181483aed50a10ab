"""Pictures on their way to the engine: pixels as they are, files of known formats only, text before pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QUrl
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from copilot.calls import ReadPicture
from copilot.errors import PictureUnusable
from copilot.failures import Failure
from copilot.reports import PictureText
from tests.ui.fakelink import FakeLink
from ui import picture_text

FOUND = PictureText((), "Total 214", "CPU", 0.1)


def painted(width: int, height: int, image_format: QImage.Format = QImage.Format.Format_RGB32) -> QImage:
    """White, with one red pixel at the upper left and one blue at the lower right."""
    image = QImage(width, height, image_format)
    image.fill(QColor("white"))
    image.setPixelColor(0, 0, QColor("red"))
    image.setPixelColor(width - 1, height - 1, QColor("blue"))
    return image


@pytest.mark.parametrize("width", [1, 2, 3, 5, 640])
def test_rows_come_without_padding(width: int) -> None:
    picture = picture_text.picture_of(painted(width, 3))
    assert (picture.width, picture.height, len(picture.pixels)) == (width, 3, width * 9)
    assert picture.pixels[-3:] == b"\0\0\xff"
    if width > 1:
        assert picture.pixels[:6] == b"\xff\0\0\xff\xff\xff"


def test_what_is_see_through_is_white() -> None:
    image = QImage(2, 1, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    assert picture_text.picture_of(image).pixels == b"\xff" * 6


def test_a_file_is_opened_for_what_it_holds(tmp_path: Path) -> None:
    painted(20, 10).save(str(tmp_path / "a.png"))
    assert picture_text.opened(str(tmp_path / "a.png")).width() == 20
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'
    (tmp_path / "b.png").write_text(drawing, "utf-8")
    (tmp_path / "c.png").write_bytes((tmp_path / "a.png").read_bytes()[:40])
    for name in ("b.png", "c.png", "missing.png"):
        with pytest.raises(PictureUnusable):
            picture_text.opened(str(tmp_path / name))


def test_a_file_that_is_too_large_is_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    painted(20, 10).save(str(tmp_path / "a.png"))
    monkeypatch.setattr(picture_text, "LARGEST_PIXELS", 199)
    with pytest.raises(PictureUnusable, match="too large"):
        picture_text.opened(str(tmp_path / "a.png"))


def test_text_on_the_clipboard_is_meant_before_its_picture(qtbot: QtBot) -> None:
    mime = QMimeData()
    assert picture_text.pasted(mime) is None
    mime.setImageData(painted(4, 4))
    image = picture_text.pasted(mime)
    assert image is not None
    assert image.width() == 4
    mime.setText("a copied table")
    assert picture_text.pasted(mime) is None
    files = QMimeData()
    files.setImageData(painted(4, 4))
    files.setUrls([QUrl.fromLocalFile("/home/a/b.png")])
    assert picture_text.pasted(files) is None


def test_the_engine_reads_a_file(qtbot: QtBot, link: FakeLink, tmp_path: Path) -> None:
    link.answers[ReadPicture] = FOUND
    painted(20, 10).save(str(tmp_path / "a.png"))
    read: list[PictureText] = []
    failed: list[Failure] = []
    owner = QObject()
    picture_text.read_file(link, str(tmp_path / "a.png"), read.append, failed.append, owner=owner)
    picture_text.read_file(link, str(tmp_path / "none.png"), read.append, failed.append, owner=owner)
    qtbot.waitUntil(lambda: bool(read and failed))
    assert read == [FOUND]
    assert failed[0].code == PictureUnusable.code
    assert link.calls(ReadPicture)[0].picture.width == 20


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("The lease ends in 2029.", 5), ("租约于2029年到期", 7), ("ＡＢ、Cです", 4), ("don't 3.14 - ok", 3)],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert picture_text.count_words(text) == words
