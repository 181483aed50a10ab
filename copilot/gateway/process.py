"""The gateway: one process, one approved request, one short life. `python -m copilot.gateway.process REQUEST_ID`.

It claims the request in the ledger (offered, approved for these bytes, not sent before), checks its address against
policy and its cost against the budget once more, reads the key, writes `sent` when the connection stands and the
first byte is about to leave, sends exactly the approved bytes, streams the answer's text to its standard output,
writes `received` or `refused`, and ends. It chooses nothing and keeps nothing.

Its standard input is a leash: when the other end is closed, by a cancel or by the death of whoever held it, the gateway
writes that down and ends at once, whatever it is waiting for. Time is up for it after LONGEST_SECONDS.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import IO

from copilot import budget
from copilot.failures import failure_of
from copilot.far_errors import ApprovalMissing, KeptHere, ProviderInvalid, SendingForbidden
from copilot.gateway.frames import End, Failed, Frame, Piece, write_frame
from copilot.gateway.transport import Exchange, exchange
from copilot.keys import api_key, library_key
from copilot.paths import Paths, find_paths
from copilot.prices import cost, price_of
from copilot.privacy.consent import ApprovedRequest, ConsentRequest
from copilot.privacy.entries import Entry, EntryKind, LedgerEntry
from copilot.privacy.ledger import Ledger
from copilot.providers import wire_formats
from copilot.settings.gates import gates
from copilot.settings.policy import resolve
from copilot.settings.providers import Provider, check_provider, find_provider
from copilot.wire import Outgoing, Usage
from indexer.reporter import Cancelled

LONGEST_SECONDS = 1_200.0
PIECE_CHARS = 65_536
ENDED_EXIT = 130
PR_SET_DUMPABLE = 4


def main(arguments: list[str] | None = None) -> int:
    """Send the request named on the command line. Exit code 0 once it is answered, else that of the failure."""
    (request_id,) = sys.argv[1:] if arguments is None else arguments
    _leave_no_dump()
    paths = find_paths()
    leash = threading.Thread(target=_hold_leash, args=(paths, request_id, sys.stdin.fileno()), daemon=True)
    leash.start()
    clock = threading.Timer(LONGEST_SECONDS, _end, (paths, request_id, "too_slow"))
    clock.daemon = True
    clock.start()
    return send(paths, request_id, sys.stdout.buffer, api_key)


def _leave_no_dump() -> None:
    """What this process knows must not turn up in a core file when it crashes, whoever collects those here."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    if sys.platform != "win32":
        resource = importlib.import_module("resource")  # POSIX has it alone
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def send(paths: Paths, request_id: str, output: IO[bytes], find_key: Callable[[str], str]) -> int:
    """The whole life of a gateway. Everything that goes wrong becomes a Failed frame and a ledger entry."""
    try:
        with _open_ledger(paths, request_id) as ledger:
            return _send(paths, ledger, request_id, output, find_key)
    except Exception as error:
        return _fail(output, error, None)


def _send(paths: Paths, ledger: Ledger, request_id: str, output: IO[bytes], find_key: Callable[[str], str]) -> int:
    request, began = ledger.request(request_id), time.monotonic()
    about = _about(request)
    try:
        approved = ledger.claim(request_id)
    except Exception as error:
        return _fail(output, error, ledger.append(replace(about, detail=_word(error))))
    try:
        outgoing = _outgoing(paths, ledger, request, approved)
        key = (outgoing.key_header, outgoing.key_prefix + find_key(request.provider))
        sent = replace(about, kind=EntryKind.SENT, byte_count=len(approved.body))
        usage = _stream(request, Exchange(request.provider, outgoing, key, lambda: _write(ledger, sent)), output)
    except Exception as error:
        return _fail(output, error, ledger.finish(replace(about, detail=_word(error), seconds=_since(began))))
    price = price_of(request.host, request.model)
    received = replace(
        about,
        kind=EntryKind.RECEIVED,
        prompt_tokens=usage.prompt_tokens,
        answer_tokens=usage.answer_tokens,
        cost=cost(price, usage.prompt_tokens, usage.answer_tokens) if price else 0.0,
        currency=price.currency if price else "",
        seconds=_since(began),
    )
    written = ledger.finish(received)
    number = written.number if written else 0
    _say(output, End(number, usage.prompt_tokens, usage.answer_tokens, received.cost, received.currency))
    return 0


