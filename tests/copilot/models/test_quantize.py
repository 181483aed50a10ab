"""Integers and scales: what is lost, and that what is read back is what was written."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.models.quantize import Floats, int4_groups, int8_rows, restore_int4, restore_int8


def weights(rows: int, columns: int, seed: int = 0) -> Floats:
    return np.random.default_rng(seed).standard_normal((rows, columns)).astype(np.float32)


def plain_int4(values: Floats, group: int) -> Floats:
    """The usual way: the largest weight of a group becomes -8."""
    groups = values.reshape(-1, group)
    largest = groups[np.arange(len(groups)), np.abs(groups).argmax(axis=1)][:, None]
    scale = largest / -8
    return np.asarray((np.clip(np.rint(groups / scale), -8, 7) * scale).reshape(values.shape), np.float32)


def test_the_search_beats_the_largest_weight() -> None:
    values = weights(64, 512)
    weight = values**2 + (values.reshape(-1, 128) ** 2).mean(axis=1).repeat(128).reshape(values.shape)
    ours, plain = restore_int4(int4_groups(values, 128)), plain_int4(values, 128)
    assert (weight * (ours - values) ** 2).sum() < 0.97 * (weight * (plain - values) ** 2).sum()


def test_large_weights_survive() -> None:
    values = weights(8, 256) * 0.1
    values[:, 17] = 4.0
    restored = restore_int4(int4_groups(values, 128))
    np.testing.assert_allclose(restored[:, 17], 4.0, rtol=0.02)


def test_four_bit_integers_come_back_exactly() -> None:
    integers = np.tile(np.arange(-8, 8, dtype=np.float32), 16).reshape(2, 128) * np.float32(0.25)
    assert np.array_equal(restore_int4(int4_groups(integers, 128)), integers)


def test_zeros_stay_zeros() -> None:
    assert not restore_int4(int4_groups(np.zeros((2, 128), np.float32), 128)).any()
    assert not restore_int8(int8_rows(np.zeros((2, 5), np.float32))).any()


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 5), st.integers(1, 4), st.floats(1e-3, 100), st.floats(-3, 3), st.integers(0, 99))
def test_eight_bits_are_within_half_a_step(rows: int, columns: int, spread: float, middle: float, seed: int) -> None:
    values = (weights(rows, columns, seed) + np.float32(middle)) * np.float32(spread)
    compressed = int8_rows(values)
    off = np.abs(restore_int8(compressed) - values)
    # Half a step for the weight, half for the zero point, and float16 can't hold the scale exactly.
    assert (off <= compressed.scales.astype(np.float32) * 1.2).all()


@pytest.mark.parametrize("rows", [1, 3, 5000])
def test_every_row_is_there(rows: int) -> None:
    made = int4_groups(weights(rows, 128), 128)
    assert made.packed.shape == (rows, 64)
    assert made.scales.shape == (rows, 1)
    np.testing.assert_allclose(restore_int4(made)[-1], weights(rows, 128)[-1], atol=0.4)
