"""Saved conversations: an encrypted SQLite file of its own beside the library. Nothing here asks or answers.

A turn is written when its question is asked, its text a few times a second while it grows, and its answer at the end,
so that a crash costs a quarter of a second of text at most; what was still running then counts as interrupted.

Decision: a file of its own, not tables in the library. A library that is damaged or made anew takes no conversation
along, and "delete my conversations" is one file. What is deleted is overwritten, in the file and in its log.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from copilot.conversation import Answer, Delta, Question
from copilot.errors import ConversationUnknown
from copilot.reports import Conversation, ConversationRow, Conversations, Turn
from indexer.query import Filter
from indexer.reporter import Reporter
from indexer.store.names import folded
from indexer.store.schema import connect, transaction, translated

TITLE_CHARACTERS = 60
_APPEND_SECONDS = 0.25

RUNNING, DONE, STOPPED, FAILED, INTERRUPTED = "running", "done", "stopped", "failed", "interrupted"

_SCHEMA = """
CREATE TABLE conversations(
    id TEXT PRIMARY KEY, title TEXT NOT NULL, pinned INTEGER NOT NULL DEFAULT 0, updated_at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE turns(
    conversation TEXT NOT NULL, number INTEGER NOT NULL, question TEXT NOT NULL, scope BLOB NOT NULL, answer BLOB,
    partial TEXT NOT NULL DEFAULT '', asked_at REAL NOT NULL, state TEXT NOT NULL, failure TEXT NOT NULL DEFAULT '',
    offer TEXT NOT NULL DEFAULT '', sources BLOB NOT NULL, mark INTEGER NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY(conversation, number)
) WITHOUT ROWID;
"""
_TURN = "SELECT number, question, scope, answer, partial, asked_at, state, failure, offer, sources FROM turns"


class History:
    """Open with `History.open`. Thread-safe. Raises StoreError and its children."""

    def __init__(self, path: Path, key: bytes, *, writer: bool) -> None:
        self._path = path
        self._turn = threading.RLock()
        own_key = hashlib.blake2b(b"nearside history", key=key, digest_size=32).digest()
        self._connection = connect(path, own_key, writer=True, migrations=(_SCHEMA,))
        if writer:
            with self._changing():
                self._connection.execute("UPDATE turns SET state = ? WHERE state = ?", (INTERRUPTED, RUNNING))

    @classmethod
    def open(cls, path: Path, key: bytes, *, writer: bool = True) -> Self:
        """`key` is the library's; the history's own is derived from it. A `writer` is the only process that asks, so
        what still runs when it comes was interrupted."""
        return cls(path, key, writer=writer)

    def close(self) -> None:
        with self._turn:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._turn, translated(self._path), transaction(self._connection):
            yield

    # --- conversations

    def rows(self, text: str = "") -> Conversations:
        """Those that have every word of `text` in their title or in one turn. Pinned first, then the latest first."""
        with self._turn, translated(self._path):
            found: list[Any] = self._connection.execute(
                "SELECT c.id, title, pinned, updated_at, (SELECT count(*) FROM turns WHERE conversation = c.id)"
                " FROM conversations c ORDER BY pinned DESC, updated_at DESC"
            ).fetchall()
            words = folded(text).split()
            kept = [row for row in found if not words or self._has(row[0], row[1], words)]
        return Conversations(tuple(ConversationRow(i, title, bool(pin), at, n) for i, title, pin, at, n in kept))

    def _has(self, conversation_id: str, title: str, words: list[str]) -> bool:
        if all(word in folded(title) for word in words):
            return True
        where = " AND ".join(["instr(words, ?) > 0"] * len(words))
        query = f"SELECT 1 FROM turns WHERE conversation = ? AND {where} LIMIT 1"  # noqa: S608  marks only
        return self._connection.execute(query, (conversation_id, *words)).fetchone() is not None

    def get(self, conversation_id: str) -> Conversation:
        """Raises ConversationUnknown."""
        with self._turn, translated(self._path):
            row = self._connection.execute(
                "SELECT title, pinned FROM conversations WHERE id = ?", (conversation_id,)
            ).fetchone()
            if row is None:
                raise ConversationUnknown(conversation_id)
            turns: list[Any] = self._connection.execute(
                f"{_TURN} WHERE conversation = ? ORDER BY number", (conversation_id,)
            ).fetchall()
        return Conversation(conversation_id, row[0], bool(row[1]), tuple(map(_turn, turns)))

    def has(self, conversation_id: str) -> bool:
        with self._turn, translated(self._path):
            query = "SELECT 1 FROM conversations WHERE id = ?"
            return self._connection.execute(query, (conversation_id,)).fetchone() is not None

    def rename(self, conversation_id: str, title: str) -> None:
        """An empty title changes nothing. Raises ConversationUnknown."""
        self._known(conversation_id)
        if title := shortened(title):
            with self._changing():
                self._connection.execute("UPDATE conversations SET title = ? WHERE id = ?", (title, conversation_id))

    def pin(self, conversation_id: str, pinned: bool) -> None:
        """Raises ConversationUnknown."""
        self._known(conversation_id)
        with self._changing():
            self._connection.execute("UPDATE conversations SET pinned = ? WHERE id = ?", (pinned, conversation_id))

    def delete(self, conversation_id: str) -> None:
        """For good. Raises ConversationUnknown."""
        self._known(conversation_id)
        with self._changing():
            self._connection.execute("DELETE FROM turns WHERE conversation = ?", (conversation_id,))
            self._connection.execute("DELETE FROM conversations WHERE id = ?", (conversation_id,))
        self._forget_log()

    def drop_turns(self, conversation_id: str, first: int) -> None:
        """Forget the turns from number `first` on. Raises ConversationUnknown."""
        self._known(conversation_id)
        with self._changing():
            self._connection.execute(
                "DELETE FROM turns WHERE conversation = ? AND number >= ?", (conversation_id, first)
            )
        self._forget_log()

    def _known(self, conversation_id: str) -> None:
        if not self.has(conversation_id):
            raise ConversationUnknown(conversation_id)

    def _forget_log(self) -> None:
        """What was deleted is overwritten in the file (secure_delete), but older pages still stand in SQLite's log."""
        with self._turn, translated(self._path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    # --- turns

    def begin(self, conversation_id: str, question: Question, *, offer: str = "") -> TurnWriter:
        """A new turn at the end, of a new conversation if need be."""
        now = time.time()
        mark = time.time_ns()
        with self._changing():
            self._connection.execute(
                "INSERT INTO conversations(id, title, updated_at) VALUES(?1, ?2, ?3)"
                " ON CONFLICT(id) DO UPDATE SET updated_at = ?3, title = iif(title = '', ?2, title)",
                (conversation_id, shortened(question.text), now),
            )
            number = self._connection.execute(
                "SELECT ifnull(max(number), 0) + 1 FROM turns WHERE conversation = ?", (conversation_id,)
            ).get
            self._connection.execute(
                "INSERT INTO turns(conversation, number, question, scope, asked_at, state, offer, sources, mark, words)"
                " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    conversation_id,
                    number,
                    question.text,
                    msgspec.msgpack.encode(question.scope),
                    now,
                    RUNNING,
                    offer,
                    msgspec.msgpack.encode(()),
                    mark,
                    folded(question.text),
                ),
            )
        return TurnWriter(self, conversation_id, number, mark, question.text)

    def write(self, turn: TurnWriter, partial: str, state: str, **more: Any) -> None:
        """Nothing happens when the turn was dropped meanwhile, or another has taken its number."""
        columns = {"partial": partial, "state": state, **more}
        sets = ", ".join(f"{name} = ?" for name in columns)
        with self._changing():
            self._connection.execute(
                f"UPDATE turns SET {sets} WHERE conversation = ? AND number = ? AND mark = ?",  # noqa: S608
                (*columns.values(), turn.conversation_id, turn.number, turn.mark),
            )
            if state != RUNNING:
                query = "UPDATE conversations SET updated_at = ? WHERE id = ?"
                self._connection.execute(query, (time.time(), turn.conversation_id))


class TurnWriter:
    """A turn under way. Used as the Reporter of its answer, it writes the text down as it grows."""

    def __init__(self, history: History, conversation_id: str, number: int, mark: int, question: str) -> None:
        self.conversation_id, self.number, self.mark = conversation_id, number, mark
        self._history = history
        self._question = question
        self._text = ""
        self._written = time.monotonic()

    def listening(self, reporter: Reporter) -> Reporter:
        return _Writing(self, reporter)

    def append(self, text: str) -> None:
        self._text += text
        if time.monotonic() - self._written >= _APPEND_SECONDS:
            self._history.write(self, self._text, RUNNING)
            self._written = time.monotonic()

    def finish(self, answer: Answer, sources: tuple[str, ...]) -> None:
        """`sources` are the files that the answer was made from."""
        self._history.write(
            self,
            "",
            DONE,
            answer=msgspec.msgpack.encode(answer),
            sources=msgspec.msgpack.encode(sources),
            words=folded(f"{self._question}\n{answer.text}"),
        )

    def end(self, state: str, failure: str = "") -> None:
        """Stopped or failed: what had been written stays."""
        words = folded(f"{self._question}\n{self._text}")
        self._history.write(self, self._text, state, failure=failure, words=words)


class _Writing:
    def __init__(self, turn: TurnWriter, reporter: Reporter) -> None:
        self._turn = turn
        self._reporter = reporter

    def report(self, event: object) -> None:
        self._reporter.report(event)
        if isinstance(event, Delta):
            self._turn.append(event.text)

    def check(self) -> None:
        self._reporter.check()


def shortened(text: str) -> str:
    """A question as a title: one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= TITLE_CHARACTERS:
        return line
    cut = line[:TITLE_CHARACTERS]
    return (cut.rsplit(" ", 1)[0] if " " in cut[TITLE_CHARACTERS // 2 :] else cut).rstrip(" ,.;:，。；：") + "…"


def _turn(row: Any) -> Turn:
    number, question, scope, answer, partial, asked_at, state, failure, offer, sources = row
    return Turn(
        number=number,
        question=question,
        scope=msgspec.msgpack.decode(scope, type=Filter),
        answer=None if answer is None else msgspec.msgpack.decode(answer, type=Answer),
        partial=partial,
        asked_at=asked_at,
        state=state,
        failure=failure,
        offer=offer,
        sources=msgspec.msgpack.decode(sources, type=tuple[str, ...]),
    )
