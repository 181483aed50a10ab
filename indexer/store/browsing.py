"""The library as a person looks through it: folders with their sums, files with their states, a document to read.

Reads only. What a search finds is wording.py's and vector_search.py's.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import chain
from typing import Any

import apsw

from indexer.document import FileState, Section, Span
from indexer.store import embeddings
from indexer.store.catalog import real_path, stored_path, tree_range
from indexer.store.names import NameList, folded
from indexer.store.records import FileLine, FolderSum, StoredDocument
from indexer.store.texts import unpack_chunk, whole_text

GAVE_TEXT = (FileState.INDEXED, FileState.PENDING)
GAVE_NONE = (FileState.EMPTY, FileState.UNSUPPORTED, FileState.WAITING)
"""States of files that have nothing to give, or not yet; all others but those that gave text are failures."""
_FAILED = f"state NOT IN ({', '.join('?' * len(GAVE_TEXT + GAVE_NONE))})"

_LINE = "SELECT path, state, reason, size, modified_ns, chunk_count, format_id, title FROM files"


class Browser:
    """Made by the store, which gives it connections."""

    def __init__(self, reading: Callable[[], AbstractContextManager[apsw.Connection]]) -> None:
        self._reading = reading
        self._names = NameList()
        self._renewing = threading.Lock()

    def folder_sum(self, path: str) -> FolderSum:
        """What lies at or below a path. Files and their states without members; chunks with them."""
        with self._reading() as connection:
            where, values = _inside(path)
            row = connection.execute(
                "SELECT ifnull(sum(parent IS NULL), 0), ifnull(sum(parent IS NULL AND state = 'indexed'), 0),"  # noqa: S608
                " ifnull(sum(parent IS NULL AND state = 'pending'), 0),"
                f" ifnull(sum(parent IS NULL AND {_FAILED}), 0), ifnull(sum(chunk_count), 0),"
                " ifnull(sum(iif(parent IS NULL, size, 0)), 0), ifnull(sum(id IN (SELECT file FROM unread)), 0)"
                f" FROM files WHERE {where}",
                (*GAVE_TEXT, *GAVE_NONE, *values),
            ).fetchone()
        assert row is not None
        return FolderSum(*row)

    def files(self, folder: str, state: str, text: str, limit: int) -> tuple[tuple[FileLine, ...], int]:
        """Files and members by path, and how many there are. `state` is a FileState, `failed`, or empty for all;
        `waiting` finds those with a page that waits, whether others gave text or not.

        `text` is looked for in the path, width and case folded.
        """
        conditions: list[str] = []
        values: list[str] = []
        if folder:
            where, inside = _inside(folder)
            conditions.append(where)
            values += inside
        if state == "failed":
            conditions.append(_FAILED)
            values += (*GAVE_TEXT, *GAVE_NONE)
        elif state == FileState.WAITING:
            conditions.append("id IN (SELECT file FROM unread)")
        elif state:
            conditions.append("state = ?")
            values.append(state)
        wanted = folded(text)
        if wanted and wanted.isascii():
            conditions.append("instr(lower(path), ?) > 0")
            values.append(wanted)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        with self._reading() as connection:
            if not wanted.isascii():
                return _with_letters(connection, where, values, wanted, limit)
            # Without conditions the index by path has the first rows at once; with them one pass over all is quickest.
            order = "+path" if conditions else "path"
            rows: Iterable[tuple[Any, ...]] = connection.execute(
                f"{_LINE}{where} ORDER BY {order} LIMIT ?", (*values, limit)
            )
            found = tuple(map(_line, rows))
            total: int = connection.execute(f"SELECT count(*) FROM files{where}", values).get  # noqa: S608
        return found, total

    def named(self, text: str, k: int) -> tuple[tuple[FileLine, ...], int]:
        """Files and members whose name has every word of `text`, best first, and how many were found."""
        self._refresh_names()
        with self._reading() as connection:
            ids, total = self._names.find(text, k)
            rows = chain.from_iterable(connection.execute(f"{_LINE} WHERE id = ?", (file,)) for file in ids)
            return tuple(_line(row) for row in rows), total

    def _refresh_names(self) -> None:
        """Make the list of names when it is wanting; a long one in the background, while the old one serves."""
        with self._reading() as connection:
            generation = embeddings.generation(connection)
            if self._names.is_due(generation) and not self._names.is_long:
                self._names.make(connection, generation)
        if self._names.is_due(generation) and self._renewing.acquire(blocking=False):
            threading.Thread(target=self._renew_names, args=(generation,), name="names", daemon=True).start()

    def _renew_names(self, generation: int) -> None:
        try:
            with self._reading() as connection:
                self._names.make(connection, generation)
        finally:
            self._renewing.release()

    def document(self, path: str) -> StoredDocument | None:
        """A file or member as it was read; None when it is not known.

        The text is kept whole, so every span holds. Sections are not kept: they are put together from the chunks, so
        small ones that share a chunk are one.
        """
        with self._reading() as connection:
            row = connection.execute(
                "SELECT id, path, title, format_id, size, modified_ns, digest, state, reason, has_lines FROM files"
                " WHERE path = ?",
                (stored_path(path),),
            ).fetchone()
            if row is None:
                return None
            file, stored, title, format_id, size, modified_ns, digest, state, reason, has_lines = row
            return StoredDocument(
                path=real_path(stored),
                title=title,
                format_id=format_id,
                size=size,
                modified_ns=modified_ns,
                digest=digest,
                state=FileState(state),
                reason=reason,
                has_lines=bool(has_lines),
                text=whole_text(connection, file),
                sections=_sections(connection, file),
            )


def _inside(path: str) -> tuple[str, list[str]]:
    """Files at or below a path, members of such a file included.

    `+path` keeps SQLite from going by its index: looking up every row in the order of paths takes ten times as long as
    one pass over all rows.
    """
    stored = stored_path(path)
    where = "(+path = ? OR (+path >= ? AND +path < ?) OR (+path >= ? || '!/' AND +path < ? || '!0'))"
    return where, [stored, *tree_range(path), stored, stored]


def _with_letters(
    connection: apsw.Connection, where: str, values: Sequence[str], wanted: str, limit: int
) -> tuple[tuple[FileLine, ...], int]:
    """Paths that have `wanted`, compared here: SQLite folds ASCII letters only."""
    rows: Iterable[tuple[Any, ...]] = connection.execute(f"SELECT path, id FROM files{where}", values)  # noqa: S608
    found = sorted((path, file) for path, file in rows if wanted in folded(path))
    first = (connection.execute(f"{_LINE} WHERE id = ?", (file,)).fetchone() for _, file in found[:limit])
    return tuple(_line(row) for row in first if row is not None), len(found)


def _line(row: Sequence[Any]) -> FileLine:
    path, state, *rest = row
    return FileLine(real_path(path), FileState(state), *rest)


def _sections(connection: apsw.Connection, file: int) -> tuple[Section, ...]:
    rows: Iterable[tuple[Any, ...]] = connection.execute(
        "SELECT start, stop, context, place FROM chunks WHERE id >= (SELECT first_chunk FROM files WHERE id = ?1)"
        " AND id < (SELECT first_chunk + chunk_count FROM files WHERE id = ?1) AND file = ?1 ORDER BY id",
        (file,),
    )
    sections: list[Section] = []
    for start, stop, context, place in rows:
        chunk = unpack_chunk(0, "", Span(start, stop), context, place)
        header = _header(context, chunk.heading) if chunk.rows is not None else ""
        first_row = chunk.rows[0] if chunk.rows is not None else None
        section = Section(
            chunk.span, chunk.heading, chunk.kind, chunk.page, chunk.slide, chunk.sheet, first_row, header
        )
        if sections and _goes_on(sections[-1], section):
            sections[-1] = replace(sections[-1], span=Span(sections[-1].span.start, stop))
        else:
            sections.append(section)
    return tuple(sections)


def _goes_on(before: Section, section: Section) -> bool:
    return _place(before) == _place(section) and before.header == section.header


def _place(section: Section) -> tuple[Any, ...]:
    return section.heading, section.kind, section.page, section.slide, section.sheet


def _header(context: str, heading: Sequence[str]) -> str:
    """The header row stands last in a chunk's context, if there is one: after the title and the heading path."""
    lines = context.split("\n")
    return lines[-1] if " | " in lines[-1] and lines[-1] != " > ".join(heading) else ""
