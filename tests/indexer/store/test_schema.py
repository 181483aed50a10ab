"""Formats of the library: what was published opens for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path

import apsw
import pytest

from indexer.store import schema
from indexer.store.library import Store
from tests.indexer.store.material import KEY, MODEL, embed, put

PUBLISHED = ("48f3da55b03e89588456a2053b98299f6e790c3e794b0ab474b1292c6c66b27e",)
"""SHA-256 of each published migration."""


def test_published_migrations_never_change() -> None:
    assert [hashlib.sha256(one.encode()).hexdigest() for one in schema.MIGRATIONS[: len(PUBLISHED)]] == list(PUBLISHED)


@pytest.mark.parametrize("version", range(1, len(schema.MIGRATIONS) + 1))
def test_a_library_of_every_earlier_version_opens(tmp_path: Path, version: int) -> None:
    path = tmp_path / "library.db"
    schema.connect(path, KEY, writer=True, migrations=schema.MIGRATIONS[:version]).close()
    with Store.open(path, KEY) as store:
        store.activate(MODEL)
        put(store, "/a.txt", "The quick brown fox. " * 20)
        embed(store)
        assert store.search_words(("fox",), 1)
        assert store.check().sound


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "library.db", KEY) as store:
        put(store, "/a.txt", "The quick brown fox. " * 20)
    return tmp_path / "library.db"


def test_a_migration_runs_once_and_keeps_what_is_there(path: Path) -> None:
    longer = (*schema.MIGRATIONS, "ALTER TABLE files ADD COLUMN colour TEXT")
    for _ in range(2):
        connection = schema.connect(path, KEY, writer=True, migrations=longer)
        assert connection.pragma("user_version") == len(longer)
        assert connection.execute("SELECT count(colour IS NULL) FROM files").get == 1
        connection.close()


def test_a_migration_that_fails_leaves_the_library_as_it_was(path: Path) -> None:
    broken = (*schema.MIGRATIONS, "CREATE TABLE half(x); SELECT nonsense FROM nowhere")
    with pytest.raises(apsw.SQLError):
        schema.connect(path, KEY, writer=True, migrations=broken)
    with Store.open(path, KEY) as store:
        assert store.counts().files == 1
        assert store._writer is not None
        assert not store._writer.table_exists(None, "half")


def test_pictures_of_an_older_library_are_read_again_and_its_readers_need_no_writer(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    reason = "This is a picture; reading text in pictures needs a recognizer pack."
    with schema.connect(path, KEY, writer=True, migrations=schema.MIGRATIONS[:1]) as old:
        for name, why in (("/a.png", reason), ("/b.txt", "There is no text in it.")):
            old.execute(
                "INSERT INTO files(path, size, modified_ns, digest, state, reason, format_id, title, language,"
                " has_lines, scanned_at) VALUES(?, 5, 7, 'digest', 'unsupported', ?, '', '', 'und', 0, 0)",
                (name, why),
            )
    old.close()
    with Store.open(path, KEY, writer=False) as reader:
        known = {file.path: file.modified_ns for file in reader.known_files("/")}
        assert known == {"/a.png": 0, "/b.txt": 7}
        assert reader.counts().waiting == 0