def _outgoing(paths: Paths, ledger: Ledger, request: ConsentRequest, approved: ApprovedRequest) -> Outgoing:
    """Headers by the wire format, address and body as approved. The provider must still be what it was when it was
    shown, and the month's budget must not be spent.
    """
    provider, settings = find_provider(paths.providers, request.provider), resolve(paths.settings).settings
    check_provider(provider, gates(settings))
    if settings.cloud_mode == "local":
        raise KeptHere
    if request.send.value not in settings.sending_allowed:
        raise SendingForbidden(request.send.value, settings.sending_allowed)
    budget.left(settings, ledger, provider.host, provider.model)
    if provider != Provider(request.provider, request.kind, provider.url, request.model):
        raise ApprovalMissing(request.id, "the provider was changed since it was shown")
    built = wire_formats()[request.kind].build(provider.url, request.model, (), 1)
    if built.url != approved.url or provider.host != request.host:
        raise ProviderInvalid(provider.name, "its address was changed since it was shown")
    return replace(built, body=approved.body)


def _stream(request: ConsentRequest, wanted: Exchange, output: IO[bytes]) -> Usage:
    reading = wire_formats()[request.kind].reading(request.provider)
    with contextlib.closing(exchange(wanted)) as reply:
        for data in reply:
            for text in reading.feed(data):
                for start in range(0, len(text), PIECE_CHARS):
                    _say(output, Piece(text[start : start + PIECE_CHARS]))
    return reading.finish()


def _hold_leash(paths: Paths, request_id: str, leash: int) -> None:
    """Wait until the other end of `leash` is closed. Not through sys.stdin: its lock would hold up a normal end."""
    with contextlib.suppress(OSError):
        while os.read(leash, 1):
            pass
    _end(paths, request_id, "cancelled")


def _end(paths: Paths, request_id: str, detail: str) -> None:
    """From another thread than the one that sends, which may be waiting for anything: so the ledger is opened anew."""
    try:
        with _open_ledger(paths, request_id) as ledger:
            ledger.finish(replace(_about(ledger.request(request_id)), detail=detail))
    finally:
        os._exit(ENDED_EXIT)


def _open_ledger(paths: Paths, request_id: str) -> Ledger:
    """Only one that is there: a gateway never makes a key or a ledger."""
    if not paths.ledger.exists():
        raise ApprovalMissing(request_id, "nothing was ever offered here")
    return Ledger.open(paths.ledger, library_key(paths.library).secret)


def _about(request: ConsentRequest) -> Entry:
    return Entry(
        EntryKind.REFUSED,
        request.id,
        request.provider,
        request.host,
        request.model,
        request.send.value,
        request.digest,
    )


def _write(ledger: Ledger, entry: Entry) -> None:
    ledger.append(entry)


def _fail(output: IO[bytes], error: Exception, written: LedgerEntry | None) -> int:
    failure = failure_of(error)
    with contextlib.suppress(Cancelled):
        _say(output, Failed(failure, written.number if written else 0))
    return failure.exit_code


def _word(error: Exception) -> str:
    return "cancelled" if isinstance(error, Cancelled) else failure_of(error).code


def _say(output: IO[bytes], frame: Frame) -> None:
    """Raises Cancelled when nobody listens any more."""
    try:
        write_frame(output, frame)
    except OSError:
        raise Cancelled from None


def _since(began: float) -> float:
    return round(time.monotonic() - began, 3)


if __name__ == "__main__":
    raise SystemExit(main())
