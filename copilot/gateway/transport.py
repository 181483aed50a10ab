"""Sends one body to one address and hands back the reply as it comes. The only place where httpx is used.

No redirect is followed, no cookie is sent back, the system's certificates decide (truststore), proxies are the
system's own. A request is tried again after 429 and 5xx, and after a connection that was never made; never once a byte
of an answer has come.

Decision: replies are asked for and taken uncompressed. A few kilobytes that unpack into gigabytes are then nobody's
way in, and the limits on a reply's size and time count what really comes.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import httpx
import truststore

from copilot.far_errors import NetworkFailed, ProviderError, RateLimited, ReplyBroken, TlsFailed
from copilot.settings.providers import is_loopback
from copilot.wire import Outgoing, error_of

ATTEMPTS = 3
LONGEST_WAIT_SECONDS = 20.0
CONNECT_SECONDS = 10.0
READ_SECONDS = 120.0
REPLY_SECONDS = 900.0
LONGEST_REPLY_BYTES = 32_000_000
LONGEST_ERROR_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request: where from whom, and the header that carries the key (name and whole value).

    `leaving` is called each time before the body's first byte leaves: the connection stands and is trusted by then.
    """

    provider: str
    outgoing: Outgoing
    key: tuple[str, str]
    leaving: Callable[[], None]


def exchange(wanted: Exchange, sleep: Callable[[float], None] = time.sleep) -> Generator[bytes, None, None]:
    """Yield the bytes of a successful reply. Raises ProviderError and its children, each with what to do."""
    url = httpx.URL(wanted.outgoing.url)
    # Without certificates of its own a plain context trusts nobody: enough for what goes unencrypted anyway.
    context = truststore.SSLContext if url.scheme == "https" else ssl.SSLContext
    with httpx.Client(
        verify=context(ssl.PROTOCOL_TLS_CLIENT),
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        follow_redirects=False,
        # A proxy has no business between this computer and itself.
        trust_env=not is_loopback(url.host),
        headers={"user-agent": "Nearside", "accept-encoding": "identity"},
    ) as client:
        for attempt in range(1, ATTEMPTS + 1):
            left: list[bool] = []
            try:
                yield from _once(client, wanted, left)
                return
            except ProviderError as error:
                wait = _wait(error, attempt, bool(left))
                if wait is None:
                    raise
                sleep(wait)


def _once(client: httpx.Client, wanted: Exchange, left: list[bool]) -> Iterator[bytes]:
    """One try; `left` is no longer empty once the body was on its way."""
    outgoing, received = wanted.outgoing, 0

    def body() -> Iterator[bytes]:
        wanted.leaving()
        left.append(True)
        yield outgoing.body

    headers = [*outgoing.headers, wanted.key, ("content-length", str(len(outgoing.body)))]
    client.cookies.clear()
    until = time.monotonic() + REPLY_SECONDS
    try:
        with client.stream("POST", outgoing.url, content=body(), headers=headers) as reply:
            packed = reply.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity")
            if reply.status_code != httpx.codes.OK:
                said = b"" if packed else _beginning(reply, until)
                raise error_of(wanted.provider, reply.status_code, reply.headers.multi_items(), said)
            if packed:
                raise ReplyBroken(wanted.provider)
            for piece in reply.iter_raw():
                received += len(piece)
                if received > LONGEST_REPLY_BYTES or time.monotonic() > until:
                    raise ReplyBroken(wanted.provider)
                yield piece
    except httpx.HTTPError as error:
        raise _failure(error, wanted.provider, answered=received > 0) from None


def _failure(error: httpx.HTTPError, provider: str, *, answered: bool) -> ProviderError:
    if isinstance(error, httpx.ConnectError) and _about_certificates(error):
        return TlsFailed(provider)
    if answered:
        return ReplyBroken(provider)
    match error:
        case httpx.ProxyError():
            return NetworkFailed(provider, "the proxy refused")
        case httpx.ConnectError() | httpx.ConnectTimeout():
            return NetworkFailed(provider, "no connection")
        case httpx.TimeoutException():
            return NetworkFailed(provider, "it took too long")
    return NetworkFailed(provider, "the connection broke")


def _about_certificates(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _beginning(reply: httpx.Response, until: float) -> bytes:
    said = b""
    for piece in reply.iter_raw():
        said += piece
        if len(said) > LONGEST_ERROR_BYTES or time.monotonic() > until:
            break
    return said[:LONGEST_ERROR_BYTES]


def _wait(error: ProviderError, attempt: int, left: bool) -> float | None:
    """Seconds until the next try, None when there is none. Bytes of an answer never lead here with a status."""
    if attempt == ATTEMPTS:
        return None
    if isinstance(error, RateLimited):
        wait = error.retry_after if error.retry_after is not None else 2.0**attempt
        return wait if wait <= LONGEST_WAIT_SECONDS else None
    if error.status >= 500 or (isinstance(error, NetworkFailed) and not left):
        return 2.0**attempt / 2
    return None
