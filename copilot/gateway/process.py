"""The gateway: one process, one approved request, one short life. `python -m copilot.gateway.process REQUEST_ID`.

It looks the request up in the ledger (offered, approved for these bytes, not sent before), checks its address against
policy once more, reads the key, writes `sent`, sends exactly the approved bytes, streams the answer's text to its
standard output, writes `received` or `refused`, and ends. It chooses nothing and keeps nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import IO

from copilot.failures import failure_of
from copilot.far_errors import ApprovalMissing, ProviderInvalid
from copilot.gateway.frames import End, Failed, Piece, write_frame
from copilot.gateway.transport import Exchange, exchange
from copilot.keys import api_key, library_key
from copilot.paths import Paths, find_paths
from copilot.prices import cost, price_of
from copilot.privacy.consent import ApprovedRequest, ConsentRequest
from copilot.privacy.ledger import Entry, EntryKind, Ledger
from copilot.providers import wire_formats
from copilot.settings.gates import gates
from copilot.settings.policy import resolve
from copilot.settings.providers import Provider, check_address, find_provider
from copilot.wire import Outgoing, Usage


def main(arguments: list[str] | None = None) -> int:
    """Send the request named on the command line. Exit code 0 once it is answered, else that of the failure."""
    (request_id,) = sys.argv[1:] if arguments is None else arguments
    return send(find_paths(), request_id, sys.stdout.buffer, api_key)


def send(paths: Paths, request_id: str, output: IO[bytes], find_key: Callable[[str], str]) -> int:
    """The whole life of a gateway. Everything that goes wrong becomes a Failed frame and a ledger entry."""
    try:
        with Ledger.open(paths.ledger, library_key(paths.library).secret) as ledger:
            return _send(paths, ledger, request_id, output, find_key)
    except Exception as error:
        write_frame(output, Failed(failure_of(error), 0))
        return failure_of(error).exit_code


def _send(paths: Paths, ledger: Ledger, request_id: str, output: IO[bytes], find_key: Callable[[str], str]) -> int:
    approved, request = ledger.approval(request_id), ledger.request(request_id)
    began, written = time.monotonic(), _entry(request)
    try:
        outgoing = _outgoing(paths, request, approved)
        key = (outgoing.key_header, outgoing.key_prefix + find_key(request.provider))
        ledger.append(replace(written, kind=EntryKind.SENT, byte_count=len(approved.body)))
        usage = _stream(request, Exchange(request.provider, outgoing, key), output)
    except Exception as error:
        refused = replace(written, kind=EntryKind.REFUSED, detail=failure_of(error).code, seconds=_since(began))
        write_frame(output, Failed(failure_of(error), ledger.append(refused).number))
        return failure_of(error).exit_code
    price = price_of(request.host, request.model)
    paid = cost(price, usage.prompt_tokens, usage.answer_tokens) if price else 0.0
    currency = price.currency if price else ""
    received = ledger.append(
        replace(
            written,
            kind=EntryKind.RECEIVED,
            prompt_tokens=usage.prompt_tokens,
            answer_tokens=usage.answer_tokens,
            cost=paid,
            currency=currency,
            seconds=_since(began),
        )
    )
    write_frame(output, End(received.number, usage.prompt_tokens, usage.answer_tokens, paid, currency))
    return 0


def _outgoing(paths: Paths, request: ConsentRequest, approved: ApprovedRequest) -> Outgoing:
    """Headers by the wire format, address and body as approved. The provider must still be what it was when it was
    shown.
    """
    provider = find_provider(paths.providers, request.provider)
    check_address(provider, gates(resolve(paths.settings).settings))
    if provider != Provider(request.provider, request.kind, provider.url, request.model):
        raise ApprovalMissing(request.id, "the provider was changed since it was shown")
    built = wire_formats()[request.kind].build(provider.url, request.model, (), 1)
    if built.url != approved.url or provider.host != request.host:
        raise ProviderInvalid(provider.name, "its address was changed since it was shown")
    return replace(built, body=approved.body)


def _stream(request: ConsentRequest, wanted: Exchange, output: IO[bytes]) -> Usage:
    reading = wire_formats()[request.kind].reading(request.provider)
    for data in exchange(wanted):
        for text in reading.feed(data):
            write_frame(output, Piece(text))
    return reading.finish()


def _entry(request: ConsentRequest) -> Entry:
    return Entry(
        EntryKind.SENT,
        request.id,
        request.provider,
        request.host,
        request.model,
        request.send.value,
        request.digest,
    )


def _since(began: float) -> float:
    return round(time.monotonic() - began, 3)


if __name__ == "__main__":
    raise SystemExit(main())
