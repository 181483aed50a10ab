"""What the transport sends, what it waits for, what it tries again, and what a hostile server gets out of it."""

from __future__ import annotations

import contextlib
import gzip
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from copilot.far_errors import (
    BadApiKey,
    NetworkFailed,
    Overloaded,
    ProviderError,
    RateLimited,
    ReplyBroken,
    RequestRefused,
    TlsFailed,
)
from copilot.gateway import transport
from copilot.gateway.transport import Exchange, exchange
from copilot.wire import Outgoing
from tests.loopback import Loopback, authority, says, streams

BODY = '{"q":"Wer schuldet was? 多少钱？ \u2028"}'.encode()


class Waits:
    """Stands in for the clock's sleep: keeps how long the transport meant to wait."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def waits() -> Waits:
    return Waits()


def wanted(url: str, leaving: Callable[[], None] = lambda: None) -> Exchange:
    outgoing = Outgoing(url + "/chat", (("content-type", "application/json"),), BODY, "x-key", "")
    return Exchange("acme", outgoing, ("x-key", "sk-secret"), leaving)


def got(server: Loopback, waits: Callable[[float], None] = lambda _: None) -> bytes:
    return b"".join(exchange(wanted(server.url), waits))


def test_the_body_goes_byte_for_byte_with_few_headers() -> None:
    with Loopback(streams(b"one", b"two")) as server:
        assert got(server) == b"onetwo"
    (received,) = server.received
    assert received.body == BODY
    assert (received.target, received.header("x-key")) == ("/v1/chat", "sk-secret")
    assert received.header("accept-encoding") == "identity"
    assert {name.lower() for name, _ in received.headers} <= {
        *("host", "content-length", "content-type", "x-key", "accept", "accept-encoding", "connection", "user-agent")
    }
    assert "python" not in received.header("user-agent").lower()


def test_pieces_come_as_they_are_sent() -> None:
    with Loopback(streams(b"a", b"b", b"c", pause=0.2)) as server:
        times = [time.monotonic() for _ in exchange(wanted(server.url))]
    assert times[-1] - times[0] > 0.3


def test_leaving_is_told_before_the_first_byte_and_for_every_try(waits: Waits) -> None:
    with Loopback(says(503), streams(b"x")) as server:
        seen: list[int] = []
        list(exchange(wanted(server.url, lambda: seen.append(len(server.received))), waits))
    assert seen == [0, 1]


def test_what_may_not_leave_does_not() -> None:
    def forbid() -> None:
        raise PermissionError

    with Loopback(streams(b"x")) as server, pytest.raises(PermissionError):
        list(exchange(wanted(server.url, forbid)))
    assert server.received == []


# --- trying again


def test_a_rate_limit_is_waited_for(waits: Waits) -> None:
    with Loopback(says(429, b"", ("Retry-After", "3")), says(429), streams(b"fine")) as server:
        assert got(server, waits) == b"fine"
    assert waits.seconds == [3, 4]
    assert [r.body for r in server.received] == [BODY] * 3


def test_server_errors_are_tried_again_with_growing_waits(waits: Waits) -> None:
    with Loopback(says(500), says(529), says(503)) as server, pytest.raises(Overloaded):
        got(server, waits)
    assert waits.seconds == [1, 2]
    assert server.connections == 3


@pytest.mark.parametrize("value", ["3600", "99999999999999999999", "\u00b2", "-1", "soon", "1e400"])
def test_a_long_or_senseless_wait_is_not_sat_out(waits: Waits, value: str) -> None:
    with Loopback(says(429, b"", ("Retry-After", value))) as server, pytest.raises(RateLimited):
        got(server, waits)
    assert sum(waits.seconds) <= 6


@pytest.mark.parametrize(
    ("status", "error"), [(400, RequestRefused), (401, BadApiKey), (404, RequestRefused), (204, RequestRefused)]
)
def test_other_statuses_are_final(waits: Waits, status: int, error: type[ProviderError]) -> None:
    with Loopback(says(status)) as server, pytest.raises(error):
        got(server, waits)
    assert server.connections == 1


def test_after_a_byte_of_an_answer_nothing_is_sent_again(waits: Waits) -> None:
    with Loopback(streams(b"half an ans", broken=True)) as server:
        pieces = exchange(wanted(server.url), waits)
        assert next(pieces) == b"half an ans"
        with pytest.raises(ReplyBroken):
            next(pieces)
    assert len(server.received) == 1


def test_after_the_body_left_a_lost_connection_is_not_tried_again(waits: Waits) -> None:
    with Loopback(lambda connection: None) as server, pytest.raises(NetworkFailed):
        got(server, waits)
    assert len(server.received) == 1
    assert waits.seconds == []


def test_a_connection_that_was_never_made_is_tried_again(waits: Waits) -> None:
    with Loopback(streams(b"x")) as gone:
        url = gone.url
    with pytest.raises(NetworkFailed) as failed:
        list(exchange(wanted(url), waits))
    assert "no connection" in failed.value.sentence
    assert waits.seconds == [1, 2]


# --- where it does not go


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with Loopback(streams(b"stolen")) as elsewhere, Loopback(says(status, b"", ("Location", elsewhere.url))) as server:
        with pytest.raises(RequestRefused):
            got(server)
        assert elsewhere.connections == 0
    assert server.connections == 1


def test_cookies_are_not_sent_back(waits: Waits) -> None:
    with Loopback(says(503, b"", ("Set-Cookie", "track=me; Path=/")), streams(b"x")) as server:
        got(server, waits)
    assert [r.header("cookie") for r in server.received] == ["", ""]


def test_a_proxy_is_ignored_for_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(says(200)) as proxy, Loopback(streams(b"direct")) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert got(server) == b"direct"
        assert proxy.connections == 0


def test_a_proxy_of_the_system_is_used_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with Loopback(streams(b"through the proxy")) as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        assert b"".join(exchange(wanted("http://models.corp.example/v1"))) == b"through the proxy"
    assert proxy.received[0].target == "http://models.corp.example/v1/chat"


# --- TLS


def test_an_unknown_authority_is_refused_and_nothing_leaves(tmp_path: Path, waits: Waits) -> None:
    _, context = authority(tmp_path)
    left: list[bool] = []
    with Loopback(streams(b"x"), tls=context) as server, pytest.raises(TlsFailed):
        list(exchange(wanted(server.url, lambda: left.append(True)), waits))
    assert (server.received, left, waits.seconds) == ([], [], [])


def test_an_authority_in_the_systems_store_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ca_file, context = authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))
    with Loopback(streams(b"trusted"), tls=context) as server:
        assert got(server) == b"trusted"
    assert server.received[0].body == BODY


def test_a_certificate_for_another_host_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ca_file, context = authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))
    with Loopback(streams(b"x"), tls=context) as server, pytest.raises(TlsFailed):
        list(exchange(wanted(server.url.replace("127.0.0.1", "localhost"))))
    assert server.received == []


def test_a_server_without_tls_behind_https_gets_nothing() -> None:
    with Loopback(streams(b"x")) as server, contextlib.suppress(ProviderError):
        list(exchange(wanted(server.url.replace("http:", "https:")), lambda _: None))
    assert server.received == []


# --- hostile replies


def test_a_compressed_reply_is_not_unpacked() -> None:
    bomb = gzip.compress(b"data: " + bytes(50_000_000))
    with Loopback(says(200, bomb, ("Content-Encoding", "gzip"))) as server, pytest.raises(ReplyBroken):
        got(server)
    with Loopback(says(400, bomb, ("Content-Encoding", "gzip"))) as server, pytest.raises(RequestRefused):
        got(server)


def test_a_huge_reply_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LONGEST_REPLY_BYTES", 1_000_000)
    with Loopback(streams(bytes(60_000), forever=True)) as server:
        sizes: list[int] = []
        with pytest.raises(ReplyBroken):
            sizes.extend(len(piece) for piece in exchange(wanted(server.url)))
        assert sum(sizes) <= 1_000_000
        assert server.hung_up.wait(10)


def test_a_huge_error_is_read_to_a_limit() -> None:
    def endless(connection: object) -> None:
        connection.sendall(b"HTTP/1.1 400 X\r\n\r\n")  # type: ignore[attr-defined]
        while True:
            connection.sendall(bytes(65_536))  # type: ignore[attr-defined]

    with Loopback(endless) as server:
        with pytest.raises(RequestRefused):
            got(server)
        assert server.hung_up.wait(10)


def test_a_dripping_reply_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "REPLY_SECONDS", 0.5)
    with Loopback(streams(b":\n", pause=0.05, forever=True)) as server:
        began = time.monotonic()
        with pytest.raises(ReplyBroken):
            got(server)
        assert time.monotonic() - began < 5


def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "READ_SECONDS", 0.3)
    with Loopback(lambda connection: time.sleep(2)) as server, pytest.raises(NetworkFailed):
        got(server)


def test_a_header_without_end_is_refused() -> None:
    def endless(connection: object) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")  # type: ignore[attr-defined]
        while True:
            connection.sendall(b"a" * 65_536)  # type: ignore[attr-defined]

    with Loopback(endless) as server, pytest.raises(NetworkFailed):
        got(server)
