"""A real server on this computer for tests of the gateway: keeps the exact bytes that come, plays what it is told.

Plain sockets, so that it can break off in the middle, drip, lie about lengths and count connections that say nothing.
"""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Reply = Callable[[socket.socket], None]


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came."""

    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The one header with this name; empty without."""
        found = [value for header, value in self.headers if header.lower() == name]
        assert len(found) <= 1
        return found[0] if found else ""


class Loopback:
    """Serves on 127.0.0.1 while it is entered. `replies` are played in turn, the last one again and again."""

    def __init__(self, *replies: Reply, tls: ssl.SSLContext | None = None) -> None:
        self.replies = list(replies)
        self.received: list[Received] = []
        self.connections = 0
        self.hung_up = threading.Event()
        """Set when a client left before it had the whole reply."""
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                request = _read(connection)
                if request is None:
                    return
                self.received.append(request)
                reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
                try:
                    reply(connection)
                except OSError:
                    self.hung_up.set()


def _read(connection: socket.socket) -> Received | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65_536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = tuple((name, value.strip()) for name, _, value in (line.partition(":") for line in lines))
    wanted = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
    while len(body) < wanted:
        piece = connection.recv(65_536)
        if not piece:
            return None
        body += piece
    return Received(first.split(" ")[1], headers, body)


# --- replies


def says(status: int, body: bytes = b"", *headers: tuple[str, str]) -> Reply:
    """A whole reply with a length."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers]
    whole = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body
    return lambda connection: connection.sendall(whole)


def streams(*pieces: bytes, pause: float = 0.0, broken: bool = False, forever: bool = False) -> Reply:
    """Pieces as chunks; `broken` hangs up before the end, `forever` begins anew until the client leaves."""

    def play(connection: socket.socket) -> None:
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
            b"Connection: close\r\n\r\n"
        )
        while True:
            for piece in pieces:
                connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
                if pause:
                    time.sleep(pause)
            if not forever:
                break
        if not broken:
            connection.sendall(b"0\r\n\r\n")

    return play


def drips(pause: float) -> Reply:
    """A header that never ends, byte by byte."""

    def play(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while True:
            connection.sendall(b"a")
            time.sleep(pause)

    return play


def answer(kind: str, *texts: str, prompt: int = 11, answered: int = 7) -> tuple[bytes, ...]:
    """The events of a provider that answers with `texts`, one each, and tells its usage."""
    match kind:
        case "anthropic":
            events: list[Any] = [
                {"type": "message_start", "message": {"usage": {"input_tokens": prompt, "output_tokens": 1}}},
                *[{"type": "content_block_delta", "delta": {"type": "text_delta", "text": text}} for text in texts],
                {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": answered}},
                {"type": "message_stop"},
            ]
        case "gemini":
            events = [{"candidates": [{"content": {"parts": [{"text": text}]}}]} for text in texts]
            usage = {"promptTokenCount": prompt, "candidatesTokenCount": answered}
            events.append({"candidates": [{"finishReason": "STOP"}], "usageMetadata": usage})
        case _:
            events = [{"choices": [{"delta": {"content": text}, "finish_reason": None}]} for text in texts]
            events.append({"choices": [{"delta": {}, "finish_reason": "stop"}]})
            events.append({"choices": [], "usage": {"prompt_tokens": prompt, "completion_tokens": answered}})
    lines = [b"data: " + json.dumps(event, ensure_ascii=False).encode() + b"\n\n" for event in events]
    return (*lines, b"data: [DONE]\n\n") if kind == "openai" else tuple(lines)


# --- TLS


def authority(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A CA of our own, as a file, and a server's context with a certificate for 127.0.0.1 that it signed."""
    ca_key, ca_name = ec.generate_private_key(ec.SECP256R1()), _name("Nearside test authority")
    ca = _certificate(ca_name, ca_name, ca_key.public_key(), None).sign(ca_key, hashes.SHA256())
    key = ec.generate_private_key(ec.SECP256R1())
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = _certificate(_name("127.0.0.1"), ca_name, key.public_key(), address).sign(ca_key, hashes.SHA256())
    folder.mkdir(parents=True, exist_ok=True)
    ca_file, server_file = folder / "ca.pem", folder / "server.pem"
    ca_file.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    server_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server_file)
    return ca_file, context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    address: x509.SubjectAlternativeName | None,
) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=address is None, path_length=None), critical=True)
    )
    return builder if address is None else builder.add_extension(address, critical=False)
