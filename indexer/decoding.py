"""Picture files, opened and decoded within bounds: how large one is, how many pages it has, and its points as RGB.

Only worker processes decode: a picture that breaks the library that reads it must break nothing else. What is asked of
one is pages.py's and formats/image.py's.

Decision: a picture is refused by the size that its head claims, before a single point of it is decoded, and the bound
is ours and not the library's, which only warns.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.content import Content, damaged
from indexer.document import FileState
from indexer.errors import ExtractionFailed

if TYPE_CHECKING:
    from PIL.Image import Image as Opened

MOST_POINTS = 100_000_000
"""Width times height of the largest picture that is decoded: 300 MB as RGB."""
MOST_PAGES = 2_000
_KINDS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_BROKEN = "it can't be decoded as a picture, the end may be missing"
_RAISED = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, struct.error, OverflowError)
"""What the library raises for pictures that are broken."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What a picture's head says of it. `pages` is 1 for all kinds but TIFF: of what moves, the first frame counts."""

    width: int
    height: int
    pages: int


def looks(content: Content) -> Looks:
    """Raises ExtractionFailed: DAMAGED, or TOO_LARGE for more points than are decoded; OSError."""
    with _opened(content, 1) as image:
        pages = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        return Looks(image.width, image.height, min(int(pages), MOST_PAGES))


def decoded(content: Content, page: int, most_points: int, *, width: int = 0) -> Opened:
    """Page `page` (1-based) as RGB the right way up, what is transparent on white; made smaller to stay within
    `most_points`, or to be `width` wide. Never more than twice as large as it is. Raises as `looks` does."""
    from PIL import Image, ImageOps

    with _opened(content, page) as image:
        wanted = _fitting(image.size, most_points, _upright(image, width))
        image.draft(None, wanted)
        flat = _flat(ImageOps.exif_transpose(image))
        target = _fitting(flat.size, most_points, width)
        return flat if target == flat.size else flat.resize(target, Image.Resampling.BICUBIC, reducing_gap=2.0)


@contextmanager
def _opened(content: Content, page: int) -> Iterator[Opened]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    with warnings.catch_warnings(), content.open() as stream:
        warnings.simplefilter("ignore")
        try:
            with Image.open(stream, formats=_KINDS) as image:
                if page > 1:
                    image.seek(page - 1)
                points = image.width * image.height
                if points > MOST_POINTS:
                    reason = f"The picture has {points / 1e6:,.0f} million points; they are read up to"
                    raise ExtractionFailed(FileState.TOO_LARGE, f"{reason} {MOST_POINTS / 1e6:,.0f} million.")
                if points <= 0:
                    raise damaged("its picture has no size")
                yield image
        except _RAISED as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise damaged(_BROKEN) from error


def _upright(image: Opened, width: int) -> int:
    """How wide a picture lies in its file that will be `width` wide when it stands the right way up."""
    turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return max(1, width * image.width // image.height) if turned and width else width


def _fitting(size: tuple[int, int], most_points: int, width: int) -> tuple[int, int]:
    wide, high = size
    scale = min(2.0, width / wide) if width else 1.0
    scale = min(scale, (most_points / (wide * high)) ** 0.5)
    return max(1, round(wide * scale)), max(1, round(high * scale))


def _flat(image: Opened) -> Opened:
    from PIL import Image

    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        image = _eight_bits(image)
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return image.convert("RGB")


def _eight_bits(image: Opened) -> Opened:
    """Grey with more than 256 steps: sixteen bits by their upper half, anything else by its brightest point."""
    top = 65535.0
    if image.mode == "F" or image.mode == "I":
        brightest = image.getextrema()[1]
        top = float(brightest) if isinstance(brightest, int | float) and brightest > 0 else 255.0
        top = 65535.0 if 255 < top <= 65535 else max(top, 255.0)
    return image.convert("F").point(lambda value: value * (255.0 / top)).convert("L")
