"""One gateway's life in this process, against a real server: what it needs to send, and what it writes down."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.far_errors import ApiKeyInvalid, ApiKeyMissing
from copilot.gateway import process, transport
from copilot.gateway.frames import End, Failed
from copilot.gateway.process import send
from copilot.prices import Price
from copilot.privacy.consent import ConsentRequest, Decision
from copilot.settings.policy import Machine
from copilot.settings.providers import Provider, write_providers
from tests.approvals import Desk, desk_in, frames_of
from tests.loopback import Loopback, answer, says, streams

ROOT = Path(__file__).parents[3]
ID, OTHER_ID = "0123456789abcdef", "fedcba9876543210"
KEY = "sk-test-0123456789"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("NEARSIDE_KEY_FILE", str(tmp_path / "library.key"))
    monkeypatch.setattr("copilot.settings.policy.machine_policies", Machine)
    return desk_in(tmp_path / "home")


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback(streams(*answer("openai", "Person A owes ", "12,500 €."))) as server:
        yield server


def ruled_by(monkeypatch: pytest.MonkeyPatch, **values: object) -> None:
    machine = Machine(managed=(("/etc/nearside/policies/managed/test.json", values),))
    monkeypatch.setattr("copilot.settings.policy.machine_policies", lambda: machine)


def run(desk: Desk, request_id: str = ID, find_key: Callable[[str], str] = lambda _: KEY) -> tuple[str, End | Failed]:
    output = io.BytesIO()
    send(desk.paths, request_id, output, find_key)
    return frames_of(output)


def refused(desk: Desk, server: Loopback, request_id: str = ID) -> str:
    """The code of the failure; nothing reached the server and nothing counts as sent."""
    before = server.connections
    text, last = run(desk, request_id)
    assert isinstance(last, Failed)
    assert text == ""
    assert server.connections == before
    return last.failure.code


@pytest.mark.parametrize("kind", ["openai", "anthropic", "gemini"])
def test_what_was_approved_is_sent_and_the_answer_comes(desk: Desk, kind: str) -> None:
    with Loopback(streams(*answer(kind, "Person A ", "owes 12,500 €."))) as server:
        request = desk.approved(desk.set_up(server.url, kind))
        text, last = run(desk)
    assert text == "Person A owes 12,500 €."
    assert isinstance(last, End)
    assert (last.prompt_tokens, last.answer_tokens) == (11, 7)
    (received,) = server.received
    assert received.body == request.body
    header = {"openai": "authorization", "anthropic": "x-api-key", "gemini": "x-goog-api-key"}[kind]
    assert received.header(header) == ("Bearer " if kind == "openai" else "") + KEY
    assert [KEY in value for _, value in received.headers].count(True) == 1
    sent, came = desk.story(ID)[2:]
    assert (sent.byte_count, sent.digest, sent.host) == (len(request.body), request.digest, "127.0.0.1")
    assert (came.kind.value, came.prompt_tokens, came.answer_tokens) == ("received", 11, 7)
    assert last.entry == 4


def test_a_request_is_sent_once(desk: Desk, server: Loopback) -> None:
    desk.approved(desk.set_up(server.url))
    assert isinstance(run(desk)[1], End)
    assert refused(desk, server) == "approval_missing"
    assert desk.kinds(ID) == ["offered", "decided", "sent", "received", "refused"]


def test_two_gateways_at_once_send_once(desk: Desk) -> None:
    with Loopback(streams(*answer("openai", "slowly"), pause=0.1)) as server:
        desk.approved(desk.set_up(server.url))
        lasts: list[End | Failed] = []
        threads = [threading.Thread(target=lambda: lasts.append(run(desk)[1])) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert server.connections == 1
    assert sorted(type(last).__name__ for last in lasts) == ["End", "Failed", "Failed", "Failed"]
    assert desk.kinds(ID).count("sent") == 1


@pytest.mark.parametrize("decision", [Decision.NO, Decision.NEVER_FOLDER])
def test_a_no_sends_nothing(desk: Desk, server: Loopback, decision: Decision) -> None:
    desk.decide(desk.offer(desk.set_up(server.url), ID), decision)
    assert refused(desk, server) == "consent_mismatch"
    assert desk.kinds(ID) == ["offered", "decided", "refused"]


def test_a_no_after_a_yes_sends_nothing(desk: Desk, server: Loopback) -> None:
    request = desk.approved(desk.set_up(server.url))
    desk.decide(request, Decision.NO)
    assert refused(desk, server) == "consent_mismatch"


def test_a_yes_to_other_bytes_sends_nothing(desk: Desk, server: Loopback) -> None:
    request = desk.offer(desk.set_up(server.url), ID)
    desk.decide(request, digest="0" * 64)
    assert refused(desk, server) == "consent_mismatch"


def test_without_a_decision_or_an_offer_nothing_is_sent(desk: Desk, server: Loopback) -> None:
    provider = desk.set_up(server.url)
    assert refused(desk, server) == "approval_missing"
    assert not desk.paths.ledger.exists()
    assert not (desk.paths.config.parent / "library.key").exists()
    desk.offer(provider, ID)
    assert refused(desk, server) == "approval_missing"
    assert refused(desk, server, "f" * 16) == "approval_missing"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"url": "http://127.0.0.1:9/v1"}, "provider_invalid"),
        ({"model": "larger"}, "approval_missing"),
        ({"kind": "anthropic"}, "approval_missing"),
        ({"name": "other"}, "provider_unknown"),
        ({"url": "http://api.example.com/v1"}, "provider_invalid"),
    ],
)
def test_a_provider_that_was_changed_since_gets_nothing(
    desk: Desk, server: Loopback, change: dict[str, str], code: str
) -> None:
    provider = desk.set_up(server.url)
    desk.approved(provider)
    write_providers(desk.paths.providers, (replace(provider, **change),))
    assert refused(desk, server) == code
    assert desk.kinds(ID) == ["offered", "decided", "refused"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"cloud_allowed": False}, "provider_invalid"),
        ({"hosts_allowed": ["api.example.com"]}, "provider_invalid"),
        ({"providers_allowed": ["other"]}, "provider_invalid"),
        ({"sending_allowed": ["passages", "sketch"]}, "sending_forbidden"),
        ({"cloud_mode": "local"}, "kept_here"),
    ],
)
def test_policy_has_the_last_word(
    desk: Desk, server: Loopback, monkeypatch: pytest.MonkeyPatch, values: dict[str, object], code: str
) -> None:
    desk.approved(desk.set_up(server.url))
    ruled_by(monkeypatch, **values)
    assert refused(desk, server) == code
    ruled_by(monkeypatch)
    assert isinstance(run(desk)[1], End)  # the yes was not used up


def test_a_spent_budget_is_not_overspent_whoever_approved(
    desk: Desk, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    price = Price("127.0.0.1", "large", "EUR", 2.0, 4.0, "2026-01-01")
    monkeypatch.setattr("copilot.prices.price_list", lambda: (price,))
    ruled_by(monkeypatch, monthly_budget=0.00004)
    provider = desk.set_up(server.url)
    desk.approved(provider)
    assert isinstance(run(desk)[1], End)  # 11 and 7 tokens: 0.00005 EUR
    desk.approved(provider, OTHER_ID)
    assert refused(desk, server, OTHER_ID) == "budget_spent"
    assert desk.kinds(OTHER_ID) == ["offered", "decided", "refused"]
    ruled_by(monkeypatch, monthly_budget=1.0)
    assert isinstance(run(desk, OTHER_ID)[1], End)  # the yes was not used up


def test_a_policy_that_means_nothing_opens_nothing(
    desk: Desk, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.approved(desk.set_up(server.url))
    ruled_by(monkeypatch, cloud_allowed="perhaps")
    assert refused(desk, server) == "policy_invalid"


@pytest.mark.parametrize("error", [ApiKeyMissing, ApiKeyInvalid])
def test_without_a_key_nothing_is_sent(desk: Desk, server: Loopback, error: type[Exception]) -> None:
    def no_key(provider: str) -> str:
        raise error(provider)

    desk.approved(desk.set_up(server.url))
    _, last = run(desk, find_key=no_key)
    assert isinstance(last, Failed)
    assert server.connections == 0
    assert isinstance(run(desk)[1], End)


def test_a_key_that_would_end_its_header_goes_nowhere(desk: Desk, server: Loopback) -> None:
    desk.approved(desk.set_up(server.url))
    _, last = run(desk, find_key=lambda _: "sk-1\r\nX-Injected: yes")
    assert isinstance(last, Failed)
    assert server.received == []
    assert "sk-1" not in last.failure.sentence


def test_every_try_stands_in_the_ledger(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_wait", lambda *_: 0.0)
    with Loopback(says(503), says(429), streams(*answer("openai", "at last"))) as server:
        desk.approved(desk.set_up(server.url))
        assert run(desk)[0] == "at last"
    assert desk.kinds(ID) == ["offered", "decided", "sent", "sent", "sent", "received"]


def test_a_reply_that_breaks_off_is_told(desk: Desk) -> None:
    with Loopback(streams(*answer("openai", "half of")[:1], broken=True)) as server:
        desk.approved(desk.set_up(server.url))
        text, last = run(desk)
    assert text == "half of"
    assert isinstance(last, Failed)
    assert last.failure.code == "reply_broken"
    assert desk.story(ID)[-1].detail == "reply_broken"
    assert len(server.received) == 1


def test_a_connection_that_was_never_made_leaves_the_yes_unused(
    desk: Desk, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "ATTEMPTS", 1)
    with Loopback(says(200)) as gone:
        url = gone.url
    desk.approved(desk.set_up(url))
    _, last = run(desk)
    assert isinstance(last, Failed)
    assert last.failure.code == "network_failed"
    assert desk.kinds(ID) == ["offered", "decided", "refused"]


def test_who_stops_listening_ends_it(desk: Desk) -> None:
    class Deaf(io.BytesIO):
        def write(self, data: object) -> int:
            raise BrokenPipeError

    with Loopback(streams(b"data: " + b'{"choices":[{"delta":{"content":"x"}}]}\n\n', forever=True)) as server:
        desk.approved(desk.set_up(server.url))
        send(desk.paths, ID, Deaf(), lambda _: KEY)
        assert server.hung_up.wait(10)
    assert desk.story(ID)[-1].detail == "cancelled"


def test_an_unexpected_error_says_nothing_of_its_text(desk: Desk, server: Loopback) -> None:
    def broken(provider: str) -> str:
        raise RuntimeError("the secret text")

    desk.approved(desk.set_up(server.url))
    _, last = run(desk, find_key=broken)
    assert isinstance(last, Failed)
    assert last.failure.code == "unexpected"
    assert "secret" not in last.failure.sentence + last.failure.advice + desk.story(ID)[-1].detail


def test_an_address_in_the_offer_alone_leads_nowhere(desk: Desk, server: Loopback) -> None:
    """Who can write an offer still can't send to a host that is not set up."""
    provider = desk.set_up("http://127.0.0.1:9/v1")
    shown: ConsentRequest = desk.offer(Provider(provider.name, provider.kind, server.url, provider.model), ID)
    desk.decide(shown)
    assert refused(desk, server) == "provider_invalid"


def test_the_name_on_the_command_line_is_all_that_it_takes() -> None:
    with pytest.raises(ValueError, match="unpack"):
        process.main(["one", "two"])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="prctl is Linux's")
def test_a_crash_leaves_no_dump() -> None:
    code = """
import ctypes, resource
from copilot.gateway.process import _leave_no_dump
_leave_no_dump()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0 (0, 0)"
