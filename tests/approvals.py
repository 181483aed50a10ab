"""A home with a cloud provider and a ledger for tests of the gateway, and what the engine writes: offers, decisions."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from copilot.conversation import Message, Role
from copilot.gateway.frames import End, Failed, Frame, Piece, read_frame
from copilot.keys import library_key
from copilot.paths import Paths, find_paths
from copilot.privacy.consent import Consent, ConsentRequest, Decision, Sending, digest_of
from copilot.privacy.ledger import Entry, Ledger
from copilot.providers import wire_formats
from copilot.settings.providers import Provider, write_providers

QUESTION = (Message(Role.SYSTEM, "Answer in one sentence."), Message(Role.USER, "What does Person A owe? 多少钱？"))


@dataclass(frozen=True, slots=True)
class Desk:
    """One installation. The library's key comes from NEARSIDE_KEY_FILE or the keyring, as always."""

    paths: Paths

    def ledger(self) -> Ledger:
        return Ledger.open(self.paths.ledger, library_key(self.paths.library).secret)

    def set_up(self, url: str, kind: str = "openai", model: str = "large", name: str = "acme") -> Provider:
        provider = Provider(name, kind, url, model)
        write_providers(self.paths.providers, (provider,))
        return provider

    def offer(
        self, provider: Provider, request_id: str, messages: Sequence[Message] = QUESTION, body: bytes | None = None
    ) -> ConsentRequest:
        built = wire_formats()[provider.kind].build(provider.url, provider.model, messages, 64)
        body = built.body if body is None else body
        request = ConsentRequest(
            id=request_id,
            conversation_id="c1",
            provider=provider.name,
            kind=provider.kind,
            url=built.url,
            host=provider.host,
            model=provider.model,
            send=Sending.QUESTION,
            body=body,
            digest=digest_of(body),
            cost=None,
            files=(),
            findings=(),
            withheld=(),
            reason="Your files do not say.",
        )
        with self.ledger() as ledger:
            ledger.offer(request, 30)
        return request

    def decide(self, request: ConsentRequest, decision: Decision = Decision.ONCE, digest: str = "") -> None:
        with self.ledger() as ledger:
            ledger.decide(Consent(request.id, digest or request.digest, decision, time.time()))

    def approved(self, provider: Provider, request_id: str = "0123456789abcdef") -> ConsentRequest:
        request = self.offer(provider, request_id)
        self.decide(request)
        return request

    def story(self, request_id: str) -> tuple[Entry, ...]:
        """The entries of a request; the chain holds, too."""
        with self.ledger() as ledger:
            assert ledger.verify() == ()
            return tuple(written.entry for written in ledger.entries(request_id=request_id))

    def kinds(self, request_id: str) -> list[str]:
        return [entry.kind.value for entry in self.story(request_id)]


def desk_in(home: Path) -> Desk:
    return Desk(find_paths(home))


def frames_of(output: io.BytesIO) -> tuple[str, End | Failed]:
    """The text that was streamed and the last word."""
    output.seek(0)
    text, last = "", None
    while (frame := read_frame(output)) is not None:
        assert last is None
        text, last = _taken(text, frame)
    assert last is not None
    return text, last


def _taken(text: str, frame: Frame) -> tuple[str, End | Failed | None]:
    return (text + frame.text, None) if isinstance(frame, Piece) else (text, frame)
