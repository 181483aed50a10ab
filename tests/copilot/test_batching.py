"""Batches hold every text once and stay inside the budget."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copilot import batching


@given(st.lists(st.integers(1, 600), max_size=60), st.integers(64, 1024), st.integers(1, 8))
def test_every_text_is_in_one_batch_of_allowed_size(lengths: list[int], budget: int, most: int) -> None:
    batches = list(batching.plan(lengths, budget, most))

    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) <= most
        width = batching.pad([[7] * lengths[index] for index in batch], 0)[0].shape[1]
        assert len(batch) == 1 or width * len(batch) <= budget


def test_the_longest_come_first() -> None:
    assert list(batching.plan([3, 50, 9], 10_000, 2)) == [(1, 2), (0,)]


def test_padding_is_masked() -> None:
    ids, mask = batching.pad([[5, 6], [7]], padding=1, width=3)

    assert ids.tolist() == [[5, 6, 1], [7, 1, 1]]
    assert mask.tolist() == [[1, 1, 0], [1, 0, 0]]
