"""API keys by the command line: into a real keyring and nowhere else, shown masked; without a keyring refused."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.cli import Nearside, Said
from tests.keyringsession import NEEDS_KEYRING, keyring_session

pytestmark = [
    NEEDS_KEYRING,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Secret Service is Linux's"),
]

KEY = "sk-cli-0123456789-WXYZ"
SET_UP = ("providers", "add", "acme", "--kind", "openai", "--url", "https://api.example.com/v1", "--model", "large")


@dataclass(frozen=True, slots=True)
class Keyed(Nearside):
    """An installation that knows a keyring session."""

    session: tuple[tuple[str, str], ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        return Nearside.environment.fget(self) | dict(self.session)  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def keyring_home(tmp_path: Path) -> Path:
    return tmp_path / "keyring"


@pytest.fixture
def nearside(tmp_path: Path, keyring_home: Path) -> Iterator[Keyed]:
    with keyring_session(keyring_home) as session:
        nearside = Keyed(tmp_path / "home", session=tuple(session.items()))
        assert nearside.run(*SET_UP).code == 0
        yield nearside


def files_with(text: str, *folders: Path) -> list[Path]:
    return [p for folder in folders for p in folder.rglob("*") if p.is_file() and text.encode() in p.read_bytes()]


def test_a_key_is_kept_shown_by_its_end_and_forgotten(nearside: Keyed, keyring_home: Path) -> None:
    said = nearside.run("keys", "set", "acme", text=KEY + "\n")
    assert said.code == 0, said.err
    assert "…WXYZ" in said.out
    listed = nearside.run("keys", "list", "--json")
    assert listed.fields == {"keys": [{"provider": "acme", "key": "…WXYZ"}]}
    everything = said.out + said.err + listed.out + nearside.run("keys", "list").out
    assert KEY not in everything
    assert KEY[:8] not in everything
    assert files_with(KEY, nearside.home, keyring_home) == []
    assert nearside.run("keys", "remove", "acme").code == 0
    assert nearside.run("keys", "list", "--json").fields == {"keys": [{"provider": "acme", "key": None}]}
    assert nearside.run("keys", "remove", "acme").code == 5


def test_a_provider_that_goes_takes_its_key_along(nearside: Keyed) -> None:
    nearside.run("keys", "set", "acme", text=KEY + "\n")
    assert nearside.run("providers", "remove", "acme").code == 0
    assert nearside.run(*SET_UP).code == 0
    assert nearside.run("keys", "list", "--json").fields == {"keys": [{"provider": "acme", "key": None}]}


@pytest.mark.parametrize("text", ["", "  \n", "two words\n", "sk-\x07bell\n", "Schlüssel\n"])
def test_what_is_no_key_is_not_kept(nearside: Keyed, text: str) -> None:
    said = nearside.run("keys", "set", "acme", text=text)
    assert said.code != 0
    assert "Traceback" not in said.err
    assert nearside.run("keys", "list", "--json").fields["keys"][0]["key"] is None


def test_a_key_is_not_taken_from_the_command_line(nearside: Keyed) -> None:
    assert nearside.run("keys", "set", "acme", KEY).code == 2
    assert nearside.run("keys", "list", "--json").fields["keys"][0]["key"] is None


def test_a_key_needs_a_provider(nearside: Keyed) -> None:
    assert nearside.run("keys", "set", "nobody", text=KEY + "\n").code == 2


def test_without_a_keyring_a_key_is_refused_with_advice_and_nothing_is_written(tmp_path: Path) -> None:
    nearside = Nearside(tmp_path / "home")
    nearside.run(*SET_UP)
    before = sorted(path for path in tmp_path.rglob("*"))
    said: Said = nearside.run("keys", "set", "acme", text=KEY + "\n")
    assert said.code == 5
    assert "nothing was stored" in said.err
    assert "GNOME Keyring" in said.err
    assert KEY not in said.out + said.err
    assert files_with(KEY, tmp_path) == []
    assert sorted(path for path in tmp_path.rglob("*")) == before
