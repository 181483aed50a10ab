"""Strips cut out of a picture whose every colour tells where it was."""

from __future__ import annotations

import math

import numpy as np
import pytest

from copilot.regions import Region
from copilot.strips import cut, shrunk, squeezed


@pytest.fixture
def slope() -> np.ndarray:
    """Red grows to the right, green downwards."""
    picture = np.zeros((200, 250, 3), np.uint8)
    picture[..., 0] = np.arange(250)
    picture[..., 1] = np.arange(200)[:, None]
    return picture


def test_a_level_region_comes_out_at_the_strips_height(slope: np.ndarray) -> None:
    strip = cut(slope, Region(125, 100, 96, 24, 0.0), 48)

    assert strip.shape == (48, 192, 3)
    assert strip[0, 0, :2].tolist() == pytest.approx([77, 88], abs=1)
    assert strip[-1, -1, :2].tolist() == pytest.approx([172, 111], abs=1)


@pytest.mark.parametrize("degrees", [3, 25, -40])
def test_a_tilted_region_comes_out_level(slope: np.ndarray, degrees: int) -> None:
    angle = math.radians(degrees)

    strip = cut(slope, Region(125, 100, 96, 24, angle), 48)

    assert strip.shape == (48, 192, 3)
    x, y = 125 - 48 * math.cos(angle), 100 - 48 * math.sin(angle)
    middle_of_left_edge = strip[23:25, 0, :2].mean(0)
    assert middle_of_left_edge.tolist() == pytest.approx([x - 0.5, y - 0.5], abs=1.2)


def test_letters_on_their_side_are_set_up_against_the_clock(slope: np.ndarray) -> None:
    strip = cut(slope, Region(125, 100, 24, 96, 0.0), 48)

    assert strip.shape == (48, 192, 3)
    # The strip's upper left corner was the upper right one: it is red, and green comes with every step.
    assert strip[0, 0, :2].tolist() == pytest.approx([136, 52], abs=1)
    assert strip[0, -1, :2].tolist() == pytest.approx([136, 147], abs=1)


def test_thin_strokes_do_not_fall_between_the_samples() -> None:
    picture = np.zeros((480, 960, 3), np.uint8)
    picture[:, ::10] = 250

    strip = cut(picture, Region(480, 240, 960, 480, 0.0), 48)

    assert strip[..., 0].mean() == pytest.approx(25, abs=2)
    assert strip[..., 0].max() < 60


def test_regions_beyond_the_rim_repeat_it(slope: np.ndarray) -> None:
    for angle in (0.0, 0.2):
        strip = cut(slope, Region(5, 5, 60, 30, angle), 48)
        assert strip.shape == (48, 96, 3)
    assert strip[0, 0].tolist() == [0, 0, 0]


def test_the_whole_can_be_made_smaller_and_a_strip_narrower(slope: np.ndarray) -> None:
    half = shrunk(slope, 0.5)

    assert half.shape == (100, 125, 3)
    assert half[50, 60, :2].tolist() == pytest.approx([120, 100], abs=1.5)
    assert squeezed(slope, 100).shape == (200, 100, 3)
