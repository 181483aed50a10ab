"""A local-only passage can't leave, whichever way it came."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import SettingInvalid
from copilot.privacy.boundary import ASK, LOCAL, REDACTED, LabelRule, Labels, history_may_leave, sift
from copilot.privacy.consent import Withheld
from copilot.settings.labels import read_labels, write_labels
from copilot.settings.schema import Settings
from indexer.document import Chunk, Span
from indexer.query import FoundBy, Hit

LABELS = Labels(
    (
        LabelRule("/docs", ASK),
        LabelRule("/docs/Contracts", REDACTED),
        LabelRule("/docs/Contracts/Secret", LOCAL),
        LabelRule("*.key", LOCAL),
        LabelRule("/docs/Open/*", ASK),
    ),
    (LabelRule("/docs/HR", LOCAL),),
)


def hit(path: str, *also: str) -> Hit:
    chunk = Chunk(0, "text", Span(0, 4))
    return Hit(1, path, "", "text", 0, chunk, 1.0, 1, (FoundBy.WORDS,), None, also)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/elsewhere/a.txt", LOCAL),
        ("/docs/a.txt", ASK),
        ("/docs2/a.txt", LOCAL),
        ("/docs/Contracts/a.txt", REDACTED),
        ("/docs/Contracts/Secret/a.txt", LOCAL),
        ("/docs/server.key", LOCAL),
        ("/docs/HR/pay.xlsx", LOCAL),
        ("/docs/Open/a.txt", ASK),
        ("/docs/mail.eml!/plan.pdf", ASK),
        ("/docs/mail.eml!/server.key", LOCAL),
        ("/docs/HR/mail.eml!/plan.pdf", LOCAL),
        ("/docs/a.zip!/b.zip!/server.key", LOCAL),
    ],
)
def test_the_rule_that_says_most_wins(path: str, label: str) -> None:
    assert LABELS.of(path) == label


def test_nobody_loosens_what_is_forced() -> None:
    loosened = LABELS.with_rule(LabelRule("/docs/HR", ASK)).with_rule(LabelRule("*.xlsx", ASK))
    assert loosened.of("/docs/HR/pay.xlsx") == LOCAL


def test_a_member_never_gets_looser_than_its_file() -> None:
    labels = Labels((LabelRule("*.pdf", ASK), LabelRule("/a", LOCAL)))
    assert labels.of("/a/mail.eml!/x.pdf") == LOCAL


def test_what_is_held_back_is_counted_by_folder() -> None:
    sifted = sift([hit("/docs/a"), hit("/docs/HR/b"), hit("/docs/HR/c"), hit("/other/d")], LABELS)
    assert [one.path for one in sifted.allowed] == ["/docs/a"]
    assert sifted.withheld == (Withheld("/docs/HR", 2), Withheld("/other", 1))


def test_a_copy_in_a_private_folder_makes_the_passage_private() -> None:
    assert sift([hit("/docs/a", "/docs/HR/copy-of-a")], LABELS).allowed == ()


def test_a_company_host_inside_the_boundary_gets_all() -> None:
    assert len(sift([hit("/docs/HR/b")], LABELS, inside=True).allowed) == 1


@pytest.mark.parametrize(
    ("sources", "leaves"), [((), True), (("/docs/a",), True), (("/docs/a", "/docs/HR/b"), False), (None, False)]
)
def test_history_is_as_private_as_what_it_cited(sources: tuple[str, ...] | None, leaves: bool) -> None:
    assert history_may_leave(sources, LABELS) is leaves


@given(
    st.lists(st.sampled_from(["/docs/a", "/docs/HR/b", "/docs/Contracts/Secret/c", "/x/d", "/docs/e.key"]), max_size=9)
)
def test_no_local_passage_ever_passes(paths: list[str]) -> None:
    assert all(LABELS.of(one.path) != LOCAL for one in sift([hit(path) for path in paths], LABELS).allowed)


def test_labels_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "labels.toml"
    assert read_labels(file, Settings()) == Labels()
    write_labels(file, LABELS)
    assert read_labels(file, Settings(forced_labels=("/docs/HR=local",))) == LABELS


@pytest.mark.parametrize("forced", ["/docs/HR", "/docs/HR=open", "=local"])
def test_a_forced_label_that_means_nothing_stops_the_program(tmp_path: Path, forced: str) -> None:
    with pytest.raises(SettingInvalid):
        read_labels(tmp_path / "labels.toml", Settings(forced_labels=(forced,)))
