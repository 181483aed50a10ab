"""The documents name tests for what they promise; a promise whose test is gone must not stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.named_tests import exists

DOCS = Path(__file__).parents[2] / "docs"
NAMED = re.compile(r"`(tests/[\w/]+\.py::\w+)`")
TABLE = re.compile(r"^\| claim \| held by \|\n\|---\|---\|\n((?:\|.*\n)+)", re.MULTILINE)
ROW = re.compile(r"^\| (.+?) \| (.*) \|$", re.MULTILINE)


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_every_test_that_a_page_names_exists(page: Path) -> None:
    assert [name for name in NAMED.findall(page.read_text("utf-8")) if not exists(name)] == []


def test_every_claim_names_a_test() -> None:
    page = (DOCS / "threat-model.md").read_text("utf-8")
    rows = [row for table in TABLE.findall(page) for row in ROW.findall(table)]
    assert len(rows) > 20
    assert [claim for claim, held_by in rows if not NAMED.search(held_by)] == []
