"""Pictures of every kind become RGB the right way up on white; hostile and broken ones are refused with a sentence."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from indexer.content import Content, Limits
from indexer.decoding import MOST_POINTS, decoded, looks
from indexer.document import FileState
from indexer.errors import ExtractionFailed, PageUnavailable
from indexer.extraction import extract
from indexer.pages import MOST_READ_PIXELS, PageRequest, draw
from indexer.rendering import PageRenderer

RED, WHITE = (255, 0, 0), (255, 255, 255)
MUCH = 10**9


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def content(data: bytes, name: str = "picture") -> Content:
    return Content(name, data=data)


def rgb(data: bytes, page: int = 1, most: int = MUCH, width: int = 0) -> Image.Image:
    return decoded(content(data), page, most, width=width)


def refusal(data: bytes) -> ExtractionFailed:
    with pytest.raises(ExtractionFailed) as raised:
        decoded(content(data), 1, MUCH)
    return raised.value


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "GIF", "JPEG", "WEBP"])
def test_every_kind_becomes_rgb(kind: str) -> None:
    image = rgb(saved(Image.new("RGB", (60, 50), RED), kind))
    assert (image.mode, image.size) == ("RGB", (60, 50))
    red, green, blue = image.getpixel((30, 25))
    assert red > 240
    assert max(green, blue) < 15


@pytest.mark.parametrize(
    ("mode", "value", "shade"),
    [("1", 1, 255), ("L", 128, 128), ("I;16", 32768, 127), ("I", 65535, 255), ("LA", (128, 255), 128)],
)
def test_grey_of_any_depth(mode: str, value: int, shade: int) -> None:
    image = rgb(saved(Image.new(mode, (50, 50), value), "TIFF" if mode == "I" else "PNG"))
    assert abs(image.getpixel((10, 10))[0] - shade) <= 1


def test_printers_colours() -> None:
    image = rgb(saved(Image.new("CMYK", (50, 50), (0, 255, 255, 0)), "JPEG"))
    red, green, _ = image.getpixel((10, 10))
    assert red > 200
    assert green < 90


def test_what_is_transparent_lies_on_white() -> None:
    clear = Image.new("RGBA", (50, 50), (255, 0, 0, 0))
    clear.paste((255, 0, 0, 255), (0, 0, 25, 50))
    palette = Image.new("P", (50, 50), 1)
    palette.putpalette((*RED, 0, 0, 255))
    palette.paste(0, (0, 0, 25, 50))
    with_clear_colour = [saved(palette, kind, transparency=1) for kind in ("PNG", "GIF")]
    for data in (saved(clear, "PNG"), *with_clear_colour):
        image = rgb(data)
        assert image.getpixel((40, 25)) == WHITE
        assert image.getpixel((10, 25))[0] > 240


def test_a_photo_stands_the_right_way_up() -> None:
    lying = Image.new("RGB", (80, 60), WHITE)
    lying.paste(RED, (0, 0, 80, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the top of the file is the right side of the picture
    image = rgb(saved(lying, "PNG", exif=exif))
    assert image.size == (60, 80)
    assert image.getpixel((55, 40)) == RED
    assert image.getpixel((5, 40)) == WHITE
    assert rgb(saved(lying, "PNG", exif=exif), width=30).size == (30, 40)


def test_of_what_moves_the_first_frame_counts_and_of_tiff_every_page() -> None:
    frames = [Image.new("RGB", (50, 50), colour) for colour in (RED, WHITE)]
    gif = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    tiff = saved(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    assert looks(content(gif)).pages == 1
    assert rgb(gif).getpixel((5, 5)) == RED
    assert looks(content(tiff)).pages == 2
    assert rgb(tiff, page=2).getpixel((5, 5)) == WHITE


def test_a_large_picture_is_made_smaller_and_a_small_one_at_most_twice_as_large() -> None:
    image = saved(Image.new("RGB", (400, 300), RED), "JPEG")
    assert rgb(image, most=10_000).size == (115, 87)
    assert rgb(image, width=200).size == (200, 150)
    assert rgb(image, width=4_000).size == (800, 600)


def head_only(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""
    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    chunks = (
        struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body)) for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_a_bomb_is_refused_by_what_its_head_claims() -> None:
    failure = refusal(head_only(60_000, 60_000))
    assert failure.state is FileState.TOO_LARGE
    assert "3,600 million points" in failure.reason
    assert MOST_POINTS < 60_000 * 60_000


WHOLE = saved(Image.radial_gradient("L"), "PNG")


@pytest.mark.parametrize(
    "data",
    [
        head_only(300, 300),
        head_only(0, 5),
        WHOLE[: len(WHOLE) // 2],
        WHOLE[:30],
        saved(Image.radial_gradient("L"), "TIFF")[:5_000],
        b"GIF89a" + bytes(20),
        b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20),
        b"\xff\xd8\xff\xe0" + bytes(50),
        b"%PDF-1.4",
    ],
)
def test_what_is_broken_is_damage(data: bytes) -> None:
    assert refusal(data).state is FileState.DAMAGED


def test_bits_that_fell_over_break_nothing() -> None:
    whole = saved(Image.radial_gradient("L").convert("RGB"), "JPEG")
    for at in range(2, len(whole), len(whole) // 60):
        data = whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :]
        try:
            assert decoded(content(data), 1, MUCH).mode == "RGB"
        except ExtractionFailed as failure:
            assert failure.state in (FileState.DAMAGED, FileState.TOO_LARGE)


def test_an_icon_holds_no_text_and_a_picture_waits(tmp_path: Path) -> None:
    for name, size in (("icon.png", (32, 200)), ("photo.png", (300, 200))):
        (tmp_path / name).write_bytes(saved(Image.new("RGB", size), "PNG"))
    (icon,) = extract(str(tmp_path / "icon.png"), Limits())
    (photo,) = extract(str(tmp_path / "photo.png"), Limits())
    assert (icon.state, icon.unread) == (FileState.EMPTY, ())
    assert "too small" in icon.reason
    assert (photo.state, photo.unread) == (FileState.WAITING, (1,))


def test_a_worker_gives_raw_points_within_bounds(tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    large.write_bytes(saved(Image.new("RGB", (6_000, 3_000), RED), "PNG"))
    answer = draw(PageRequest(str(large), 1, 0), Limits())
    assert answer.picture is not None
    assert answer.picture.width * answer.picture.height <= MOST_READ_PIXELS * 1.01
    assert len(answer.picture.pixels) == 3 * answer.picture.width * answer.picture.height
    assert answer.picture.pixels[:3] == bytes(RED)
    assert draw(PageRequest(str(large), 2, 0), Limits()).reason.endswith("no page 2.")


def test_a_picture_that_takes_too_much_costs_the_worker_and_not_the_next_picture(tmp_path: Path) -> None:
    heavy, light = tmp_path / "heavy.png", tmp_path / "light.png"
    heavy.write_bytes(saved(Image.new("1", (9_000, 9_000)), "PNG"))
    light.write_bytes(saved(Image.new("RGB", (60, 60), RED), "PNG"))
    renderer = PageRenderer(Limits(memory_bytes=100 << 20))
    try:
        with pytest.raises(PageUnavailable):
            renderer.raster(str(heavy), 1)
        assert renderer.raster(str(light), 1).width == 60
        assert renderer.render(str(light), 1, 60).pages == 1
    finally:
        renderer.close()
