"""The ledger only grows, tells what was altered, and approves exactly what was shown, once."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import apsw
import msgspec
import pytest

from copilot.far_errors import ApprovalMissing, ConsentMismatch
from copilot.privacy.consent import Consent, ConsentRequest, Cost, Decision, Sending, digest_of
from copilot.privacy.ledger import LEAST_KEPT_SECONDS, Entry, EntryKind, Ledger
from indexer.errors import StoreKeyWrong

KEY = bytes(range(32))
BODY = b'{"messages":[{"role":"user","content":"Person A owes what?"}]}'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library" / "ledger.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path, KEY) as ledger:
        yield ledger


def request(number: int = 1, body: bytes = BODY) -> ConsentRequest:
    return ConsentRequest(
        id=f"r{number}",
        conversation_id="c1",
        provider="acme",
        kind="openai",
        url="https://api.example.test/v1/chat/completions",
        host="api.example.test",
        model="large",
        send=Sending.PASSAGES,
        body=body,
        digest=digest_of(body),
        cost=Cost(0.002, "USD", None),
        files=("/docs/a.txt",),
        findings=(),
        withheld=(),
        reason="Your files do not name the amount.",
    )


def yes(of: ConsentRequest, decision: Decision = Decision.ONCE) -> Consent:
    return Consent(of.id, of.digest, decision, time.time())


def raw(ledger: Ledger) -> apsw.Connection:
    return ledger._connection


def without_guards(ledger: Ledger, statement: str, values: tuple[object, ...] = ()) -> None:
    """What someone with the key and a SQL shell could do."""
    raw(ledger).execute("DROP TRIGGER IF EXISTS entries_stay; DROP TRIGGER IF EXISTS entries_hold;")
    raw(ledger).execute(statement, values)


def test_entries_come_back_in_order_and_the_chain_holds(ledger: Ledger) -> None:
    written = [ledger.append(Entry(EntryKind.FETCHED, detail=f"pack-{n}", byte_count=n)) for n in range(20)]
    assert ledger.entries() == tuple(written)
    assert [e.number for e in written] == list(range(1, 21))
    assert ledger.entries(since=19) == tuple(written[18:])
    assert ledger.verify() == ()


def test_an_empty_ledger_is_whole(ledger: Ledger) -> None:
    assert ledger.verify() == ()


@pytest.mark.parametrize("statement", ["DELETE FROM entries", "UPDATE entries SET hash = ''"])
def test_the_ledger_refuses_to_be_changed(ledger: Ledger, statement: str) -> None:
    ledger.append(Entry(EntryKind.FETCHED))
    with pytest.raises(apsw.ConstraintError):
        raw(ledger).execute(statement)


def test_a_changed_entry_shows(ledger: Ledger) -> None:
    for n in range(5):
        ledger.append(Entry(EntryKind.SENT, byte_count=n))
    packed = raw(ledger).execute("SELECT packed FROM entries WHERE number = 3").get
    without_guards(ledger, "UPDATE entries SET packed = ? WHERE number = 3", (packed.replace(b"sent", b"sung"),))
    assert ledger.verify()[0].number == 3


@pytest.mark.parametrize(("gone", "first"), [("= 1", 1), ("= 3", 3), ("= 5", 5), (">= 4", 4)])
def test_a_removed_entry_shows(ledger: Ledger, gone: str, first: int) -> None:
    for n in range(5):
        ledger.append(Entry(EntryKind.SENT, byte_count=n))
    without_guards(ledger, f"DELETE FROM entries WHERE number {gone}")
    assert ledger.verify()[0].number == first


def test_swapped_entries_show(ledger: Ledger) -> None:
    for n in range(4):
        ledger.append(Entry(EntryKind.SENT, byte_count=n))
    without_guards(ledger, "UPDATE entries SET number = 99 WHERE number = 2")
    raw(ledger).execute(
        "UPDATE entries SET number = 2 WHERE number = 3; UPDATE entries SET number = 3 WHERE number = 99"
    )
    assert {2, 3} <= {p.number for p in ledger.verify()}


def test_an_older_copy_of_the_file_shows(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    ledger.append(Entry(EntryKind.SENT))
    raw(ledger).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(path, tmp_path / "older.db")
    ledger.append(Entry(EntryKind.SENT))
    ledger.close()
    shutil.copy(tmp_path / "older.db", path)
    with Ledger.open(path, KEY) as reopened:
        assert reopened.verify()[0].number == 2


def test_a_crash_before_the_head_was_written_is_no_alarm(ledger: Ledger, path: Path) -> None:
    ledger.append(Entry(EntryKind.SENT))
    head = path.with_suffix(".head").read_text()
    ledger.append(Entry(EntryKind.SENT))
    path.with_suffix(".head").write_text(head)
    assert ledger.verify() == ()


def test_only_the_librarys_key_opens_it(ledger: Ledger, path: Path) -> None:
    ledger.append(Entry(EntryKind.SENT))
    ledger.close()
    with pytest.raises(StoreKeyWrong):
        Ledger.open(path, bytes(32))
    assert BODY not in path.read_bytes()


def test_a_yes_approves_exactly_what_was_shown_and_once(ledger: Ledger) -> None:
    shown = request()
    ledger.offer(shown, 30)
    assert ledger.request("r1") == shown
    ledger.decide(yes(shown))
    approved = ledger.approval("r1")
    assert (approved.body, approved.digest) == (BODY, shown.digest)
    ledger.append(Entry(EntryKind.SENT, "r1", digest=shown.digest))
    with pytest.raises(ApprovalMissing):
        ledger.approval("r1")
    assert ledger.verify() == ()


def test_nothing_is_approved_without_an_offer_or_a_yes(ledger: Ledger) -> None:
    with pytest.raises(ApprovalMissing):
        ledger.decide(yes(request()))
    with pytest.raises(ApprovalMissing):
        ledger.approval("r1")
    ledger.offer(request(), 30)
    with pytest.raises(ApprovalMissing):
        ledger.approval("r1")


@pytest.mark.parametrize("decision", [Decision.NO, Decision.NEVER_FOLDER])
def test_a_no_is_a_no(ledger: Ledger, decision: Decision) -> None:
    ledger.offer(request(), 30)
    ledger.decide(yes(request(), decision))
    with pytest.raises(ConsentMismatch):
        ledger.approval("r1")


def test_a_yes_to_other_bytes_approves_nothing(ledger: Ledger) -> None:
    ledger.offer(request(), 30)
    ledger.decide(replace(yes(request()), digest=digest_of(BODY + b" ")))
    with pytest.raises(ConsentMismatch):
        ledger.approval("r1")


def test_a_body_that_was_changed_in_the_file_is_not_sent_and_shows(ledger: Ledger) -> None:
    ledger.offer(request(), 30)
    ledger.decide(yes(request()))
    raw(ledger).execute("UPDATE bodies SET body = ?", (BODY + b" ",))
    with pytest.raises(ConsentMismatch):
        ledger.approval("r1")
    assert "body" in ledger.verify()[0].says


def test_bodies_expire_and_their_digests_stay(ledger: Ledger) -> None:
    ledger.offer(request(1), 30)
    raw(ledger).execute("UPDATE bodies SET expires_at = ?", (time.time() - 1,))
    ledger.offer(request(2, b"kept"), 30)
    assert ledger.forget_bodies(30) == 1
    assert ledger.body(request(1).digest) is None
    assert ledger.body(digest_of(b"kept")) == b"kept"
    assert ledger.entries()[0].entry.digest == request(1).digest
    assert ledger.verify() == ()


def test_a_shorter_retention_holds_for_older_bodies_too(ledger: Ledger) -> None:
    ledger.offer(request(1), 3_650)
    ledger.offer(request(2, b"undecided"), 0)
    assert ledger.forget_bodies(0) == 0
    times = [row[0] - time.time() for row in raw(ledger).execute("SELECT expires_at FROM bodies")]
    assert all(LEAST_KEPT_SECONDS - 60 < left <= LEAST_KEPT_SECONDS for left in times)
    assert ledger.body(digest_of(b"undecided")) == b"undecided"


def test_two_processes_append_in_turn(ledger: Ledger, path: Path) -> None:
    def append_many() -> None:
        with Ledger.open(path, KEY) as other:
            for n in range(25):
                other.append(Entry(EntryKind.RECEIVED, byte_count=n))

    threads = [threading.Thread(target=append_many) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ledger.entries()) == 75
    assert ledger.verify() == ()


def test_what_was_spent(ledger: Ledger) -> None:
    ledger.append(Entry(EntryKind.RECEIVED, cost=0.5, currency="USD"))
    ledger.append(Entry(EntryKind.RECEIVED, cost=0.25, currency="USD"))
    ledger.append(Entry(EntryKind.RECEIVED, cost=9, currency="CNY"))
    ledger.append(Entry(EntryKind.OFFERED, cost=7, currency="USD"))
    assert ledger.spent(0, "USD") == 0.75
    assert ledger.spent(time.time() + 1, "USD") == 0
    ledger.append(Entry(EntryKind.OFFERED, "r1", cost=0.125, currency="USD"))
    ledger.append(Entry(EntryKind.SENT, "r1"))
    assert ledger.spent(0, "USD") == 0.875, "broken off, but the provider has it"
    ledger.append(Entry(EntryKind.RECEIVED, "r1", cost=0.0625, currency="USD"))
    assert ledger.spent(0, "USD") == 0.8125


def test_a_request_is_claimed_by_one_gateway_and_given_back_when_nothing_left(ledger: Ledger, path: Path) -> None:
    ledger.offer(request(), 30)
    ledger.decide(yes(request()))
    with Ledger.open(path, KEY) as other:
        assert ledger.claim("r1").body == BODY
        with pytest.raises(ApprovalMissing):
            other.claim("r1")
        assert other.finish(Entry(EntryKind.REFUSED, "r1", detail="network_failed")) is not None
        assert ledger.finish(Entry(EntryKind.REFUSED, "r1", detail="cancelled")) is None
        assert other.claim("r1").body == BODY
        other.append(Entry(EntryKind.SENT, "r1"))
        assert other.finish(Entry(EntryKind.RECEIVED, "r1")) is not None
        assert other.finish(Entry(EntryKind.REFUSED, "r1", detail="cancelled")) is None
        with pytest.raises(ApprovalMissing):
            ledger.claim("r1")
    assert ledger.verify() == ()


def test_of_many_gateways_one_gets_the_request(ledger: Ledger, path: Path) -> None:
    won: list[int] = []

    def claim(number: int) -> None:
        with Ledger.open(path, KEY) as other:
            for of in range(10):
                start.wait()
                try:
                    other.claim(f"r{of}")
                except ApprovalMissing:
                    continue
                won.append(of)

    for of in range(10):
        ledger.offer(request(of), 30)
        ledger.decide(yes(request(of)))
    start = threading.Barrier(4)
    threads = [threading.Thread(target=claim, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == list(range(10))


@pytest.mark.parametrize("changed", [{"host": "evil.example.test"}, {"provider": "evil"}, {"model": "other"}])
def test_an_offer_that_was_changed_beside_the_chain_is_not_sent(ledger: Ledger, changed: dict[str, str]) -> None:
    ledger.offer(request(), 30)
    ledger.decide(yes(request()))
    packed = msgspec.msgpack.encode(replace(request(), body=b"", **changed))  # type: ignore[arg-type]
    raw(ledger).execute("UPDATE requests SET packed = ?", (packed,))
    with pytest.raises(ApprovalMissing):
        ledger.claim("r1")


def test_an_entry_that_was_hung_on_another_request_shows(ledger: Ledger) -> None:
    ledger.append(Entry(EntryKind.SENT, "r1"))
    without_guards(ledger, "UPDATE entries SET request_id = 'r2'")
    assert ledger.verify()[0].number == 1
