"""What only the real embedder does: giving its memory back."""

from __future__ import annotations

import gc
import weakref

from copilot.engines.embedder import open_embedder
from tests.enginepacks import embedder_pack, on_processor


def test_nothing_holds_an_embedder_that_nobody_needs() -> None:
    embedder = open_embedder(embedder_pack(), on_processor())
    assert embedder.embed_passages(["a passage", "一段文字"]).array.shape[0] == 2
    embedder.embed_query("a query")
    gone = weakref.ref(embedder)
    del embedder
    gc.collect()
    assert gone() is None
