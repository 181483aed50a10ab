"""Pages that are pictures: which wait for text recognition, and what it found on the others, line by line. Functions of
the caller's transaction; scans.py is the door to them.

Lines are kept by the digest of the file's bytes and the page, so that a copy is never read again and a stop in the
middle of a long scan costs one page. They lie in the library like all text, and go when no file has that digest.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import apsw
import msgspec

from indexer.document import MEMBER_SEPARATOR
from indexer.store.catalog import real_path, stored_path, tree_range
from indexer.store.records import PageText, UnreadFile

_decoder = msgspec.msgpack.Decoder(PageText)


def waiting(connection: apsw.Connection, root: str) -> Iterable[tuple[str, UnreadFile]]:
    path = stored_path(root)
    rows: Iterable[tuple[Any, ...]] = connection.execute(
        "SELECT f.path, f.digest, f.modified_ns, group_concat(u.page) FROM unread u JOIN files f ON f.id = u.file"
        " WHERE f.path = ? OR (f.path >= ? AND f.path < ?) OR (f.path >= ? || '!/' AND f.path < ? || '!0')"
        " GROUP BY f.id",
        (path, *tree_range(root), path, path),
    )
    for stored, digest, modified_ns, pages in rows:
        real = real_path(stored)
        yield real, UnreadFile(real, digest, modified_ns, tuple(sorted(map(int, str(pages).split(",")))))


def page_text(connection: apsw.Connection, digest: str, page: int) -> PageText | None:
    packed = connection.execute("SELECT packed FROM page_texts WHERE digest = ? AND page = ?", (digest, page)).get
    return None if packed is None else _decoder.decode(zlib.decompress(packed))


def put_page(connection: apsw.Connection, digest: str, page: int, text: PageText) -> None:
    """Only for a file that is still known: recognition takes its time, and the file may be gone meanwhile."""
    connection.execute(
        "INSERT OR REPLACE INTO page_texts SELECT ?1, ?2, ?3 WHERE EXISTS(SELECT 1 FROM files WHERE digest = ?1)",
        (digest, page, zlib.compress(msgspec.msgpack.encode(text), 4)),
    )


def is_waiting(connection: apsw.Connection, path: str, digest: str) -> bool:
    """Whether the file is still known by these bytes, with a page that nobody has read."""
    found = connection.execute(
        "SELECT 1 FROM files f JOIN unread u ON u.file = f.id WHERE f.path = ? AND f.digest = ?",
        (stored_path(path), digest),
    ).get
    return found is not None


def note_unread(connection: apsw.Connection, file: int, pages: Iterable[int]) -> None:
    connection.executemany("INSERT INTO unread VALUES(?, ?)", ((file, page) for page in pages))


def digests(connection: apsw.Connection, path: str) -> tuple[str, ...]:
    """Those of a file and its members that may have recognized pages."""
    rows: Iterable[tuple[Any, ...]] = connection.execute(
        "SELECT digest FROM files f WHERE (path = ?1 OR parent = (SELECT id FROM files WHERE path = ?1))"
        " AND EXISTS(SELECT 1 FROM page_texts p WHERE p.digest = f.digest)",
        (stored_path(path),),
    )
    return tuple(digest for (digest,) in rows)


def forget(connection: apsw.Connection, gone: Iterable[str]) -> None:
    """Lines of these digests, for those that no file has any more."""
    connection.executemany(
        "DELETE FROM page_texts WHERE digest = ?1 AND NOT EXISTS(SELECT 1 FROM files WHERE digest = ?1)",
        ((digest,) for digest in gone),
    )


def settle_containers(connection: apsw.Connection, family: Sequence[int]) -> None:
    """Archives and mails that waited for what is in them: found by it now, still waiting, or empty like it."""
    for file in family:
        path, state = connection.execute("SELECT path, state FROM files WHERE id = ?", (file,)).get
        if state != "waiting" or connection.execute("SELECT 1 FROM unread WHERE file = ?", (file,)).get:
            continue
        inside = (path + MEMBER_SEPARATOR, path + "!0")
        members = "FROM files WHERE path > ? AND path < ?"
        if connection.execute(f"SELECT 1 {members} AND chunk_count > 0", inside).get:
            connection.execute("UPDATE files SET state = 'indexed', reason = '' WHERE id = ?", (file,))
        elif not connection.execute(f"SELECT 1 {members} AND state = 'waiting'", inside).get:
            connection.execute(
                "UPDATE files SET state = 'empty', reason = 'Nothing in it could be read.' WHERE id = ?", (file,)
            )
