"""The catalogue: everything in it pinned, one default for each role that the product can't do without."""

from __future__ import annotations

import re

import pytest

from copilot.errors import PackUnknown
from copilot.models.catalogue import Recipe, default_pack, default_packs, recipe, recipes
from copilot.models.pack import ROLES
from copilot.models.sources import BUILDERS

HASH = re.compile(r"[0-9a-f]{64}")


@pytest.mark.parametrize("wanted", recipes(), ids=lambda wanted: wanted.id)
def test_every_entry_is_whole_and_pinned(wanted: Recipe) -> None:
    assert wanted.role in ROLES
    assert wanted.kind in BUILDERS
    assert set(wanted.devices) <= {"CPU", "GPU", "NPU"}
    assert wanted.licence in {"Apache-2.0", "MIT"}
    assert HASH.fullmatch(wanted.sha256)
    assert wanted.parts
    for part in wanted.parts:
        assert HASH.fullmatch(part.sha256)
        assert part.version
        assert part.size > 0
        assert not part.member.startswith("/")
    assert wanted.disk_bytes > 2 * wanted.fetched_bytes


def test_ids_are_unique_and_defaults_single() -> None:
    assert len({known.id for known in recipes()}) == len(recipes())
    roles = [recipe(pack_id).role for pack_id in default_packs()]
    assert sorted(roles) == sorted(set(roles))
    assert {"generator", "embedder"} <= set(roles)
    assert recipe(default_pack("embedder")).role == "embedder"


def test_an_unknown_pack_is_named_with_the_known_ones() -> None:
    with pytest.raises(PackUnknown) as caught:
        recipe("gpt-9")
    assert caught.value.known == tuple(known.id for known in recipes())
