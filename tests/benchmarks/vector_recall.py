"""Does the vector index find what comparing with every vector finds, on real embeddings and real questions?

    python -m tests.benchmarks.vector_recall --pack FOLDER [--vectors FILE...]

`--vectors`: embeddings of real text, as the quality measurements keep them (`*.sqlite`) or as arrays (`*.npy`); without
it, those that `make quality` left in its cache. A store is filled with all that are different, and asked every question
of the retrieval and answer sets, as the retriever asks: embedded by the pack, with and without the common part taken
out (indexer/centering.py). Where there are fewer than the coarse index begins at, it is made to begin below, and the
output says so.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

from indexer.centering import centered
from indexer.document import Vectors
from indexer.ports import Embedder
from indexer.store import vectors as index
from indexer.store.library import Store
from indexer.store.texts import passage_digest
from tests.benchmarks.indexing_speed import open_pack
from tests.benchmarks.search_speed import CHUNKS_PER_FILE, KEY, exact_scores, extracted
from tests.quality.answers.questions import questions as answer_questions
from tests.quality.retrieval.questions import written

_FILES_AT_ONCE = 20


def different(files: Sequence[Path]) -> NDArray[np.float16]:
    """float16 [n, dimension], in random order: index and files must not share one."""
    rows: set[bytes] = set()
    for file in files:
        if file.suffix == ".npy":
            rows.update(row.tobytes() for row in np.load(file).astype(np.float16))
        else:
            with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as cache:
                rows.update(row for (row,) in cache.execute("SELECT halves FROM vectors"))
    found = sorted(rows)
    random.Random(8).shuffle(found)
    return np.frombuffer(b"".join(found), np.float16).reshape(len(found), -1)


def fill(store: Store, model_id: str, halves: NDArray[np.float16]) -> None:
    """A chunk for each vector; its text is its number, since nobody asks for words here."""
    store.activate(model_id)
    step = CHUNKS_PER_FILE * _FILES_AT_ONCE
    for at in range(0, len(halves), step):
        rows = halves[at : at + step]
        files = [
            extracted(
                at + first, [f"passage {at + row}" for row in range(first, min(first + CHUNKS_PER_FILE, len(rows)))]
            )
            for first in range(0, len(rows), CHUNKS_PER_FILE)
        ]
        store.put_files(files)
        digests = [passage_digest(chunk.embedded_text) for _, found in files for chunk in found[0].chunks]
        store.put_vectors(digests, Vectors(model_id, rows.astype(np.float32)))


def asked(embedder: Embedder) -> dict[str, list[NDArray[np.float32]]]:
    """Each question's vector as the model gives it, and as the retriever searches with it."""
    texts = [one.text for language in ("en", "zh") for one in written(language)]
    texts += [one.text for one in answer_questions()]
    plain = [embedder.embed_query(text) for text in texts]
    return {
        "as embedded": plain,
        "as searched": [centered(embedder, text, vector) for text, vector in zip(texts, plain, strict=True)],
    }


def measure(store: Store, ways: dict[str, list[NDArray[np.float32]]]) -> None:
    print("| questions | n | recall@10 against exact | worst question |\n|---|---:|---:|---:|")
    for way, vectors in ways.items():
        exact = exact_scores(store, np.stack(vectors))
        found = [store.search_vectors(vector, 10) for vector in vectors]
        right = [
            sum(hit.score >= best[-1] - 1e-4 for hit in hits) / 10 for hits, best in zip(found, exact, strict=True)
        ]
        print(f"| {way} | {len(vectors)} | {np.mean(right):.4f} | {min(right):.1f} |")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pack", type=Path, required=True, help="the embedder's pack")
    parser.add_argument("--vectors", type=Path, nargs="+", help="*.sqlite or *.npy with embeddings of real text")
    options = parser.parse_args()
    cache = Path(platformdirs.user_cache_dir("nearside-quality", appauthor=False))
    files = options.vectors or sorted(cache.glob("*/vectors.sqlite"))
    if not files:
        print("There are no embeddings of real text: run `make quality` before, or name files with --vectors.")
        return 0
    halves = different(files)
    if len(halves) <= index.EXACT_UP_TO:
        print(f"The coarse index, which begins above {index.EXACT_UP_TO:,} vectors, is made to begin below.")
        index.EXACT_UP_TO = len(halves) // 2
    embedder = open_pack(options.pack)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "library.db", KEY) as store:
        fill(store, embedder.model_id, halves)
        store.save_snapshot()
        print(f"{len(halves):,} different vectors of real text, {embedder.model_id}\n")
        measure(store, asked(embedder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
