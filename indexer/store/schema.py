"""How the library's file is opened and what tables it has: key, cipher, pragmas, migrations.

What the tables mean is told where they are used: catalog.py, embeddings.py, wording.py.

Decision: AEGIS-256 as the cipher. Of the authenticated ciphers in SQLite3 Multiple Ciphers it was the fastest by trial
(a random row in 11 us against 27 us with ChaCha20-Poly1305), and every flipped bit is an error instead of wrong text.
Decision: pages of 8 KB. Ten half-precision vectors or a text block fit on one, and WAL writes stay small.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from indexer.errors import DiskFull, StoreDamaged, StoreError, StoreKeyWrong, StoreLocked, StoreTooNew

KEY_BYTES = 32
_APPLICATION_ID = 0x4E535244

_FIRST = """
CREATE TABLE facts(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO facts VALUES('generation', 0);

CREATE TABLE folders(path TEXT PRIMARY KEY, excludes TEXT NOT NULL, label TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE files(
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    parent INTEGER REFERENCES files(id),
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    digest TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    format_id TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    has_lines INTEGER NOT NULL,
    first_chunk INTEGER NOT NULL DEFAULT 0,
    chunk_count INTEGER NOT NULL DEFAULT 0,
    missing INTEGER NOT NULL DEFAULT 0,
    scanned_at REAL NOT NULL
);
CREATE INDEX files_by_parent ON files(parent) WHERE parent IS NOT NULL;
CREATE INDEX files_by_digest ON files(digest);

CREATE TABLE blocks(id INTEGER PRIMARY KEY, file INTEGER NOT NULL, start INTEGER NOT NULL, packed BLOB NOT NULL);
CREATE INDEX blocks_by_file ON blocks(file, start);

CREATE TABLE passages(id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL UNIQUE);
CREATE TABLE orphans(passage INTEGER PRIMARY KEY);

CREATE TABLE chunks(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file INTEGER NOT NULL,
    passage INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    context TEXT NOT NULL,
    place BLOB NOT NULL
);
CREATE INDEX chunks_by_passage ON chunks(passage);

CREATE VIRTUAL TABLE words USING fts5(
    text, context, name, content='', contentless_delete=1,
    tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'"
);
CREATE VIRTUAL TABLE names USING fts5(
    name, folders, content='', contentless_delete=1,
    tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'"
);

CREATE TABLE models(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, dimension INTEGER, active INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE vectors(
    model INTEGER NOT NULL, passage INTEGER NOT NULL, halves BLOB NOT NULL, PRIMARY KEY(model, passage)
) WITHOUT ROWID;
CREATE TABLE unembedded(model INTEGER NOT NULL, passage INTEGER NOT NULL, PRIMARY KEY(model, passage)) WITHOUT ROWID;
CREATE TABLE changes(
    generation INTEGER PRIMARY KEY, model INTEGER NOT NULL, added BLOB NOT NULL, removed BLOB NOT NULL,
    token BLOB NOT NULL
);
"""

_PICTURES = """
CREATE TABLE unread(file INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY(file, page)) WITHOUT ROWID;
CREATE TABLE page_texts(
    digest TEXT NOT NULL, page INTEGER NOT NULL, packed BLOB NOT NULL, PRIMARY KEY(digest, page)
) WITHOUT ROWID;
UPDATE files SET modified_ns = 0, digest = '' WHERE id IN (
    SELECT ifnull(parent, id) FROM files WHERE reason LIKE '%reading text in pictures needs%'
    OR reason LIKE '%text in pictures is not read%'
);
"""
"""Pages that are pictures wait in `unread` for text recognition, and leave their lines in `page_texts`. Files that were
read before there was any are read again: a time that no file has makes them look changed."""

MIGRATIONS: tuple[str, ...] = (_FIRST, _PICTURES)
"""Entry n takes a library from user_version n to n + 1. Published entries never change."""


def connect(path: Path, key: bytes, *, writer: bool, migrations: tuple[str, ...] = MIGRATIONS) -> apsw.Connection:
    """A connection that has proved its key. Raises StoreKeyWrong, StoreTooNew, StoreDamaged.

    Other encrypted files of Nearside open the same way, with migrations of their own.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a library's key has {KEY_BYTES} bytes")
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if writer else 0)
    with translated(path):
        connection = apsw.Connection(str(path), flags=flags)
        try:
            connection.set_busy_timeout(10_000)
            connection.pragma("cipher", "aegis")
            connection.execute(f"PRAGMA key='raw:{key.hex()}'")
            connection.pragma("page_size", 8192)
            version = connection.pragma("user_version")
            if version > len(migrations):
                raise StoreTooNew(str(path), version, len(migrations))
            connection.pragma("cache_size", -16_000 if writer else -8_000)
            connection.pragma("temp_store", 2)
            connection.pragma("secure_delete", 1)
            connection.pragma("recursive_triggers", 0)
            if writer:
                connection.pragma("journal_mode", "wal")
                connection.pragma("synchronous", 1)
                # 32 MB: pages that every file touches are copied into the main file once for many, not for each few.
                connection.pragma("wal_autocheckpoint", 4_000)
                _migrate(connection, version, migrations)
            else:
                if 0 < version < len(migrations):  # whoever reads first after an update
                    _migrate(connection, version, migrations)
                connection.pragma("query_only", 1)
        except BaseException:
            connection.close()
            raise
    return connection


def _migrate(connection: apsw.Connection, version: int, migrations: tuple[str, ...]) -> None:
    for number in range(version, len(migrations)):
        with transaction(connection):
            if connection.pragma("user_version") > number:
                continue  # another process was quicker
            connection.execute(migrations[number])
            connection.pragma("application_id", _APPLICATION_ID)
            connection.pragma("user_version", number + 1)


@contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """All of it or nothing. Taking the write lock at once is what makes a busy wait possible."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors as the store's own."""
    try:
        yield
    except apsw.FullError:
        raise DiskFull(str(path)) from None
    except apsw.NotADBError:
        raise StoreKeyWrong(str(path)) from None
    except (apsw.CorruptError, apsw.FormatError) as error:
        raise StoreDamaged(str(path), "its file does not read back as it was written") from error
    except apsw.BusyError:
        raise StoreLocked(str(path)) from None
    except (apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError) as error:
        raise StoreError(
            str(path),
            "The library can't be read or written.",
            "Check that its folder exists, is yours, and its disk works.",
        ) from error
