"""The worker's side of pages: a PDF's page or a picture file as a picture to be shown, with where a quote stands on a
PDF's page; and the same pages as raw points for text recognition.

Runs in a worker process like extraction, under the same limits: a PDF that breaks the library that draws it must break
nothing else. The side that asks is rendering.py.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec

from indexer.content import Content, Limits, damaged
from indexer.decoding import decoded, looks
from indexer.document import MEMBER_SEPARATOR, FileState
from indexer.errors import ExtractionFailed
from indexer.extraction import find_member, unreadable_reason
from indexer.formats import image, pdf
from indexer.pictures import Box, PageImage, Picture
from indexer.quotes import places

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

NARROWEST, WIDEST = 16, 4_096
MOST_PIXELS = 16_000_000
READ_DPI = 200
MOST_READ_PIXELS = 12_000_000
"""What text recognition gets at most: a sheet of 40 by 60 cm at `READ_DPI`, or the whole of a 12-megapixel photo."""
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"


class PageRequest(msgspec.Struct, frozen=True):
    """`page` from 1, `width` in pixels; width 0 asks for raw points, as many as text recognition wants."""

    path: str
    page: int
    width: int
    quote: str = ""
    around: str = ""
    """The passage that the quote is from: tells which of several places with the same words is meant."""


class PageAnswer(msgspec.Struct, frozen=True):
    """The picture, `picture` raw when that was asked for, or why there is none: one sentence that quotes nothing."""

    image: PageImage | None
    reason: str = ""
    picture: Picture | None = None


def draw(request: PageRequest, limits: Limits) -> PageAnswer:
    """Never raises for a bad file."""
    try:
        return _draw(request, limits)
    except ExtractionFailed as failure:
        return PageAnswer(None, failure.reason)
    except OSError as error:
        return PageAnswer(None, unreadable_reason(error))
    except MemoryError:
        raise
    except Exception:  # foreign bytes make parsers raise anything
        return PageAnswer(None, "The page is damaged and can't be drawn.")


def _draw(request: PageRequest, limits: Limits) -> PageAnswer:
    outer, *inner = request.path.split(MEMBER_SEPARATOR)
    content = Content(os.path.basename(outer), path=outer, limits=limits)
    for member in inner:
        content = find_member(content, member, limits)
    head = content.head()
    if image.recognizes(head, content.name):
        return _draw_picture(content, request)
    if not pdf.recognizes(head, content.name):
        raise ExtractionFailed(FileState.UNSUPPORTED, "Pages are drawn of PDF files and pictures only.")
    with closing(pdf.opened(content)) as document:
        pages = len(document)
        if not 1 <= request.page <= pages:
            raise damaged(f"it has no page {request.page}")
        if document.get_formtype():
            document.init_forms()
        with closing(document[request.page - 1]) as page:
            return _draw_page(page, request, pages)


def _draw_picture(content: Content, request: PageRequest) -> PageAnswer:
    pages = looks(content).pages
    if not 1 <= request.page <= pages:
        raise damaged(f"it has no page {request.page}")
    if not request.width:
        flat = decoded(content, request.page, MOST_READ_PIXELS)
        return PageAnswer(None, picture=Picture(flat.width, flat.height, flat.tobytes()))
    flat = decoded(content, request.page, MOST_PIXELS, width=max(NARROWEST, min(request.width, WIDEST)))
    png = _png(flat.tobytes(), flat.width, flat.height, 3 * flat.width)
    return PageAnswer(PageImage(png, flat.width, flat.height, pages))


def _draw_page(page: PdfPage, request: PageRequest, pages: int) -> PageAnswer:
    from pypdfium2 import raw

    wide, high = page.get_size()
    if wide <= 0 or high <= 0:
        raise damaged("its page has no size")
    most = MOST_PIXELS if request.width else MOST_READ_PIXELS
    wanted = max(NARROWEST, min(request.width, WIDEST)) / wide if request.width else READ_DPI / 72
    scale = min(wanted, (most / (wide * high)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=True, force_bitmap_format=raw.FPDFBitmap_BGR)
    with closing(bitmap):
        pixels, width, height, stride = bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride
    if not request.width:
        return PageAnswer(None, picture=Picture(width, height, _packed(pixels, 3 * width, height, stride)))
    png = _png(pixels, width, height, stride)
    boxes = tuple(_boxes(page, request, width, height)) if request.quote.strip() else ()
    return PageAnswer(PageImage(png, width, height, pages, boxes))


def _packed(pixels: bytes, row: int, height: int, stride: int) -> bytes:
    """Rows without what stands between them."""
    return pixels if stride == row else b"".join(pixels[y * stride : y * stride + row] for y in range(height))


def _png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """Rows of red, green, blue as a PNG file."""
    rows = b"".join(b"\0" + pixels[row * stride : row * stride + 3 * width] for row in range(height))
    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(rows, 2)), (b"IEND", b"")
    return _PNG_HEAD + b"".join(
        struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body)) for kind, body in parts
    )


# --- where a quote stands


def _boxes(page: PdfPage, request: PageRequest, width: int, height: int) -> Iterator[Box]:
    from pypdfium2 import raw

    with closing(page.get_textpage()) as textpage:
        count = textpage.count_chars()
        characters = [
            chr(code) if code else "" for code in (raw.FPDFText_GetUnicode(textpage, i) for i in range(count))
        ]
        for run in _runs(places(characters, request.quote, request.around)):
            for index in range(raw.FPDFText_CountRects(textpage, run[0], len(run))):
                yield _pixels(page, _rect(textpage, index), width, height)


def _runs(indexes: Sequence[int]) -> Iterator[list[int]]:
    """Runs of characters with gaps of no more than what stands between words and lines, gaps filled."""
    filled: list[int] = []
    for index in indexes:
        if filled and 0 < index - filled[-1] <= 4:
            filled.extend(range(filled[-1] + 1, index + 1))
        elif not filled or index > filled[-1]:
            filled.append(index)
    for _, run in groupby(enumerate(filled), lambda pair: pair[1] - pair[0]):
        yield [index for _, index in run]


def _rect(textpage: Any, index: int) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in points from the page's lower left corner."""
    import ctypes

    from pypdfium2 import raw

    sides = [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetRect(textpage, index, *map(ctypes.byref, sides))
    left, top, right, bottom = (side.value for side in sides)
    return left, top, right, bottom


def _pixels(page: PdfPage, rect: tuple[float, float, float, float], width: int, height: int) -> Box:
    """Through pdfium itself, which knows the page's crop and rotation."""
    import ctypes

    from pypdfium2 import raw

    left, top, right, bottom = rect
    corners = []
    for x, y in ((left, top), (right, bottom)):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down))
        corners.append((across.value, down.value))
    (x1, y1), (x2, y2) = corners
    return Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
