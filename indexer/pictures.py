"""A page as a picture, as shapes: whoever shows one need not load what draws it."""

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
