"""The calls about the boundary, through a Copilot: labels, offers and what the ledger keeps of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.calls import Decide, GetLedger, GetSent, Offer, Revise, SetLabel, VerifyLedger
from copilot.conversation import Question
from copilot.engines.rehearsal import RehearsalEmbedder, RehearsalGenerator
from copilot.far_errors import ApprovalMissing
from copilot.keys import library_key
from copilot.lineup import Lineup
from copilot.paths import find_paths
from copilot.privacy.ledger import Ledger
from copilot.settings.policy import Machine
from copilot.settings.providers import Provider, write_providers
from indexer.reporter import Silent

SILENT = Silent()
OFFER = Offer(Question("What does Marianne Vogelsang owe?"), send="question")


@pytest.fixture
def copilot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copilot]:
    monkeypatch.setenv("NEARSIDE_KEY_FILE", str(tmp_path / "library.key"))
    monkeypatch.setattr("copilot.settings.policy.machine_policies", Machine)
    monkeypatch.setattr(Lineup, "_open_generator", lambda self: RehearsalGenerator())
    monkeypatch.setattr(Lineup, "_open_embedder", lambda self: RehearsalEmbedder())
    paths = find_paths(tmp_path / "home")
    write_providers(paths.providers, (Provider("acme", "openai", "https://api.example.com/v1", "large"),))
    copilot = Copilot(paths, writer=True)
    yield copilot
    copilot.close()


def test_the_ledger_comes_in_pages_newest_first(copilot: Copilot) -> None:
    for _ in range(3):
        copilot.perform(OFFER, SILENT)
    first = copilot.perform(GetLedger(2), SILENT)
    assert [entry.number for entry in first.entries] == [3, 2]
    rest = copilot.perform(GetLedger(2, before=2), SILENT)
    assert [entry.number for entry in rest.entries] == [1]
    assert copilot.perform(VerifyLedger(), SILENT).problems == ()


def test_what_was_offered_can_be_read_back_and_nothing_else(copilot: Copilot) -> None:
    request = copilot.perform(OFFER, SILENT)
    assert copilot.perform(GetSent(request.digest), SILENT).body == request.body
    assert copilot.perform(GetSent("00" * 32), SILENT).body is None


def test_what_was_sent_is_kept_no_longer_than_policy_says(
    copilot: Copilot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = Machine(managed=(("policy", {"keep_sent_days": 1}),))

    def expiry() -> float:
        paths = find_paths(tmp_path / "home")
        with Ledger.open(paths.ledger, library_key(paths.library).secret) as ledger:
            return float(ledger._connection.execute("SELECT expires_at FROM bodies").get)

    copilot.perform(OFFER, SILENT)
    before = expiry()
    monkeypatch.setattr("copilot.settings.policy.machine_policies", lambda: rules)
    copilot.perform(GetLedger(), SILENT)
    assert before - expiry() > 28 * 86_400


def test_an_offer_is_revised_and_refused(copilot: Copilot) -> None:
    request = copilot.perform(OFFER, SILENT)
    revised = copilot.perform(Revise(request.id, add=("Vogelsang",)), SILENT)
    assert revised.id != request.id
    assert b"Vogelsang" not in revised.body
    refused = copilot.perform(Decide(revised.id, revised.digest, "no"), SILENT)
    assert not refused.found
    kinds = [entry.entry.kind.value for entry in copilot.perform(GetLedger(), SILENT).entries]
    assert kinds == ["decided", "offered", "offered"]
    with pytest.raises(ApprovalMissing):
        copilot.perform(Decide("nobody's", revised.digest, "once"), SILENT)


def test_a_label_is_set_and_told(copilot: Copilot, tmp_path: Path) -> None:
    labels = copilot.perform(SetLabel(str(tmp_path), "redacted"), SILENT)
    assert labels.of(str(tmp_path / "a.txt")) == "redacted"
    copilot.perform(SetLabel("*.txt", "ask"), SILENT)
    labels = copilot.perform(SetLabel(str(tmp_path), ""), SILENT)
    assert [rule.pattern for rule in labels.rules] == ["*.txt"]
    labels = copilot.perform(SetLabel("*.txt", ""), SILENT)
    assert labels.of(str(tmp_path / "a.txt")) == "local"
    assert copilot.perform(SetLabel("*.unknown", ""), SILENT) == labels
