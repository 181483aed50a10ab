"""How fast and how right is search over a large library? Run: python -m tests.benchmarks.search_speed --text FOLDER

Builds a library of 100,000 chunks (`--million`: 1,000,000) from the text files below FOLDER, repeated with a part of
the words changed, and with synthetic unit vectors that cluster as real embeddings do. Prints build times, the latency
of words, vectors and both, recall@10 against exact search, and the resident memory of a fresh process that opens and
searches.
"""

from __future__ import annotations

import argparse
import functools
import html
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from indexer.document import Chunk, Document, Extracted, FileState, Section, SourceFile, Span, Vectors
from indexer.store.library import Store
from indexer.store.snapshot import snapshot_path
from indexer.store.texts import passage_digest
from indexer.words import query_words, segment

KEY = b"benchmark key of thirty-two byte"
MODEL = "synthetic"
DIMENSION = 384
CHUNKS_PER_FILE = 50
ASKED = 200


def passages(folder: Path, limit: int, rng: random.Random) -> list[str]:
    """Up to `limit` passages of 900 characters, 350 where the text is Chinese."""
    paths = [p for p in sorted(folder.rglob("*")) if p.suffix in (".html", ".htm", ".txt", ".rst") and p.is_file()]
    rng.shuffle(paths)
    found: list[str] = []
    for path in paths:
        text = path.read_bytes()[:400_000].decode(errors="replace")
        if path.suffix.startswith(".htm"):
            text = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|style).*?</\1>", " ", text)))
        text = " ".join(text.split())
        size = 350 if len(re.findall("[\u4e00-\u9fff]", text)) > 0.15 * len(text) else 900
        found.extend(text[at : at + size] for at in range(0, len(text) - size // 3, size))
        if len(found) >= limit:
            return found[:limit]
    if not found:
        raise SystemExit(f"no text files below {folder}")
    return found


def changed(text: str, vocabulary: list[str], rng: random.Random) -> str:
    """The text with one word in seven replaced by a word from anywhere, so that no two are the same."""
    words = text.split(" ")
    for _ in range(max(1, len(words) // 7)):
        words[rng.randrange(len(words))] = rng.choice(vocabulary)
    return " ".join(words)


class SyntheticVectors:
    """Unit vectors in clusters of clusters, with a decaying spectrum around a common mean: like sentence embeddings."""

    def __init__(self, clusters: int) -> None:
        rng = np.random.default_rng(11)
        self._spectrum = (np.arange(1, DIMENSION + 1) ** -0.35).astype(np.float32)
        self._mean = self._drawn(rng, 1)[0] * 2.2
        self._centres = self._drawn(rng, clusters)
        self._rng = rng

    def _drawn(self, rng: np.random.Generator, n: int) -> NDArray[np.float32]:
        drawn = rng.standard_normal((n, DIMENSION), dtype=np.float32) * self._spectrum
        return drawn / np.linalg.norm(self._spectrum)

    def of(self, cluster: NDArray[np.int64]) -> NDArray[np.float32]:
        array = self._mean + self._centres[cluster % len(self._centres)] + 0.7 * self._drawn(self._rng, len(cluster))
        return array / np.linalg.norm(array, axis=1, keepdims=True)

    def near(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        array = vector + 0.35 * self._drawn(self._rng, 1)[0]
        return np.asarray(array / np.linalg.norm(array), np.float32)


def extracted(number: int, texts: list[str]) -> tuple[SourceFile, tuple[Extracted, ...]]:
    """One file made of these passages."""
    text = "\n".join(texts)
    source = SourceFile(f"/library/part {number % 97}/report {number}.txt", len(text), number, f"{number:064x}")
    chunks = []
    start = 0
    for ordinal, passage in enumerate(texts):
        chunks.append(Chunk(ordinal, passage, Span(start, start + len(passage)), f"Report {number}"))
        start += len(passage) + 1
    document = Document(source, f"Report {number}", text, (Section(Span(0, len(text))),), "en", "text")
    words = tuple(" ".join(map(_words_of_token, passage.split(" "))) for passage in texts)
    return source, (Extracted(source, FileState.INDEXED, "", document, tuple(chunks), words),)


@functools.lru_cache(maxsize=500_000)
def _words_of_token(token: str) -> str:
    """Texts repeat here, so cutting them token by token is the faster way to the same words."""
    return segment(token)


def build(path: Path, texts: list[str], count: int) -> None:
    rng = random.Random(5)
    vocabulary = [word for text in texts[:20_000] for word in text.split(" ")]
    vectors = SyntheticVectors(count // 50)
    seconds = [0.0, 0.0]
    with Store.open(path, KEY) as store:
        store.activate(MODEL)
        for at in range(0, count, CHUNKS_PER_FILE):
            own = [texts[i % len(texts)] for i in range(at, at + CHUNKS_PER_FILE)]
            source, found = extracted(at, [changed(text, vocabulary, rng) for text in own] if at >= len(texts) else own)
            started = time.perf_counter()
            store.put_file(source, found)
            seconds[0] += time.perf_counter() - started
            digests = [passage_digest(chunk.embedded_text) for chunk in found[0].chunks]
            array = vectors.of(np.arange(at, at + len(digests)) // 7)
            started = time.perf_counter()
            store.put_vectors(digests, Vectors(MODEL, array))
            seconds[1] += time.perf_counter() - started
        print(f"putting text and words: {seconds[0]:.0f} s, vectors: {seconds[1]:.0f} s", flush=True)
    for file in sorted(path.parent.iterdir()):
        print(f"  {file.name}: {file.stat().st_size / 1e6:.0f} MB")


def questions(store: Store, texts: list[str]) -> Iterator[tuple[tuple[str, ...], NDArray[np.float32]]]:
    """Three to eight telling words that stand together somewhere, and a vector near a stored one."""
    rng = random.Random(6)
    vectors = SyntheticVectors(1_000)
    last = store.counts().chunks
    for _ in range(ASKED):
        words = rng.choice(texts).split(" ")
        at = rng.randrange(max(1, len(words) - 14))
        asked = query_words(" ".join(words[at : at + rng.randrange(6, 15)]))[: rng.randrange(3, 9)]
        yield asked, vectors.near(store.vectors_of([rng.randrange(1, last)])[0])


def latency(name: str, calls: list[Callable[[], object]]) -> None:
    for call in calls[:3]:
        call()
    seconds, busy = [], []
    for call in calls:
        started, worked = time.perf_counter(), time.process_time()
        call()
        seconds.append(time.perf_counter() - started)
        busy.append(time.process_time() - worked)
    p50, p95, top = np.percentile(seconds, [50, 95, 100]) * 1e3
    cpu50, cpu95 = np.percentile(busy, [50, 95]) * 1e3
    print(
        f"{name:<10} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   max {top:6.1f} ms   "
        f"(processor time p50 {cpu50:.1f}, p95 {cpu95:.1f})",
        flush=True,
    )


def measure(path: Path, texts: list[str]) -> None:
    memory = psutil.Process().memory_info
    before = memory().rss
    started = time.perf_counter()
    with Store.open(path, KEY) as store:
        asked = list(questions(store, texts))
        store.search_vectors(asked[0][1], 10)
        print(f"open, first search: {time.perf_counter() - started:.2f} s")
        latency("words", [lambda w=w: store.search_words(w, 50) for w, _ in asked])  # type: ignore[misc]
        latency("vectors", [lambda v=v: store.search_vectors(v, 50) for _, v in asked])  # type: ignore[misc]
        both: list[Callable[[], object]] = [
            lambda w=w, v=v: store.chunk_hits(  # type: ignore[misc]
                [s.chunk_id for s in (*store.search_words(w, 50)[:10], *store.search_vectors(v, 50)[:10])]
            )
            for w, v in asked
        ]
        latency("both+text", both)
        now = memory()
        print(f"memory: {(now.rss - before) / 1e6:.0f} MB more than before opening, {now.rss / 1e6:.0f} MB in all")
        recall(store, [v for _, v in asked])


def recall(store: Store, vectors: list[NDArray[np.float32]]) -> None:
    """Compared by score: another chunk that is exactly as near is as good."""
    truth = exact_scores(store, np.stack(vectors))
    found = [store.search_vectors(vector, 10) for vector in vectors]
    right = [sum(hit.score >= best[-1] - 1e-4 for hit in hits) / 10 for hits, best in zip(found, truth, strict=True)]
    print(f"recall@10 against exact: {np.mean(right):.4f}, worst question {min(right):.1f}")


def exact_scores(store: Store, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32 [n, 10]: the ten best cosines, over every stored chunk."""
    best = np.full((len(vectors), 10), -1.0, np.float32)
    last = store.counts().chunks
    for start in range(1, last + 1, 20_000):
        scores = vectors @ store.vectors_of(range(start, min(start + 20_000, last + 1))).T
        best = np.sort(np.concatenate([best, scores], axis=1), axis=1)[:, -10:]
    return np.ascontiguousarray(best[:, ::-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, required=True, help="folder with text to index")
    parser.add_argument("--million", action="store_true", help="1,000,000 chunks instead of 100,000")
    parser.add_argument("--chunks", type=int, default=100_000, help=argparse.SUPPRESS)
    parser.add_argument("--keep", type=Path, help="folder of the library, used again when it exists")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    count = 1_000_000 if options.million else options.chunks
    texts = passages(options.text, min(count, 250_000), random.Random(4))
    if options.measure:
        measure(options.keep / "library.db", texts[:5_000])
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        print(f"{count} chunks from {len(texts)} passages", flush=True)
        library = folder / "library.db"
        if not library.exists():
            build(library, texts, count)
        if not snapshot_path(library).exists():
            started = time.perf_counter()
            with Store.open(library, KEY) as store:
                store.save_snapshot()
            print(f"index and snapshot: {time.perf_counter() - started:.1f} s", flush=True)
        again = [
            sys.executable,
            "-m",
            "tests.benchmarks.search_speed",
            "--text",
            str(options.text),
            "--keep",
            str(folder),
        ]
        subprocess.run([*again, "--measure", *(["--million"] if options.million else [])], check=True)


if __name__ == "__main__":
    main()
