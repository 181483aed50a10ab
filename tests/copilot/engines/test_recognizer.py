"""The real recognizer on what people show it: turned pictures, very wide lines, and pictures meant to hurt."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from copilot.engines.recognizer import MOST_POINTS, PictureReader, open_recognizer
from copilot.errors import ModelError, PackInvalid, PictureUnusable
from copilot.models.pack import read_pack
from indexer.pictures import Picture, TextLine
from tests.enginepacks import on_processor, recognizer_pack

CHINESE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
TEXT = (
    "The harbour office opens at eight.",
    "Deliveries are received until four,",
    "on Fridays until noon. Lorries register",
    "at the gate and wait on lane two.",
)


@pytest.fixture(scope="module")
def reader() -> Iterator[PictureReader]:
    opened = open_recognizer(recognizer_pack(), on_processor())
    yield opened
    opened.close()


def sheet(*lines: str, size: int = 24, width: int = 600) -> Image.Image:
    image = Image.new("RGB", (width, 40 + 2 * size * len(lines)), "white")
    letters = ImageFont.load_default(size=size)
    for number, line in enumerate(lines):
        ImageDraw.Draw(image).text((20, 20 + 2 * size * number), line, font=letters, fill="black")
    return image


def picture(image: Image.Image) -> Picture:
    return Picture(image.width, image.height, image.convert("RGB").tobytes())


def texts(lines: tuple[TextLine, ...]) -> list[str]:
    return [line.text for line in lines]


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270])
def test_a_turned_picture_reads_like_an_upright_one(reader: PictureReader, turn: Image.Transpose) -> None:
    image = sheet(*TEXT).transpose(turn)

    lines = reader.read(picture(image))

    assert texts(lines) == list(TEXT)
    ink = np.asarray(image.convert("L")) < 128
    for line in lines:
        box = line.box
        assert ink[box.y : box.y + box.height, box.x : box.x + box.width].any()
    inside = np.zeros_like(ink)
    for line in lines:
        inside[line.box.y : line.box.y + line.box.height, line.box.x : line.box.x + line.box.width] = True
    assert not (ink & ~inside).any()


def test_a_sheet_that_lay_askew_is_read_row_by_row(reader: PictureReader) -> None:
    image = sheet(*TEXT).rotate(-4, Image.Resampling.BICUBIC, expand=True, fillcolor="white")

    assert texts(reader.read(picture(image))) == list(TEXT)


@pytest.mark.skipif(not CHINESE.exists(), reason="needs the Debian package fonts-noto-cjk")
def test_english_and_chinese_stand_in_one_line(reader: PictureReader) -> None:
    image = Image.new("RGB", (700, 160), "#17191c")
    letters = ImageFont.truetype(str(CHINESE), 26, index=2)
    ImageDraw.Draw(image).text((20, 20), "合同编号 KWI-2026-014 的付款期限为三十天。", font=letters, fill="#e8e8e4")
    ImageDraw.Draw(image).text((20, 90), "交货日期：2026年3月1日", font=letters, fill="#e8e8e4")

    read = [line.replace(" ", "").replace(":", "：") for line in texts(reader.read(picture(image)))]

    assert read == ["合同编号KWI-2026-014的付款期限为三十天。", "交货日期：2026年3月1日"]


def test_a_line_wider_than_every_strip_keeps_its_ends(reader: PictureReader) -> None:
    line = "Alpha " + "beta gamma delta " * 9 + "omega"

    (read,) = reader.read(picture(sheet(line, size=20, width=2200)))

    assert read.text.startswith("Alpha beta gamma")
    assert read.text.endswith("gamma delta omega")


@pytest.mark.parametrize(("width", "height"), [(10_000, 1), (1, 10_000), (31, 7)])
def test_odd_shapes_hold_no_text(reader: PictureReader, width: int, height: int) -> None:
    assert reader.read(Picture(width, height, b"\xff" * (3 * width * height))) == ()


def test_noise_is_over_soon(reader: PictureReader) -> None:
    noise = np.random.default_rng(7).integers(0, 256, 3 * 1200 * 900, dtype=np.uint8)
    began = time.process_time()

    lines = reader.read(Picture(1200, 900, noise.tobytes()))

    assert len(lines) < 20
    assert time.process_time() - began < 20


def test_a_picture_beyond_the_limit_is_refused_before_anything_is_done(reader: PictureReader) -> None:
    width = 10_000
    height = MOST_POINTS // width + 1
    with pytest.raises(PictureUnusable, match="points"):
        reader.read(Picture(width, height, bytes(3 * width * height)))


def test_nothing_is_read_after_the_end() -> None:
    opened = open_recognizer(recognizer_pack(), on_processor())
    opened.close()
    opened.close()

    with pytest.raises(ModelError):
        opened.read(picture(sheet("late")))


def test_a_pack_without_its_characters_is_told(tmp_path: Path) -> None:
    pack = recognizer_pack()
    for file in pack.files:
        if file.name != "characters.txt":
            (tmp_path / file.name).symlink_to(pack.path_of(file.name))
    (tmp_path / "pack.toml").write_bytes(pack.path_of("pack.toml").read_bytes())

    with pytest.raises(PackInvalid, match=r"characters\.txt"):
        open_recognizer(read_pack(tmp_path), on_processor())


def test_what_the_detection_sees_beyond_the_picture_is_not_there(
    reader: PictureReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture of 40 points is seen on a canvas of 64."""
    seen = np.zeros((1, 1, 64, 64), np.float32)
    seen[0, 0, 50:60, 5:60] = 1.0
    monkeypatch.setattr(reader._detection, "run", lambda _: [(seen,)])

    assert reader.read(Picture(40, 40, bytes(3 * 40 * 40))) == ()
