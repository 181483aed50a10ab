"""Every row of the settings table is read by code, and every row that policy alone may set, or that guards the way out,
has a test that fails without it.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from copilot.privacy.detectors import kinds
from copilot.privacy.placeholders import OWN_WORDS
from copilot.settings.schema import REDACTION_KINDS, rows
from tests.architecture.named_tests import exists

ROOT = Path(__file__).parents[2]

NOTHING_TO_ENFORCE = {
    "updates_allowed": "no code looks for updates: the gateway reaches the network for requests and packs alone"
}
FARSIDE = "tests/copilot/test_farside.py"
PLACES = "tests/copilot/test_places.py"
ADDRESSES = "tests/copilot/settings/test_providers.py"
DIAGNOSTICS = "tests/copilot/test_diagnostics.py"
WHEN_DECIDED = f"{FARSIDE}::test_policy_holds_when_the_offer_is_made_and_when_it_is_decided"
HELD_BY = {
    "cloud_mode": f"{FARSIDE}::test_who_keeps_questions_here_gets_no_offer",
    "monthly_budget": f"{FARSIDE}::test_a_budget_warns_and_then_stops",
    "budget_warning": f"{FARSIDE}::test_a_budget_warns_and_then_stops",
    "keep_sent_days": "tests/copilot/test_crossing.py::test_what_was_sent_is_kept_no_longer_than_policy_says",
    "redact_also": "tests/copilot/privacy/test_redactor.py::test_own_words_and_known_names",
    "redact_amounts": "tests/copilot/privacy/test_redactor.py::test_optional_kinds_are_asked_for",
    "redact_dates": "tests/copilot/privacy/test_redactor.py::test_optional_kinds_are_asked_for",
    "cloud_allowed": "tests/copilot/gateway/test_process.py::test_policy_has_the_last_word",
    "providers_allowed": "tests/copilot/gateway/test_process.py::test_policy_has_the_last_word",
    "hosts_allowed": "tests/copilot/gateway/test_process.py::test_policy_has_the_last_word",
    "plain_http_hosts": f"{ADDRESSES}::test_policy_names_providers_and_plain_hosts_and_closes_all",
    "inside_hosts": f"{FARSIDE}::test_inside_hosts_get_local_text_by_policy_alone",
    "sending_allowed": WHEN_DECIDED,
    "unattended": "tests/journeys/test_offer.py::test_unattended_sending_needs_policy",
    "forced_labels": f"{FARSIDE}::test_forced_labels_come_before_the_persons",
    "forced_redaction": f"{FARSIDE}::test_what_policy_forces_stays_replaced",
    "pack_sources": "tests/copilot/gateway/test_fetch.py::test_where_policy_closes_the_registry_nothing_is_fetched",
    "folders_allowed": f"{PLACES}::test_only_what_is_allowed_is_taken_in",
    "folders_denied": f"{PLACES}::test_a_denied_folder_inside_an_added_one_is_passed_over",
    "diagnostics_allowed": f"{DIAGNOSTICS}::test_where_policy_allows_no_diagnostics_there_is_no_report",
}


def test_every_row_of_policy_names_its_test() -> None:
    locked = {row.name for row in rows() if row.policy_only}
    assert locked <= set(HELD_BY) | set(NOTHING_TO_ENFORCE)
    assert set(HELD_BY) | set(NOTHING_TO_ENFORCE) <= {row.name for row in rows()}


@pytest.mark.parametrize("row", sorted(HELD_BY))
def test_the_named_test_is_there(row: str) -> None:
    assert exists(HELD_BY[row])


def test_every_row_is_read_by_code() -> None:
    read: set[str] = set()
    for package in ("copilot", "ui"):
        for file in (ROOT / package).rglob("*.py"):
            if file.as_posix().endswith("settings/schema.py"):
                continue
            tree = ast.parse(file.read_text("utf-8"))
            read |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
            # The window reads its own settings by name.
            read |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    assert {row.name for row in rows()} - read - set(NOTHING_TO_ENFORCE) == set()


def test_policy_forces_the_kinds_that_there_are() -> None:
    assert set(REDACTION_KINDS) == {kind.KIND for kind in kinds()} - {"value"} | {OWN_WORDS}
