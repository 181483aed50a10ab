"""The worker's side of showing a page: a PDF's page as a picture, and where a quoted passage stands on it.

Runs in a worker process like extraction, under the same limits: a PDF that breaks the library that draws it must break
nothing else. The side that asks is rendering.py.

Decision: a quote is looked for by its letters and digits alone. The document's text has lines joined, hyphens and page
numbers taken out; the page has them all, and only its letters are sure to be the same.
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
from indexer.document import MEMBER_SEPARATOR, FileState
from indexer.errors import ExtractionFailed
from indexer.extraction import find_member, unreadable_reason
from indexer.formats import pdf
from indexer.pictures import Box, PageImage

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

NARROWEST, WIDEST = 16, 4_096
MOST_PIXELS = 16_000_000
_LEAST_LETTERS = 8
"""A piece of a quote shorter than this may stand in many places."""
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"


class PageRequest(msgspec.Struct, frozen=True):
    """`page` from 1, `width` in pixels."""

    path: str
    page: int
    width: int
    quote: str = ""


class PageAnswer(msgspec.Struct, frozen=True):
    """The picture, or why there is none: one sentence that quotes nothing."""

    image: PageImage | None
    reason: str = ""


def draw(request: PageRequest, limits: Limits) -> PageAnswer:
    """Never raises for a bad file."""
    try:
        return PageAnswer(_draw(request, limits))
    except ExtractionFailed as failure:
        return PageAnswer(None, failure.reason)
    except OSError as error:
        return PageAnswer(None, unreadable_reason(error))
    except MemoryError:
        raise
    except Exception:  # foreign bytes make parsers raise anything
        return PageAnswer(None, "The page is damaged and can't be drawn.")


def _draw(request: PageRequest, limits: Limits) -> PageImage:
    outer, *inner = request.path.split(MEMBER_SEPARATOR)
    content = Content(os.path.basename(outer), path=outer, limits=limits)
    for member in inner:
        content = find_member(content, member, limits)
    if not pdf.recognizes(content.head(), content.name):
        raise ExtractionFailed(FileState.UNSUPPORTED, "Pages are drawn of PDF files only.")
    with closing(pdf.opened(content)) as document:
        pages = len(document)
        if not 1 <= request.page <= pages:
            raise damaged(f"it has no page {request.page}")
        if document.get_formtype():
            document.init_forms()
        with closing(document[request.page - 1]) as page:
            return _picture(page, request, pages)


def _picture(page: PdfPage, request: PageRequest, pages: int) -> PageImage:
    wide, high = page.get_size()
    if wide <= 0 or high <= 0:
        raise damaged("its page has no size")
    scale = min(max(NARROWEST, min(request.width, WIDEST)) / wide, (MOST_PIXELS / (wide * high)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False, may_draw_forms=True)
    with closing(bitmap):
        png = _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)
        width, height = bitmap.width, bitmap.height
    boxes = tuple(_boxes(page, request.quote, width, height)) if request.quote.strip() else ()
    return PageImage(png, width, height, pages, boxes)


def _png(pixels: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    """Rows of grey (1 byte a pixel) or red, green, blue (3 bytes) as a PNG file."""
    rows = b"".join(b"\0" + pixels[row * stride : row * stride + width * channels] for row in range(height))
    head = struct.pack("!IIBBBBB", width, height, 8, {1: 0, 3: 2, 4: 6}[channels], 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(rows, 2)), (b"IEND", b"")
    return _PNG_HEAD + b"".join(
        struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body)) for kind, body in parts
    )


# --- where a quote stands


def _boxes(page: PdfPage, quote: str, width: int, height: int) -> Iterator[Box]:
    from pypdfium2 import raw

    with closing(page.get_textpage()) as textpage:
        count = textpage.count_chars()
        characters = [
            chr(code) if code else "" for code in (raw.FPDFText_GetUnicode(textpage, i) for i in range(count))
        ]
        for run in _runs(places(characters, quote)):
            for index in range(raw.FPDFText_CountRects(textpage, run[0], len(run))):
                yield _pixels(page, _rect(textpage, index), width, height)


def places(characters: Sequence[str], quote: str) -> list[int]:
    """Which of a page's characters are the quote's, in order: all of it, or those of its lines and sentences that
    stand here, when it goes on to another page."""
    letters: list[str] = []
    at: list[int] = []
    for index, character in enumerate(characters):
        for letter in _letters(character):
            letters.append(letter)
            at.append(index)
    text = "".join(letters)
    whole = _letters(quote)
    found = text.find(whole) if whole else -1
    if found >= 0:
        return at[found : found + len(whole)]
    kept: set[int] = set()
    for piece in quote.replace("。", "。\n").replace(". ", ".\n").splitlines():
        part = _letters(piece)
        found = text.find(part) if len(part) >= _LEAST_LETTERS or (not part.isascii() and len(part) > 3) else -1
        if found >= 0:
            kept.update(at[found : found + len(part)])
    return sorted(kept)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


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
