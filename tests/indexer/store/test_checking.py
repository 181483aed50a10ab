"""Every kind of damage that can be planted is told, mended, and gone afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from indexer.store import snapshot
from indexer.store.library import Store
from tests.indexer.store.material import KEY, MODEL, embed, extracted, put, vector_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db", KEY) as opened:
        opened.activate(MODEL)
        for number in range(4):
            text = f"Number {number}: the quick brown fox jumps over the lazy dog. " * 5
            put(opened, f"/docs/{number}.txt", text, extracted(f"/docs/{number}.txt!/inner.txt", f"inner {text}"))
        embed(opened)
        opened.search_vectors(vector_of("x"), 1)
        opened.save_snapshot()
        yield opened


def sql(statement: str) -> Callable[[Store], None]:
    def plant(store: Store) -> None:
        assert store._writer is not None
        store._writer.execute(statement)

    return plant


def stale_vector(store: Store) -> None:
    assert store._vectors._now is not None
    store._vectors._now.index.add(np.array([987_654]), vector_of("stale")[None])


def lost_vector(store: Store) -> None:
    assert store._vectors._now is not None
    store._vectors._now.index.remove(np.array([2]))


def flipped_byte(store: Store) -> None:
    path = snapshot.snapshot_path(store.path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


ONE = "(SELECT id FROM files WHERE path = '/docs/1.txt')"
FIRST = "(SELECT first_chunk FROM files WHERE path = '/docs/1.txt')"

DAMAGE = {
    "a words row is gone": sql(f"DELETE FROM words WHERE rowid = {FIRST}"),
    "a words row of nothing": sql("INSERT INTO words(rowid, text, context, name) VALUES(99999, 'a', 'b', 'c')"),
    "a name is gone": sql(f"DELETE FROM names WHERE rowid = {ONE}"),
    "a name of nothing": sql("INSERT INTO names(rowid, name, folders) VALUES(99999, 'a', 'b')"),
    "a vector is gone": sql("DELETE FROM vectors WHERE passage = 3"),
    "a vector of the wrong length": sql("UPDATE vectors SET halves = x'0000' WHERE passage = 3"),
    "a vector of nothing": sql("INSERT INTO vectors SELECT model, 99999, halves FROM vectors WHERE passage = 3"),
    "a text is gone": sql(f"DELETE FROM blocks WHERE file = {ONE}"),
    "a text of nothing": sql("INSERT INTO blocks(file, start, packed) VALUES(99999, 0, x'00')"),
    "a chunk is gone": sql(f"DELETE FROM chunks WHERE id = {FIRST}"),
    "a chunk of nothing": sql(
        "INSERT INTO chunks SELECT 99999, 99999, passage, 0, 0, 1, '', place FROM chunks LIMIT 1"
    ),
    "a passage is gone": sql("DELETE FROM passages WHERE id = 3"),
    "a passage nobody uses": sql("INSERT INTO passages(digest) VALUES(x'00')"),
    "an orphan that is none": sql("INSERT INTO orphans VALUES(3)"),
    "a queue entry without need": sql("INSERT INTO unembedded SELECT model, passage FROM vectors LIMIT 1"),
    "a wrong state": sql("UPDATE files SET state = 'pending' WHERE path = '/docs/1.txt'"),
    "a failed file with chunks": sql("UPDATE files SET state = 'damaged' WHERE path = '/docs/1.txt'"),
    "a wrong count": sql("UPDATE files SET missing = 5 WHERE path = '/docs/1.txt'"),
    "a member without its file": sql(f"UPDATE files SET parent = 99999 WHERE parent = {ONE}"),
    "a stale entry in FAISS": stale_vector,
    "a lost entry in FAISS": lost_vector,
    "a flipped byte in the snapshot": flipped_byte,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_found_and_mended(store: Store, damage: str) -> None:
    assert store.check().problems == ()
    DAMAGE[damage](store)
    found = store.check()
    assert found.problems
    assert not found.sound
    report = store.repair()
    assert report.sound
    assert set(found.problems) <= set(report.mended)
    assert store.check().problems == ()
    embed(store)
    assert store.check().problems == ()
    assert store.counts().pending == 0


def test_a_sound_library_is_left_as_it_is(store: Store) -> None:
    before = store.generation
    report = store.repair()
    assert report.problems == ()
    assert (report.files, report.chunks, report.vectors) == (4, 24, 18)
    assert store.generation == before


def test_mended_words_are_the_words_there_were(store: Store) -> None:
    before = store.search_words(("number", "fox"), 50)
    sql("DELETE FROM words WHERE rowid % 2 = 0")(store)
    assert store.search_words(("number", "fox"), 50) != before
    store.repair()
    assert store.search_words(("number", "fox"), 50) == before
