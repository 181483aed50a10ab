"""A tilted rectangle of a picture as a level strip of a given height, in numpy alone: what a reading network takes.

Level rectangles are resampled row by row and then column by column; tilted ones point by point. Where letters are much
larger than the strip, points are averaged first, so that thin strokes don't fall between the samples.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from copilot.regions import Region

Pixels = NDArray[np.uint8]
"""[height, width, 3]."""


def shrunk(picture: Pixels, factor: float) -> Pixels:
    """The whole picture smaller by a factor below 1."""
    height, width = picture.shape[:2]
    whole = Region(width / 2, height / 2, width, height, 0.0)
    size = {"width": max(1, round(width * factor)), "height": max(1, round(height * factor))}
    return _resampled(picture, whole, **size)


def squeezed(strip: Pixels, width: int) -> Pixels:
    """A strip as narrow as that."""
    whole = Region(strip.shape[1] / 2, strip.shape[0] / 2, strip.shape[1], strip.shape[0], 0.0)
    return _resampled(strip, whole, width=width, height=strip.shape[0])


def cut(picture: Pixels, region: Region, height: int) -> Pixels:
    """The region as [height, its width in proportion, 3]; letters that lie on their side are set up, turned against
    the clock."""
    if region.sideways:
        turned = _resampled(picture, region, width=height, height=_length(region.height, region.width, height))
        return np.ascontiguousarray(np.rot90(turned))
    return _resampled(picture, region, width=_length(region.width, region.height, height), height=height)


def _length(along: float, across: float, height: int) -> int:
    return max(1, math.ceil(height * along / across))


def _resampled(picture: Pixels, region: Region, *, width: int, height: int) -> Pixels:
    coarse = max(1, math.floor(min(region.width / width, region.height / height)))
    if region.level:
        left, top, right, bottom = region.extent()
        x, y = max(0, math.floor(left)), max(0, math.floor(top))
        part = _averaged(picture[y : max(y + 1, math.ceil(bottom)), x : max(x + 1, math.ceil(right))], coarse)
        columns = (left - x + (np.arange(width) + 0.5) * (right - left) / width) / coarse - 0.5
        rows = (top - y + (np.arange(height) + 0.5) * (bottom - top) / height) / coarse - 0.5
        return _between(_between(part.astype(np.float32), rows, 0), columns, 1).round().astype(np.uint8)
    left, top, right, bottom = region.extent()
    x, y = max(0, math.floor(left) - 1), max(0, math.floor(top) - 1)
    part = _averaged(picture[y : max(y + 1, math.ceil(bottom) + 1), x : max(x + 1, math.ceil(right) + 1)], coarse)
    along = ((np.arange(width) + 0.5) / width - 0.5) * region.width
    across = (((np.arange(height) + 0.5) / height - 0.5) * region.height)[:, None]
    cos, sin = math.cos(region.angle), math.sin(region.angle)
    columns = (region.x - x + along * cos - across * sin) / coarse - 0.5
    rows = (region.y - y + along * sin + across * cos) / coarse - 0.5
    return _sampled(part, columns, rows)


def _averaged(part: Pixels, by: int) -> Pixels:
    """Squares of `by` points as one; what does not fill a square is left out."""
    if by == 1 or min(part.shape[:2]) < by:
        return part
    rows, columns = part.shape[0] // by, part.shape[1] // by
    squares: Pixels = part[: rows * by, : columns * by].reshape(rows, by, columns, by, 3)
    averages: Pixels = squares.mean(axis=(1, 3), dtype=np.float32).astype(np.uint8)
    return averages


def _between(values: NDArray[np.float32], places: NDArray[np.float64], axis: int) -> NDArray[np.float32]:
    """Values at places between the points along an axis; beyond its ends the last ones."""
    low, share = _split(places, values.shape[axis])
    share = share[:, None, None] if axis == 0 else share[:, None]
    before: NDArray[np.float32] = values.take(low, axis)
    after: NDArray[np.float32] = values.take(np.minimum(low + 1, values.shape[axis] - 1), axis)
    after -= before
    after *= share
    after += before
    return after


def _split(places: NDArray[np.float64], size: int) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    inside = np.clip(places, 0, size - 1)
    low = inside.astype(np.intp)
    return low, (inside - low).astype(np.float32)


def _sampled(part: Pixels, columns: NDArray[np.float64], rows: NDArray[np.float64]) -> Pixels:
    """Each point [height, width] mixed of the four around it. The three colours of a point are taken as one number:
    gathering is what costs."""
    packed = np.zeros((*part.shape[:2], 4), np.uint8)
    packed[..., :3] = part
    whole = packed.view(np.uint32).reshape(-1)
    x, share_x = _split(columns, part.shape[1])
    y, share_y = _split(rows, part.shape[0])
    right = np.minimum(x + 1, part.shape[1] - 1)
    here, below = y * part.shape[1], np.minimum(y + 1, part.shape[0] - 1) * part.shape[1]
    mixed = np.zeros((*x.shape, 3), np.float32)
    for place, share in (
        (here + x, (1 - share_x) * (1 - share_y)),
        (here + right, share_x * (1 - share_y)),
        (below + x, (1 - share_x) * share_y),
        (below + right, share_x * share_y),
    ):
        mixed += whole[place].view(np.uint8).reshape(*x.shape, 4)[..., :3] * share[..., None]
    return mixed.round().astype(np.uint8)
