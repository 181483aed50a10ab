"""Retrieval quality as a Markdown table: words, vectors, hybrid, with reranker, Recoll; English and Chinese apart.

    python -m tests.quality.retrieval.run --cache FOLDER --embedder PACK_FOLDER [--reranker PACK_FOLDER]

The first run fetches the corpora and embeds some 17,000 chunks; later runs take what they know from the cache. Only the
`held-out` half is a result; the `dev` half is what weights were chosen on.
"""

from __future__ import annotations

import argparse
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from copilot.engines.embedder import open_embedder
from copilot.engines.rehearsal import RehearsalEmbedder
from copilot.engines.reranker import open_reranker
from copilot.models.pack import read_pack
from copilot.placement import place
from indexer.centering import centered
from indexer.ports import Embedder, Reranker
from indexer.query import Query
from indexer.retriever import Retriever
from indexer.store.library import Store
from indexer.words import query_words
from tests.quality.corpora import corpus
from tests.quality.retrieval import recoll
from tests.quality.retrieval.library import RememberingEmbedder, open_library
from tests.quality.retrieval.measures import Measures, first_right, mean
from tests.quality.retrieval.questions import Question, abroad, titles, without_titles, written

_DEPTH = 30
"""Chunks asked for; a file ranks where its best chunk does."""
_WITH_RERANKER = "hybrid + reranker"
"""Natural questions only: a reranker reads 20 passages a question, and titles are found without it."""
_LANGUAGES = {"en": "English", "zh": "Chinese"}

System = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Row:
    questions: str
    split: str
    system: str
    measures: Measures


def systems(store: Store, folder: Path, embedder: Embedder, reranker: Reranker | None) -> dict[str, System]:
    """Each way to rank the files of one library."""

    def from_chunks(chunk_ids: Sequence[int]) -> list[str]:
        return list(dict.fromkeys(_below(stored.path, folder) for stored in store.chunk_hits(chunk_ids)))

    def words(text: str) -> list[str]:
        return from_chunks([found.chunk_id for found in store.search_words(query_words(text), _DEPTH)])

    def vectors(text: str) -> list[str]:
        return from_chunks([found.chunk_id for found in store.search_vectors(embedder.embed_query(text), _DEPTH)])

    def retrieved(retriever: Retriever) -> System:
        return lambda text: list(
            dict.fromkeys(_below(hit.path, folder) for hit in retriever.search(Query(text, _DEPTH)))
        )

    def turned(text: str) -> list[str]:
        searched = centered(embedder, text, embedder.embed_query(text))
        return from_chunks([found.chunk_id for found in store.search_vectors(searched, _DEPTH)])

    ways: dict[str, System] = {"words only": words, "vectors only": vectors, "vectors only, centred": turned}
    ways["hybrid"] = retrieved(Retriever(store, embedder))
    if reranker is not None:
        ways[_WITH_RERANKER] = retrieved(Retriever(store, embedder, reranker))
    return ways


def measured(label: str, questions: Sequence[Question], ways: dict[str, System]) -> list[Row]:
    rows = []
    for split in ("dev", "held-out"):
        chosen = [question for question in questions if question.split == split]
        for name, way in ways.items():
            ranks = [first_right(way(question.text), question.gold) for question in chosen]
            rows.append(Row(label, split, name, mean(ranks)))
    return rows


def run(cache: Path, embedder: Embedder, reranker: Reranker | None) -> list[Row]:
    """Every set on every system."""
    rows: list[Row] = []
    folders = {
        language: corpus(language, cache, {path for one in written(language) for path in one.gold})
        for language in _LANGUAGES
    }
    for language, name in _LANGUAGES.items():
        folder = folders[language]
        store, _ = open_library(folder, cache / "lib" / f"{language}.db", embedder)
        judge = reranker if language == "en" else None  # the one there is reads English only
        with store:
            ways = systems(store, folder, embedder, judge) | _recoll(folder, cache / "recoll" / language)
            rows += measured(f"{name}, natural questions", written(language), ways)
            ways.pop(_WITH_RERANKER, None)
            rows += measured(f"{name}, titles quoted verbatim", titles(folder), ways)
            if language == "en":
                asked = abroad(written("zh"), folder)
                rows += measured("Chinese questions, English pages", asked, systems(store, folder, embedder, None))
        bare = without_titles(folder, cache / "corpora" / f"{language}-untitled")
        store, _ = open_library(bare, cache / "lib" / f"{language}-untitled.db", embedder)
        with store:
            ways = systems(store, bare, embedder, None) | _recoll(bare, cache / "recoll" / f"{language}-untitled")
            rows += measured(f"{name}, titles taken out of the pages", titles(folder), ways)
    return rows


def table(rows: Sequence[Row], split: str) -> str:
    lines = ["| questions | n | system | nDCG@10 | recall@5 | MRR |", "|---|---:|---|---:|---:|---:|"]
    for row in rows:
        if row.split == split:
            found = row.measures
            figures = f"{found.ndcg10:.3f} | {found.recall5:.3f} | {found.mrr:.3f}"
            lines.append(f"| {row.questions} | {found.questions} | {row.system} | {figures} |")
    return "\n".join(lines)


def machine() -> str:
    """What was measured on and with."""
    cpu = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text(encoding="ascii").splitlines():
        if line.startswith("model name"):
            cpu = line.split(":", 1)[1].strip()
            break
    names = ("openvino", "faiss-cpu", "apsw-sqlite3mc", "rjieba")
    return f"{cpu}, Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in names)


def _recoll(folder: Path, configuration: Path) -> dict[str, System]:
    if not recoll.installed():
        return {}
    peer = recoll.Recoll(folder, configuration)
    return {"recollq": lambda text: peer.ranking(text, _DEPTH)}


def _below(path: str, folder: Path) -> str:
    return Path(path).relative_to(folder).as_posix()


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure retrieval quality.")
    parser.add_argument("--cache", type=Path, required=True, help="folder for corpora, libraries and vectors")
    parser.add_argument("--embedder", type=Path, required=True, help="folder of an embedder pack")
    parser.add_argument("--reranker", type=Path, help="folder of a reranker pack")
    parser.add_argument("--quick", action="store_true", help="hashed words instead of the embedder: does it run?")
    arguments = parser.parse_args()
    pack = read_pack(arguments.embedder)
    opened = RehearsalEmbedder() if arguments.quick else open_embedder(pack, place("embedder", pack, None))
    embedder = RememberingEmbedder(opened, arguments.cache / "vectors.sqlite")
    judge = None
    if arguments.reranker is not None:
        judging = read_pack(arguments.reranker)
        judge = open_reranker(judging, place("reranker", judging, None))
    rows = run(arguments.cache, embedder, judge)
    peer = recoll.version() if recoll.installed() else "no Recoll on this machine"
    print(f"{machine()}, {peer}; embedder {embedder.model_id}" + (f", reranker {judge.model_id}" if judge else ""))
    print(f"\n### Held-out questions\n\n{table(rows, 'held-out')}\n\n### Questions that weights were chosen on\n")
    print(table(rows, "dev"))


if __name__ == "__main__":
    main()
