"""How fast does the embedder embed, against sentence-transformers on torch in float32 with the same weights?

Run: python -m tests.benchmarks.embedder_speed --pack FOLDER --text FOLDER [--peer-python PYTHON --peer-model FOLDER]

Texts are passages (900 characters, 350 where Chinese) from the files below `--text`. The peer gets the same texts with
the same prefix, in batches of 32 as is its default, in an interpreter that has sentence-transformers.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import time
from pathlib import Path

import numpy as np
import psutil

from copilot import runtime
from copilot.engines.embedder import open_embedder
from copilot.models.pack import read_pack
from copilot.placement import Placement
from tests.benchmarks.search_speed import passages

QUERIES = (
    "How do I add a footnote?",
    "如何在文档中插入脚注？",
    "budget report of the finance department, second draft",
)
PEER = """
import json, sys, time
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu")
texts = json.load(sys.stdin)
model.encode(texts[:8])
began = time.perf_counter()
vectors = model.encode(texts, normalize_embeddings=True)
print(json.dumps({"seconds": time.perf_counter() - began, "vectors": vectors.tolist()}))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--peer-python")
    parser.add_argument("--peer-model")
    chosen = parser.parse_args()
    pack = read_pack(chosen.pack)
    texts = passages(chosen.text, chosen.count, random.Random(7))
    began = time.perf_counter()
    embedder = open_embedder(pack, Placement("CPU", "", (), ()))
    embedder.warm_up()
    print(f"cores {os.cpu_count()}, load {os.getloadavg()[0]:.1f}, OpenVINO {runtime.version()}, {embedder.model_id}")
    print(f"open and first query {time.perf_counter() - began:.2f} s, resident {_resident()} MB")
    for query in QUERIES:
        embedder.embed_query(query)
    times = []
    for number in range(60):
        began = time.perf_counter()
        embedder.embed_query(f"{QUERIES[number % len(QUERIES)]} {number}")
        times.append((time.perf_counter() - began) * 1000)
    print(f"query: median {statistics.median(times):.1f} ms, p95 {np.percentile(times, 95):.1f} ms")
    embedder.embed_passages(texts)
    began = time.perf_counter()
    vectors = embedder.embed_passages(texts).array
    rate = len(texts) / (time.perf_counter() - began)
    print(f"Nearside: {rate:.1f} texts/s ({len(texts)} texts), resident {_resident()} MB")
    if chosen.peer_python and chosen.peer_model:
        given = json.dumps([pack.passage_prefix + text for text in texts])
        command = [chosen.peer_python, "-c", PEER, chosen.peer_model]
        done = subprocess.run(
            command, input=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True
        )
        peer = json.loads(done.stdout.splitlines()[-1])
        theirs = len(texts) / peer["seconds"]
        cosines = (vectors * np.array(peer["vectors"], dtype=np.float32)).sum(axis=1)
        print(f"sentence-transformers, torch f32: {theirs:.1f} texts/s; ratio {rate / theirs:.2f} (goal 3)")
        print(f"cosine to the peer's vectors: mean {cosines.mean():.5f}, least {cosines.min():.5f}")


def _resident() -> int:
    return int(psutil.Process().memory_info().rss / 1e6)


if __name__ == "__main__":
    main()
