"""One score out of several: who leads, who is unknown, and that scale and order of the input do not matter."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from indexer.fusion import combine, lift

UNKNOWN = float("nan")


def both(words: list[float], similarities: list[float]) -> NDArray[np.float64]:
    return combine(np.array(words, np.float64), np.array(similarities, np.float64))


def test_both_kinds_together_beat_one_alone() -> None:
    assert both([9.0, 8.0, 0.0], [0.80, 0.89, 0.90]).argmax() == 1


def test_words_alone_keep_their_order() -> None:
    assert np.argsort(-both([3.0, 7.0, 5.0], [UNKNOWN] * 3)).tolist() == [1, 2, 0]


def test_vectors_alone_keep_their_order() -> None:
    assert np.argsort(-both([0.0] * 3, [0.81, 0.92, 0.85])).tolist() == [1, 2, 0]


def test_a_text_without_its_vector_yet_is_not_held_to_be_unlike() -> None:
    scores = both([9.0, 0.0, 0.0], [UNKNOWN, 0.80, 0.84])
    assert scores[1] < scores[0]
    assert scores[0] + lift(1.0, 0.0) > scores[2] + lift(0.0, 0.0)


def test_having_all_words_outweighs_being_the_most_alike() -> None:
    assert lift(1.0, 0.0) >= both([0.0, 0.0], [0.9, 0.8]).max()


def test_a_title_that_is_the_query_counts_more_than_one_that_shares_a_word() -> None:
    assert lift(1.0, 1.0) - lift(1.0, 0.2) > lift(1.0, 0.2) - lift(1.0, 0.0)


def test_no_candidates() -> None:
    assert both([], []).shape == (0,)


@given(
    st.lists(st.tuples(st.sampled_from([0.0, 0.5, 3.0, 20.0]), st.floats(-1, 1)), min_size=1, max_size=8),
    st.floats(0.1, 100),
)
def test_the_scale_of_bm25_does_not_matter(rows: list[tuple[float, float]], factor: float) -> None:
    words, similarities = [row[0] for row in rows], [row[1] for row in rows]
    plain = both(words, similarities)
    scaled = both([word * factor for word in words], similarities)
    assert np.allclose(plain, scaled, atol=1e-6)
    assert np.isfinite(plain).all()
