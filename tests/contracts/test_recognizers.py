"""Every recognizer keeps the promises of indexer.ports.Recognizer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image, ImageDraw, ImageFont

from copilot.engines.recognizer import open_recognizer
from copilot.engines.rehearsal import RehearsalRecognizer, picture_of
from copilot.errors import PictureUnusable
from indexer.pictures import Picture
from indexer.ports import Recognizer
from tests.enginepacks import fixed_shapes, on_processor, recognizer_pack

TEXT = "The lease ends on 30 June 2027.\nRent: 2,400 euros a month"
Draw = Callable[[str], Picture]


def drawn(text: str) -> Picture:
    """As a person sees it, in the font that Pillow brings along."""
    image = Image.new("RGB", (640, 40 + 48 * len(text.splitlines())), "white")
    letters = ImageFont.load_default(size=28)
    for number, line in enumerate(text.splitlines()):
        ImageDraw.Draw(image).text((20, 20 + 48 * number), line, font=letters, fill="black")
    return Picture(image.width, image.height, image.tobytes())


@pytest.fixture(scope="module", params=["rehearsal", "pack", "pack on fixed shapes"])
def recognizer(request: pytest.FixtureRequest) -> Iterator[tuple[Recognizer, Draw]]:
    if request.param == "rehearsal":
        yield RehearsalRecognizer(), picture_of
        return
    place = on_processor() if request.param == "pack" else fixed_shapes()
    opened = open_recognizer(recognizer_pack(), place)
    yield opened, drawn
    opened.close()


def test_reads_lines_from_top_to_bottom_with_their_places(recognizer: tuple[Recognizer, Draw]) -> None:
    reader, draw = recognizer
    picture = draw(TEXT)

    lines = reader.read(picture)

    assert [line.text for line in lines] == TEXT.splitlines()
    assert all(0.8 < line.confidence <= 1.0 for line in lines)
    upper, lower = (line.box for line in lines)
    assert upper.y + upper.height <= lower.y + lower.height / 4
    for box in (upper, lower):
        assert box.x >= 0 <= box.y
        assert 0 < box.x + box.width <= picture.width
        assert 0 < box.y + box.height <= picture.height


def test_finds_nothing_where_nothing_stands(recognizer: tuple[Recognizer, Draw]) -> None:
    reader, _ = recognizer

    assert reader.read(Picture(300, 200, bytes(3 * 300 * 200))) == ()
    assert reader.read(Picture(1, 1, b"\xff\xff\xff")) == ()


@pytest.mark.parametrize(("width", "height", "pixels"), [(10, 10, b"\0"), (0, 10, b""), (-1, -1, b"\0" * 3)])
def test_pixels_that_are_no_picture_are_refused(
    recognizer: tuple[Recognizer, Draw], width: int, height: int, pixels: bytes
) -> None:
    with pytest.raises(PictureUnusable):
        recognizer[0].read(Picture(width, height, pixels))


def test_calls_from_several_threads_get_their_own_lines(recognizer: tuple[Recognizer, Draw]) -> None:
    reader, draw = recognizer
    texts = [f"Invoice number {number}" for number in (1204, 3571, 8866)]

    with ThreadPoolExecutor(3) as threads:
        read = list(threads.map(lambda text: reader.read(draw(text)), texts))

    assert [line.text for lines in read for line in lines] == texts
