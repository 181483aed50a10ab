"""Maps with known bars of likely text, and the rectangles made of them."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest

from copilot.regions import MOST_REGIONS, Region, find_regions


def bar(*regions: Region, width: int = 400, height: int = 300, likely: float = 0.9) -> np.ndarray:
    """A map in which every point inside the rectangles is likely."""
    y, x = np.mgrid[:height, :width] + 0.5
    found = np.zeros((height, width), np.float32)
    for region in regions:
        cos, sin = math.cos(region.angle), math.sin(region.angle)
        along = (x - region.x) * cos + (y - region.y) * sin
        across = (y - region.y) * cos - (x - region.x) * sin
        found[(np.abs(along) <= region.width / 2) & (np.abs(across) <= region.height / 2)] = likely
    return found


def grown(width: float, height: float) -> tuple[float, float]:
    """PP-OCR's rule: by area times 1.6 over circumference on every side."""
    distance = width * height * 1.6 / (2 * (width + height))
    return width + 2 * distance, height + 2 * distance


@pytest.mark.parametrize("degrees", [0, 3, -7, 30, -44])
def test_a_bar_gives_its_rectangle_grown_at_its_angle(degrees: int) -> None:
    core = Region(200, 150, 160, 20, math.radians(degrees))

    (found,) = find_regions(bar(core))

    width, height = grown(core.width, core.height)
    assert (found.x, found.y) == (pytest.approx(core.x, abs=1.5), pytest.approx(core.y, abs=1.5))
    assert found.width == pytest.approx(width, abs=3.5)
    assert found.height == pytest.approx(height, abs=3.5)
    assert math.degrees(found.angle) == pytest.approx(degrees, abs=0.6)
    assert found.level == (degrees == 0)


def test_an_upright_bar_lies_on_its_side() -> None:
    (found,) = find_regions(bar(Region(100, 150, 14, 200, 0.0)))

    assert found.sideways
    assert found.level


def test_bars_apart_are_regions_of_their_own_and_bars_that_touch_are_one() -> None:
    apart = bar(Region(100, 60, 100, 12, 0.0), Region(100, 90, 100, 12, 0.0))
    touching = bar(Region(100, 60, 100, 12, 0.0), Region(160, 72, 100, 12, 0.0))

    assert len(find_regions(apart)) == 2
    assert len(find_regions(touching)) == 1


def test_a_ring_is_one_part() -> None:
    ring = bar(Region(200, 150, 200, 120, 0.0))
    ring[110:190, 120:280] = 0.0

    # Its rectangle is mostly empty, so that it is no text; without the emptiness it would be.
    assert find_regions(ring) == ()
    ring[110:190, 120:280] = 0.25
    assert len(find_regions(ring)) == 1


@pytest.mark.parametrize(
    "silent",
    [
        np.zeros((64, 64), np.float32),
        bar(Region(200, 150, 160, 20, 0.0), likely=0.29),
        bar(Region(200, 150, 160, 20, 0.0), likely=0.45),
        bar(Region(200, 150, 160, 1, 0.0)),
        bar(Region(200, 150, 2, 2, 0.0)),
    ],
    ids=["empty", "below the threshold", "too unsure", "a hair", "a dot"],
)
def test_what_is_no_text_gives_nothing(silent: np.ndarray) -> None:
    assert find_regions(silent) == ()


def test_the_rim_of_the_map_is_no_trouble() -> None:
    full = np.full((40, 200), 0.9, np.float32)

    (found,) = find_regions(full)

    assert (found.x, found.y) == (100, 20)


def test_noise_takes_bounded_time_and_gives_bounded_regions() -> None:
    noise = np.random.default_rng(3).random((960, 960), dtype=np.float32) * 0.4
    dots = np.zeros((960, 960), np.float32)
    dots[::8, :] = 0.0
    for row in range(0, 950, 9):
        for column in range(0, 950, 9):
            dots[row : row + 5, column : column + 5] = 0.9
    began = time.process_time()

    assert len(find_regions(noise)) <= MOST_REGIONS
    assert len(find_regions(dots)) == MOST_REGIONS
    assert time.process_time() - began < 8


def test_upside_down_and_back_is_the_same_place() -> None:
    region = Region(10, 20, 8, 4, 0.1)

    assert region.turned(100, 300) == Region(290, 80, 8, 4, 0.1)
    assert region.turned(100, 300).turned(100, 300) == region
