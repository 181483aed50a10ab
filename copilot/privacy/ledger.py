"""The ledger: what was offered, decided, sent, received, refused and blocked, each entry bound to the one before.

An encrypted SQLite file of its own beside the library, so that the gateway can open it without touching a document. An
entry's hash is BLAKE2b-256 over the hash before it and the entry in MessagePack; the newest number and hash also stand
in a file beside, so that cutting off the end shows too. Bodies lie in a table of their own and expire; digests stay.

One gateway at a time may send a request: it claims it, in the same transaction that looks whether it may be sent, and
says how it ended. A claim that sent nothing is given back; one whose gateway died stays, and the request is not sent.

This shows what was altered by a program or a person without the library's key. Whoever has the key and this source can
write a new chain: `export` to a place they can't reach is the answer to that, and the threat model says so.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from dataclasses import astuple, fields, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from copilot.far_errors import ApprovalMissing
from copilot.privacy.consent import ApprovedRequest, Consent, ConsentRequest, Decision, approve, digest_of
from copilot.privacy.entries import Entry, EntryKind, LedgerEntry, Problem
from indexer.store.schema import connect, transaction, translated

DAY_SECONDS = 86_400
LEAST_KEPT_SECONDS = 3_600
"""A body is kept at least so long, or nobody could decide about it."""
FIRST_HASH = "0" * 64

_SCHEMA = """
CREATE TABLE entries(
    number INTEGER PRIMARY KEY, packed BLOB NOT NULL, hash TEXT NOT NULL, request_id TEXT NOT NULL
);
CREATE INDEX entries_by_request ON entries(request_id) WHERE request_id <> '';
CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER entries_hold BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TABLE requests(id TEXT PRIMARY KEY, packed BLOB NOT NULL, context BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE claims(request_id TEXT PRIMARY KEY, ended INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE bodies(digest TEXT PRIMARY KEY, body BLOB NOT NULL, expires_at REAL NOT NULL) WITHOUT ROWID;
"""


_ALL_ENTRIES = "SELECT packed, hash FROM entries WHERE number >= ?1 AND ?2 = '' ORDER BY number"
# The partial index serves only a query that says that it asks for no empty id.
_OF_REQUEST = (
    "SELECT packed, hash FROM entries WHERE number >= ?1 AND request_id = ?2 AND request_id <> '' ORDER BY number"
)


class Ledger:
    """Open with `Ledger.open`. Thread-safe; several processes may append. Raises StoreError and its children."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._turn = threading.RLock()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        own_key = hashlib.blake2b(b"nearside ledger", key=key, digest_size=32).digest()
        self._connection = connect(path, own_key, writer=True, migrations=(_SCHEMA,))
        # What is about to leave must stand here even when the power goes the moment after.
        self._connection.pragma("synchronous", 2)

    @classmethod
    def open(cls, path: Path, key: bytes) -> Self:
        """`key` is the library's; the ledger's own is derived from it."""
        return cls(path, key)

    def close(self) -> None:
        with self._turn:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- writing

    def append(self, entry: Entry) -> LedgerEntry:
        """Write one entry for good."""
        with self._turn, translated(self._path):
            with transaction(self._connection):
                written = self._append(entry)
            return self._with_head(written)

    def offer(self, request: ConsentRequest, retention_days: int, context: bytes = b"") -> LedgerEntry:
        """Write down what is about to be shown, body included, so that exactly that can be approved.

        `context` is kept beside it, encrypted like all: what the asker needs to make sense of the reply. Never sent.
        """
        packed = msgspec.msgpack.encode(replace(request, body=b"", swaps=()))
        expires = time.time() + _kept_seconds(retention_days)
        with self._turn, translated(self._path):
            with transaction(self._connection):
                self._connection.execute("INSERT INTO requests VALUES(?, ?, ?)", (request.id, packed, context))
                self._connection.execute(
                    "INSERT INTO bodies VALUES(?, ?, ?) ON CONFLICT(digest) DO UPDATE "
                    "SET expires_at = max(expires_at, excluded.expires_at)",
                    (request.digest, request.body, expires),
                )
                written = self._append(_offered(request))
            return self._with_head(written)

    def decide(self, consent: Consent) -> LedgerEntry:
        """Write down what the person said. Raises ApprovalMissing when nothing was offered under that id."""
        request = self.request(consent.request_id)
        return self.append(
            Entry(
                EntryKind.DECIDED,
                request.id,
                request.provider,
                request.host,
                request.model,
                request.send.value,
                consent.digest,
                detail=consent.decision.value,
            )
        )

    def claim(self, request_id: str) -> ApprovedRequest:
        """Take a request for sending: nobody else gets it until `finish`. Raises what `approval` raises."""
        with self._turn, translated(self._path), transaction(self._connection):
            approved = self.approval(request_id)
            self._connection.execute("INSERT INTO claims(request_id) VALUES(?)", (request_id,))
            return approved

    def finish(self, last: Entry) -> LedgerEntry | None:
        """Write how a claimed request ended; None, and nothing is written, when that was done before.

        What never left may be claimed again: the yes was not used up.
        """
        mine = (last.request_id,)
        with self._turn, translated(self._path):
            with transaction(self._connection):
                open_claim = "SELECT 1 FROM claims WHERE request_id = ? AND NOT ended"
                if self._connection.execute(open_claim, mine).fetchone() is None:
                    return None
                left = any(e.entry.kind is EntryKind.SENT for e in self.entries(request_id=last.request_id))
                ending = "UPDATE claims SET ended = 1" if left else "DELETE FROM claims"
                self._connection.execute(f"{ending} WHERE request_id = ?", mine)
                written = self._append(last)
            return self._with_head(written)

    def forget_bodies(self, retention_days: int) -> int:
        """Drop bodies whose time is over; how many those were.

        Bodies that were to be kept longer than `retention_days` from now on are kept so long only: a shorter time
        holds for what was sent before it was set, too.
        """
        latest = time.time() + _kept_seconds(retention_days)
        with self._turn, translated(self._path), transaction(self._connection):
            self._connection.execute("UPDATE bodies SET expires_at = ? WHERE expires_at > ?", (latest, latest))
            self._connection.execute("DELETE FROM bodies WHERE expires_at < ?", (time.time(),))
            return self._connection.changes()

    def _append(self, entry: Entry) -> LedgerEntry:
        last = self._connection.execute("SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1").fetchone()
        number, before = (last[0] + 1, last[1]) if last else (1, FIRST_HASH)
        packed = msgspec.msgpack.encode((number, time.time(), entry))
        digest = _chained(before, packed)
        self._connection.execute("INSERT INTO entries VALUES(?, ?, ?, ?)", (number, packed, digest, entry.request_id))
        return _unpacked(packed, digest)

    # --- reading

    def entries(self, *, since: int = 1, request_id: str = "") -> tuple[LedgerEntry, ...]:
        """Entries from number `since` on, oldest first; of one request only, if named."""
        query, values = _OF_REQUEST if request_id else _ALL_ENTRIES, (since, request_id)
        with self._turn, translated(self._path):
            rows: list[Any] = self._connection.execute(query, values).fetchall()
        return tuple(_unpacked(packed, digest) for packed, digest in rows)

    def request(self, request_id: str) -> ConsentRequest:
        """What was offered, with its body while that is kept (else empty). Raises ApprovalMissing."""
        with self._turn, translated(self._path):
            row = self._connection.execute("SELECT packed FROM requests WHERE id = ?", (request_id,)).fetchone()
        if row is None:
            raise ApprovalMissing(request_id, "nothing was offered under it")
        request = msgspec.msgpack.decode(row[0], type=ConsentRequest)
        return replace(request, body=self.body(request.digest) or b"")

    def context(self, request_id: str) -> bytes:
        """What was kept beside an offer. Raises ApprovalMissing when nothing was offered under that id."""
        with self._turn, translated(self._path):
            row = self._connection.execute("SELECT context FROM requests WHERE id = ?", (request_id,)).fetchone()
        if row is None:
            raise ApprovalMissing(request_id, "nothing was offered under it")
        return bytes(row[0])

    def last_context(self, conversation_id: str) -> bytes:
        """What was kept beside the newest offer of a conversation; empty when there is none."""
        with self._turn, translated(self._path):
            rows: list[Any] = self._connection.execute(
                "SELECT r.packed, r.context FROM requests r JOIN entries e ON e.request_id = r.id"
                " WHERE e.request_id <> '' AND r.context <> x'' GROUP BY r.id ORDER BY min(e.number) DESC"
            ).fetchall()
        for packed, context in rows:
            if msgspec.msgpack.decode(packed, type=ConsentRequest).conversation_id == conversation_id:
                return bytes(context)
        return b""

    def body(self, digest: str) -> bytes | None:
        """The exact bytes with this digest, while they are kept."""
        with self._turn, translated(self._path):
            row = self._connection.execute("SELECT body FROM bodies WHERE digest = ?", (digest,)).fetchone()
        return bytes(row[0]) if row else None

    def approval(self, request_id: str) -> ApprovedRequest:
        """What may be sent now: offered, approved byte for byte, not sent before. Raises ApprovalMissing."""
        story = self.entries(request_id=request_id)
        request = self.request(request_id)
        decided = [e for e in story if e.entry.kind is EntryKind.DECIDED]
        if not decided:
            raise ApprovalMissing(request_id, "nobody has said yes to it")
        if any(e.entry.kind is EntryKind.SENT for e in story):
            raise ApprovalMissing(request_id, "it was sent before")
        with self._turn, translated(self._path):
            taken = self._connection.execute("SELECT 1 FROM claims WHERE request_id = ?", (request_id,)).fetchone()
        if taken:
            raise ApprovalMissing(request_id, "it is being sent, or was when the computer stopped")
        said = decided[-1]
        consent = Consent(request_id, said.entry.digest, Decision(said.entry.detail), said.at)
        approved = approve(request, consent)
        if not any(e.entry == _offered(request) for e in story):
            raise ApprovalMissing(request_id, "it is not what was shown")
        return approved

    def spent(self, since: float, currency: str) -> float:
        """What answers have cost since a time, in one currency. What was sent and never answered to its end counts with
        the most that it should have cost: the provider's bill does so, too.
        """
        entries = self.entries()
        month = [written.entry for written in entries if written.at >= since]
        came = [entry for entry in month if entry.kind is EntryKind.RECEIVED]
        broken = {entry.request_id for entry in month if entry.kind is EntryKind.SENT}
        broken -= {entry.request_id for entry in came}
        offered = (written.entry for written in entries if written.entry.kind is EntryKind.OFFERED)
        counting = (*came, *(entry for entry in offered if entry.request_id in broken))
        return sum(entry.cost for entry in counting if entry.currency == currency)

    # --- proof

    def verify(self) -> tuple[Problem, ...]:
        """Each entry against the one before, numbers without gaps, the newest against the file beside, bodies too."""
        with self._turn, translated(self._path):
            rows: list[Any] = self._connection.execute(
                "SELECT number, packed, hash, request_id FROM entries ORDER BY number"
            ).fetchall()
            bodies: list[Any] = self._connection.execute("SELECT digest, body FROM bodies").fetchall()
        problems: list[Problem] = []
        before, expected = FIRST_HASH, 1
        for number, packed, digest, request_id in rows:
            if number != expected:
                problems.append(Problem(expected, f"entries {expected} to {number - 1} are missing"))
            if not _reads_as(packed, number, request_id):
                problems.append(Problem(number, "the entry stands in another place than it was written for"))
            if _chained(before, packed) != digest:
                problems.append(Problem(number, "the entry or the one before it was changed"))
            before, expected = digest, number + 1
        if not problems:
            problems = self._verify_head([digest for _, _, digest, _ in rows])
        problems += [Problem(0, f"the body {d[:12]}… was changed") for d, body in bodies if digest_of(bytes(body)) != d]
        return tuple(problems)

    @property
    def _head_file(self) -> Path:
        return self._path.with_suffix(".head")

    def _with_head(self, written: LedgerEntry) -> LedgerEntry:
        """After the entry is safe: a crash between the two leaves a head that is behind, which is no alarm."""
        fresh = self._head_file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        fresh.write_text(f"{written.number} {written.hash}\n", "ascii")
        os.replace(fresh, self._head_file)
        return written

    def _verify_head(self, hashes: list[str]) -> list[Problem]:
        number = len(hashes)
        if not hashes and not self._head_file.exists():
            return []
        try:
            words = self._head_file.read_text("ascii").split()
            kept, kept_digest = int(words[0]), words[1]
        except (OSError, ValueError, IndexError):
            return [Problem(number, "the file that holds the newest entry's hash is gone or damaged")]
        if kept > number:
            return [Problem(number + 1, f"entries {number + 1} to {kept} are missing at the end")]
        if kept < 1 or hashes[kept - 1] != kept_digest:
            return [Problem(kept, "the entry is not the one that was written here")]
        return []


def _kept_seconds(retention_days: int) -> float:
    return max(retention_days * DAY_SECONDS, LEAST_KEPT_SECONDS)


def _offered(request: ConsentRequest) -> Entry:
    return Entry(
        EntryKind.OFFERED,
        request.id,
        request.provider,
        request.host,
        request.model,
        request.send.value,
        request.digest,
        request.byte_count,
        cost=request.cost.amount if request.cost else 0.0,
        currency=request.cost.currency if request.cost else "",
    )


def entry_fields(written: LedgerEntry) -> dict[str, object]:
    """One entry as JSON: documented in docs/cli.md, and only grows."""
    flat = dict(zip((f.name for f in fields(Entry)), astuple(written.entry), strict=True))
    return {"number": written.number, "at": written.at} | flat | {"hash": written.hash}


def _chained(before: str, packed: bytes) -> str:
    return hashlib.blake2b(bytes.fromhex(before) + packed, digest_size=32).hexdigest()


def _unpacked(packed: bytes, digest: str) -> LedgerEntry:
    number, at, entry = msgspec.msgpack.decode(packed, type=tuple[int, float, Entry])
    return LedgerEntry(number, at, entry, digest)


def _reads_as(packed: Any, number: int, request_id: str) -> bool:
    try:
        written = _unpacked(packed, "")
        return (written.number, written.entry.request_id) == (number, request_id)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
