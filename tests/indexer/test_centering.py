"""A question's vector loses what all questions of its language share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.centering import centered
from indexer.document import Vectors


class _ConeEmbedder:
    """Every Chinese text leans to axis 0, every other to axis 1; what it is about is on axis 2 or 3."""

    model_id = "cone"
    dimension = 4
    device = "CPU"

    def __init__(self) -> None:
        self.asked = 0

    def embed_query(self, text: str) -> NDArray[np.float32]:
        self.asked += 1
        vector = np.zeros(4, np.float32)
        vector[1 if text.isascii() else 0] = 0.9
        vector[2 if "fan" in text or "风扇" in text else 3] = 0.4
        return vector / np.linalg.norm(vector)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return Vectors(self.model_id, np.stack([self.embed_query(text) for text in texts]))


HUB = np.array([0.6, 0.8, 0.0, 0.0], np.float32)
"""A page that every Chinese question is near, whatever it asks."""
FAN = np.array([0.0, 0.9, 0.436, 0.0], np.float32)


def test_a_hub_loses_its_head_start() -> None:
    embedder = _ConeEmbedder()
    vector = embedder.embed_query("风扇一直响")
    assert vector @ HUB > vector @ FAN
    searched = centered(embedder, "风扇一直响", vector)
    assert searched @ FAN > searched @ HUB
    assert np.linalg.norm(searched) == pytest.approx(1.0, abs=1e-5)


def test_each_language_is_learnt_once_for_an_embedder() -> None:
    embedder = _ConeEmbedder()
    vector = embedder.embed_query("fan noise")
    centered(embedder, "fan noise", vector)
    after_english = embedder.asked
    again = centered(embedder, "fan noise", vector)
    assert embedder.asked == after_english
    centered(embedder, "风扇", embedder.embed_query("风扇"))
    assert embedder.asked > after_english + 1
    assert np.array_equal(again, centered(embedder, "fan noise", vector))


def test_a_question_that_is_the_mean_itself_keeps_its_direction() -> None:
    class _Constant(_ConeEmbedder):
        def embed_query(self, text: str) -> NDArray[np.float32]:
            return np.array([1.0, 0.0, 0.0, 0.0], np.float32)

    embedder = _Constant()
    vector = embedder.embed_query("x")
    assert centered(embedder, "x", vector) == pytest.approx(vector)
