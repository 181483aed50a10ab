"""Pictures, and text found in them, as shapes: whoever shows or reads one need not load what draws it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a picture in its pixels, from the upper left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as a PNG, `width` by `height` pixels, of a document of `pages` pages; `boxes` show where a quote is."""

    png: bytes
    width: int
    height: int
    pages: int
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """RGB, 8 bits each: `pixels` are rows from the top, 3 * `width` bytes each, without padding."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text as it was recognized; `box` in pixels of the picture, `confidence` 0 to 1."""

    text: str
    box: Box
    confidence: float
