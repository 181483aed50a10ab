"""One score out of several: who leads, who is unknown, and that scale and order of the input do not matter."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.fusion import Evidence, Weights, combine

UNKNOWN = float("nan")


def evidence(
    words: list[float], similarities: list[float], names: list[float] | None = None, titles: list[float] | None = None
) -> Evidence:
    nothing = [0.0] * len(words)
    return Evidence(
        *(np.array(each, np.float64) for each in (words, similarities, names or nothing, titles or nothing))
    )


def test_both_kinds_together_beat_one_alone() -> None:
    scores = combine(evidence([9.0, 8.0, 0.0], [0.80, 0.89, 0.90]))
    assert scores.argmax() == 1


def test_words_alone_keep_their_order() -> None:
    scores = combine(evidence([3.0, 7.0, 5.0], [UNKNOWN] * 3))
    assert np.argsort(-scores).tolist() == [1, 2, 0]


def test_vectors_alone_keep_their_order() -> None:
    scores = combine(evidence([0.0] * 3, [0.81, 0.92, 0.85]))
    assert np.argsort(-scores).tolist() == [1, 2, 0]


def test_a_text_without_its_vector_yet_is_not_held_to_be_unlike() -> None:
    scores = combine(evidence([9.0, 0.0, 0.0], [UNKNOWN, 0.80, 0.84]))
    assert scores.argmax() == 0


def test_equal_evidence_is_told_apart_by_title_then_name() -> None:
    assert combine(evidence([1.0, 1.0], [0.8, 0.8], titles=[0.0, 0.5])).argmax() == 1
    assert combine(evidence([1.0, 1.0], [0.8, 0.8], names=[0.0, 0.5])).argmax() == 1


def test_no_candidates() -> None:
    assert combine(evidence([], [])).shape == (0,)


@given(
    st.lists(st.tuples(st.floats(0, 50), st.floats(-1, 1)), min_size=1, max_size=8),
    st.floats(0.1, 100),
)
def test_the_scale_of_bm25_does_not_matter(rows: list[tuple[float, float]], factor: float) -> None:
    words, similarities = [row[0] for row in rows], [row[1] for row in rows]
    plain = combine(evidence(words, similarities), Weights())
    scaled = combine(evidence([word * factor for word in words], similarities), Weights())
    assert np.allclose(plain, scaled, atol=1e-6)
    assert np.isfinite(plain).all()
