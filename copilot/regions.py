"""Where text stands: from the map that a detection network makes of a picture to tilted rectangles, in numpy alone.

The method is that of DB (Liao et al., 2020), with PP-OCR's numbers: what lies above a threshold and hangs together is
the core of one line; its rectangle is grown back to the letters' full size.

Decision: no OpenCV. Its wheel without windows is 60 MB, a tenth of all that is installed, with FFmpeg's LGPL libraries
in it, for what is needed here: connected parts, the least rectangle about some points, and growing it. Runs of pixels
make the first a few array operations, turning the points by a hundred angles the second; and offsetting a rectangle,
for which PP-OCR takes a polygon library, is an addition.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

THRESHOLD = 0.3
LEAST_SCORE = 0.5
GROWTH = 1.6
LEAST_SIDE = 3.0
MOST_REGIONS = 1_000
"""The largest; a map of noise has a hundred thousand."""
STRAIGHT = 1.03
"""A level rectangle is taken when it is at most this much larger than the least one."""
SIDEWAYS = 1.5
"""How many times higher than wide a line is whose letters lie on their side."""

_COARSE = np.arange(-45.0, 45.0, 1.0)
_FINE = np.arange(-1.0, 1.0, 0.05)

Map = NDArray[np.float32]
Points = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle about (x, y), `width` along the direction that leads `angle` radians down from the x axis."""

    x: float
    y: float
    width: float
    height: float
    angle: float

    @property
    def level(self) -> bool:
        return self.angle == 0.0

    @property
    def sideways(self) -> bool:
        return self.height >= SIDEWAYS * self.width

    def scaled(self, factor: float) -> Region:
        return Region(self.x * factor, self.y * factor, self.width * factor, self.height * factor, self.angle)

    def turned(self, height: int, width: int) -> Region:
        """Where it is when its picture of that size stands on its head."""
        return replace(self, x=width - self.x, y=height - self.y)

    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the level rectangle about it."""
        cos, sin = abs(math.cos(self.angle)), abs(math.sin(self.angle))
        half_width = (self.width * cos + self.height * sin) / 2
        half_height = (self.width * sin + self.height * cos) / 2
        return self.x - half_width, self.y - half_height, self.x + half_width, self.y + half_height


def find_regions(probabilities: Map) -> tuple[Region, ...]:
    """The lines' rectangles of a map [height, width] of 0..1, in its pixels, in no order."""
    found = []
    for points in _parts(_thickened(probabilities > THRESHOLD)):
        core = _least_rectangle(points)
        if min(core.width, core.height) < LEAST_SIDE or _score(probabilities, core) < LEAST_SCORE:
            continue
        distance = core.width * core.height * GROWTH / (2 * (core.width + core.height))
        # The core was measured from the middle of a point to the middle of another.
        x, y = core.x + 0.5, core.y + 0.5
        grown = Region(x, y, core.width + 2 * distance, core.height + 2 * distance, core.angle)
        if min(grown.width, grown.height) >= LEAST_SIDE + 2:
            found.append(grown)
    return tuple(found)


def _thickened(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Each point together with its right, lower and lower right neighbour."""
    thick = ink.copy()
    thick[:, 1:] |= ink[:, :-1]
    thick[1:] |= thick[:-1].copy()
    return thick


def _parts(ink: NDArray[np.bool_]) -> Iterator[Points]:
    """The outermost points (x, y) of each row of every connected part, largest parts first."""
    stride = ink.shape[1] + 1
    flat = np.zeros(ink.shape[0] * stride + 1, np.bool_)
    flat[1:].reshape(ink.shape[0], stride)[:, :-1] = ink
    changes = np.flatnonzero(flat[1:] != flat[:-1])
    begins, ends = changes[::2], changes[1::2]
    if not len(begins):
        return
    parts = _joined(begins, ends, stride)
    order = np.argsort(parts, kind="stable")
    heads = np.flatnonzero(np.diff(parts[order], prepend=-1))
    areas = np.add.reduceat((ends - begins)[order], heads)
    tails = np.append(heads[1:], len(order))
    for part in np.argsort(-areas, kind="stable")[:MOST_REGIONS]:
        runs = order[heads[part] : tails[part]]
        rows = begins[runs] // stride
        left, right = begins[runs] - rows * stride, ends[runs] - 1 - rows * stride
        yield np.stack((np.concatenate((left, right)), np.concatenate((rows, rows)))).astype(np.float32)


def _joined(begins: NDArray[np.int64], ends: NDArray[np.int64], stride: int) -> NDArray[np.int64]:
    """For each run of pixels the number of the part it belongs to: runs touch those of the next row, corners too."""
    first = np.searchsorted(ends, begins + stride, "left")
    counts = np.maximum(np.searchsorted(begins, ends + stride, "right") - first, 0)
    upper = np.repeat(np.arange(len(begins)), counts)
    within = np.arange(len(upper)) - np.repeat(np.cumsum(counts) - counts, counts)
    lower = np.repeat(first, counts) + within
    parts = np.arange(len(begins))
    while True:
        high, low = np.maximum(parts[upper], parts[lower]), np.minimum(parts[upper], parts[lower])
        if np.array_equal(high, low):
            return parts
        np.minimum.at(parts, high, low)
        while not np.array_equal(parts, parts[parts]):
            parts = parts[parts]


def _least_rectangle(points: Points) -> Region:
    """The rectangle of least area about points [2, n]."""
    level, best = _rectangles(points, np.zeros(1))[0], _rectangles(points, _COARSE)
    angle = best[int(np.argmin(best[:, 4])), 5]
    fine = _rectangles(points, angle + _FINE)
    least = fine[int(np.argmin(fine[:, 4]))]
    x, y, width, height, _, degrees = level if level[4] <= STRAIGHT * least[4] else least
    return Region(float(x), float(y), float(width), float(height), math.radians(degrees))


def _rectangles(points: Points, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows of x, y, width, height, area and degrees: the rectangle about the points at each angle."""
    angles = np.radians(degrees)
    cos, sin = np.cos(angles), np.sin(angles)
    along = np.outer(cos, points[0]) + np.outer(sin, points[1])
    across = np.outer(cos, points[1]) - np.outer(sin, points[0])
    left, right, top, bottom = along.min(1), along.max(1), across.min(1), across.max(1)
    middle, depth = (left + right) / 2, (top + bottom) / 2
    width, height = right - left, bottom - top
    # One more all around: a part one pixel thick is not without area.
    area = (width + 1) * (height + 1)
    return np.stack((middle * cos - depth * sin, middle * sin + depth * cos, width, height, area, degrees), axis=1)


def _score(probabilities: Map, core: Region) -> float:
    """The mean of the map inside the rectangle."""
    left, top, right, bottom = core.extent()
    x, y = max(0, math.floor(left)), max(0, math.floor(top))
    inside = probabilities[y : math.ceil(bottom) + 1, x : math.ceil(right) + 1]
    if core.level:
        return float(inside.mean())
    down, across = np.ogrid[: inside.shape[0], : inside.shape[1]]
    dx, dy = across + (x - core.x), down + (y - core.y)
    cos, sin = math.cos(core.angle), math.sin(core.angle)
    within = (np.abs(dx * cos + dy * sin) <= core.width / 2 + 0.5) & (
        np.abs(dy * cos - dx * sin) <= core.height / 2 + 0.5
    )
    return float(inside[within].mean()) if within.any() else 0.0
