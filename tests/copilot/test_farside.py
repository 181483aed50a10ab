"""Offers made, changed and decided with the real ledger, labels, redactor and policy; only the gateway is played."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.calls import Decide, Revise
from copilot.far_errors import (
    BudgetSpent,
    KeptHere,
    LabelForbids,
    ProviderInvalid,
    RedactionForced,
    RedactionUnknown,
    SendingForbidden,
)
from copilot.farside import FarSide, Wanted
from copilot.gateway.frames import End
from copilot.gateway.spawner import Spawner
from copilot.paths import Paths, find_paths
from copilot.privacy.consent import ConsentRequest, Decision, digest_of
from copilot.privacy.ledger import Entry, EntryKind, Ledger
from copilot.privacy.people import Gazetteer
from copilot.settings.providers import Provider, write_providers
from copilot.settings.schema import Settings
from indexer.query import Hit
from indexer.reporter import Reporter, Silent
from tests.copilot.answering import hit

QUESTION = "What does Marianne Vogelsang owe since 3 March 2026?"
OPEN = hit("Dear Marianne Vogelsang, you owe us 4,310.00 euros. Call +49 30 901820.", number=1)
SHUT = hit("Peter Miller owes 99 euros and lives at Hauptstraße 5, 10115 Berlin.", number=2)
SILENT = Silent()


class PlayedGateway(Spawner):
    """Says the same to every request; `sent` has their ids."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def run(self, request_id: str, take: Callable[[str], None], reporter: Reporter) -> End:
        self.sent.append(request_id)
        take("Person A owes it.")
        return End(7, 10, 5, 0.0, "")


class Desk:
    """A far side in a home of its own, with settings that may change between two steps."""

    def __init__(self, paths: Paths, ledger: Ledger) -> None:
        self.paths = paths
        self.ledger = ledger
        self.gateway = PlayedGateway()

    def side(self, known: Gazetteer | None = None, **settings: object) -> FarSide:
        in_force = replace(Settings(), **settings)  # type: ignore[arg-type]
        return FarSide(self.paths, in_force, self.ledger, self.gateway, lambda: known or Gazetteer())

    def label(self, *pairs: tuple[Hit, str]) -> None:
        for one, label in pairs:
            self.side().set_label(one.path, label)

    def kinds(self) -> list[str]:
        return [written.entry.kind.value for written in self.ledger.entries()]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    paths = find_paths(tmp_path / "home")
    write_providers(paths.providers, (Provider("acme", "openai", "https://api.openai.com/v1", "gpt-4.1"),))
    with Ledger.open(paths.ledger, bytes(range(32))) as ledger:
        desk = Desk(paths, ledger)
        desk.label((OPEN, "ask"))
        yield desk


def wanted(*hits: Hit, send: str = "passages", **changes: object) -> Wanted:
    return replace(Wanted(QUESTION, hits or (OPEN,), "", send, "", "Nothing here says it."), **changes)  # type: ignore[arg-type]


def said(request: ConsentRequest) -> str:
    return request.body.decode()


def yes(request: ConsentRequest, decision: Decision = Decision.ONCE) -> Decide:
    return Decide(request.id, request.digest, decision.value)


def test_local_text_stays_and_is_counted(desk: Desk) -> None:
    request = desk.side().offer(wanted(OPEN, SHUT))
    assert "4,310.00" in said(request)
    assert "99 euros" not in said(request)
    assert request.files == (OPEN.path,)
    assert [(held.folder, held.count) for held in request.withheld] == [("/files", 1)]


def test_a_swap_is_shown_for_all_that_was_replaced_and_never_kept(desk: Desk) -> None:
    request = desk.side().offer(wanted())
    swaps = {swap.original: (swap.kind, swap.placeholder) for swap in request.swaps}
    assert swaps["Marianne Vogelsang"] == ("person", "Person A")
    assert swaps["+49 30 901820"][0] == "phone"
    assert all(swap.liftable for swap in request.swaps)
    assert desk.ledger.request(request.id).swaps == ()


