"""Every reranker keeps the promises of indexer.ports.Reranker."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from copilot.engines.rehearsal import RehearsalReranker
from indexer.ports import Reranker
from tests.enginepacks import on_processor, reranker_pack

TEXTS = ("Cats sleep all day.", "Choose Insert > Footnote to insert a footnote.", "word " * 2000)


@pytest.fixture(scope="module", params=["rehearsal", "pack"])
def reranker(request: pytest.FixtureRequest) -> Iterator[Reranker]:
    if request.param == "rehearsal":
        yield RehearsalReranker()
        return
    pack = reranker_pack()
    if pack is None:
        pytest.skip("no reranker pack on this computer")
    from copilot.engines.reranker import open_reranker

    yield open_reranker(pack, on_processor())


def test_scores_each_text_and_prefers_the_one_that_answers(reranker: Reranker) -> None:
    scores = reranker.score("how do I insert a footnote", TEXTS)

    assert scores.dtype == np.float32
    assert scores.shape == (3,)
    assert int(np.argmax(scores)) == 1


def test_takes_no_texts_and_a_query_beyond_its_window(reranker: Reranker) -> None:
    assert reranker.score("anything", ()).shape == (0,)
    assert np.isfinite(reranker.score("word " * 2000, TEXTS)).all()
