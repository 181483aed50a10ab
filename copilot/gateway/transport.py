"""Sends one body to one address and hands back the reply as it comes. The only place where httpx is used.

No redirect is followed, the system's certificates decide (truststore), proxies are the system's own. A request is tried
again after 429 and 5xx, and after a connection that was never made; never once a byte of an answer has come.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
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
LONGEST_ERROR_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request: where from whom, and the header that carries the key (name and whole value)."""

    provider: str
    outgoing: Outgoing
    key: tuple[str, str]


def exchange(wanted: Exchange, sleep: Callable[[float], None] = time.sleep) -> Iterator[bytes]:
    """Yield the bytes of a successful reply. Raises ProviderError and its children, each with what to do."""
    host = httpx.URL(wanted.outgoing.url).host
    with httpx.Client(
        verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        follow_redirects=False,
        # A proxy has no business between this computer and itself.
        trust_env=not is_loopback(host),
    ) as client:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                yield from _once(client, wanted)
                return
            except ProviderError as error:
                wait = _wait(error, attempt)
                if wait is None:
                    raise
                sleep(wait)


def _once(client: httpx.Client, wanted: Exchange) -> Iterator[bytes]:
    outgoing, answered = wanted.outgoing, False
    headers = [*outgoing.headers, wanted.key]
    try:
        with client.stream("POST", outgoing.url, content=outgoing.body, headers=headers) as reply:
            if reply.status_code != httpx.codes.OK:
                raise error_of(wanted.provider, reply.status_code, reply.headers.multi_items(), _beginning(reply))
            for piece in reply.iter_bytes():
                answered = True
                yield piece
    except httpx.ConnectError as error:
        if isinstance(error.__cause__, ssl.SSLError) or "CERTIFICATE" in str(error):
            raise TlsFailed(wanted.provider) from None
        raise NetworkFailed(wanted.provider, "no connection") from None
    except httpx.ConnectTimeout:
        raise NetworkFailed(wanted.provider, "no answer to the connection") from None
    except httpx.TimeoutException:
        raise (
            ReplyBroken(wanted.provider) if answered else NetworkFailed(wanted.provider, "it took too long")
        ) from None
    except httpx.HTTPError as error:
        raise (
            ReplyBroken(wanted.provider) if answered else NetworkFailed(wanted.provider, type(error).__name__)
        ) from None


def _beginning(reply: httpx.Response) -> bytes:
    said = b""
    for piece in reply.iter_bytes():
        said += piece
        if len(said) > LONGEST_ERROR_BYTES:
            break
    return said[:LONGEST_ERROR_BYTES]


def _wait(error: ProviderError, attempt: int) -> float | None:
    """Seconds until the next try, None when there is none. Bytes of an answer never lead here with a status."""
    if attempt == ATTEMPTS:
        return None
    if isinstance(error, RateLimited):
        wait = error.retry_after if error.retry_after is not None else 2.0**attempt
        return wait if wait <= LONGEST_WAIT_SECONDS else None
    if error.status >= 500:
        return 2.0**attempt / 2
    return None
