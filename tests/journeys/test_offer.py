"""From a question that the files don't answer to an offer, a decision, a sending and an answer, by the command line.

The far side is a server on this computer, the keyring a real daemon, the local model SmolLM2-135M.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.cli import Nearside, Said
from tests.keyringsession import NEEDS_KEYRING, keep_api_key, keyring_session
from tests.loopback import Loopback, answer, streams
from tests.packs import packs_folder

pytestmark = [
    NEEDS_KEYRING,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Secret Service is Linux's"),
]

KEY = "sk-offer-journey-77aa21"
OPEN = "Dear Ms Marianne Vogelsang, the pump for Acme Hydraulics GmbH costs 4,310 euros. Call +49 30 901820 to order.\n"
CLOSED = "The secret recipe of the pump costs 99,000 euros and belongs to the board.\n"
OFFER_FIELDS = {"id", "provider", "host", "model", "send", "body", "digest", "byte_count", "cost", "files", "findings"}
QUESTION = "What does the pump cost?"


@dataclass(frozen=True, slots=True)
class Office(Nearside):
    """An installation that knows a keyring session."""

    session: tuple[tuple[str, str], ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        return Nearside.environment.fget(self) | dict(self.session)  # type: ignore[attr-defined, no-any-return]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with keyring_session(tmp_path_factory.mktemp("keyring")) as session:
        keep_api_key("acme", KEY, session)
        office = Office(tmp_path_factory.mktemp("offer") / "home", packs_folder(), tuple(session.items()))
        documents = office.home.parent / "documents"
        for name, text in (("open", OPEN), ("closed", CLOSED)):
            (documents / name).mkdir(parents=True)
            (documents / name / "pump.txt").write_text(text, "utf-8")
        assert office.run("index", "add", documents).code == 0
        assert office.run("label", documents / "open", "redacted", "--json").code == 0
        yield office


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback(streams(*answer("openai", "The pump costs ", "4,310 euros, says Per", "son A [1]."))) as server:
        yield server


@pytest.fixture
def provided(office: Office, server: Loopback) -> Office:
    said = office.run("providers", "add", "acme", "--kind", "openai", "--url", server.url, "--model", "large", "--json")
    assert said.code == 0, said.err
    return office


def offered(office: Office, *options: str) -> Said:
    return office.run("ask", QUESTION, "--offer", "--json", *options)


def test_an_offer_shows_everything_and_sends_nothing(provided: Office, server: Loopback) -> None:
    said = offered(provided)
    assert said.code == 10, said.err
    offer = said.fields["offer"]
    assert set(offer) >= OFFER_FIELDS | {"withheld", "reason"}
    assert (offer["provider"], offer["host"], offer["send"]) == ("acme", "127.0.0.1", "passages")
    assert offer["digest"] == hashlib.sha256(offer["body"].encode()).hexdigest()
    assert offer["byte_count"] == len(offer["body"].encode())
    for private in ("Vogelsang", "Marianne", "901820", "99,000", "recipe"):
        assert private not in offer["body"]
    assert "4,310" in offer["body"]
    assert [Path(path).parent.name for path in offer["files"]] == ["open"]
    assert [(Path(w["folder"]).name, w["count"]) for w in offer["withheld"]] == [("closed", 1)]
    assert {finding["kind"] for finding in offer["findings"]} >= {"person", "phone"}
    assert server.received == []


def test_a_person_replaces_more_and_keeps_what_they_name(provided: Office, server: Loopback) -> None:
    label = provided.home.parent / "documents" / "open"
    provided.run("label", label, "ask")
    try:
        offer = offered(provided, "--redact", "euros", "--keep", "Marianne Vogelsang").fields["offer"]
        assert "euros" not in offer["body"]
        assert "Vogelsang" in offer["body"]
        assert {"term", "phone"} <= {swap["kind"] for swap in offer["replaced"]}
        said = provided.run("ask", QUESTION, "--offer", text="k\nMarianne Vogelsang\nr\neuros\nk\nnobody\nn\n")
        assert said.code == 0, said.err
        last = said.out.split("Exactly this would leave:")[-1]
        assert "Vogelsang" in last
        assert "euros" not in last
        assert "nothing was sent" in last
    finally:
        provided.run("label", label, "redacted")
    kept = offered(provided, "--keep", "Marianne Vogelsang")
    assert (kept.code, kept.fields["error"]["code"]) == (2, "redaction_unknown")
    assert server.received == []


def test_a_yes_sends_exactly_that_and_puts_private_data_back(provided: Office, server: Loopback) -> None:
    offer = offered(provided).fields["offer"]
    said = provided.run("consent", offer["id"], "--once", "--json")
    assert said.code == 0, said.err
    (received,) = server.received
    assert received.body == offer["body"].encode()
    assert received.header("authorization") == f"Bearer {KEY}"
    given = said.fields
    assert given["origin"] == {"provider": "acme", "model": "large", "host": "127.0.0.1"}
    assert "Vogelsang" in given["answer"]
    assert "Person A" not in given["answer"]
    assert [Path(citation["path"]).parent.name for citation in given["citations"]] == ["open"]
    entries = provided.run("ledger", "show", "--json").fields["entries"]
    story = [entry for entry in entries if entry["request_id"] == offer["id"]]
    assert [entry["kind"] for entry in story] == ["offered", "decided", "sent", "received"]
    assert story[-1]["number"] == given["ledger_entry"]
    assert {entry["digest"] for entry in story} == {offer["digest"]}
    assert provided.run("consent", offer["id"], "--once", "--json").code == 11
    assert len(server.received) == 1


def test_a_no_is_final_and_sends_nothing(provided: Office, server: Loopback) -> None:
    offer = offered(provided).fields["offer"]
    assert provided.run("consent", offer["id"], "--no", "--json").fields["found"] is False
    assert server.received == []


def test_another_digest_sends_nothing(provided: Office, server: Loopback) -> None:
    offer = offered(provided).fields["offer"]
    said = provided.run("consent", offer["id"], "--once", "--digest", "00" * 32, "--json")
    assert (said.code, said.fields["error"]["code"]) == (11, "consent_mismatch")
    assert server.received == []


@pytest.mark.parametrize("send", ["question", "sketch"])
def test_less_than_the_files_can_be_sent(provided: Office, server: Loopback, send: str) -> None:
    offer = offered(provided, "--send", send).fields["offer"]
    assert offer["send"] == send
    assert "4,310" not in offer["body"]
    if send == "question":
        assert offer["files"] == []
        assert "pump" in offer["body"]
    else:
        assert "the pump for" in offer["body"]


def test_a_folder_that_became_local_after_the_offer_stays_here(provided: Office, server: Loopback) -> None:
    offer = offered(provided).fields["offer"]
    folder = Path(offer["files"][0]).parent
    provided.run("label", folder, "local")
    said = provided.run("consent", offer["id"], "--once", "--json")
    provided.run("label", folder, "redacted")
    assert (said.code, said.fields["error"]["code"]) == (11, "label_forbids")
    assert server.received == []


def test_unattended_sending_needs_policy(provided: Office, server: Loopback) -> None:
    said = offered(provided, "--yes")
    assert (said.code, said.fields["error"]["code"]) == (11, "unattended_forbidden")
    assert server.received == []


def test_a_consent_for_the_conversation_holds_for_its_next_question(provided: Office, server: Loopback) -> None:
    first = offered(provided, "--conversation", "c1").fields["offer"]
    assert provided.run("consent", first["id"], "--conversation", "--json").code == 0
    assert offered(provided, "--conversation", "c1").code == 0
    assert len(server.received) == 2
    assert offered(provided, "--conversation", "c2").code == 10
    assert offered(provided, "--conversation", "c1", "--send", "question").code == 10
    assert len(server.received) == 2


def test_what_was_said_is_kept_and_proved(provided: Office) -> None:
    assert provided.run("ledger", "verify", "--json").fields["problems"] == []
    export = provided.home / "ledger.jsonl"
    assert provided.run("ledger", "export", export).code == 0
    lines = [json.loads(line) for line in export.read_text("utf-8").splitlines()]
    assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))


def test_the_engine_sends_too(provided: Office, server: Loopback) -> None:
    assert provided.run("engine", "start").code == 0
    try:
        offer = offered(provided).fields["offer"]
        said = provided.run("consent", offer["id"], "--once", "--json")
        assert said.code == 0, said.err
        assert "Vogelsang" in said.fields["answer"]
        assert [received.body for received in server.received] == [offer["body"].encode()]
    finally:
        provided.run("engine", "stop")


def test_a_provider_can_be_tried_without_anything_private(provided: Office, server: Loopback) -> None:
    assert provided.run("providers", "test", "acme").code == 0
    assert b"pump" not in server.received[0].body


def test_never_from_this_folder_makes_it_local(provided: Office, server: Loopback) -> None:
    offer = offered(provided).fields["offer"]
    assert provided.run("consent", offer["id"], "--never", "--json").code == 0
    again = offered(provided).fields["offer"]
    assert again["files"] == []
    assert sum(withheld["count"] for withheld in again["withheld"]) == 2
    assert server.received == []
