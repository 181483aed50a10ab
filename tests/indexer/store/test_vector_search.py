"""FAISS in step with the store: snapshot, change log, growth, other processes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.store import snapshot, vector_search, vectors
from indexer.store.library import Store
from indexer.store.vectors import Kind
from tests.indexer.store.material import KEY, MODEL, embed, put, vector_of

Found = list[tuple[int, float]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db", KEY) as opened:
        opened.activate(MODEL)
        fill(opened, 0, 6)
        yield opened


def fill(store: Store, first: int, last: int) -> None:
    for number in range(first, last):
        put(store, f"/{number}.txt", f"This is text number {number} and it is like no other. " * 4)
    embed(store)


def nearest(store: Store) -> list[int]:
    return [one.chunk_id for one in store.search_vectors(vector_of("query"), 8)]


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts how often the index is built from the stored vectors."""
    made: list[int] = []
    build = vector_search._built

    def counted(*arguments: object) -> object:
        made.append(1)
        return build(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(vector_search, "_built", counted)
    return made


def test_a_snapshot_saves_the_building(store: Store, builds: list[int]) -> None:
    expected = nearest(store)
    store.save_snapshot()
    store.close()
    builds.clear()
    with Store.open(store.path, KEY) as again:
        assert nearest(again) == expected
        assert again.check().sound
    assert builds == []


def test_a_snapshot_a_little_behind_catches_up(store: Store, builds: list[int]) -> None:
    store.save_snapshot()
    fill(store, 6, 9)
    store.drop_folder("/0.txt")
    expected = nearest(store)
    store.close()
    builds.clear()
    with Store.open(store.path, KEY) as again:
        assert nearest(again) == expected
        assert again.check().sound
    assert builds == []


@pytest.mark.parametrize("harm", ["missing", "flipped", "cut", "other key", "other library"])
def test_an_unfit_snapshot_costs_a_build_and_nothing_else(
    store: Store, builds: list[int], harm: str, tmp_path: Path
) -> None:
    expected = nearest(store)
    store.save_snapshot()
    path = snapshot.snapshot_path(store.path)
    content = path.read_bytes()
    if harm == "missing":
        path.unlink()
    elif harm == "flipped":
        path.write_bytes(content[:200] + bytes([content[200] ^ 1]) + content[201:])
    elif harm == "cut":
        path.write_bytes(content[:-30])
    else:
        key = bytes(32) if harm == "other key" else KEY
        with Store.open(tmp_path / "other" / "library.db", key) as other:
            other.activate(MODEL)
            fill(other, 0, 5)
            other.save_snapshot()
            path.write_bytes(snapshot.snapshot_path(other.path).read_bytes())
    store.close()
    builds.clear()
    with Store.open(store.path, KEY) as again:
        assert nearest(again) == expected
    assert builds == [1]


def test_a_restored_backup_does_not_meet_a_snapshot_of_its_future(store: Store) -> None:
    store.close()
    backup = store.path.read_bytes()
    with Store.open(store.path, KEY) as ahead:
        fill(ahead, 6, 9)
        ahead.save_snapshot()
    store.path.write_bytes(backup)
    with Store.open(store.path, KEY) as restored:
        fill(restored, 20, 23)
        assert restored.check().sound
        assert len(nearest(restored)) == 8


def test_a_saved_snapshot_is_not_written_twice(store: Store) -> None:
    store.save_snapshot()
    before = snapshot.snapshot_path(store.path).stat().st_mtime_ns
    store.save_snapshot()
    assert snapshot.snapshot_path(store.path).stat().st_mtime_ns == before


def test_orphans_are_collected_in_the_end(store: Store) -> None:
    nearest(store)
    store.drop_files([f"/{number}.txt" for number in range(5)])
    store.save_snapshot()
    with store._reading() as connection:
        assert connection.execute("SELECT count(*) FROM vectors").get == store.counts().vectors
    assert store.check().sound


def test_a_grown_library_gets_the_next_index_while_it_answers(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 300)
    monkeypatch.setattr(vector_search, "EXACT_UP_TO", 300)
    assert len(nearest(store)) == 8
    fill(store, 10, 160)
    deadline = time.monotonic() + 60
    while store._vectors._now is None or store._vectors._now.index.kind is Kind.EXACT:
        assert len(nearest(store)) == 8
        assert time.monotonic() < deadline
    store.drop_folder("/12.txt")
    fill(store, 200, 203)
    found = store.search_vectors(vector_of("query"), 5)
    assert store.check().sound
    store.save_snapshot()
    store.close()
    with Store.open(store.path, KEY) as again:
        assert again.search_vectors(vector_of("query"), 5) == found