def test_words_are_replaced_besides_or_left_as_they_are(desk: Desk) -> None:
    request = desk.side().offer(wanted(add=("euros",), lift=("+49 30 901820",)))
    assert "euros" not in said(request)
    assert "+49 30 901820" in said(request)
    assert "Vogelsang" not in said(request)


def test_an_offer_is_changed_into_another_body_with_a_digest_of_its_own(desk: Desk) -> None:
    side = desk.side()
    first = side.offer(wanted())
    second = side.revise(Revise(first.id, lift=("Vogelsang",)))
    third = side.revise(Revise(second.id, add=("4,310.00",)))
    assert "Vogelsang" in said(second)
    assert "Vogelsang" in said(third)
    assert "4,310.00" not in said(third)
    assert len({one.digest for one in (first, second, third)}) == 3
    assert third.digest == digest_of(third.body)
    assert side.decide(yes(third), SILENT).found
    assert desk.gateway.sent == [third.id]


def test_keeping_part_of_a_name_keeps_that_part_alone(desk: Desk) -> None:
    known = Gazetteer(("Marianne Vogelsang",))
    request = desk.side(known).offer(wanted(lift=("Marianne Vogelsang",)))
    assert "Marianne Vogelsang" in said(request)


def test_what_nothing_replaces_cannot_be_kept(desk: Desk) -> None:
    for word in ("euros", "a", ""):
        with pytest.raises(RedactionUnknown):
            desk.side().offer(wanted(lift=(word,)))
    assert desk.kinds() == []


def test_in_files_labelled_redacted_nothing_is_lifted(desk: Desk) -> None:
    desk.label((OPEN, "redacted"), (SHUT, "ask"))
    request = desk.side().offer(wanted(OPEN, SHUT, lift=("Marianne Vogelsang", "Peter Miller")))
    passage, other, question = said(request).split('"content":')[-1].split("\\n\\n")
    assert "Vogelsang" not in passage
    assert "Peter Miller" in other
    assert "Marianne Vogelsang" in question
    assert {swap.original for swap in request.swaps if not swap.liftable} >= {"+49 30 901820"}
    with pytest.raises(RedactionUnknown):
        desk.side().revise(Revise(request.id, lift=("+49 30 901820",)))


def test_a_copy_in_a_folder_labelled_redacted_makes_its_twin_so(desk: Desk) -> None:
    twin = replace(OPEN, also_at=("/redacted/twin.txt",))
    desk.side().set_label("/redacted", "redacted")
    request = desk.side().offer(wanted(twin, lift=("Marianne Vogelsang",)))
    assert said(request).count("Vogelsang") == 1  # in the question, which is the person's own
    again = desk.side().revise(Revise(request.id, add=("euros",)))
    assert said(again).count("Vogelsang") == 1


def test_what_policy_forces_stays_replaced(desk: Desk) -> None:
    side = desk.side(forced_redaction=("phone", "amount", "date"))
    request = side.offer(wanted())
    assert "4,310" not in said(request)
    assert "March" not in said(request)
    assert not any(swap.liftable for swap in request.swaps if swap.kind in ("phone", "amount", "date"))
    with pytest.raises(RedactionForced):
        side.revise(Revise(request.id, lift=("+49 30 901820",)))


def test_names_of_the_persons_own_mail_are_known(desk: Desk) -> None:
    text = hit("The boat, Tuulikki Aho, the harbour.", number=1)
    assert "Tuulikki Aho" in said(desk.side().offer(wanted(text)))
    assert "Tuulikki" not in said(desk.side(Gazetteer(("Tuulikki Aho",))).offer(wanted(text)))


