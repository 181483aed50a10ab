"""The shapes that others fill: what the indexer needs from models it may not import.

copilot/engines fills Embedder, Reranker and Recognizer, indexer/formats fills Format.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.document import Vectors
from indexer.pictures import Picture, TextLine


class Embedder(Protocol):
    """Text in, unit vectors out; what is beyond the model's window is cut off. Thread-safe. Raises ModelError."""

    @property
    def model_id(self) -> str:
        """Names the weights and their precision: vectors of two different ids never meet."""

    @property
    def dimension(self) -> int: ...

    @property
    def device(self) -> str:
        """Where it runs, as OpenVINO names it: CPU, GPU.0, NPU."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dimension], any number of texts: it sorts by length and batches by itself."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """float32 [dimension]."""


class Reranker(Protocol):
    """Scores how well each text answers the query; higher is better, scale free."""

    @property
    def model_id(self) -> str: ...

    @property
    def device(self) -> str: ...

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """float32 [len(texts)]."""


class Recognizer(Protocol):
    """Pictures in, lines of text out. Thread-safe: calls queue up. Raises PictureUnusable and ModelError."""

    @property
    def model_id(self) -> str: ...

    @property
    def device(self) -> str: ...

    def read(self, picture: Picture) -> tuple[TextLine, ...]:
        """Lines in reading order; none for a picture without text."""

    def close(self) -> None:
        """Give the memory back. Nothing may be asked afterwards."""