def test_stand_ins_stay_the_same_in_a_conversation(desk: Desk) -> None:
    side = desk.side()
    side.offer(wanted(conversation_id="c1", lift=("Marianne Vogelsang",)))
    side.offer(wanted(question="Who is Peter Miller?", send="question", conversation_id="c1"))
    later = side.offer(wanted(conversation_id="c1"))
    names = {swap.original: swap.placeholder for swap in later.swaps}
    other = side.offer(wanted(conversation_id="c2"))
    assert names["Marianne Vogelsang"] == "Person B"  # lifted once, not for good; A is Peter Miller
    assert {swap.original: swap.placeholder for swap in other.swaps}["Marianne Vogelsang"] == "Person A"


def test_a_yes_to_a_conversation_does_not_cover_what_is_lifted_later(desk: Desk) -> None:
    side = desk.side()
    first = side.offer(wanted(conversation_id="c1"))
    assert not first.standing
    side.decide(yes(first, Decision.CONVERSATION), SILENT)
    assert side.offer(wanted(conversation_id="c1")).standing
    assert not side.offer(wanted(conversation_id="c1", lift=("Marianne Vogelsang",))).standing
    assert not side.offer(wanted(conversation_id="c2")).standing
    assert not side.offer(wanted(conversation_id="c1", send="question")).standing
    desk.label((SHUT, "redacted"))
    assert not side.offer(wanted(OPEN, SHUT, conversation_id="c1")).standing


@pytest.mark.parametrize(
    ("rules", "error"),
    [
        ({"sending_allowed": ("question",)}, SendingForbidden),
        ({"cloud_allowed": False}, ProviderInvalid),
        ({"hosts_allowed": ("api.example.com",)}, ProviderInvalid),
        ({"providers_allowed": ("other",)}, ProviderInvalid),
    ],
)
def test_policy_holds_when_the_offer_is_made_and_when_it_is_decided(
    desk: Desk, rules: dict[str, object], error: type[Exception]
) -> None:
    request = desk.side().offer(wanted())
    with pytest.raises(error):
        desk.side(**rules).offer(wanted())
    with pytest.raises(error):
        desk.side(**rules).decide(yes(request), SILENT)
    assert desk.gateway.sent == []
    assert desk.kinds() == ["offered", "blocked", "blocked"]


def test_who_keeps_questions_here_gets_no_offer(desk: Desk) -> None:
    request = desk.side().offer(wanted())
    for step in (
        lambda side: side.offer(wanted()),
        lambda side: side.decide(yes(request), SILENT),
        lambda side: side.try_provider("acme", SILENT),
    ):
        with pytest.raises(KeptHere):
            step(desk.side(cloud_mode="local"))
    assert desk.gateway.sent == []


def test_a_budget_warns_and_then_stops(desk: Desk) -> None:
    side = desk.side(monthly_budget=1.0, budget_warning=0.8)
    request = side.offer(wanted())
    assert request.cost is not None
    assert (request.cost.budget_left, request.cost.warns) == (1.0, False)
    desk.ledger.append(Entry(EntryKind.RECEIVED, cost=0.85, currency=request.cost.currency))
    warned = side.offer(wanted()).cost
    assert warned is not None
    assert warned.warns
    desk.ledger.append(Entry(EntryKind.RECEIVED, cost=0.15, currency=request.cost.currency))
    for step in (lambda: side.offer(wanted()), lambda: side.decide(yes(request), SILENT)):
        with pytest.raises(BudgetSpent):
            step()
    assert desk.gateway.sent == []


def test_inside_hosts_get_local_text_by_policy_alone(desk: Desk) -> None:
    assert "99 euros" in said(desk.side(inside_hosts=("api.openai.com",)).offer(wanted(OPEN, SHUT)))


def test_forced_labels_come_before_the_persons(desk: Desk) -> None:
    request = desk.side(forced_labels=(f"{OPEN.path}=local",)).offer(wanted())
    assert request.files == ()
    offered = desk.side().offer(wanted())
    side = desk.side(forced_labels=(f"{OPEN.path}=local",))
    with pytest.raises(LabelForbids):
        side.decide(yes(offered), SILENT)
    with pytest.raises(LabelForbids):
        side.revise(Revise(offered.id, add=("euros",)))
